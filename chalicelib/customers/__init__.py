"""Customers: the shoppers named on orders. Their sessions, and traces of personal data that orders no longer hold."""
