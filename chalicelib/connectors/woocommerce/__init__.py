"""WooCommerce: its REST API (wc/v3) in records of ours, and the calls that change something there."""
