"""ShipStation: labels as shipments, by API V2 (a key) or V1 (a key and a secret)."""
