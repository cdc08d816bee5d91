"""Requests to addresses that end users entered: checked, pinned, bounded and signed."""
