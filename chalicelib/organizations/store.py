"""The organization, its embed config and its end users: the items that authentication reads, and their counters."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.expressions.operand import Path

from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.reads import find, get

BRIDGES = "bridges#"


class OrganizationItem(Item):
    id = UnicodeAttribute()
    name = UnicodeAttribute()
    created_at = UnicodeAttribute()


class OrganizationStatsItem(Item):
    """Counters that change with what they count. Bridges are counted by type and status, in attributes of their own."""

    end_users = IntegerAttribute(default=0)
    keys_version = IntegerAttribute(default=0)
    """Changes with every change of the API keys, so that two revocations cannot both think the other's key remains."""

    @staticmethod
    def bridges(bridge_type: str, status: str) -> Path:
        return Path([f"{BRIDGES}{bridge_type}#{status}"])


class BridgeCounts(dict[tuple[str, str], int]):
    """How many bridges there are, by type and status."""

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
    """Replaced ones that still work, newest first: `[key, until]`."""
    old_identity_secrets = DocumentAttribute(default=list)
    """The same, as ciphertexts."""
    branding = DocumentAttribute(default=dict)
    allowed_origins = DocumentAttribute(default=list)
    allowed_bridge_types = DocumentAttribute(default=list)
    default_dispatcher_id = UnicodeAttribute(null=True)
    settings = DocumentAttribute(default=dict)
    """Never holds `webhookSecret`; that is below."""
    webhook_secret = UnicodeAttribute(null=True)
    """Ciphertext of the secret that signs the organization's own webhook."""
    enabled_features = DocumentAttribute(default=list)
    is_active = BooleanAttribute(default=True)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    version = IntegerAttribute(default=1)


class SlugItem(Item):
    organization_id = UnicodeAttribute()


class EndUserItem(Item):
    id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    external_id = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    email = UnicodeAttribute(null=True)
    metadata = DocumentAttribute(default=dict)
    bridge_count = IntegerAttribute(default=0)
    webhook_count = IntegerAttribute(default=0)
    rule_count = IntegerAttribute(default=0)
    hidden_bridges = UnicodeSetAttribute(null=True)
    """Ids of deleted bridges whose data is still being removed; readers leave it out."""
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    version = IntegerAttribute(default=1)
    """Changes with name, email and metadata, not with the counters."""


class ExternalIdItem(Item):
    end_user_id = UnicodeAttribute()


def find_organization(organization_id: str) -> OrganizationItem | None:
    return find(OrganizationItem, keys.organization(organization_id))


def find_stats(organization_id: str) -> OrganizationStatsItem:
    key = keys.organization_stats(organization_id)
    return find(OrganizationStatsItem, key) or OrganizationStatsItem.at(key)


def find_bridge_counts(organization_id: str) -> BridgeCounts:
    row = get(keys.organization_stats(organization_id)) or {}
    counts = BridgeCounts()
    for name, value in row.items():
        if name.startswith(BRIDGES):
            kind, status = name.removeprefix(BRIDGES).split("#")
            counts[kind, status] = int(value["N"])
    return counts
