"""The public tracking token of an order: its id and 128 random bits, so that it needs no look-up item."""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode

from chalicelib.kit import ids

SECRET_BYTES = 16


def new_secret() -> str:
    return ids.random_text(SECRET_BYTES)


def join(order_id: str, secret: str) -> str:
    return _encode(uuid.UUID(order_id).bytes + _decode(secret))


def split(token: str) -> tuple[str, str] | None:
    """Order id and secret, or None if `token` is malformed."""
    try:
        raw = _decode(token)
    except ValueError:
        return None
    if len(raw) != 16 + SECRET_BYTES or _encode(raw) != token:
        return None
    return str(uuid.UUID(bytes=raw[:16])), _encode(raw[16:])


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii", "replace") + b"=" * (-len(text) % 4))
