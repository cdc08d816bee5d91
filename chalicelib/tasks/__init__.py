"""The work of bridges: what waits to be done, what was done, and who is doing it."""
