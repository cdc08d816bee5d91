from pynamodb.attributes import UnicodeAttribute

from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, Item
from chalicelib.table.reads import Prefix, query_all

MAX_KEYS = 200
"""Live keys per organization."""
MAX_READ = 2000
"""Stored keys per organization, including revoked and expired ones."""
MAX_OPERATOR_SESSIONS = 500
"""Stored sessions per organization. Those that have ended disappear within days."""


class ApiKeyItem(Item):
    id = UnicodeAttribute()
    hash = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    name = UnicodeAttribute()
    prefix = UnicodeAttribute()
    """The first characters of the key, so that people can tell keys apart."""
    scopes = DocumentAttribute()
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute(null=True)
    last_used_at = UnicodeAttribute(null=True)
    revoked_at = UnicodeAttribute(null=True)

    def is_live(self, now: str) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


class OperatorSessionItem(Item):
    """Somebody who is signed in to the console with an API key."""

    id = UnicodeAttribute()
    hash = UnicodeAttribute()
    key_id = UnicodeAttribute()
    name = UnicodeAttribute()
    """As they wrote it: a label, which proves nothing."""
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()


class ServiceKeyItem(Item):
    id = UnicodeAttribute()
    hash = UnicodeAttribute()
    bridge_type = UnicodeAttribute()
    created_at = UnicodeAttribute()
    revoked_at = UnicodeAttribute(null=True)


class SigningSecretItem(Item):
    """The encrypted secret that signs requests to a bridge type's service."""

    secret = UnicodeAttribute()
    created_at = UnicodeAttribute()


def list_keys(organization_id: str) -> list[ApiKeyItem]:
    partition = keys.organization(organization_id).pk
    return [ApiKeyItem.of(row) for row in query_all(partition, Prefix(keys.API_KEYS), limit=MAX_READ)]


def list_operator_sessions(organization_id: str) -> list[OperatorSessionItem]:
    partition = keys.organization(organization_id).pk
    rows = query_all(partition, Prefix(keys.OPERATOR_SESSIONS), limit=MAX_OPERATOR_SESSIONS)
    return [OperatorSessionItem.of(row) for row in rows]
