"""What is kept beside the data so that nobody has to count it: orders and shipments by status, per end user and bridge."""
