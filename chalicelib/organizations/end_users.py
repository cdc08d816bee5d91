"""Counters and hidden bridges on an end user's item. The limits hold under concurrent creates."""

from collections.abc import Collection
from typing import Any

from chalicelib.kit.errors import Conflict
from chalicelib.organizations.store import EndUserItem, ExternalIdItem
from chalicelib.table import keys
from chalicelib.table.reads import find as find_item
from chalicelib.table.reads import get_many
from chalicelib.table.transaction import Transaction, exists

_CHANGED = [EndUserItem.subscriptions_version.add(1)]


class LimitReached(Conflict):
    code = "limit_reached"


def find(organization_id: str, end_user_id: str) -> EndUserItem | None:
    return find_item(EndUserItem, keys.end_user(organization_id, end_user_id))


def find_by_external_id(organization_id: str, external_id: str) -> EndUserItem | None:
    pointer = find_item(ExternalIdItem, keys.end_user_by_external_id(organization_id, external_id))
    return find(organization_id, pointer.end_user_id) if pointer else None


def count_bridge(transaction: Transaction, organization_id: str, end_user_id: str, limit: int) -> None:
    """Count a new bridge in the transaction that creates it. LimitReached if the end user has `limit` bridges."""
    transaction.update(
        keys.end_user(organization_id, end_user_id),
        [EndUserItem.bridge_count.add(1)],
        exists() & (EndUserItem.bridge_count < limit),
        error=LimitReached(f"An end user can have at most {limit} bridges."),
    )


def uncount_bridge(transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str) -> None:
    """Uncount a bridge that the end user loses, and hide it until its data has been removed."""
    hidden: Any = EndUserItem.hidden_bridges
    transaction.update(
        keys.end_user(organization_id, end_user_id),
        [EndUserItem.bridge_count.add(-1), hidden.add({bridge_id})],
        exists(),
    )


def unhide_bridge(transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str) -> None:
    """Stop hiding a bridge that the end user got back, or whose data has been removed."""
    hidden: Any = EndUserItem.hidden_bridges
    transaction.update(keys.end_user(organization_id, end_user_id), [hidden.delete({bridge_id})], exists())


def count_webhook(transaction: Transaction, organization_id: str, end_user_id: str, limit: int) -> None:
    transaction.update(
        keys.end_user(organization_id, end_user_id),
        [EndUserItem.webhook_count.add(1), *_CHANGED],
        exists() & (EndUserItem.webhook_count < limit),
        error=LimitReached(f"An end user can have at most {limit} webhooks."),
    )


def uncount_webhook(transaction: Transaction, organization_id: str, end_user_id: str) -> None:
    actions = [EndUserItem.webhook_count.add(-1), *_CHANGED]
    transaction.update(keys.end_user(organization_id, end_user_id), actions, exists())


def count_rule(transaction: Transaction, organization_id: str, end_user_id: str, limit: int) -> None:
    transaction.update(
        keys.end_user(organization_id, end_user_id),
        [EndUserItem.rule_count.add(1), *_CHANGED],
        exists() & (EndUserItem.rule_count < limit),
        error=LimitReached(f"An end user can have at most {limit} alert rules."),
    )


def uncount_rule(transaction: Transaction, organization_id: str, end_user_id: str) -> None:
    actions = [EndUserItem.rule_count.add(-1), *_CHANGED]
    transaction.update(keys.end_user(organization_id, end_user_id), actions, exists())


def note_changed_subscriptions(transaction: Transaction, organization_id: str, end_user_id: str) -> None:
    """For every change of webhooks and rules that dispatching must see: it remembers them by this number."""
    transaction.update(keys.end_user(organization_id, end_user_id), _CHANGED, exists())


def find_many(organization_id: str, end_user_ids: Collection[str]) -> dict[str, EndUserItem]:
    """The existing end users, by id, in one round trip per hundred."""
    found = get_many(keys.end_user(organization_id, end_user_id) for end_user_id in sorted(end_user_ids))
    return {item.id: item for item in map(EndUserItem.of, found.values())}


def hidden_bridges(item: EndUserItem | None) -> frozenset[str]:
    """Bridges that were deleted and whose data is still being removed."""
    return frozenset(item.hidden_bridges or ()) if item else frozenset()
