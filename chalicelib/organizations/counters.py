"""An organization's counters, changed in the same transactions as the data they count."""

from collections.abc import Mapping

from chalicelib.organizations.store import (
    BridgeCounts,
    OrganizationStatsItem,
    bridge_counts,
    find_bridge_counts,
    find_stats,
)
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.transaction import Transaction


def count_end_users(transaction: Transaction, organization_id: str, by: int) -> None:
    transaction.update(keys.organization_stats(organization_id), [OrganizationStatsItem.end_users.add(by)])


def count_bridges(transaction: Transaction, organization_id: str, changes: Mapping[tuple[str, str], int]) -> None:
    """`changes`: the difference for each type and status."""
    actions = [OrganizationStatsItem.bridges(kind, status).add(by) for (kind, status), by in changes.items()]
    transaction.update(keys.organization_stats(organization_id), actions)


def end_users(organization_id: str) -> int:
    return find_stats(organization_id).end_users


def end_users_in(stats: Row) -> int:
    """The number of end users in the raw counters."""
    return int(stats.get("end_users", {"N": "0"})["N"])


def bridges(organization_id: str) -> BridgeCounts:
    return find_bridge_counts(organization_id)


def bridges_in(stats: Row) -> BridgeCounts:
    """The bridges in the raw counters."""
    return bridge_counts(stats)


def keys_version(organization_id: str) -> int:
    """A version that changes with every change of the organization's API keys."""
    return find_stats(organization_id).keys_version


def change_keys(transaction: Transaction, organization_id: str, seen: int | None = None) -> None:
    """Increase the version of the API keys. ConditionFailed if `seen` is no longer their version."""
    version = OrganizationStatsItem.keys_version
    transaction.update(
        keys.organization_stats(organization_id), [version.add(1)], None if seen is None else version == seen
    )
