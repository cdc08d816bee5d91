"""Orders: what bridges brought in, as end users, shoppers and organizations see it."""
