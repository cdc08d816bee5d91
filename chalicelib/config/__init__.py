"""The embed config: how an organization has set up its embed."""
