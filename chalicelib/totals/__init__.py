"""Counters of orders, shipments and action requests by status, per end user and per bridge."""
