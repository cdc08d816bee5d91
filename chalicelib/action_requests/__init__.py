"""Action requests: what end users ask the organization to do about an order, and how it was decided."""
