"""Tracking that feeds itself: shipments registered at a tracking provider, and what it reports merged into them."""
