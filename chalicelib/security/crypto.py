"""Secrets at rest.

What must be read back (bridge configs, webhook and identity secrets) is encrypted by KMS, with its owner as encryption
context: a ciphertext copied to another organization's item does not decrypt. What only has to be recognised (codes,
guest tokens) is stored as an HMAC under the deployment's own key, which is itself encrypted by KMS.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from functools import cache, lru_cache

from pynamodb.attributes import UnicodeAttribute

from chalicelib.kit import aws, ids
from chalicelib.kit.settings import settings
from chalicelib.table import keys
from chalicelib.table.items import Item
from chalicelib.table.reads import find
from chalicelib.table.transaction import absent, put


class ServerKeyItem(Item):
    ciphertext = UnicodeAttribute()


def encrypt(plaintext: str, organization_id: str, subject: str) -> str:
    """Base64 ciphertext. `subject` names the owning object, e.g. `bridge:<id>`; decrypting needs the same one."""
    response = aws.client("kms").encrypt(
        KeyId=settings().kms_key_id,
        Plaintext=plaintext.encode(),
        EncryptionContext={"organization": organization_id, "subject": subject},
    )
    return b64encode(response["CiphertextBlob"]).decode()


@lru_cache(maxsize=512)
def decrypt(ciphertext: str, organization_id: str, subject: str) -> str:
    response = aws.client("kms").decrypt(
        KeyId=settings().kms_key_id,
        CiphertextBlob=b64decode(ciphertext),
        EncryptionContext={"organization": organization_id, "subject": subject},
    )
    plaintext: bytes = response["Plaintext"]
    return plaintext.decode()


def keyed_hash(purpose: str, *parts: str) -> str:
    """HMAC-SHA256 in hex under the deployment's key. Hashes for different purposes cannot be compared."""
    message = "\x1f".join((purpose, *parts)).encode()
    return hmac.new(_server_key(), message, hashlib.sha256).hexdigest()


def constant_time_equals(left: str, right: str) -> bool:
    """Compare secrets without leaking through timing where they differ."""
    return hmac.compare_digest(left.encode(), right.encode())


@cache
def _server_key() -> bytes:
    item = find(ServerKeyItem, keys.server_key())
    if item is None:
        fresh = encrypt(ids.random_key(), "-", "server-key")
        put(ServerKeyItem.at(keys.server_key(), ciphertext=fresh), absent())
        item = find(ServerKeyItem, keys.server_key())
        assert item is not None
    return b64decode(decrypt(item.ciphertext, "-", "server-key"))
