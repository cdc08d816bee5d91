"""Erasing a customer from all data of an organization."""
