"""Index orders and shipments for the filters and searches of this version. Needed once, after the upgrade to it:
orders stored before then are not found by their customer's name or a tracking number, nor without the accents that they
have, and their list rows show no shipments; shipments are not found by search or carrier; the organization finds
neither by its number, and no end user by search. Bridges connected before then are not found by their shop, as what
Shopify asks of an app needs, and those in error are not listed as such, like webhooks that were disabled.

What is indexed already is only read. The command may be repeated, also while records are being synced.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from local.commands.upgrades import chosen

if TYPE_CHECKING:
    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action

    from chalicelib.orders.store import OrderDetailItem, OrderItem
    from chalicelib.shipments.store import ShipmentItem
    from chalicelib.table.items import Item, Row
    from chalicelib.table.keys import Key
    from chalicelib.table.transaction import Transaction

PAGE = 100
MAX_ENTRIES = 60
"""Of one order in a transaction; the next run writes the others."""


def reindex(organization_id: str, end_user_id: str) -> tuple[int, int]:
    """How many orders and shipments were read, and how many of them were indexed."""
    from chalicelib.table import keys

    orders = keys.order_list(organization_id, end_user_id, "", "").pk
    shipments = keys.shipment_list(organization_id, end_user_id, "", "").pk
    done = [
        _index_order(organization_id, *pair) for page in _pages(orders) for pair in _with_details(organization_id, page)
    ]
    done += [
        _index_shipment(organization_id, row, order)
        for page in _pages(shipments)
        for row, order in _with_orders(organization_id, page)
    ]
    return len(done), sum(done)


def _pages(partition: str) -> "Iterator[list[Row]]":
    from chalicelib.table.pages import Window, fetch_items, list_entries

    below: str | None = None
    while True:
        entries = list_entries(partition, Window(PAGE, below=below), index="gsi1")
        yield fetch_items(entries.rows, consistent=True)
        below = entries.next
        if below is None:
            return


def _with_orders(organization_id: str, rows: "list[Row]") -> "list[tuple[Row, Row | None]]":
    """The summaries of shipments, each with that of its order."""
    from chalicelib.shipments.store import ShipmentItem
    from chalicelib.table import keys
    from chalicelib.table.reads import get_many

    items = [ShipmentItem.of(row) for row in rows]
    order_ids = [item.summary.members()["order_id"] for item in items]
    order_keys = [
        keys.order(organization_id, item.end_user_id, order_id) if order_id else None
        for item, order_id in zip(items, order_ids, strict=True)
    ]
    found = get_many([key for key in order_keys if key is not None])
    return [(row, found.get(key) if key else None) for row, key in zip(rows, order_keys, strict=True)]


def _with_details(organization_id: str, rows: "list[Row]") -> "Iterable[tuple[OrderItem, OrderDetailItem]]":
    from chalicelib.orders.store import OrderItem, read_orders

    return read_orders(organization_id, [OrderItem.of(row).key for row in rows]).values()


def _index_order(organization_id: str, item: "OrderItem", detail: "OrderDetailItem") -> bool:
    from chalicelib.orders.shape import fields_of
    from chalicelib.orders.store import OrderItem
    from chalicelib.search import service as search
    from chalicelib.table.reads import get_many

    fields = fields_of(item, detail)
    place = organization_id, item.end_user_id, item.bridge_id, item.id
    entries = [
        *search.name_change(*place, None, fields, prefixes=()).puts,
        *search.index_change(*place, None, _new_fields(fields), prefixes=()).puts,
    ]
    former = search.former_keys(organization_id, item.end_user_id, item.id, fields)
    existing = get_many([*(entry.key for entry in entries), *former])
    missing = {entry.key: entry for entry in entries if not _is_indexed(existing.get(entry.key), entry)}
    stale = [key for key in former if key in existing]

    def write(transaction: "Transaction") -> None:
        transaction.check(item.key, OrderItem.version == item.version)
        for entry in list(missing.values())[:MAX_ENTRIES]:
            transaction.put(entry)
        for key in stale[: MAX_ENTRIES // 2]:
            transaction.delete(key)

    return bool(missing or stale) and _commit(write)


def _is_indexed(stored: "Row | None", entry: "Item") -> bool:
    return stored is not None and stored.get("g1pk", {}).get("S") == entry.g1pk


def _new_fields(fields: "dict[str, Any]") -> "dict[str, Any]":
    """What is found differently from before: numbers, and what has accents. All else has its entries already."""
    numbers = {"order_number": fields["order_number"]}
    if not fields["external_id"].isascii():
        numbers["external_id"] = fields["external_id"]
    lines = [line for line in fields["line_items"] if not (line.get("sku") or "").isascii()]
    return {**numbers, "line_items": lines, "ordered_at": fields["ordered_at"]}


def _index_shipment(organization_id: str, row: "Row", order_row: "Row | None") -> bool:
    from chalicelib.records.change import RowWrite
    from chalicelib.shipments import index, links, order_rows
    from chalicelib.shipments.store import ShipmentIndexItem, ShipmentItem
    from chalicelib.table import keys
    from chalicelib.table.reads import find_row
    from chalicelib.table.transaction import exists

    item = ShipmentItem.of(row)
    order = index.linked_order(order_row) if order_row is not None else None
    entry = index.item_of(organization_id, item, order)
    values = links.row_values([item], order.bridge_id) if order is not None else {}
    shown = order is None or not order.shown.isdisjoint(values) or order.shown_count >= order_rows.MAX_SHOWN
    stored, number = find_row(entry.key), _missing_number(organization_id, item)
    is_indexed = stored is not None and ShipmentIndexItem.of(stored).serialize() == entry.serialize()
    if shown and is_indexed and number is None:
        return False

    def write(transaction: "Transaction") -> None:
        transaction.check(item.key, ShipmentItem.version == item.version)
        transaction.put(entry)
        if number is not None:
            transaction.update(*number)
        if order_row is not None and not shown:
            key = keys.Key(order_row["pk"]["S"], order_row["sk"]["S"])
            actions, condition = order_rows.update_of({name: RowWrite(text, 1) for name, text in values.items()})
            transaction.update(key, actions, exists() if condition is None else exists() & condition)

    return _commit(write)


def _missing_number(organization_id: str, item: "ShipmentItem") -> "tuple[Key, list[Action], Condition] | None":
    """The update that the organization needs to find the shipment by its tracking number; None if it was made."""
    from chalicelib.shipments.shape import index_number
    from chalicelib.shipments.store import ShipmentDetailItem
    from chalicelib.table import keys
    from chalicelib.table.reads import find
    from chalicelib.table.transaction import exists

    detail = ShipmentDetailItem.at(keys.shipment_detail_of(item.key))
    index_number(detail, organization_id, item.bridge_id, item.id, item.summary.members()["tracking_number"])
    stored = find(ShipmentDetailItem, detail.key) if detail.g1pk is not None else None
    if stored is None or stored.g1pk == detail.g1pk:
        return None
    actions: list[Action] = [
        ShipmentDetailItem.hint.set(detail.hint),
        ShipmentDetailItem.g1pk.set(detail.g1pk),
        ShipmentDetailItem.g1sk.set(detail.g1sk),
    ]
    return detail.key, actions, exists()


def _commit(write: "Callable[[Transaction], None]") -> bool:
    from chalicelib.table.transaction import Transaction

    transaction = Transaction()
    write(transaction)
    # A sync that changes it meanwhile indexes what it changes.
    return transaction.commit_if_unchanged()


def main() -> None:
    organization_id, end_users = chosen(__doc__, "reindex")
    from chalicelib.bridges import failing, shops
    from chalicelib.end_users import terms
    from chalicelib.organizations import end_users as organization
    from chalicelib.shipments import exceptions
    from chalicelib.webhooks import troubled

    read = indexed = listed = named = 0
    troubles = failing.list_again(organization_id, None) + troubled.list_again(organization_id, None)
    for user in end_users:
        counts = reindex(organization_id, user.id)
        read, indexed = read + counts[0], indexed + counts[1]
        listed += shops.list_again(organization_id, user.id)
        troubles += failing.list_again(organization_id, user.id) + troubled.list_again(organization_id, user.id)
        troubles += exceptions.list_again(organization_id, user.id)
        item = organization.find(organization_id, user.id)
        named += item is not None and terms.index_again(item)
    print(f"{read} records were read, {indexed} indexed")
    if listed:
        print(f"{listed} bridges were listed by their shop")
    if troubles:
        print(f"{troubles} bridges, webhooks and shipments in trouble were listed")
    if named:
        print(f"{named} end users were indexed")


if __name__ == "__main__":
    main()
