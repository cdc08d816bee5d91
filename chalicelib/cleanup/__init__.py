"""Background cascades after a bridge or an end user was deleted, a bridge was given away, or a customer is erased."""
