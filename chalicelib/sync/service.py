"""One call of the Sync API, from records to what became of them.

Records are upserted by (bridge, external id). Every write is conditional on what was read, so that calls that meet
each other, repeat each other or die half way leave the same data and exact totals (docs/decisions/0010-sync.md).
"""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from chalicelib.bridges import administration
from chalicelib.bridges import service as bridges
from chalicelib.bridges.service import BridgeGone, PendingOAuth
from chalicelib.bridges.store import BridgeItem
from chalicelib.kit import clock
from chalicelib.kit.errors import Conflict
from chalicelib.orders import merging as order_merging
from chalicelib.orders.record import OrderRecord
from chalicelib.organizations.principals import Actor, ApiKey, ServiceKey
from chalicelib.records.parsing import BadRecord, check_size, external_id_of, read
from chalicelib.records.source import Source
from chalicelib.shipments import merging as shipment_merging
from chalicelib.shipments.record import ShipmentRecord
from chalicelib.sync import orders, shipments
from chalicelib.sync.report import Report, Sent
from chalicelib.sync.schemas import SyncBody, SyncResult
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many
from chalicelib.table.transaction import ConditionFailed, retry_on_conflict
from chalicelib.totals import service as totals

R = TypeVar("R", OrderRecord, ShipmentRecord)


class BridgePaused(Conflict):
    code = "bridge_paused"
    message = "This bridge is paused."


class BridgeOrphaned(Conflict):
    code = "bridge_orphaned"
    message = "This bridge belongs to no end user."


def sync(who: ApiKey | ServiceKey, bridge_id: str, body: SyncBody, by: Actor) -> SyncResult:
    owner = administration.get_owner(who, bridge_id)
    if owner.end_user_id is None:
        raise BridgeOrphaned
    report = Report()
    sent_orders = _read("order", OrderRecord, order_merging.digest_of, body.orders, report)
    sent_shipments = _read("shipment", ShipmentRecord, shipment_merging.digest_of, body.shipments, report)
    source = Source(owner.organization_id, owner.end_user_id, bridge_id, owner.type, by, clock.timestamp())
    stats_key = keys.end_user_stats(source.organization_id, source.end_user_id)
    bridge_key = keys.bridge(source.organization_id, source.end_user_id, bridge_id)
    order_keys = [orders.key_of(source, order.external_id) for order in sent_orders]
    shipment_keys = [shipments.key_of(source, shipment.external_id) for shipment in sent_shipments]
    rows = get_many([bridge_key, stats_key, *order_keys, *shipment_keys])
    bridge = _open_bridge(rows, bridge_key)
    stats = totals.of(rows.get(stats_key), stats_key)

    created = bool(sent_orders) and orders.sync_orders(source, sent_orders, rows, stats, report)
    if sent_orders and (created or stats.waiting):
        shipments.link_waiting(source, [order.external_id for order in sent_orders])
    if sent_shipments:
        shipments.sync_shipments(source, sent_shipments, rows, None if created else stats, report)
    _note(who, bridge, body, by, report)
    report.result.errors.sort(key=lambda error: (error.kind, error.index))
    return report.result


def _open_bridge(rows: dict[Key, Row], key: Key) -> BridgeItem:
    if key not in rows:
        # It was there a moment ago, under this end user.
        raise BridgeGone
    bridge = BridgeItem.of(rows[key])
    if bridge.status == "paused":
        raise BridgePaused
    if bridge.status == "pending_oauth":
        raise PendingOAuth
    return bridge


def _read(
    kind: Literal["order", "shipment"], model: type[R], digest: Callable[[R], str], raw: list[Any], report: Report
) -> list[Sent[R]]:
    """The records that can be read, the last one of each external id."""
    last: dict[str, Sent[R]] = {}
    for index, value in enumerate(raw):
        try:
            check_size(value)
            record = read(model, value)
        except BadRecord as bad:
            report.refuse(kind, index, external_id_of(value), str(bad))
            continue
        sent = Sent(kind, index, record.external_id, record, digest(record))
        if (earlier := last.pop(sent.external_id, None)) is not None:
            report.count(earlier, "unchanged")
        last[sent.external_id] = sent
    return list(last.values())


def _note(who: ApiKey | ServiceKey, bridge: BridgeItem, body: SyncBody, by: Actor, report: Report) -> None:
    counts = {"orders": report.result.orders.model_dump(), "shipments": report.result.shipments.model_dump()}

    def note(item: BridgeItem) -> None:
        bridges.note_sync(item, by, body.status, body.error_message, body.completed, counts)

    def note_again() -> None:
        item = administration.get(who, bridge.id)
        if item.status in ("paused", "pending_oauth"):
            raise BridgePaused
        note(item)

    try:
        note(bridge)
    except ConditionFailed:
        retry_on_conflict(note_again)
