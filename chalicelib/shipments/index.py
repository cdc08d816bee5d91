"""How lists find shipments: one index item per shipment, by tracking number, order number and carrier.

The item's own key begins with the tracking number; its places on two indexes are the number of the order it is linked
to, and the list of its carrier. That of a new shipment is written before it, which halves its cost: what an index item
leads to is read from the shipment in any case. Later ones are part of a transaction that checks or increments the
shipment's version, and those that repeat something of the order check the order's version too: an index item made from
what was read a moment ago would otherwise stay wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.kit import codec
from chalicelib.records.change import RowWrite
from chalicelib.search.matches import MAX_FILTERED, MAX_MATCHES, Match, Matches
from chalicelib.search.terms import normalise, tracking_term
from chalicelib.shipments import order_rows
from chalicelib.shipments.store import (
    OrderShipmentItem,
    ShipmentIndexItem,
    ShipmentItem,
    count_bounded,
)
from chalicelib.table import keys
from chalicelib.table.items import JsonTail, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Entries, Window, fetch_items, is_none_of, list_entries
from chalicelib.table.reads import Between, Prefix, find, find_row, map_concurrently, query
from chalicelib.table.transaction import Transaction, exists


@dataclass(slots=True)
class LinkedOrder:
    """What shipments keep of the order they are linked to."""

    id: str
    bridge_id: str
    number: str | None
    ordered_at: str
    version: int
    erased: bool = False
    shown: set[str] = field(default_factory=set)
    """The attributes of shipments in the order's row (`order_rows`), including those this attempt adds."""
    shown_count: int = 0


def linked_order(row: Row) -> LinkedOrder:
    """From the raw summary of an order."""
    number = JsonTail(row["s"]["S"]).members()["order_number"]
    return LinkedOrder(
        id=keys.part_after_separator(row["pk"]["S"]),
        bridge_id=row["hint"]["S"],
        number=number,
        ordered_at=keys.part_before_separator(row["g1sk"]["S"]),
        version=int(row["v"]["N"]),
        erased="er" in row,
        shown=order_rows.names_in(row),
        shown_count=order_rows.count_in(row),
    )


def order_number_term(number: str) -> str:
    """Order numbers are found with and without a leading `#`."""
    return normalise(number).removeprefix("#")


def key_of(organization_id: str, end_user_id: str, shipment_id: str, tracking_number: str | None) -> Key:
    term = tracking_term(tracking_number or "")
    return keys.shipment_index_entry(organization_id, end_user_id, term, shipment_id)


def index_item(
    organization_id: str,
    end_user_id: str,
    bridge_id: str,
    shipment_id: str,
    fields: Mapping[str, Any],
    sort: str,
    order: LinkedOrder | None,
) -> ShipmentIndexItem:
    key = key_of(organization_id, end_user_id, shipment_id, fields["tracking_number"])
    item = ShipmentIndexItem.at(key, hint=bridge_id, sort=sort)
    if order is not None:
        item.order_id, item.ordered_at = order.id, order.ordered_at
        item.order_bridge_id = order.bridge_id if order.bridge_id != bridge_id else None
        if order.number and (term := order_number_term(order.number)):
            item.index_1(keys.shipment_order_number(organization_id, end_user_id, term, sort, shipment_id))
    if fields["carrier"]:
        carrier = fields["carrier"]
        item.index_2(keys.shipment_carrier_list(organization_id, end_user_id, carrier, sort, shipment_id))
    return item


def item_of(organization_id: str, shipment: ShipmentItem, order: LinkedOrder | None) -> ShipmentIndexItem:
    """The index item of a stored shipment."""
    fields = shipment.summary.members()
    user, bridge_id = shipment.end_user_id, shipment.bridge_id
    return index_item(organization_id, user, bridge_id, shipment.id, fields, shipment.sort, order)


def replace_names(
    transaction: Transaction, organization_id: str, shipment: ShipmentItem, after: Mapping[str, Any]
) -> None:
    """In the index item, the order's row and its timeline, when tracking number or carrier named an erased customer.
    `transaction` changes the shipment itself, under its version."""
    user, former = shipment.end_user_id, shipment.summary.members()
    number = after["tracking_number"]
    if number != former["tracking_number"]:
        key = key_of(organization_id, user, shipment.id, former["tracking_number"])
        if (row := find_row(key)) is not None:
            item = ShipmentIndexItem.of(row)
            # What it repeats of the order changes without the shipment.
            transaction.delete(key, _equals(ShipmentIndexItem.g1sk, item.g1sk))
            item.sk = key_of(organization_id, user, shipment.id, number).sk
            transaction.put(item)
    if former["order_id"] is None:
        return
    link_key = keys.order_shipment(organization_id, user, former["order_id"], shipment.id)
    if (link := find(OrderShipmentItem, link_key)) is not None:
        document = {name: after.get(name, value) for name, value in link.document.items()}
        transaction.update(link_key, [OrderShipmentItem.document.set(document)], exists())
    order_key, name = keys.order(organization_id, user, former["order_id"]), order_rows.attribute_name(shipment.id)
    if (order := find_row(order_key)) is not None and name in order:
        text = codec.dumps([number, *codec.loads(order[name]["S"])[1:]])
        actions, _ = order_rows.update_of({name: RowWrite(text, 0)})
        transaction.update(order_key, actions, Path([name]).exists())


def _equals(attribute: Any, value: str | None) -> Condition:
    return cast(Condition, attribute.does_not_exist() if value is None else attribute == value)


def find_orders(organization_id: str, end_user_id: str, text: str, hidden: frozenset[str]) -> Matches:
    """Orders by the beginning of a shipment's tracking number, but not by those of `hidden` bridges' shipments."""
    rows, more = _find(keys.shipment_index(organization_id, end_user_id), tracking_term(text))
    found = [
        Match(row["o"]["S"], row["oa"]["S"], (row.get("ob") or row["hint"])["S"])
        for row in rows
        if "o" in row and row["hint"]["S"] not in hidden
    ]
    return Matches.of(found, capped=more)


def find_by_tracking_number(organization_id: str, end_user_id: str, text: str) -> Matches:
    """Shipments by the beginning of their tracking number."""
    rows, more = _find(keys.shipment_index(organization_id, end_user_id), tracking_term(text))
    found = [Match(keys.part_after_term(row["sk"]["S"]), row["at"]["S"], row["hint"]["S"]) for row in rows]
    return Matches.of(found, capped=more)


def find_by_order_number(
    organization_id: str, end_user_id: str, terms: Sequence[str], hidden: frozenset[str]
) -> Matches:
    """Shipments whose order's number begins with one of these terms, but not by orders of `hidden` bridges. While there
    are any, the index items are read too, at most MAX_FILTERED: the entries name only the shipment's bridge."""
    partition = keys.shipment_order_number(organization_id, end_user_id, "", "", "").pk
    results = map_concurrently(lambda term: _find(partition, term, index="gsi1"), terms)
    rows, capped = [row for rows, _ in results for row in rows], any(more for _, more in results)
    if hidden:
        capped = capped or len(rows) > MAX_FILTERED
        rows = [row for row in fetch_items(rows[:MAX_FILTERED]) if row.get("ob", {}).get("S") not in hidden]
    found = [
        Match(keys.part_after_term(row["sk"]["S"]), _sort_of(row["g1sk"]["S"]), row["hint"]["S"])
        for row in rows
        if "g1sk" in row
    ]
    return Matches.of(found, capped=capped)


def list_carrier(
    organization_id: str, end_user_id: str, carrier: str, window: Window, period: Between, hidden: frozenset[str]
) -> Entries:
    """Entries of one carrier's shipments, newest first, without those of `hidden` bridges."""
    pk = keys.shipment_carrier_list(organization_id, end_user_id, carrier, "", "").pk
    return list_entries(pk, window, index="gsi2", part=period, where=is_none_of(ShipmentIndexItem.hint, hidden))


def count_carrier(
    organization_id: str, end_user_id: str, carrier: str, period: Between, hidden: frozenset[str]
) -> tuple[int, bool]:
    """The number of a carrier's shipments, and whether counting stopped at MAX_COUNTED_PAGES."""
    pk = keys.shipment_carrier_list(organization_id, end_user_id, carrier, "", "").pk
    where = is_none_of(ShipmentIndexItem.hint, hidden)
    return count_bounded(pk, period, "gsi2", where)


def matches_of(entries: Entries) -> Matches:
    """Entries of a carrier's list as the result of a search."""
    found = [_match_in_list(row) for row in entries.rows]
    return Matches.of(found, capped=entries.next is not None)


def shipment_id_of(row: Row) -> str:
    return keys.part_after_term(row["sk"]["S"])


def _match_in_list(row: Row) -> Match:
    return Match(shipment_id_of(row), row["g2sk"]["S"].rpartition("#")[0], row["hint"]["S"])


def _sort_of(order_number_key: str) -> str:
    return keys.part_after_term(order_number_key).rpartition("#")[0]


def _find(partition: str, term: str, index: str | None = None) -> tuple[list[Row], bool]:
    """Entries that begin with `term`, and whether there are more. One round trip: up to 1 MB, some 2,500 entries, those
    with the highest numbers."""
    if not term:
        return [], False
    page = query(partition, Prefix(term), index=index, limit=MAX_MATCHES, descending=True)
    return page.rows, page.last is not None
