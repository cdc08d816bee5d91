"""Shipments and their tracking."""
