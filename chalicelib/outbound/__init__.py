"""Requests to addresses that somebody else chose: checked, pinned, bounded and signed."""
