"""Customers: the shoppers that orders name. Their sessions, and how they are forgotten."""
