"""Bridges: an end user's connections to shops and shippers."""
