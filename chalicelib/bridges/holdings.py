"""Who holds a bridge, and who still has data that came through it.

A bridge that is deleted or given to somebody else leaves data behind, which is removed or moved in the background. Each
end user's share is a holding: it is closed when the bridge goes, so that nothing more comes in, and forgotten when
nothing is left of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chalicelib.bridges.store import BridgeOwnerItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import find, get, get_many, query_all
from chalicelib.table.transaction import Transaction, exists
from chalicelib.totals import service as totals
from chalicelib.totals.store import BridgeStatsItem, EndUserStatsItem, RequestStatsItem

MOST_HOLDINGS = 1000
"""Owners that a bridge has had whose data is not gone yet."""


def find_owner(bridge_id: str) -> BridgeOwnerItem | None:
    return find(BridgeOwnerItem, keys.bridge_owner(bridge_id))


def owners(bridge_ids: Iterable[str]) -> dict[str, str | None]:
    """Whose the bridges are that have not been deleted (None: nobody's), in one round trip."""
    wanted = {keys.bridge_owner(bridge_id): bridge_id for bridge_id in bridge_ids}
    return {wanted[key]: BridgeOwnerItem.of(row).end_user_id for key, row in get_many(wanted).items()}


@dataclass(frozen=True, slots=True)
class Holding:
    """What one end user has, or had, through a bridge."""

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
    """What the organization's queue has of a bridge that is closed leaves its totals, and its pages."""
    requests = {name: -number for name, number in counts.items() if totals.is_request_counter(name)}
    if requests:
        hidden: Any = RequestStatsItem.hidden
        actions = [*totals.additions(requests), hidden.add({totals.held(bridge_id, end_user_id)})]
        transaction.update(keys.action_request_stats(organization_id), actions)


def close(transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str) -> None:
    """The bridge is no longer the end user's: what came through it leaves the end user's counters now, with the
    transaction, and the data itself in the background. ConditionFailed if something came in meanwhile."""
    key = keys.bridge_stats(organization_id, bridge_id, end_user_id)
    stats, row = _bridge_stats(key)
    seen = BridgeStatsItem.version == stats.version if stats.version else BridgeStatsItem.version.does_not_exist()
    transaction.update(key, [BridgeStatsItem.closed.set(1), BridgeStatsItem.version.add(1)], seen)
    changes = {name: -number for name, number in totals.counts_of(row).items()}
    actions = totals.additions(changes)
    if actions and stats.closed is None:
        shops: Any = EndUserStatsItem.shops
        transaction.update(keys.end_user_stats(organization_id, end_user_id), [*actions, shops.delete({bridge_id})])
        _hide_requests(transaction, organization_id, end_user_id, bridge_id, totals.counts_of(row))


def _bridge_stats(key: Key) -> tuple[BridgeStatsItem, Row]:
    row = get(key) or {}
    return BridgeStatsItem.of(row) if row else BridgeStatsItem.at(key), row


def uncount(transaction: Transaction, holding: Holding, changes: totals.Counts, waiting: int = 0) -> None:
    """Count what is removed of a closed bridge's data; ConditionFailed where it is open again. The end user's own
    counters no longer contain it, but the shipments that waited (`waiting`)."""
    transaction.update(
        keys.bridge_stats(holding.organization_id, holding.bridge_id, holding.end_user_id),
        [*totals.additions({name: -number for name, number in changes.items()}), BridgeStatsItem.version.add(1)],
        BridgeStatsItem.closed == 1,
    )
    if waiting:
        stats = keys.end_user_stats(holding.organization_id, holding.end_user_id)
        transaction.update(stats, totals.shipments_wait(-waiting), exists())


def holdings(organization_id: str, bridge_id: str) -> list[Holding]:
    """Of everybody who has data through the bridge."""
    rows = query_all(keys.bridge_stats(organization_id, bridge_id, "").pk, most=MOST_HOLDINGS)
    found = []
    for row in rows:
        item = BridgeStatsItem.of(row)
        closed = item.closed is not None
        found.append(Holding(organization_id, bridge_id, item.sk, closed, totals.counts_of(row), item.version))
    return found


def close_forgotten(holding: Holding) -> None:
    """Close what an end user held who has been deleted: the only counters to take it from are the organization's.
    ConditionFailed if something changed meanwhile."""
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
    """The bridge is the end user's again, with what is left of its data. ConditionFailed if that changed meanwhile."""
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
    shown_again = [*totals.additions(requests), hidden.delete({totals.held(holding.bridge_id, user)})]
    transaction.update(keys.action_request_stats(org), shown_again)


def forget(transaction: Transaction, holding: Holding) -> None:
    """Nothing is left of it: away with its counters, and nothing of it is hidden any more. ConditionFailed if something
    has changed since it was read."""
    org, bridge_id, user = holding.organization_id, holding.bridge_id, holding.end_user_id
    transaction.delete(keys.bridge_stats(org, bridge_id, user), BridgeStatsItem.version == holding.version)
    # What is hidden of the queue was hidden when the holding was closed, so looking now is early enough.
    queue, name = keys.action_request_stats(org), totals.held(bridge_id, user)
    requests = find(RequestStatsItem, queue)
    if requests and name in (requests.hidden or ()):
        hidden: Any = RequestStatsItem.hidden
        transaction.update(queue, [hidden.delete({name})])
