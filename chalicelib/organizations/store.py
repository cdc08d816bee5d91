"""Items of organizations, embed configs and end users, which authentication reads, and their counters."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.expressions.operand import Path

from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item, Row
from chalicelib.table.reads import find, find_row

BRIDGES = "bridges#"


class OrganizationItem(Item):
    id = UnicodeAttribute()
    name = UnicodeAttribute()
    created_at = UnicodeAttribute()
    suspended_at = UnicodeAttribute(null=True)
    """Since when the organization is suspended; see `suspension`."""


class OrganizationStatsItem(Item):
    """Counters of an organization. Each pair of bridge type and status has an attribute of its own."""

    end_users = IntegerAttribute(default=0)
    keys_version = IntegerAttribute(default=0)
    """Increased by every change of the API keys. It keeps two concurrent revocations from removing the last key that
    can manage keys."""

    @staticmethod
    def bridges(bridge_type: str, status: str) -> Path:
        return Path([f"{BRIDGES}{bridge_type}#{status}"])


class BridgeCounts(dict[tuple[str, str], int]):
    """The number of bridges by type and status."""

    def total(self, bridge_type: str | None, status: str | None) -> int:
        return sum(n for (t, s), n in self.items() if bridge_type in (None, t) and status in (None, s))


class ConfigItem(Item):
    id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    slug = UnicodeAttribute()
    publishable_key = UnicodeAttribute()
    identity_secret = UnicodeAttribute()
    """Ciphertext."""
    old_publishable_keys = DocumentAttribute(default=list)
    """Replaced keys that still work, newest first: `[key, valid_until]`."""
    old_identity_secrets = DocumentAttribute(default=list)
    """Replaced secrets that still work, newest first: `[ciphertext, valid_until]`."""
    branding = DocumentAttribute(default=dict)
    allowed_origins = DocumentAttribute(default=list)
    allowed_bridge_types = DocumentAttribute(default=list)
    default_dispatcher_id = UnicodeAttribute(null=True)
    settings = DocumentAttribute(default=dict)
    """All settings but those with secrets: `webhookSecret` and `trackingProvider`."""
    webhook_secret = UnicodeAttribute(null=True)
    """Ciphertext of the secret that signs the organization's own webhook."""
    tracking_provider = DocumentAttribute(null=True)
    """`settings.trackingProvider`, its secrets as ciphertexts."""
    tracking_token = UnicodeAttribute(null=True)
    """In the address that the tracking provider posts to."""
    old_tracking_tokens = DocumentAttribute(default=list)
    """Replaced tokens that still work, newest first: `[token, valid_until]`."""
    enabled_features = DocumentAttribute(default=list)
    is_active = BooleanAttribute(default=True)
    suspended_at = UnicodeAttribute(null=True)
    """The organization's own, where every request reads it."""
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    version = IntegerAttribute(default=1)


class SlugItem(Item):
    organization_id = UnicodeAttribute()


class FormerSlugItem(Item):
    """Keeps a slug that was given up from others for a year, because links to it may still be around."""

    organization_id = UnicodeAttribute(null=True)
    """Who may have it back; None if the organization was deleted."""
    kept_until = UnicodeAttribute()


class EndUserItem(Item):
    id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    external_id = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    email = UnicodeAttribute(null=True)
    metadata = DocumentAttribute(default=dict)
    branding = DocumentAttribute(null=True)
    """The merchant's own brand for shoppers, in the shape of a config's branding. See `brands`."""
    support = DocumentAttribute(null=True)
    """Whom shoppers contact: `email`, `url`, `phone`."""
    bridge_count = IntegerAttribute(default=0)
    webhook_count = IntegerAttribute(default=0)
    rule_count = IntegerAttribute(default=0)
    subscriptions_version = IntegerAttribute(default=0)
    """Increased with every change of webhooks and rules that dispatching must see."""
    hidden_bridges = UnicodeSetAttribute(null=True)
    """Ids of bridges that the end user lost and whose data is still being removed. Readers skip that data."""
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    version = IntegerAttribute(default=1)
    """Increased with changes of name, e-mail, metadata, branding and support, but not of the counters."""


class ExternalIdItem(Item):
    end_user_id = UnicodeAttribute()


def find_organization(organization_id: str) -> OrganizationItem | None:
    return find(OrganizationItem, keys.organization(organization_id))


def find_stats(organization_id: str) -> OrganizationStatsItem:
    key = keys.organization_stats(organization_id)
    return find(OrganizationStatsItem, key) or OrganizationStatsItem.at(key)


def find_bridge_counts(organization_id: str) -> BridgeCounts:
    return bridge_counts(find_row(keys.organization_stats(organization_id)) or {})


def bridge_counts(row: Row) -> BridgeCounts:
    counts = BridgeCounts()
    for name, value in row.items():
        if name.startswith(BRIDGES):
            bridge_type, status = name.removeprefix(BRIDGES).split("#")
            counts[bridge_type, status] = int(value["N"])
    return counts
