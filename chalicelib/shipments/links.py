"""Links between shipments and orders: made at once where the order exists, and otherwise when it arrives."""

from collections.abc import Collection, Iterable
from functools import partial
from itertools import islice
from typing import Any

from chalicelib.bridges.holdings import Holding
from chalicelib.records.change import Change, RowWrite, request_size_of
from chalicelib.records.source import Source
from chalicelib.shipments import order_rows
from chalicelib.shipments.index import LinkedOrder, index_item, item_of
from chalicelib.shipments.shape import ERASED, Fields
from chalicelib.shipments.store import (
    OrderShipmentItem,
    ShipmentDetailItem,
    ShipmentItem,
    UnlinkedShipmentItem,
    read_summaries,
    read_with_details,
    unlinked_key,
)
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.transaction import Transaction, retry_on_conflict
from chalicelib.totals import service as totals

MAX_REINDEXED_AT_ONCE = 45
"""Shipments in one transaction: two writes each."""


def require_as_read(change: Change, source: Source, order: LinkedOrder) -> None:
    """The change has an index item that repeats the order's number and time."""
    change.required_versions[keys.order(source.organization_id, source.end_user_id, order.id)] = order.version


def show_in_order(
    change: Change,
    source: Source,
    shipment_id: str,
    fields: Fields,
    status: str,
    order: LinkedOrder,
    before: str | None = None,
) -> None:
    """Show the shipment in the list row of its order, if there is room. `before`: its text there until now."""
    text = order_rows.text_of(fields, status, source.bridge_id, order.bridge_id)
    name = order_rows.attribute_name(shipment_id)
    key = keys.order(source.organization_id, source.end_user_id, order.id)
    if name in order.shown:
        if text != before:
            change.order_rows[key][name] = RowWrite(text, 0)
    elif order.shown_count < order_rows.MAX_SHOWN:
        order.shown.add(name)
        order.shown_count += 1
        change.order_rows[key][name] = RowWrite(text, 1)


def hide_from_order(change: Change, source: Source, shipment_id: str, order: LinkedOrder) -> None:
    name = order_rows.attribute_name(shipment_id)
    if name in order.shown:
        order.shown.remove(name)
        order.shown_count -= 1
        key = keys.order(source.organization_id, source.end_user_id, order.id)
        change.order_rows[key][name] = RowWrite(None, -1)


def add_link(change: Change, source: Source, shipment_id: str, fields: Fields, *, is_new: bool = False) -> None:
    """Link the shipment to its order, mark it as unlinked where the order has not arrived, or do nothing where it
    names none. The link of a new shipment is written before it, at half the cost: readers of an order leave out links
    to shipments that do not exist or belong to another order."""
    org, user = source.organization_id, source.end_user_id
    if fields["order_id"] is not None:
        key = keys.order_shipment(org, user, fields["order_id"], shipment_id)
        link = OrderShipmentItem.at(key, document=_activity_facts(fields, source.now))
        if is_new:
            change.puts_before.append(link)
        else:
            change.writes.put(link)
        # The order must still be as it was read: with its customer, or erased.
        required = change.required_items if fields.get(ERASED) else change.required_unerased
        required.add(keys.order(org, user, fields["order_id"]))
    elif fields["order_external_id"] is not None:
        change.writes.put(UnlinkedShipmentItem.at(unlinked_key(org, user, fields["order_external_id"], shipment_id)))
        change.unlinked_delta += 1


def remove_link(change: Change, source: Source, shipment_id: str, fields: Fields) -> None:
    """Undo what `add_link` did for these fields."""
    org, user = source.organization_id, source.end_user_id
    if fields["order_id"] is not None:
        change.writes.delete(keys.order_shipment(org, user, fields["order_id"], shipment_id))
    elif fields["order_external_id"] is not None:
        change.writes.delete(unlinked_key(org, user, fields["order_external_id"], shipment_id))
        change.unlinked_delta -= 1


def replace_link(change: Change, source: Source, shipment_id: str, before: Fields, after: Fields) -> None:
    if any(before[name] != after[name] for name in ("order_id", "order_external_id")):
        remove_link(change, source, shipment_id, before)
        add_link(change, source, shipment_id, after)


def link_to_order(source: Source, item: ShipmentItem, order: LinkedOrder, *, erased: bool = False) -> Change:
    """The change that links an unlinked shipment to its order. `erased`: the shipment no longer has personal data."""
    change = Change("updated")
    before: Fields = {**item.summary.members(), "order_id": None, "order_external_id": item.missing_order}
    version = item.version
    item.summary = item.summary.updated(order_id=order.id)
    item.missing_order, item.missing_order_bridge, item.version = None, None, version + 1
    change.writes.put(item, ShipmentItem.version == version)
    change.bytes += request_size_of(item.summary)
    remove_link(change, source, item.id, before)
    add_link(change, source, item.id, {**before, "order_id": order.id, ERASED: erased})
    show_in_order(change, source, item.id, before, item.status, order)
    org, user = source.organization_id, source.end_user_id
    change.writes.put(index_item(org, user, source.bridge_id, item.id, before, item.sort, order))
    require_as_read(change, source, order)
    return change


def restore_index(
    change: Change, source: Source, item: ShipmentItem, order: LinkedOrder | None, stray: Collection[Key]
) -> None:
    """Write the index item of the stored shipment again, after an attempt to create it came too late."""
    if not stray:
        return
    if not len(change.writes):
        change.writes.check(item.key, ShipmentItem.version == item.version)
    entry = item_of(source.organization_id, item, order)
    change.writes.put(entry)
    if order is not None:
        require_as_read(change, source, order)
    for key in set(stray) - {entry.key}:
        change.writes.delete(key)


def _activity_facts(fields: Fields, now: str) -> dict[str, Any]:
    """What the order's `shipment_created` activity shows."""
    facts = {name: fields[name] for name in ("carrier_name", "tracking_number") if fields.get(name)}
    return {"at": now, **facts}


def read_owned(organization_id: str, end_user_id: str, shipment_ids: list[str]) -> dict[str, ShipmentItem]:
    """Those of the shipments that this end user has."""
    rows = read_summaries(organization_id, end_user_id, shipment_ids) if shipment_ids else {}
    return {shipment_id: ShipmentItem.of(row) for shipment_id, row in rows.items()}


def row_values(shipments: Iterable[ShipmentItem], order_bridge_id: str) -> dict[str, str]:
    """What the order's summary holds to show these shipments in its list row."""
    return {
        order_rows.attribute_name(item.id): order_rows.text_of(
            item.summary.members(), item.status, item.bridge_id, order_bridge_id
        )
        for item in islice(shipments, order_rows.MAX_SHOWN)
    }


def reindex(organization_id: str, end_user_id: str, order: LinkedOrder, shipment_ids: list[str]) -> None:
    """Find these shipments by what their order has now. Does nothing once the order has changed again: whoever changed
    it does this with what it has by then."""
    for start in range(0, len(shipment_ids), MAX_REINDEXED_AT_ONCE):
        batch = shipment_ids[start : start + MAX_REINDEXED_AT_ONCE]
        try:
            retry_on_conflict(partial(_reindex, organization_id, end_user_id, order, batch))
        except _OrderChanged:
            return


class _OrderChanged(Exception):
    pass


def _reindex(organization_id: str, end_user_id: str, order: LinkedOrder, shipment_ids: list[str]) -> None:
    transaction = Transaction()
    for item in read_owned(organization_id, end_user_id, shipment_ids).values():
        if item.summary.members()["order_id"] != order.id:
            continue
        transaction.put(item_of(organization_id, item, order))
        # Whoever else is writing the shipment's index item has to read again.
        transaction.update(item.key, [ShipmentItem.version.add(1)], ShipmentItem.version == item.version)
    if len(transaction):
        order_key = keys.order(organization_id, end_user_id, order.id)
        transaction.check(order_key, ShipmentItem.version == order.version, _OrderChanged())
        transaction.commit()


def unlink_from_order(holding: Holding, order_id: str, shipment_ids: list[str]) -> None:
    """Before an order is removed: its shipments that came through other bridges become unlinked again."""
    for summary, detail in read_with_details(holding.organization_id, holding.end_user_id, shipment_ids):
        item, document = ShipmentItem.of(summary), ShipmentDetailItem.of(detail).document
        name = document.get("order_external_id")
        if item.summary.members()["order_id"] != order_id:
            continue
        version = item.version
        item.summary = item.summary.updated(order_id=None)
        item.version, item.missing_order, item.record_digest = version + 1, name, None
        item.missing_order_bridge = document.get("order_bridge_id")
        transaction = Transaction()
        transaction.put(item, ShipmentItem.version == version)
        transaction.put(item_of(holding.organization_id, item, None))
        if name is not None:
            unlinked = unlinked_key(holding.organization_id, holding.end_user_id, name, item.id)
            transaction.put(UnlinkedShipmentItem.at(unlinked))
            stats = keys.end_user_stats(holding.organization_id, holding.end_user_id)
            transaction.update(stats, totals.add_unlinked_shipments(1))
        transaction.commit()
