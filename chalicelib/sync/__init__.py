"""The Sync API: how orders and shipments come in."""
