"""The storefront: a shopper's orders, tracking without a log-in, and access for guests by e-mailed code."""
