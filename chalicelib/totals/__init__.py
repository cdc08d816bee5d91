"""What is kept so that nobody has to count: orders and shipments by status, per end user and per bridge."""
