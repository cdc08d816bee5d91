"""Orders that bridges brought in, as end users, shoppers and organizations see them."""
