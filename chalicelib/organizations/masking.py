MASK = "--------"
"""Shown instead of a stored secret. In a PATCH it means unchanged."""
