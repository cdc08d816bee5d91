"""Embed sessions: short-lived tokens of end users."""
