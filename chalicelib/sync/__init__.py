"""The Sync API: bridges bring in orders and shipments."""
