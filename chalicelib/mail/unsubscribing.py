"""Unsubscribing from letters, without signing in.

The link's token says whose letters and which kind, and holds a keyed hash of the address: nobody learns an address from
it or makes one for somebody else's. What it stores names no customer, so that it outlives their erasure.
"""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final, NamedTuple

from chalicelib.kit import clock
from chalicelib.mail.messages import LETTER_KINDS
from chalicelib.mail.store import UnsubscribedItem
from chalicelib.organizations import configs, end_users
from chalicelib.organizations.brands import ShopperBrand, shopper_brand
from chalicelib.privacy.identity import canonical_email
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.reads import find
from chalicelib.table.transaction import absent, put

HASH_BYTES: Final = 16
SIZE: Final = 1 + 16 + 16 + 2 * HASH_BYTES


class Subscription(NamedTuple):
    organization_id: str
    end_user_id: str
    kind: str
    address_hash: str


def subscription(organization_id: str, end_user_id: str, email: str, kind: str) -> Subscription:
    digest = crypto.keyed_hash("unsubscribe", organization_id, end_user_id, canonical_email(email), kind)
    return Subscription(organization_id, end_user_id, kind, digest[: 2 * HASH_BYTES])


def token_of(wanted: Subscription) -> str:
    raw = bytes([LETTER_KINDS.index(wanted.kind)])
    raw += uuid.UUID(wanted.organization_id).bytes + uuid.UUID(wanted.end_user_id).bytes
    raw += bytes.fromhex(wanted.address_hash + _seal(wanted))
    return urlsafe_b64encode(raw).decode().rstrip("=")


def read_token(token: str) -> Subscription | None:
    """None unless this deployment made the token."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(raw) != SIZE or raw[0] >= len(LETTER_KINDS):
        return None
    organization_id, end_user_id = str(uuid.UUID(bytes=raw[1:17])), str(uuid.UUID(bytes=raw[17:33]))
    found = Subscription(organization_id, end_user_id, LETTER_KINDS[raw[0]], raw[33 : 33 + HASH_BYTES].hex())
    return found if crypto.constant_time_equals(token_of(found), token) else None


def _seal(wanted: Subscription) -> str:
    return crypto.keyed_hash("unsubscribe-token", *wanted)[: 2 * HASH_BYTES]


def unsubscribe(wanted: Subscription) -> None:
    """Doing it again changes nothing."""
    key = _key(wanted)
    item = UnsubscribedItem.at(key, at_time=clock.timestamp())
    item.index_1(keys.unlisted_item(wanted.organization_id, key))
    put(item, absent())


def is_unsubscribed(wanted: Subscription) -> bool:
    return find(UnsubscribedItem, _key(wanted)) is not None


def _key(wanted: Subscription) -> keys.Key:
    return keys.unsubscribed(wanted.organization_id, wanted.end_user_id, wanted.kind, wanted.address_hash)


def brand_of(wanted: Subscription) -> ShopperBrand | None:
    """In whose name the letters came; None if the organization is gone."""
    config = configs.find(wanted.organization_id)
    end_user = end_users.find(wanted.organization_id, wanted.end_user_id)
    return shopper_brand(config.branding, end_user) if config is not None else None
