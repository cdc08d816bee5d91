"""Local servers that stand in for hosts of platforms, on the developer's machine only."""

from collections.abc import Sequence
from urllib.parse import urlsplit

HostMap = Sequence[tuple[str, str]]
"""Hosts (`*.` for any below), and the address of the server that stands in for them."""


def stand_in(url: str, hosts: HostMap) -> str | None:
    """The URL on the server that stands in for the URL's host; None if none does."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    for pattern, address in hosts:
        if host == pattern or (pattern.startswith("*.") and host.endswith(pattern[1:])):
            return f"{address}{parts.path}{f'?{parts.query}' if parts.query else ''}"
    return None
