"""A demo shipper that behaves like ShipStation's APIs V1 and V2, as far as connectors use them."""
