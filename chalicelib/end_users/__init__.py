"""End users (the merchants of an organization), as the organization manages them."""
