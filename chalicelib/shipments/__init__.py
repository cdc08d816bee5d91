"""Shipments, their tracking, and their links to orders."""
