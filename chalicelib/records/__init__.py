"""How records of the Sync API are read, and what writing one takes."""
