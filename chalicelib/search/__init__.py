"""Finding an order by the beginning of any part of its number, its external id or one of its SKUs."""
