"""End users: an organization's merchants."""
