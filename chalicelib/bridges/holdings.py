"""The owner of a bridge, and the end users who still have data from it.

A bridge that is deleted or reassigned leaves data behind, which is removed or moved in the background. Each end user's
share is a holding. Losing the bridge closes the holding, after which it takes no more data; it is deleted once it is
empty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chalicelib.bridges.store import BridgeOwnerItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import find, find_row, get_many, query_all
from chalicelib.table.transaction import Transaction, exists
from chalicelib.totals import service as totals
from chalicelib.totals.store import BridgeStatsItem, EndUserStatsItem, RequestStatsItem

MAX_HOLDINGS = 1000
"""Current and former owners of one bridge who still have data from it."""


def find_owner(bridge_id: str) -> BridgeOwnerItem | None:
    return find(BridgeOwnerItem, keys.bridge_owner(bridge_id))


def owners(bridge_ids: Iterable[str]) -> dict[str, str | None]:
    """The end user of each bridge that exists, None for orphaned bridges. One round trip per hundred."""
    by_key = {keys.bridge_owner(bridge_id): bridge_id for bridge_id in bridge_ids}
    return {by_key[key]: BridgeOwnerItem.of(row).end_user_id for key, row in get_many(by_key).items()}


@dataclass(frozen=True, slots=True)
class Holding:
    """One end user's data from one bridge. `left` holds its counters."""

    organization_id: str
    bridge_id: str
    end_user_id: str
    closed: bool
    left: dict[str, int]
    version: int


def is_closed(organization_id: str, end_user_id: str, bridge_id: str) -> bool:
    stats, _ = _bridge_stats(keys.bridge_stats(organization_id, bridge_id, end_user_id))
    return stats.closed is not None


def _hide_requests(
    transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str, counts: totals.Counts
) -> None:
    """Take the holding's requests out of the organization's queue and its totals."""
    requests = {name: -number for name, number in counts.items() if totals.is_request_counter(name)}
    if requests:
        hidden: Any = RequestStatsItem.hidden
        actions = [*totals.additions(requests), hidden.add({totals.holding_name(bridge_id, end_user_id)})]
        transaction.update(keys.action_request_stats(organization_id), actions)


def close(transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str) -> None:
    """Close the holding of an end user who loses the bridge. The transaction subtracts it from the end user's counters;
    the data itself is removed in the background. ConditionFailed if data came in meanwhile."""
    key = keys.bridge_stats(organization_id, bridge_id, end_user_id)
    stats, row = _bridge_stats(key)
    seen = BridgeStatsItem.version == stats.version if stats.version else BridgeStatsItem.version.does_not_exist()
    transaction.update(key, [BridgeStatsItem.closed.set(1), BridgeStatsItem.version.add(1)], seen)
    changes = {name: -number for name, number in totals.counts_of(row).items()}
    actions = totals.additions(changes)
    if actions and stats.closed is None:
        bridges: Any = EndUserStatsItem.order_bridges
        transaction.update(keys.end_user_stats(organization_id, end_user_id), [*actions, bridges.delete({bridge_id})])
        _hide_requests(transaction, organization_id, end_user_id, bridge_id, totals.counts_of(row))


def _bridge_stats(key: Key) -> tuple[BridgeStatsItem, Row]:
    row = find_row(key) or {}
    return BridgeStatsItem.of(row) if row else BridgeStatsItem.at(key), row


def uncount(transaction: Transaction, holding: Holding, changes: totals.Counts, unlinked: int = 0) -> None:
    """Subtract removed data from a closed holding; ConditionFailed if it was reopened. The end user's own counters no
    longer contain this data, except for the number of unlinked shipments."""
    transaction.update(
        keys.bridge_stats(holding.organization_id, holding.bridge_id, holding.end_user_id),
        [*totals.additions({name: -number for name, number in changes.items()}), BridgeStatsItem.version.add(1)],
        BridgeStatsItem.closed == 1,
    )
    if unlinked:
        stats = keys.end_user_stats(holding.organization_id, holding.end_user_id)
        transaction.update(stats, totals.add_unlinked_shipments(-unlinked), exists())


def holdings(organization_id: str, bridge_id: str) -> list[Holding]:
    """The holdings of all end users with data from the bridge."""
    rows = query_all(keys.bridge_stats(organization_id, bridge_id, "").pk, limit=MAX_HOLDINGS)
    found = []
    for row in rows:
        item = BridgeStatsItem.of(row)
        closed = item.closed is not None
        found.append(Holding(organization_id, bridge_id, item.sk, closed, totals.counts_of(row), item.version))
    return found


def close_of_deleted_user(holding: Holding) -> None:
    """Close the holding of an end user who no longer exists, which changes only the organization's counters.
    ConditionFailed if the holding changed meanwhile."""
    org, bridge_id, user = holding.organization_id, holding.bridge_id, holding.end_user_id
    transaction = Transaction()
    transaction.update(
        keys.bridge_stats(org, bridge_id, user),
        [BridgeStatsItem.closed.set(1), BridgeStatsItem.version.add(1)],
        BridgeStatsItem.version == holding.version,
    )
    _hide_requests(transaction, org, user, bridge_id, holding.left)
    transaction.commit()


def reopen(transaction: Transaction, holding: Holding) -> None:
    """Reopen the holding of an end user who got the bridge back, with the remaining data. ConditionFailed if it changed
    meanwhile."""
    org, user = holding.organization_id, holding.end_user_id
    transaction.update(
        keys.bridge_stats(org, holding.bridge_id, user),
        [BridgeStatsItem.closed.remove(), BridgeStatsItem.version.add(1)],
        BridgeStatsItem.version == holding.version,
    )
    actions = totals.additions(holding.left)
    if actions:
        transaction.update(keys.end_user_stats(org, user), [*actions, *totals.orders_created(holding.bridge_id)])
    hidden: Any = RequestStatsItem.hidden
    requests = {name: number for name, number in holding.left.items() if totals.is_request_counter(name)}
    shown_again = [*totals.additions(requests), hidden.delete({totals.holding_name(holding.bridge_id, user)})]
    transaction.update(keys.action_request_stats(org), shown_again)


def delete(transaction: Transaction, holding: Holding) -> None:
    """Delete an empty holding, and stop hiding its requests. ConditionFailed if it has changed since it was read."""
    org, bridge_id, user = holding.organization_id, holding.bridge_id, holding.end_user_id
    transaction.delete(keys.bridge_stats(org, bridge_id, user), BridgeStatsItem.version == holding.version)
    # Requests are hidden when the holding is closed, never later, so reading outside the transaction is safe.
    queue, name = keys.action_request_stats(org), totals.holding_name(bridge_id, user)
    requests = find(RequestStatsItem, queue)
    if requests and name in (requests.hidden or ()):
        hidden: Any = RequestStatsItem.hidden
        transaction.update(queue, [hidden.delete({name})])
