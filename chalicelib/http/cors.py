"""CORS: the origins that may read a response."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

ALLOWED_HEADERS = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "X-Api-Key",
    "X-Order-Access",
)
EXPOSED_HEADERS = "Idempotent-Replay, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id"
MAX_AGE_S = 600

_ORIGIN = re.compile(r"(https?)://((?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:]+\])(:[0-9]{1,5})?", re.ASCII)
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f\\]")
_APP_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9._:-]{1,200}", re.ASCII)


def normalise_origin(text: str) -> str | None:
    """An origin as browsers send it: lower case, without default port or path. None if `text` is not an origin."""
    match = _ORIGIN.fullmatch(text.strip().lower().rstrip("/"))
    if match is None:
        return None
    scheme, host, port = match.groups()
    default = ":443" if scheme == "https" else ":80"
    return f"{scheme}://{host}{'' if port in (None, default) else port}"


def parse_origin_header(text: str | None) -> str | None:
    """An `Origin` header in a form that is safe to compare and echo. App origins (`capacitor://localhost`) are kept as
    they are; anything malformed becomes `null`."""
    if not text:
        return None
    if "*" in text:
        # A browser never sends `*`. Without this check the text of an allowed pattern would match itself.
        return "null"
    return normalise_origin(text) or (text if _APP_ORIGIN.fullmatch(text) else "null")


def is_allowed(origin: str, allowed: Sequence[str]) -> bool:
    """An empty list allows every origin. `https://*.example.com` matches exactly one label."""
    if not allowed:
        return True
    origin = origin.lower()
    return any(origin == pattern or _matches_wildcard(origin, pattern) for pattern in allowed)


def _matches_wildcard(origin: str, pattern: str) -> bool:
    if "://*." not in pattern:
        return False
    scheme, _, rest = pattern.partition("://*")
    head, found, label_and_rest = origin.partition("://")
    if not found or head != scheme or not label_and_rest.endswith(rest):
        return False
    return re.fullmatch(r"[a-z0-9_-]+", label_and_rest[: -len(rest)], re.ASCII) is not None


def origin_of(url: str) -> str | None:
    """The origin of an http(s) URL, or None if the URL is invalid or contains credentials."""
    if _UNSAFE.search(url):
        # URL parsers disagree about these characters, and a line break could split a header that quotes the URL.
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    return normalise_origin(f"{parts.scheme}://{parts.hostname}{f':{port}' if port else ''}")


def headers(origin: str | None, allowed: Sequence[str] | None) -> dict[str, str]:
    """`allowed` is the organization's list, or None if the request did not identify an organization."""
    if allowed is None:
        return {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED_HEADERS}
    if origin is None or not is_allowed(origin, allowed):
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": EXPOSED_HEADERS,
        "Vary": "Origin",
    }
