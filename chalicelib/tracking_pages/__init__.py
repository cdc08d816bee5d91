"""Branded tracking pages: public pages for shoppers, and the routes that create, list and revoke them."""
