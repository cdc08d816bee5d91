"""Shipments and their orders: linked at once where the order is there, and when it comes where it is not."""

from typing import Any

from chalicelib.bridges.holdings import Holding
from chalicelib.kit import codec
from chalicelib.records.change import Change, size_of
from chalicelib.records.source import Source
from chalicelib.shipments.shape import ERASED, Fields
from chalicelib.shipments.store import (
    OrderShipmentItem,
    ShipmentDetailItem,
    ShipmentItem,
    WaitingShipmentItem,
    read_pairs,
    read_summaries,
    waiting_key,
)
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction
from chalicelib.totals import service as totals


def begin(change: Change, source: Source, shipment_id: str, fields: Fields) -> None:
    """What comes of a shipment's order: a link, waiting for it, or nothing where none is named."""
    org, user = source.organization_id, source.end_user_id
    if fields["order_id"] is not None:
        _add_to_order(change.writes, org, user, fields["order_id"], shipment_id, _facts(fields, source.now))
        # What was read of the order must hold still: with the person or, where it was erased, without.
        needed = change.needs if fields.get(ERASED) else change.needs_customer
        needed.add(keys.order(org, user, fields["order_id"]))
    elif fields["order_external_id"] is not None:
        change.writes.put(WaitingShipmentItem.at(waiting_key(org, user, fields["order_external_id"], shipment_id)))
        change.waits += 1


def end(change: Change, source: Source, shipment_id: str, fields: Fields) -> None:
    """Undo what `begin` did for these fields."""
    org, user = source.organization_id, source.end_user_id
    if fields["order_id"] is not None:
        _remove_from_order(change.writes, org, user, fields["order_id"], shipment_id)
    elif fields["order_external_id"] is not None:
        change.writes.delete(waiting_key(org, user, fields["order_external_id"], shipment_id))
        change.waits -= 1


def change(change: Change, source: Source, shipment_id: str, before: Fields, after: Fields) -> None:
    if any(before[name] != after[name] for name in ("order_id", "order_external_id")):
        end(change, source, shipment_id, before)
        begin(change, source, shipment_id, after)


def resolve(source: Source, item: ShipmentItem, order_id: str, *, erased: bool = False) -> Change:
    """The order has come for which this shipment waited. `erased`: the shipment names nobody (any more)."""
    linked = Change("updated")
    stored: Fields = codec.loads("{" + item.summary)
    before: Fields = {**stored, "order_id": None, "order_external_id": item.waits_for}
    seen = item.version
    item.summary = codec.dumps({**stored, "order_id": order_id})[1:]
    item.waits_for, item.version = None, seen + 1
    linked.writes.put(item, ShipmentItem.version == seen)
    linked.bytes += size_of(item.summary)
    end(linked, source, item.id, before)
    begin(linked, source, item.id, {**before, "order_id": order_id, ERASED: erased})
    return linked


def _facts(fields: Fields, now: str) -> dict[str, Any]:
    facts = {name: fields[name] for name in ("carrier_name", "tracking_number") if fields.get(name)}
    return {"at": now, **facts}


def moved(organization_id: str, end_user_id: str, shipment_ids: list[str]) -> set[str]:
    """Those of the shipments that this end user has."""
    return set(read_summaries(organization_id, end_user_id, shipment_ids)) if shipment_ids else set()


def release(holding: Holding, order_id: str, shipment_ids: list[str]) -> None:
    """The order goes away: its shipments that came through other bridges wait for it again."""
    for summary, detail in read_pairs(holding.organization_id, holding.end_user_id, shipment_ids):
        item, name = ShipmentItem.of(summary), ShipmentDetailItem.of(detail).document.get("order_external_id")
        stored: Fields = codec.loads("{" + item.summary)
        if stored["order_id"] != order_id:
            continue
        seen = item.version
        item.summary = codec.dumps({**stored, "order_id": None})[1:]
        item.version, item.waits_for, item.record_digest = seen + 1, name, None
        transaction = Transaction()
        transaction.put(item, ShipmentItem.version == seen)
        if name is not None:
            waiting = waiting_key(holding.organization_id, holding.end_user_id, name, item.id)
            transaction.put(WaitingShipmentItem.at(waiting))
            stats = keys.end_user_stats(holding.organization_id, holding.end_user_id)
            transaction.update(stats, totals.shipments_wait(1))
        transaction.commit()


def _add_to_order(
    transaction: Transaction,
    organization_id: str,
    end_user_id: str,
    order_id: str,
    shipment_id: str,
    facts: dict[str, Any],
) -> None:
    """`facts`: when (`at`) and, for the activity, `carrier_name` and `tracking_number`."""
    key = keys.order_shipment(organization_id, end_user_id, order_id, shipment_id)
    transaction.put(OrderShipmentItem.at(key, document=facts))


def _remove_from_order(
    transaction: Transaction, organization_id: str, end_user_id: str, order_id: str, shipment_id: str
) -> None:
    transaction.delete(keys.order_shipment(organization_id, end_user_id, order_id, shipment_id))
