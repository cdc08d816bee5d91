"""Erasing a customer from everything an organization has."""
