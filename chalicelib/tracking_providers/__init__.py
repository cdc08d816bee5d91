"""Services that track parcels at all carriers: how each is called and what it sends, without the network or table."""
