"""Counters, incremented with ADD in the transaction of the change they count."""

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
"""The increment of each counter, by its name."""


class BridgeMoving(Conflict):
    code = "bridge_moving"
    message = "This bridge has a new owner and its data is still being moved. Try again later."


class EndUserDeleted(Exception):
    """The end user's counters are gone because the end user was deleted."""


def order_counter(status: str) -> str:
    return f"{ORDERS}{status}"


def shipment_counter(status: str) -> str:
    return f"{SHIPMENTS}{status}"


def request_counter(status: str) -> str:
    return f"{REQUESTS}{status}"


def holding_name(bridge_id: str, end_user_id: str) -> str:
    """Identifies what one end user holds through one bridge in entries of the organization's queue."""
    return f"{bridge_id}#{end_user_id}"


def is_order_counter(name: str) -> bool:
    return name.startswith(ORDERS)


def is_request_counter(name: str) -> bool:
    return name.startswith(REQUESTS)


def total_orders(stats: Row, status: str | None = None) -> int:
    """The number of orders (of one status) according to an end user's or a bridge's counters."""
    return _sum(stats, ORDERS, status)


def total_shipments(stats: Row, status: str | None = None) -> int:
    return _sum(stats, SHIPMENTS, status)


def _sum(stats: Row, prefix: str, status: str | None) -> int:
    if status is not None:
        return int(stats.get(f"{prefix}{status}", {"N": "0"})["N"])
    return sum(int(value["N"]) for name, value in stats.items() if name.startswith(prefix))


def additions(changes: Counts) -> list[Action]:
    return [counter(name).add(number) for name, number in changes.items() if number]


def counts_of(row: Row) -> dict[str, int]:
    """The non-zero counters by status in a raw item."""
    counters = {name: int(value["N"]) for name, value in row.items() if name.startswith((ORDERS, SHIPMENTS, REQUESTS))}
    return {name: number for name, number in counters.items() if number}


def count(
    transaction: Transaction,
    organization_id: str,
    end_user_id: str,
    bridge_id: str,
    changes: Counts,
    *,
    extra: list[Action] | None = None,
    condition: Condition | None = None,
) -> None:
    """Count a transaction's changes for the end user and for the bridge. The transaction raises BridgeMoving while the
    bridge's data is being moved. `extra` and `condition` apply to the end user's counters."""
    actions = additions(changes) + (extra or [])
    if actions:
        transaction.update(keys.end_user_stats(organization_id, end_user_id), actions, condition)
    count_for_bridge(transaction, organization_id, end_user_id, bridge_id, changes)


def count_order_change(
    transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str, changes: Counts
) -> None:
    """Count a change of an existing order. The transaction raises EndUserDeleted when its end user, and so their
    counters, are gone: then count for the (now unowned) bridge alone."""
    stats = keys.end_user_stats(organization_id, end_user_id)
    # Counting the order's creation set `orders_made`. Without it, ADD would create counters for a deleted end user.
    has_counters = EndUserStatsItem.orders_made.exists()
    transaction.update(stats, additions(changes), has_counters, error=EndUserDeleted())
    count_for_bridge(transaction, organization_id, end_user_id, bridge_id, changes)


def count_for_bridge(
    transaction: Transaction, organization_id: str, end_user_id: str, bridge_id: str, changes: Counts
) -> None:
    """Count changes for the bridge alone. The transaction raises BridgeMoving while the bridge's data is moved."""
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
    """Count action requests for their order's bridge alone. The transaction raises `error` unless the bridge's data is
    hidden exactly if `closed`."""
    is_closed = BridgeStatsItem.closed == 1
    transaction.update(
        keys.bridge_stats(organization_id, bridge_id, end_user_id),
        [*additions(changes), BridgeStatsItem.version.add(1)],
        is_closed if closed else BridgeStatsItem.closed.does_not_exist(),
        error=error,
    )


def orders_created(bridge_id: str) -> list[Action]:
    """For `count`'s `extra`, in a transaction that creates orders."""
    bridges: Any = EndUserStatsItem.order_bridges
    return [EndUserStatsItem.orders_made.add(1), bridges.add({bridge_id})]


def add_common_prefixes(prefixes: Iterable[str]) -> list[Action]:
    """For `count`'s `extra`: searches look behind these prefixes from now on."""
    stored: Any = EndUserStatsItem.common_prefixes
    return [stored.add(set(prefixes))]


def common_prefixes(stats: Row) -> frozenset[str]:
    return frozenset(stats.get("heads", {"SS": []})["SS"])


def add_unlinked_shipments(number: int) -> list[Action]:
    """For `count`'s `extra`; a negative number when shipments were linked or removed."""
    return [EndUserStatsItem.unlinked_shipments.add(number)]


def no_order_created_since(stats: EndUserStatsItem) -> Condition:
    """Holds as long as no order has been created since `stats` was read."""
    orders_made = EndUserStatsItem.orders_made
    return (orders_made == stats.orders_made) if stats.orders_made else orders_made.does_not_exist()


def stats_of(row: Row | None, key: Key) -> EndUserStatsItem:
    return EndUserStatsItem.of(row) if row else EndUserStatsItem.at(key)


def delete_end_user(organization_id: str, end_user_id: str) -> None:
    delete(keys.end_user_stats(organization_id, end_user_id))
