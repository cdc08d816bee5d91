"""One call of the Sync API.

Records are upserted by (bridge, external id). Every write is conditional on what was read, so that calls that overlap,
are repeated or die half way leave the same data and exact totals (docs/decisions/0010-sync.md).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from chalicelib.bridges import administration
from chalicelib.bridges import service as bridges
from chalicelib.bridges.service import BridgeNotOwned, BridgePaused
from chalicelib.bridges.store import BridgeItem
from chalicelib.http.lenient import NOT_UNICODE, Repair
from chalicelib.kit import clock
from chalicelib.kit.errors import Conflict
from chalicelib.orders.record import OrderRecord
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import Actor, ApiKey, ServiceKey
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import is_suspended, refuse
from chalicelib.records.merging import digest_of, limit_source_time
from chalicelib.records.parsing import MAX_PREVIEW, BadRecord, FieldWarning, external_id_of, parse_record, preview
from chalicelib.records.record import SourceRecord
from chalicelib.records.source import Source
from chalicelib.shipments.record import ShipmentRecord
from chalicelib.sync import orders, shipments
from chalicelib.sync.report import Kind, ReceivedRecord, Report
from chalicelib.sync.schemas import SyncBody, SyncResult
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many
from chalicelib.table.transaction import ConditionFailed, retry_on_conflict
from chalicelib.totals import service as totals

R = TypeVar("R", bound=SourceRecord)
KINDS: dict[str, Kind] = {"orders": "order", "shipments": "shipment"}
Repaired = dict[tuple[Kind, int], list[FieldWarning]]


class BridgeOrphaned(Conflict):
    code = "bridge_orphaned"
    message = "This bridge belongs to no end user."


def sync(
    principal: ApiKey | ServiceKey, bridge_id: str, body: SyncBody, by: Actor, repairs: Sequence[Repair] = ()
) -> SyncResult:
    """`repairs`: what was repaired in the body's JSON."""
    owner = administration.get_owner(principal, bridge_id)
    if owner.end_user_id is None:
        raise BridgeOrphaned
    source = Source(owner.organization_id, owner.end_user_id, bridge_id, owner.type, by, clock.timestamp())
    if isinstance(principal, ApiKey) and principal.config is not None:
        source = replace(source, stalled_after_hours=known_settings(principal.config).stalled_after_hours)
    report = Report()
    # An API key's own config was read with the key. A service's is not, and may be of a suspended organization.
    bridge = _write(
        source, body.orders, body.shipments, report, repairs, checks_config=isinstance(principal, ServiceKey)
    )
    _update_bridge(principal, bridge, body, by, report)
    return report.finish()


def sync_page(source: Source, orders: list[Any], shipments: list[Any]) -> SyncResult:
    """Write what one of the project's own connectors has read, up to 100 records of each kind. Raises as `sync`."""
    report = Report()
    _write(source, orders, shipments, report, (), checks_config=True)
    return report.finish()


def _write(
    source: Source,
    raw_orders: list[Any],
    raw_shipments: list[Any],
    report: Report,
    repairs: Sequence[Repair],
    *,
    checks_config: bool,
) -> BridgeItem:
    """Returns the bridge as it was read."""
    repaired = _by_record(repairs, report)
    received_orders = _read("order", OrderRecord, raw_orders, repaired, report, source.now)
    received_shipments = _read("shipment", ShipmentRecord, raw_shipments, repaired, report, source.now)
    stats_key = keys.end_user_stats(source.organization_id, source.end_user_id)
    bridge_key = keys.bridge(source.organization_id, source.end_user_id, source.bridge_id)
    order_keys = [orders.key_of(source, order.external_id) for order in received_orders]
    shipment_keys = [shipments.key_of(source, shipment.external_id) for shipment in received_shipments]
    config_keys = [keys.config(source.organization_id)] if checks_config else []
    rows = get_many([bridge_key, stats_key, *config_keys, *order_keys, *shipment_keys])
    for config in (ConfigItem.of(rows[key]) for key in config_keys if key in rows):
        if is_suspended(config):
            refuse(source.organization_id)
        source = replace(source, stalled_after_hours=known_settings(config).stalled_after_hours)
    bridge = _require_open(rows, bridge_key)
    stats = totals.stats_of(rows.get(stats_key), stats_key)

    created = bool(received_orders) and orders.sync_orders(source, received_orders, rows, stats, report)
    if received_orders and (created or stats.unlinked_shipments):
        shipments.link_unlinked(source, [order.external_id for order in received_orders])
    if received_shipments:
        shipments.sync_shipments(source, received_shipments, rows, None if created else stats, report)
    return bridge


def _require_open(rows: dict[Key, Row], key: Key) -> BridgeItem:
    if key not in rows:
        # It has been deleted or given away since its owner was read.
        raise BridgeNotOwned
    bridge = BridgeItem.of(rows[key])
    bridges.require_open(bridge)
    return bridge


def _by_record(repairs: Sequence[Repair], report: Report) -> Repaired:
    """Repairs by kind and index of the record they are in. Those outside of records are reported at once."""
    found: Repaired = {}
    for repair in repairs:
        member, *rest = repair.path
        kind = KINDS.get(str(member))
        field = ".".join(map(str, rest[1:] if kind and rest else repair.path))
        warning = FieldWarning(field[:MAX_PREVIEW], preview(repair.value), repair.message)
        if kind and rest and isinstance(rest[0], int):
            found.setdefault((kind, rest[0]), []).append(warning)
        else:
            report.add_warnings("call", None, None, [warning])
    return found


def _read(
    kind: Kind, model: type[R], raw: list[Any], repaired: Repaired, report: Report, now: str
) -> list[ReceivedRecord[R]]:
    """The valid records; of several with one external id, the last."""
    last: dict[str, ReceivedRecord[R]] = {}
    for index, value in enumerate(raw):
        repairs = repaired.get((kind, index), [])
        try:
            if any(repair.field == "external_id" and repair.message.startswith(NOT_UNICODE) for repair in repairs):
                # Two ids could become one by the replacement.
                raise BadRecord(f"external_id: {NOT_UNICODE}")
            record, left_out = parse_record(model, value)
        except BadRecord as error:
            report.add_error(kind, index, external_id_of(value), str(error))
            continue
        received = ReceivedRecord(kind, index, record, digest_of(record))
        left_out += limit_source_time(record, now)
        report.add_warnings(kind, index, record.external_id, [*repairs, *left_out])
        if (earlier := last.pop(received.external_id, None)) is not None:
            report.add_unchanged(earlier)
        last[received.external_id] = received
    return list(last.values())


def _update_bridge(
    principal: ApiKey | ServiceKey, bridge: BridgeItem, body: SyncBody, by: Actor, report: Report
) -> None:
    """Store the status and the completion that the call reports."""
    counts = {"orders": report.result.orders.model_dump(), "shipments": report.result.shipments.model_dump()}

    def update(item: BridgeItem) -> None:
        bridges.record_sync(item, by, body.status, body.error_message, body.completed, counts)

    def read_and_update() -> None:
        item = administration.get(principal, bridge.id)
        if not item.is_open:
            raise BridgePaused
        update(item)

    try:
        update(bridge)
    except ConditionFailed:
        retry_on_conflict(read_and_update)
