"""Shipments that a connector has read, before they are written: which order each means, and which parcels are known.

A shipper knows an order by its source's id, or only by its number. A shop shows as its own what a shipper told it, and
what was pushed to it: a parcel is kept as the shipment of the bridge that brought it first.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.orders.numbers import comparable_number
from chalicelib.records.source import Source
from chalicelib.search import service as search
from chalicelib.search.terms import tracking_term
from chalicelib.shipments import order_rows
from chalicelib.shipments.index import LinkedOrder, linked_order
from chalicelib.sync import orders, shipments
from chalicelib.table import keys
from chalicelib.table.items import JsonTail, Row
from chalicelib.table.reads import find_row, get_many, map_concurrently
from chalicelib.totals import service as totals

Record = dict[str, Any]
MAX_MATCHES = 50
"""Orders looked at whose numbers begin like the one that is looked for, the newest first."""


def prepare(source: Source, records: list[Record]) -> list[Record]:
    """The records that are to be written, in the Sync API's form: with the order's id where only its number was known,
    and without parcels that another bridge of the end user has. Two round trips, three with numbers to look for."""
    if not records:
        return []
    key = keys.end_user_stats(source.organization_id, source.end_user_id)
    row = find_row(key)
    bridges = totals.stats_of(row, key).order_bridges or set()
    found = _find_by_id(source, records, bridges)
    by_number = _find_by_number(source, _numbers(records, found), row or {})
    return [kept for record in records if (kept := _prepared(source, record, found, by_number)) is not None]


def _prepared(
    source: Source, record: Record, found: Mapping[str, list[Row]], by_number: Mapping[str, Row]
) -> Record | None:
    number = record.get("order_number")
    prepared = {name: value for name, value in record.items() if name != "order_number"}
    rows = found.get(record.get("order_external_id") or "", [])
    if not rows and number and (order := by_number.get(comparable_number(number))):
        rows = [order]
        names = JsonTail(order["s"]["S"]).members()
        prepared |= {"order_external_id": names["external_id"], "order_bridge_id": linked_order(order).bridge_id}
    is_known = len(rows) == 1 and _is_known_parcel(source, record, rows[0])
    return None if is_known else prepared


def _find_by_id(source: Source, records: list[Record], bridges: set[str]) -> dict[str, list[Row]]:
    """The orders by the ids that records name; several if several of the end user's shops have one, and none of them is
    the record's own."""
    org, user = source.organization_id, source.end_user_id
    names = {record["order_external_id"] for record in records if record.get("order_external_id")}
    wanted = {
        (name, bridge): keys.order(org, user, orders.id_of(bridge, name))
        for name in names
        for bridge in {*bridges, source.bridge_id}
    }
    rows = get_many(wanted.values()) if wanted else {}
    found: dict[str, list[Row]] = {}
    for name in names:
        own = rows.get(wanted[name, source.bridge_id])
        others = [row for bridge in sorted(bridges) if (row := rows.get(wanted[name, bridge])) is not None]
        found[name] = [own] if own is not None else others
    return found


def _numbers(records: list[Record], found: Mapping[str, list[Row]]) -> set[str]:
    return {
        comparable_number(record["order_number"])
        for record in records
        if record.get("order_number") and not found.get(record.get("order_external_id") or "")
    }


def _find_by_number(source: Source, numbers: set[str], stats: Row) -> dict[str, Row]:
    """The orders that have exactly these numbers. A number that two orders have names none."""
    org, user = source.organization_id, source.end_user_id
    matches = map_concurrently(lambda number: search.find_matches(org, user, number, stats), sorted(numbers))
    order_ids = {match.id for each in matches for match in each.found[:MAX_MATCHES]}
    by_number: dict[str, list[Row]] = {}
    rows = get_many([keys.order(org, user, order_id) for order_id in sorted(order_ids)]) if order_ids else {}
    for row in rows.values():
        by_number.setdefault(comparable_number(linked_order(row).number or ""), []).append(row)
    return {number: same[0] for number, same in by_number.items() if number in numbers and len(same) == 1}


def _is_known_parcel(source: Source, record: Record, row: Row) -> bool:
    """Whether a shipment of another bridge has the parcel's number in the order's row."""
    number = record.get("tracking_number")
    own_name = order_rows.attribute_name(shipments.id_of(source.bridge_id, str(record["external_id"])))
    if not isinstance(number, str) or not number or own_name in row:
        return False
    shown = _parcels_of(row, linked_order(row))
    return any(bridge != source.bridge_id and tracking_term(each) == tracking_term(number) for each, bridge in shown)


def _parcels_of(row: Row, order: LinkedOrder) -> Iterator[tuple[str, str]]:
    """Tracking number and bridge of the shipments in an order's row."""
    for name in order_rows.names_in(row):
        number, _, _, *bridge = json.loads(row[name]["S"])
        yield number or "", bridge[0] if bridge else order.bridge_id
