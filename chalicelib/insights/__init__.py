"""Figures by day: orders, shipments sent and delivered, on time or late, and exceptions."""
