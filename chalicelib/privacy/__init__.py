"""Who a customer is, which fields describe them, and how texts lose them."""
