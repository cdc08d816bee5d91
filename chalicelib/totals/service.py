"""Counting by ADD, in the transaction of the change that is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.errors import Conflict
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import find, get, query_all
from chalicelib.table.transaction import Transaction, delete, exists
from chalicelib.totals.store import (
    ORDERS,
    REQUESTS,
    SHIPMENTS,
    BridgeStatsItem,
    EndUserStatsItem,
    RequestStatsItem,
    counter,
    counts_of,
)

__all__ = ["counts_of"]

MOST_HOLDINGS = 1000
"""Owners that a bridge has had whose data is not gone yet."""

Counts = Mapping[str, int]
"""How much each counter goes up."""


class BridgeMoving(Conflict):
    code = "bridge_moving"
    message = "This bridge has changed hands, and its data is still being moved. Try again later."


class EndUserForgotten(Exception):
    """The end user was deleted, and their counters with them."""


def order_counter(status: str) -> str:
    return f"{ORDERS}{status}"


def shipment_counter(status: str) -> str:
    return f"{SHIPMENTS}{status}"


def request_counter(status: str) -> str:
    return f"{REQUESTS}{status}"


def held(bridge_id: str, end_user_id: str) -> str:
    """How entries of the organization's queue name the holding they belong to."""
    return f"{bridge_id}#{end_user_id}"


def is_order_counter(name: str) -> bool:
    return name.startswith(ORDERS)


def orders_in(stats: Row, status: str | None = None) -> int:
    """How many orders an end user's (or bridge's) counters tell of."""
    return _total(stats, ORDERS, status)


def shipments_in(stats: Row, status: str | None = None) -> int:
    return _total(stats, SHIPMENTS, status)


def _total(stats: Row, kind: str, status: str | None) -> int:
    if status is not None:
        return int(stats.get(f"{kind}{status}", {"N": "0"})["N"])
    return sum(int(value["N"]) for name, value in stats.items() if name.startswith(kind))


def count(
    transaction: Transaction,
    organization_id: str,
    end_user_id: str,
    bridge_id: str,
    changes: Counts,
    *,
    more: list[Action] | None = None,
    provided: Condition | None = None,
) -> None:
    """Count the changes of one transaction for the end user and for the bridge; `BridgeMoving` while its data is
    being moved. `more` and `provided` are further actions and a condition on the end user's counters."""
    actions = _additions(changes) + (more or [])
    if actions:
        transaction.update(keys.end_user_stats(organization_id, end_user_id), actions, provided)
    count_for_bridge(transaction, organization_id, end_user_id, bridge_id, changes)


def count_of_order(
    transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str, changes: Counts
) -> None:
    """The same for a change of an order that is there. EndUserForgotten where its end user was deleted and has no
    counters any more: then only the bridge's, which is nobody's, go on."""
    stats = keys.end_user_stats(organization_id, end_user_id)
    # Who has an order had it counted as made; counters that begin now would be those of nobody.
    counted = EndUserStatsItem.orders_made.exists()
    transaction.update(stats, _additions(changes), counted, otherwise=EndUserForgotten())
    count_for_bridge(transaction, organization_id, end_user_id, bridge_id, changes)


def count_for_bridge(
    transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str, changes: Counts
) -> None:
    """For the bridge alone; `BridgeMoving` while its data is being moved."""
    transaction.update(
        keys.bridge_stats(organization_id, bridge_id, end_user_id),
        [*_additions(changes), BridgeStatsItem.version.add(1)],
        BridgeStatsItem.closed.does_not_exist(),
        otherwise=BridgeMoving(),
    )


def count_requests(
    transaction: Transaction,
    organization_id: str,
    end_user_id: str,
    bridge_id: str,
    changes: Counts,
    *,
    closed: bool,
    otherwise: Exception | None = None,
) -> None:
    """Count requests about orders of a bridge for the bridge alone. It must be open, or closed where `closed` says so;
    `otherwise` if it is not."""
    is_closed = BridgeStatsItem.closed == 1
    transaction.update(
        keys.bridge_stats(organization_id, bridge_id, end_user_id),
        [*_additions(changes), BridgeStatsItem.version.add(1)],
        is_closed if closed else BridgeStatsItem.closed.does_not_exist(),
        otherwise=otherwise,
    )


def is_closed(organization_id: str, end_user_id: str, bridge_id: str) -> bool:
    stats, _ = _bridge_stats(keys.bridge_stats(organization_id, bridge_id, end_user_id))
    return stats.closed is not None


def _hide_requests(
    transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str, counts: Counts
) -> None:
    """What the organization's queue has of a bridge that is closed leaves its totals, and its pages."""
    requests = {name: -number for name, number in counts.items() if name.startswith(REQUESTS)}
    if requests:
        hidden: Any = RequestStatsItem.hidden
        actions = [*_additions(requests), hidden.add({held(bridge_id, end_user_id)})]
        transaction.update(keys.action_request_stats(organization_id), actions)


def _additions(changes: Counts) -> list[Action]:
    return [counter(name).add(number) for name, number in changes.items() if number]


def orders_created(bridge_id: str) -> list[Action]:
    """For `count`: this transaction creates orders."""
    shops: Any = EndUserStatsItem.shops
    return [EndUserStatsItem.orders_made.add(1), shops.add({bridge_id})]


def heads_found(heads: Iterable[str]) -> list[Action]:
    """For `count`: from now on these orders are found by what follows these beginnings."""
    known: Any = EndUserStatsItem.heads
    return [known.add(set(heads))]


def heads_in(stats: Row) -> frozenset[str]:
    return frozenset(stats.get("heads", {"SS": []})["SS"])


def shipments_wait(more: int) -> list[Action]:
    """For `count`: so many shipments more (or fewer) wait for their order."""
    return [EndUserStatsItem.waiting.add(more)]


def no_order_since(stats: EndUserStatsItem) -> Condition:
    """Holds while no order has been created since `stats` was read."""
    made = EndUserStatsItem.orders_made
    return (made == stats.orders_made) if stats.orders_made else made.does_not_exist()


def of(row: Row | None, key: Key) -> EndUserStatsItem:
    return EndUserStatsItem.of(row) if row else EndUserStatsItem.at(key)


def close(transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str) -> None:
    """The bridge is no longer the end user's: what came through it leaves the end user's counters now, with the
    transaction, and the data itself in the background. ConditionFailed if something came in meanwhile."""
    key = keys.bridge_stats(organization_id, bridge_id, end_user_id)
    stats, row = _bridge_stats(key)
    seen = BridgeStatsItem.version == stats.version if stats.version else BridgeStatsItem.version.does_not_exist()
    transaction.update(key, [BridgeStatsItem.closed.set(1), BridgeStatsItem.version.add(1)], seen)
    changes = {name: -number for name, number in counts_of(row).items()}
    actions = _additions(changes)
    if actions and stats.closed is None:
        shops: Any = EndUserStatsItem.shops
        transaction.update(keys.end_user_stats(organization_id, end_user_id), [*actions, shops.delete({bridge_id})])
        _hide_requests(transaction, organization_id, end_user_id, bridge_id, counts_of(row))


def _bridge_stats(key: Key) -> tuple[BridgeStatsItem, Row]:
    row = get(key) or {}
    return BridgeStatsItem.of(row) if row else BridgeStatsItem.at(key), row


@dataclass(frozen=True, slots=True)
class Holding:
    """What one end user has, or had, through a bridge."""

    organization_id: str
    bridge_id: str
    end_user_id: str
    closed: bool
    left: dict[str, int]
    version: int


def uncount(transaction: Transaction, holding: Holding, changes: Counts, waiting: int = 0) -> None:
    """Count what is removed of a closed bridge's data; ConditionFailed where it is open again. The end user's own
    counters no longer contain it, but the shipments that waited (`waiting`)."""
    transaction.update(
        keys.bridge_stats(holding.organization_id, holding.bridge_id, holding.end_user_id),
        [*_additions({name: -number for name, number in changes.items()}), BridgeStatsItem.version.add(1)],
        BridgeStatsItem.closed == 1,
    )
    if waiting:
        stats = keys.end_user_stats(holding.organization_id, holding.end_user_id)
        transaction.update(stats, shipments_wait(-waiting), exists())


def holdings(organization_id: str, bridge_id: str) -> list[Holding]:
    """Of everybody who has data through the bridge."""
    rows = query_all(keys.bridge_stats(organization_id, bridge_id, "").pk, most=MOST_HOLDINGS)
    found = []
    for row in rows:
        item = BridgeStatsItem.of(row)
        closed = item.closed is not None
        found.append(Holding(organization_id, bridge_id, item.sk, closed, counts_of(row), item.version))
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
    actions = _additions(holding.left)
    if actions:
        transaction.update(keys.end_user_stats(org, user), [*actions, *orders_created(holding.bridge_id)])
    hidden: Any = RequestStatsItem.hidden
    requests = {name: number for name, number in holding.left.items() if name.startswith(REQUESTS)}
    shown_again = [*_additions(requests), hidden.delete({held(holding.bridge_id, user)})]
    transaction.update(keys.action_request_stats(org), shown_again)


def forget(transaction: Transaction, holding: Holding) -> None:
    """Nothing is left of it: away with its counters, and nothing of it is hidden any more. ConditionFailed if something
    has changed since it was read."""
    org, bridge_id, user = holding.organization_id, holding.bridge_id, holding.end_user_id
    transaction.delete(keys.bridge_stats(org, bridge_id, user), BridgeStatsItem.version == holding.version)
    # What is hidden of the queue was hidden when the holding was closed, so looking now is early enough.
    queue, name = keys.action_request_stats(org), held(bridge_id, user)
    requests = find(RequestStatsItem, queue)
    if requests and name in (requests.hidden or ()):
        hidden: Any = RequestStatsItem.hidden
        transaction.update(queue, [hidden.delete({name})])


def forget_end_user(organization_id: str, end_user_id: str) -> None:
    delete(keys.end_user_stats(organization_id, end_user_id))
