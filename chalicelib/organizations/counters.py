"""What an organization has of each: kept beside the data, and changed in the transactions that change it."""

from collections.abc import Mapping

from chalicelib.organizations.store import BridgeCounts, OrganizationStatsItem, find_bridge_counts, find_stats
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction


def count_end_users(transaction: Transaction, organization_id: str, by: int) -> None:
    transaction.update(keys.organization_stats(organization_id), [OrganizationStatsItem.end_users.add(by)])


def count_bridges(transaction: Transaction, organization_id: str, changes: Mapping[tuple[str, str], int]) -> None:
    """`changes`: by how many, for types and statuses."""
    actions = [OrganizationStatsItem.bridges(kind, status).add(by) for (kind, status), by in changes.items()]
    transaction.update(keys.organization_stats(organization_id), actions)


def end_users(organization_id: str) -> int:
    return find_stats(organization_id).end_users


def bridges(organization_id: str) -> BridgeCounts:
    return find_bridge_counts(organization_id)


def keys_version(organization_id: str) -> int:
    """Changes with every change of the organization's API keys."""
    return find_stats(organization_id).keys_version


def change_keys(transaction: Transaction, organization_id: str, seen: int | None = None) -> None:
    """The API keys change; ConditionFailed where `seen` is not their version any more."""
    version = OrganizationStatsItem.keys_version
    transaction.update(
        keys.organization_stats(organization_id), [version.add(1)], None if seen is None else version == seen
    )
