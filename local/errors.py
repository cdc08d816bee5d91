"""What can go wrong before anything runs; each is told in one line."""


class LocalError(Exception):
    """Something the person at the keyboard can put right; the message says what and how."""
