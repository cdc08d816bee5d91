from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.operand import Path

from chalicelib.table import keys
from chalicelib.table.items import IntegerAttribute, Item
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
