"""Branded tracking: pages that people open without logging in, and who makes and revokes them."""
