"""Taking away the orders of a bridge that is no longer the end user's: for good, or to its new owner.

Repeatable at any point: an order's summary goes last, in the transaction that counts it, if it is still as it was read,
and it is where the next run finds what is left to do. Nobody sees these orders meanwhile, since the bridge is hidden.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.bridges import holdings
from chalicelib.bridges import service as bridges
from chalicelib.bridges.holdings import Holding
from chalicelib.kit import codec
from chalicelib.orders.shape import customer_entry, fields_of
from chalicelib.orders.store import (
    ActivityItem,
    OrderDetailItem,
    OrderItem,
    OrderParts,
    read_whole_order,
)
from chalicelib.search import service as search
from chalicelib.shipments import links
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window, list_entries
from chalicelib.table.reads import get_many, map_concurrently
from chalicelib.table.transaction import Transaction, absent
from chalicelib.totals import service as totals

MAX_BYTES = 1_500_000
"""Of the orders in one transaction, which may hold each twice and 4 MB in all."""


def list_of_bridge(
    organization_id: str, end_user_id: str, bridge_id: str, most: int, below: str | None
) -> tuple[list[str], str | None]:
    """Ids of orders that came through a bridge, newest first, and the sort key to go on below."""
    partition = keys.order_list(organization_id, end_user_id, "", "").pk
    where = OrderItem.hint == bridge_id
    entries = list_entries(partition, Window(most, below=below), index="gsi1", where=where)
    return [keys.last_part(row["pk"]["S"]) for row in entries.rows], entries.next


@dataclass(frozen=True, slots=True)
class Going:
    """An order that goes, with everything that lies beside it."""

    item: OrderItem
    detail: OrderDetailItem
    parts: OrderParts

    @property
    def bytes(self) -> int:
        assert self.parts.detail is not None
        return len(self.item.summary) + len(self.parts.detail["d"]["S"])

    @property
    def shipment_ids(self) -> list[str]:
        return [keys.last_part(row["sk"]["S"]) for row in self.parts.shipments]


def remove(holding: Holding, order_ids: list[str], alive: bool) -> None:
    """Remove these orders for good; `alive`: whether there still is the end user whose they are. ConditionFailed if
    somebody else is at the same work."""
    for group in _groups(_read(holding, order_ids)):
        if alive:
            for order in group:
                links.release(holding, order.item.id, order.shipment_ids)
        customers = [key for order in group if (key := _customer_key(holding, order))]
        write_many(deletes=[*customers, *(key for order in group for key in _beside(holding, order))])
        transaction = Transaction()
        _take_away(transaction, holding, group)
        transaction.commit()


def move(holding: Holding, order_ids: list[str], alive: bool, to: str) -> list[str]:
    """Give these orders to the end user `to`, whose the bridge is now, with their history and their shipments that
    have moved already. What `to` has got from the bridge itself since is newer, and stays. Their external ids."""
    going = _read(holding, order_ids)
    for group in _groups(going):
        keys_there = {order.item.id: keys.order(holding.organization_id, to, order.item.id) for order in group}
        there = get_many(keys_there.values())
        moving = [order for order in group if keys_there[order.item.id] not in there]
        puts: list[Item] = []
        for order in group:
            moved = links.moved(holding.organization_id, to, order.shipment_ids)
            if alive:
                links.release(holding, order.item.id, [i for i in order.shipment_ids if i not in moved])
            if order in moving:
                puts += _copies_beside(holding, order, moved, to)
        write_many(puts)
        _hold(group)
        write_many(deletes=[key for order in group for key in _beside(holding, order)])
        transaction = Transaction()
        _take_away(transaction, holding, group)
        if moving:
            _bring(transaction, holding, moving, to)
        transaction.commit()
    return [codec.loads("{" + order.item.summary)["external_id"] for order in going]


def _read(holding: Holding, order_ids: list[str]) -> list[Going]:
    def read(order_id: str) -> OrderParts:
        return read_whole_order(holding.organization_id, holding.end_user_id, order_id)

    found = map_concurrently(read, order_ids)
    return [
        Going(OrderItem.of(parts.summary), OrderDetailItem.of(parts.detail), parts)
        for parts in found
        if parts.summary is not None and parts.detail is not None
    ]


def _groups(going: Iterable[Going]) -> list[list[Going]]:
    groups: list[list[Going]] = []
    size = 0
    for order in going:
        if not groups or size + order.bytes > MAX_BYTES:
            groups.append([])
            size = 0
        groups[-1].append(order)
        size += order.bytes
    return groups


def _beside(holding: Holding, order: Going) -> list[Key]:
    """The keys of all that belongs to an order but its summary and the detail by which this is known."""
    org, user = holding.organization_id, holding.end_user_id
    rows = [*order.parts.activities, *order.parts.shipments, *order.parts.details]
    beside = [Key(row["pk"]["S"], row["sk"]["S"]) for row in rows]
    beside.remove(order.detail.key)
    return [*beside, *search.keys_of(org, user, order.item.id, fields_of(order.item, order.detail))]


def _customer_key(holding: Holding, order: Going) -> Key | None:
    """The customer's way to the order, which is the same whoever's the order is."""
    fields = fields_of(order.item, order.detail)
    entry = customer_entry(holding.organization_id, holding.end_user_id, order.item.id, fields)
    return entry.key if entry else None


def _copies_beside(holding: Holding, order: Going, moved: set[str], to: str) -> list[Item]:
    rows = [*order.parts.activities, *(r for r in order.parts.shipments if keys.last_part(r["sk"]["S"]) in moved)]
    fields = fields_of(order.item, order.detail)
    index = search.index(holding.organization_id, to, holding.bridge_id, order.item.id, None, fields, heads=())
    return [*(_copy(row, to) for row in rows), *index.puts]


def _copy(row: Row, to: str) -> Item:
    """An activity or a shipment's place as it is, under another owner."""
    item = ActivityItem.of(row)
    item.sk = keys.under(item.sk, to)
    return item


def _hold(going: list[Going]) -> None:
    """The copies are of these orders as they are now, or nothing of theirs goes away (ConditionFailed). Who has read
    them before the copies were there has to read again: a customer's erasure then finds the copies as well."""
    transaction = Transaction()
    for order in going:
        seen = order.item.version
        order.item.version = seen + 1
        transaction.update(order.item.key, [OrderItem.version.set(seen + 1)], OrderItem.version == seen)
    transaction.commit()


def _take_away(transaction: Transaction, holding: Holding, going: list[Going]) -> None:
    counts: Counter[str] = Counter()
    for order in going:
        transaction.delete(order.item.key, OrderItem.version == order.item.version)
        transaction.delete(order.detail.key)
        counts[totals.order_counter(order.item.status)] += 1
    holdings.uncount(transaction, holding, counts)


def _bring(transaction: Transaction, holding: Holding, moving: list[Going], to: str) -> None:
    org = holding.organization_id
    counts: Counter[str] = Counter()
    for order in moving:
        counts[totals.order_counter(order.item.status)] += 1
        item, detail = OrderItem.of(order.parts.summary or {}), OrderDetailItem.of(order.parts.detail or {})
        item.sk, detail.sk = keys.under(item.sk, to), keys.under(detail.sk, to)
        item.index_1(keys.order_list(org, to, item.ordered_at, item.id))
        item.index_2(keys.order_status_list(org, to, order.item.status, item.ordered_at, item.id))
        transaction.put(item, absent())
        transaction.put(detail)
        customer = customer_entry(org, to, order.item.id, fields_of(order.item, order.detail))
        if customer is not None:
            transaction.put(customer)
    bridges.require_owner(transaction, holding.bridge_id, to)
    totals.count(transaction, org, to, holding.bridge_id, counts, more=totals.orders_created(holding.bridge_id))
