"""The storefront: a shopper's orders, tracking without signing in, and guest access with an e-mailed code."""
