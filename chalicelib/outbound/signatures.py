"""HMAC-SHA256 signatures, as we make them for receivers of webhooks and for bridge services."""

import hashlib
import hmac
from base64 import b64encode


def sign(key: bytes, message: bytes) -> str:
    """Base64 of the HMAC-SHA256 of `message`."""
    return b64encode(hmac.digest(key, message, hashlib.sha256)).decode()


def bridge_service_headers(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """What a request to a bridge service is signed with. `timestamp` is in whole seconds since 1970."""
    return {
        "X-Orderly-Timestamp": str(timestamp),
        "X-Orderly-Signature": sign(secret.encode(), f"{timestamp}.".encode() + body),
    }
