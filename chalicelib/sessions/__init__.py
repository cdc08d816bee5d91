"""Embed sessions: short-lived tokens that act for an end user."""
