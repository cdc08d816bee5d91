"""Removes the orders of a bridge that the end user no longer holds, or moves them to the bridge's new owner.

Both can be repeated from any point. An order's summary is deleted last, in the transaction that counts it and only if
it is unchanged since it was read; a later run finds by it what remains to be done. The bridge is hidden meanwhile, so
that no list shows these orders.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chalicelib.bridges import holdings
from chalicelib.bridges import service as bridges
from chalicelib.bridges.holdings import Holding
from chalicelib.customers import former_traces
from chalicelib.customers.store import TracesItem
from chalicelib.orders.shape import customer_entry, fields_of
from chalicelib.orders.source_deleted_store import new_entry
from chalicelib.orders.store import (
    ActivityItem,
    OrderDetailItem,
    OrderItem,
    OrderParts,
    read_whole_order,
)
from chalicelib.records.change import request_size_of
from chalicelib.records.removal import batches, list_ids
from chalicelib.search import service as search
from chalicelib.shipments import links, order_rows
from chalicelib.shipments.index import linked_order
from chalicelib.shipments.store import ShipmentItem
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many, map_concurrently
from chalicelib.table.transaction import Transaction, absent
from chalicelib.totals import service as totals


def list_order_ids(
    organization_id: str, end_user_id: str, bridge_id: str, most: int, below: str | None
) -> tuple[list[str], str | None]:
    """Ids of orders that came through the bridge, newest first, and the sort key to continue below."""
    return list_ids(keys.order_list(organization_id, end_user_id, "", "").pk, bridge_id, most, below)


MAX_MOVED_AT_ONCE = 9
"""Orders in one transaction of a hundred writes: six each, and up to four search entries of the customer's name."""


@dataclass(frozen=True, slots=True)
class OrderRemoval:
    """An order to be removed, with every item in its partition."""

    item: OrderItem
    detail: OrderDetailItem
    parts: OrderParts

    @property
    def bytes(self) -> int:
        assert self.parts.detail is not None
        return request_size_of(self.item.summary, self.parts.detail["d"]["S"])

    @property
    def shipment_ids(self) -> list[str]:
        return self.parts.shipment_ids


def remove(holding: Holding, order_ids: list[str], owner_exists: bool) -> None:
    """Remove these orders for good. `owner_exists` is False once the end user was deleted. ConditionFailed when another
    run removes the same orders."""
    for group in batches(_read(holding, order_ids)):
        if owner_exists:
            for removal in group:
                links.unlink_from_order(holding, removal.item.id, removal.shipment_ids)
        _claim(holding, group)
        customers = [key for removal in group if (key := _customer_key(holding, removal))]
        write_many(deletes=[*customers, *(key for removal in group for key in _dependent_keys(holding, removal))])
        transaction = Transaction()
        _delete_summaries(transaction, holding, group)
        transaction.commit()


def move(holding: Holding, order_ids: list[str], owner_exists: bool, new_owner: str) -> list[str]:
    """Move these orders to the bridge's new owner, with their history and those of their shipments that have moved
    already; returns their external ids. Orders the new owner has synced since are newer and are kept."""
    removals = _read(holding, order_ids)
    for group in _movable(removals):
        new_keys = {
            removal.item.id: keys.order(holding.organization_id, new_owner, removal.item.id) for removal in group
        }
        existing = get_many(new_keys.values())
        to_insert = [removal for removal in group if new_keys[removal.item.id] not in existing]
        puts: list[Item] = []
        shipments: dict[str, list[ShipmentItem]] = {}
        for removal in group:
            moved = links.read_owned(holding.organization_id, new_owner, removal.shipment_ids)
            shipments[removal.item.id] = list(moved.values())
            if owner_exists:
                links.unlink_from_order(holding, removal.item.id, [i for i in removal.shipment_ids if i not in moved])
            if removal in to_insert:
                puts += _dependent_copies(holding, removal, set(moved), new_owner)
        write_many(puts)
        _claim(holding, group)
        write_many(deletes=[key for removal in group for key in _dependent_keys(holding, removal)])
        transaction = Transaction()
        _delete_summaries(transaction, holding, group)
        for key in (key for removal in group if (key := _customer_key(holding, removal))):
            # Not before: until then the customer's erasure finds the order by it.
            transaction.delete(key)
        if to_insert:
            _insert_moved(transaction, holding, to_insert, shipments, new_owner)
        transaction.commit()
        _reindex_shipments(holding.organization_id, new_owner, shipments)
    return [removal.item.summary.members()["external_id"] for removal in removals]


def _reindex_shipments(organization_id: str, new_owner: str, shipments: Mapping[str, list[ShipmentItem]]) -> None:
    """The shipments moved before their orders, which may have changed in between."""
    order_keys = [keys.order(organization_id, new_owner, order_id) for order_id, moved in shipments.items() if moved]
    for row in get_many(order_keys).values() if order_keys else ():
        order = linked_order(row)
        links.reindex(organization_id, new_owner, order, [item.id for item in shipments[order.id]])


def _movable(removals: list[OrderRemoval]) -> Iterator[list[OrderRemoval]]:
    for group in batches(removals):
        for start in range(0, len(group), MAX_MOVED_AT_ONCE):
            yield group[start : start + MAX_MOVED_AT_ONCE]


def _read(holding: Holding, order_ids: list[str]) -> list[OrderRemoval]:
    def read(order_id: str) -> OrderParts:
        return read_whole_order(holding.organization_id, holding.end_user_id, order_id)

    orders = map_concurrently(read, order_ids)
    return [
        OrderRemoval(OrderItem.of(parts.summary), OrderDetailItem.of(parts.detail), parts)
        for parts in orders
        if parts.summary is not None and parts.detail is not None
    ]


def _dependent_keys(holding: Holding, removal: OrderRemoval) -> list[Key]:
    """Keys of every item of an order except its summary and its current detail, from which the others are derived."""
    org, user = holding.organization_id, holding.end_user_id
    rows = [*removal.parts.activities, *removal.parts.shipments, *removal.parts.details]
    dependent_keys = [Key(row["pk"]["S"], row["sk"]["S"]) for row in rows]
    dependent_keys.remove(removal.detail.key)
    if removal.item.source_deleted_at is not None:
        dependent_keys.append(keys.source_deleted_order(org, user, removal.item.ordered_at, removal.item.id))
    return [*dependent_keys, *search.possible_keys(org, user, removal.item.id, fields_of(removal.item, removal.detail))]


def _former_traces(holding: Holding, removals: Iterable[OrderRemoval]) -> list[TracesItem]:
    """What leads a later erasure to the log that still shows these orders."""
    org, user = holding.organization_id, holding.end_user_id
    found = [
        former_traces.build_entry_of_removed(
            org, user, each.item.id, fields_of(each.item, each.detail), each.parts.request_ids
        )
        for each in removals
    ]
    return [entry for entry in found if entry is not None]


def _customer_key(holding: Holding, removal: OrderRemoval) -> Key | None:
    """Key of the customer's entry."""
    fields = fields_of(removal.item, removal.detail)
    entry = customer_entry(holding.organization_id, holding.end_user_id, removal.item.id, fields)
    return entry.key if entry else None


def _dependent_copies(holding: Holding, removal: OrderRemoval, moved: set[str], new_owner: str) -> list[Item]:
    rows = [
        *removal.parts.activities,
        *(r for r in removal.parts.shipments if keys.part_after_separator(r["sk"]["S"]) in moved),
    ]
    fields = fields_of(removal.item, removal.detail)
    entries = search.index_change(
        holding.organization_id, new_owner, holding.bridge_id, removal.item.id, None, fields, prefixes=()
    )
    return [*(_copy(row, new_owner) for row in rows), *entries.puts]


def _copy(row: Row, new_owner: str) -> Item:
    """An activity, or a shipment's link, under the new owner."""
    item = ActivityItem.of(row)
    item.sk = keys.with_owner(item.sk, new_owner)
    return item


def _claim(holding: Holding, removals: list[OrderRemoval]) -> None:
    """Increment the orders' versions, and leave what leads a later erasure to the log. ConditionFailed, before anything
    is deleted, if an order changed since it was read: what an erasure has removed meanwhile is not written again. A
    concurrent erasure that read the orders before they were copied has to read again and finds the copies."""
    transaction = Transaction()
    for entry in _former_traces(holding, removals):
        transaction.put(entry)
    for removal in removals:
        version = removal.item.version
        removal.item.version = version + 1
        transaction.update(removal.item.key, [OrderItem.version.set(version + 1)], OrderItem.version == version)
    transaction.commit()


def _delete_summaries(transaction: Transaction, holding: Holding, removals: list[OrderRemoval]) -> None:
    counts: Counter[str] = Counter()
    for removal in removals:
        transaction.delete(removal.item.key, OrderItem.version == removal.item.version)
        transaction.delete(removal.detail.key)
        counts[totals.order_counter(removal.item.status)] += 1
    holdings.uncount(transaction, holding, counts)


def _insert_moved(
    transaction: Transaction,
    holding: Holding,
    to_insert: list[OrderRemoval],
    shipments: Mapping[str, list[ShipmentItem]],
    new_owner: str,
) -> None:
    """`shipments`: those of each order that the new owner has already."""
    org = holding.organization_id
    counts: Counter[str] = Counter()
    for removal in to_insert:
        counts[totals.order_counter(removal.item.status)] += 1
        item, detail = OrderItem.of(removal.parts.summary or {}), OrderDetailItem.of(removal.parts.detail or {})
        item.sk, detail.sk = keys.with_owner(item.sk, new_owner), keys.with_owner(detail.sk, new_owner)
        item.index_1(keys.order_list(org, new_owner, item.ordered_at, item.id))
        item.index_2(keys.order_status_list(org, new_owner, removal.item.status, item.ordered_at, item.id))
        shown = links.row_values(shipments[item.id], item.bridge_id)
        transaction.rewrite(item, absent(), extra=order_rows.new_row(shown))
        transaction.put(detail)
        if item.source_deleted_at is not None:
            transaction.put(new_entry(org, new_owner, item))
        fields = fields_of(removal.item, removal.detail)
        for entry in search.name_change(org, new_owner, item.bridge_id, item.id, None, fields, prefixes=()).puts:
            transaction.put(entry)
        customer = customer_entry(org, new_owner, removal.item.id, fields)
        if customer is not None:
            transaction.put(customer)
    bridges.require_owner(transaction, holding.bridge_id, new_owner)
    totals.count(transaction, org, new_owner, holding.bridge_id, counts, extra=totals.orders_created(holding.bridge_id))
