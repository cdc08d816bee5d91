"""The bridge types."""
