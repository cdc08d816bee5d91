"""An end user's data as their organization reads it, with an API key: the end user's own lists, and whose they are."""
