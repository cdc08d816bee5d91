"""The headers of a delivery: who it is from, what it is, and two signatures over the exact body.

`X-Orderly-Signature` is keyed with the secret's text as it was given. The Standard Webhooks headers are keyed with
what the base64 after `whsec_` decodes to, so they go out only with a secret of that form; generated ones have it.
"""

import binascii
from base64 import b64decode

from chalicelib.kit import ids
from chalicelib.outbound.signatures import sign

PREFIX = "whsec_"
USER_AGENT = "Orderly-Webhooks/1.0"


def generate_secret() -> str:
    """`whsec_` and the base64 of 32 random bytes."""
    return PREFIX + ids.random_key()


def headers(
    secret: str, previous_secret: str | None, body: bytes, *, event: str, delivery_id: str, timestamp: int
) -> dict[str, str]:
    """Every header of a delivery. `timestamp` is in whole seconds since 1970.

    `previous_secret` is given while a rotated secret still counts. Meanwhile `X-Orderly-Signature` stays with it, so
    that receivers who have not changed anything yet keep working, and the new one signs `X-Orderly-Signature-Next`;
    `webhook-signature` carries both, which Standard Webhooks libraries accept.
    """
    made = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "X-Orderly-Event": event,
        "X-Orderly-Delivery": delivery_id,
        "X-Orderly-Signature": sign((previous_secret or secret).encode(), body),
    }
    if previous_secret:
        made["X-Orderly-Signature-Next"] = sign(secret.encode(), body)
    standard_keys = [key for key in map(_standard_key, (secret, previous_secret)) if key]
    if standard_keys:
        signed = f"{delivery_id}.{timestamp}.".encode() + body
        made["webhook-id"] = delivery_id
        made["webhook-timestamp"] = str(timestamp)
        made["webhook-signature"] = " ".join(f"v1,{sign(key, signed)}" for key in standard_keys)
    return made


def _standard_key(secret: str | None) -> bytes | None:
    """The key in a `whsec_` secret; None where it is not of that form."""
    if not secret or not secret.startswith(PREFIX):
        return None
    try:
        return b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
