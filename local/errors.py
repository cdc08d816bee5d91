"""Errors of the commands, reported in one line."""


class LocalError(Exception):
    """A problem that the user can fix; the message says what is wrong and how to fix it."""
