"""Counting by ADD, in the transaction of the change that is counted."""

from collections.abc import Iterable, Mapping
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit.errors import Conflict
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.transaction import Transaction, delete
from chalicelib.totals.store import (
    ORDERS,
    REQUESTS,
    SHIPMENTS,
    BridgeStatsItem,
    EndUserStatsItem,
    counter,
)

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


def is_request_counter(name: str) -> bool:
    return name.startswith(REQUESTS)


def orders_in(stats: Row, status: str | None = None) -> int:
    """How many orders an end user's (or bridge's) counters tell of."""
    return _total(stats, ORDERS, status)


def shipments_in(stats: Row, status: str | None = None) -> int:
    return _total(stats, SHIPMENTS, status)


def _total(stats: Row, kind: str, status: str | None) -> int:
    if status is not None:
        return int(stats.get(f"{kind}{status}", {"N": "0"})["N"])
    return sum(int(value["N"]) for name, value in stats.items() if name.startswith(kind))


def additions(changes: Counts) -> list[Action]:
    return [counter(name).add(number) for name, number in changes.items() if number]


def counts_of(row: Row) -> dict[str, int]:
    """The counters by status in a raw item, without those at zero."""
    found = {name: int(value["N"]) for name, value in row.items() if name.startswith((ORDERS, SHIPMENTS, REQUESTS))}
    return {name: number for name, number in found.items() if number}


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
    actions = additions(changes) + (more or [])
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
    transaction.update(stats, additions(changes), counted, error=EndUserForgotten())
    count_for_bridge(transaction, organization_id, end_user_id, bridge_id, changes)


def count_for_bridge(
    transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str, changes: Counts
) -> None:
    """For the bridge alone; `BridgeMoving` while its data is being moved."""
    transaction.update(
        keys.bridge_stats(organization_id, bridge_id, end_user_id),
        [*additions(changes), BridgeStatsItem.version.add(1)],
        BridgeStatsItem.closed.does_not_exist(),
        error=BridgeMoving(),
    )


def count_requests(
    transaction: Transaction,
    organization_id: str,
    end_user_id: str,
    bridge_id: str,
    changes: Counts,
    *,
    closed: bool,
    error: Exception | None = None,
) -> None:
    """Count requests about orders of a bridge for the bridge alone. It must be open, or closed where `closed` says so;
    `error` if it is not."""
    is_closed = BridgeStatsItem.closed == 1
    transaction.update(
        keys.bridge_stats(organization_id, bridge_id, end_user_id),
        [*additions(changes), BridgeStatsItem.version.add(1)],
        is_closed if closed else BridgeStatsItem.closed.does_not_exist(),
        error=error,
    )


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


def forget_end_user(organization_id: str, end_user_id: str) -> None:
    delete(keys.end_user_stats(organization_id, end_user_id))
