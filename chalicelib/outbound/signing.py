"""HMAC-SHA256 signatures of webhook deliveries and of requests to bridge services."""

import binascii
import hashlib
import hmac
from base64 import b64decode, b64encode

from chalicelib.kit import ids

PREFIX = "whsec_"
USER_AGENT = "Orderly-Webhooks/1.0"


def sign(key: bytes, message: bytes) -> str:
    """Base64 of the HMAC-SHA256 of `message`."""
    return b64encode(hmac.digest(key, message, hashlib.sha256)).decode()


def bridge_service_headers(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """The signature headers of a request to a bridge service. `timestamp` is in whole seconds since 1970."""
    return {
        "X-Orderly-Timestamp": str(timestamp),
        "X-Orderly-Signature": sign(secret.encode(), f"{timestamp}.".encode() + body),
    }


def generate_secret() -> str:
    """`whsec_` and the base64 of 32 random bytes."""
    return PREFIX + ids.random_key()


def webhook_headers(
    secret: str, previous_secret: str | None, body: bytes, *, event: str, delivery_id: str, timestamp: int
) -> dict[str, str]:
    """Every header of a webhook delivery. `timestamp` is in whole seconds since 1970.

    `X-Orderly-Signature` is keyed with the secret's text. The Standard Webhooks headers are keyed with the bytes that
    the base64 after `whsec_` decodes to, so they are sent only if the secret has that form, as generated ones do.

    `previous_secret` is given while a rotated secret is still valid. `X-Orderly-Signature` then stays with it, so that
    receivers that have not been updated keep working, and the new secret signs `X-Orderly-Signature-Next`;
    `webhook-signature` carries both, which Standard Webhooks libraries accept.
    """
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "X-Orderly-Event": event,
        "X-Orderly-Delivery": delivery_id,
        "X-Orderly-Signature": sign((previous_secret or secret).encode(), body),
    }
    if previous_secret:
        headers["X-Orderly-Signature-Next"] = sign(secret.encode(), body)
    standard_keys = [key for key in map(_standard_key, (secret, previous_secret)) if key]
    if standard_keys:
        signed = f"{delivery_id}.{timestamp}.".encode() + body
        headers["webhook-id"] = delivery_id
        headers["webhook-timestamp"] = str(timestamp)
        headers["webhook-signature"] = " ".join(f"v1,{sign(key, signed)}" for key in standard_keys)
    return headers


def _standard_key(secret: str | None) -> bytes | None:
    """The key in a `whsec_` secret, or None if the secret does not have that form."""
    if not secret or not secret.startswith(PREFIX):
        return None
    try:
        return b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
