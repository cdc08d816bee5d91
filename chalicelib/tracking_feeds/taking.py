"""Takes carriers' reports into the shipments that they are about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, Final

from chalicelib.bridges.service import BridgeNotOwned
from chalicelib.kit import clock, log
from chalicelib.kit.errors import Unavailable
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import SYSTEM
from chalicelib.organizations.store import ConfigItem
from chalicelib.privacy.deliveries import without_signers
from chalicelib.records.parsing import BadRecord, parse_record
from chalicelib.records.source import Source
from chalicelib.search.terms import tracking_term
from chalicelib.shipments import merging
from chalicelib.shipments import service as shipments
from chalicelib.shipments.following import CarrierReport
from chalicelib.shipments.index import linked_order
from chalicelib.shipments.record import ShipmentRecord
from chalicelib.shipments.schemas import ENDED
from chalicelib.shipments.shape import CARRIER_SAYS, Fields, fields_of
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem
from chalicelib.sync.writing import write
from chalicelib.table import keys
from chalicelib.table.due import DueItem
from chalicelib.table.reads import find, find_row
from chalicelib.table.transaction import ConditionFailed, retry_on_conflict
from chalicelib.totals import service as totals
from chalicelib.tracking_feeds import reports, store
from chalicelib.tracking_providers.provider import Report

REUSED_AFTER_DAYS: Final = 60
"""Scans that far from a shipment's own time are of another parcel, which has the number before or after it."""


def take_in(config: ConfigItem, report: Report) -> None:
    """Merge a report into the shipments with its number. Without one it is kept: the provider may know a parcel before
    the shop does."""
    organization_id, term = config.organization_id, tracking_term(report.number)
    if not term:
        return
    if _apply(config, term, report):
        return
    reports.keep(organization_id, _without_signers(report), None)
    log.info("carrier_report_kept", reason="no_shipment")
    # The shipment may have been registered between the two: then one of both sides sees the other.
    if _apply(config, term, report) and (kept := store.find_report(organization_id, term)) is not None:
        store.drop_report(kept)


def take_kept(due: DueItem) -> None:
    """Take in a report that was kept, at its time."""
    organization_id, term = keys.organization_and_number(due.key)
    kept = store.find_report(organization_id, term)
    config = find(ConfigItem, keys.config(organization_id))
    if kept is None or config is None:
        return
    if _apply(config, term, Report(**kept.document)):
        store.drop_report(kept)
    else:
        store.rest_report(kept)


def _without_signers(report: Report) -> Report:
    """Nobody can ask for the erasure of what belongs to no shipment yet, so who signed is not kept."""
    timed = [each for each in report.checkpoints if each.get("checkpoint_time")]
    return replace(report, checkpoints=without_signers(report.status, timed))


def _apply(config: ConfigItem, term: str, report: Report) -> bool:
    """Whether any shipment took the report in, or had it already."""
    tracked = store.list_tracked(config.organization_id, term)
    return any([retry_on_conflict(partial(_apply_to, config, term, each.shipment_id, report)) for each in tracked])  # noqa: C419 - all of them


def _apply_to(config: ConfigItem, term: str, shipment_id: str, report: Report) -> bool:
    taken = False
    for item, detail in shipments.find_items_by_owner(config.organization_id, shipment_id):
        fields = fields_of(item, detail)
        if tracking_term(fields["tracking_number"] or "") != term:
            continue
        own = _own_part(fields, report)
        if own is None:
            log.info("carrier_report_dropped", reason="another_parcel", shipment_id=item.id)
            continue
        _write(config, item, detail, own)
        taken = True
    return taken


def _own_part(fields: Fields, report: Report) -> CarrierReport | None:
    """What the report says of this shipment; None if it is about another parcel with the same number."""
    record = _read(report)
    earliest, latest = _lifetime(fields)
    given = record.given()
    scans: list[dict[str, Any]] = given.get("checkpoints") or []
    own = [scan for scan in scans if earliest <= scan["checkpoint_time"] <= latest]
    at = reports.moment(report)
    newest = max((scan["checkpoint_time"] for scan in scans), default=at)
    if not earliest <= newest <= latest:
        return None
    return CarrierReport(
        status=given.get("status"),
        estimated_delivery=given.get("estimated_delivery"),
        actual_delivery=given.get("actual_delivery"),
        checkpoints=own,
        at=at,
    )


def _read(report: Report) -> ShipmentRecord:
    """Read like a record of the Sync API: what cannot be read is left out."""
    sent: dict[str, Any] = {
        "external_id": report.number,
        "status": report.status,
        "checkpoints": report.checkpoints,
        "estimated_delivery": report.estimated_delivery,
        "actual_delivery": report.actual_delivery,
    }
    try:
        record, warnings = parse_record(ShipmentRecord, {name: value for name, value in sent.items() if value})
    except BadRecord as error:
        log.warning("carrier_report_unreadable", reason=str(error)[:200])
        return ShipmentRecord(external_id=report.number[:100] or "-")
    if warnings:
        log.info("carrier_report_incomplete", fields=sorted({warning.field for warning in warnings})[:20])
    return record


def _lifetime(fields: Mapping[str, Any]) -> tuple[str, str]:
    """Between when scans of a number are of this shipment."""
    scans = [str(checkpoint["checkpoint_time"]) for checkpoint in fields["checkpoints"]]
    began = [clock.normalise(fields["ship_date"])] if fields["ship_date"] else [fields["created_at"]]
    start = min([*began, *scans])
    if fields["status"] not in ENDED:
        return _shifted(start, -REUSED_AFTER_DAYS), "9999"
    ends = [clock.normalise(fields["actual_delivery"])] if fields["actual_delivery"] else []
    if fields[CARRIER_SAYS]:
        ends.append(fields[CARRIER_SAYS]["at"])
    return _shifted(start, -REUSED_AFTER_DAYS), _shifted(max([*began, *ends, *scans]), REUSED_AFTER_DAYS)


def _shifted(timestamp: str, days: int) -> str:
    return clock.timestamp(clock.parse(timestamp) + timedelta(days=days))


def _write(config: ConfigItem, item: ShipmentItem, detail: ShipmentDetailItem, report: CarrierReport) -> None:
    organization_id, end_user_id = config.organization_id, item.end_user_id
    hours = known_settings(config).stalled_after_hours
    # The bridge only lends its name: what is written is the carrier's.
    source = Source(organization_id, end_user_id, item.bridge_id, "", SYSTEM, clock.timestamp(), hours)
    order_id = item.summary.members()["order_id"]
    row = find_row(keys.order(organization_id, end_user_id, order_id)) if order_id is not None else None
    change = merging.follow(source, item, detail, report, linked_order(row) if row else None)
    stats = totals.stats_of(None, keys.end_user_stats(organization_id, end_user_id))
    try:
        written = write(source, [(item.id, change)], stats)
    except BridgeNotOwned:
        log.info("carrier_report_dropped", reason="removed", shipment_id=item.id)
        return
    if written.conflicted:
        raise ConditionFailed([item.key])
    if written.failed or written.refused:
        raise Unavailable
