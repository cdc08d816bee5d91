"""Search for orders by the beginning of any word of their number, external id, SKUs or customer's name."""
