"""Who a customer is, and what in a document identifies them."""
