"""Merges records of the Sync API into stored shipments."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from chalicelib.catalog.carriers import carrier_slug
from chalicelib.kit import codec
from chalicelib.privacy.deliveries import delivered_since, without_signers
from chalicelib.privacy.fields import FROZEN_IN_SHIPMENTS
from chalicelib.privacy.redaction import KeyedTraces
from chalicelib.records import merging
from chalicelib.records.change import MAX_ITEM_BYTES, Change, request_size_of, size_of
from chalicelib.records.parsing import BadRecord, FieldWarning
from chalicelib.records.source import Source
from chalicelib.shipments import exceptions, following, index, links, order_rows, recording, redaction, signals
from chalicelib.shipments.checkpoints import merge_checkpoints, reopens
from chalicelib.shipments.following import CarrierReport
from chalicelib.shipments.index import LinkedOrder
from chalicelib.shipments.record import ShipmentRecord
from chalicelib.shipments.schemas import ENDED, MOVING
from chalicelib.shipments.shape import (
    CARRIER_SAYS,
    DEFAULTS,
    ERASED,
    Fields,
    detail_item,
    fields_of,
    new_summary,
    sort_text,
)
from chalicelib.shipments.store import InExceptionItem, ShipmentDetailItem, ShipmentIndexItem, ShipmentItem
from chalicelib.table.keys import Key
from chalicelib.table.transaction import absent
from chalicelib.totals.service import shipment_counter


def create(source: Source, shipment_id: str, record: ShipmentRecord, digest: str, order: LinkedOrder | None) -> Change:
    """`order`: the order that `order_external_id` names, if it exists."""
    initial = {**DEFAULTS, "created_at": source.now, "external_id": record.external_id}
    fields, new_checkpoints, _ = _merge(source, shipment_id, initial, record)
    fields["order_id"] = order.id if order is not None else None
    if order is not None and order.erased:
        fields, new_checkpoints = redaction.redacted_on_arrival(source, fields, new_checkpoints)
    change = Change("created")
    item = _summary(source, shipment_id, fields)
    signals.watch(item, fields, None, source.stalled_after_hours, source.now)
    merging.stamp(item, record, digest)
    change.writes.put(item, absent())
    _put_detail(change, source, shipment_id, item, fields, None)
    links.add_link(change, source, shipment_id, fields, is_new=True)
    if order is not None:
        links.show_in_order(change, source, shipment_id, fields, item.status, order)
        links.require_as_read(change, source, order)
    change.puts_before.append(_index_item(source, shipment_id, fields, order))
    change.counts[shipment_counter(item.status)] += 1
    exceptions.follow(change.writes, _exception(source, shipment_id, fields), None, item.status)
    recording.record(change, source, item, "shipment.created")
    recording.record_status(change, source, item)
    recording.record_checkpoints(change, source, item, new_checkpoints)
    return change


def update(
    source: Source,
    item: ShipmentItem,
    detail: ShipmentDetailItem,
    record: ShipmentRecord,
    digest: str,
    named: LinkedOrder | None,
    linked: LinkedOrder | None,
    indexed: Collection[Key] = (),
) -> Change:
    """`named`: the order that the record or the unlinked shipment names, if it exists. `linked`: the order that the
    shipment is linked to, if it exists. `indexed`: index items that a failed attempt to create the shipment wrote."""
    before = fields_of(item, detail)
    after, new_checkpoints, warnings = _merge(source, item.id, before, record)
    order = linked
    if "order_external_id" in record.model_fields_set or item.missing_order is not None:
        after["order_id"], order = named.id if named is not None else None, named
    if named is not None and named.erased and not before[ERASED]:
        after, new_checkpoints = redaction.redacted_on_arrival(source, after, new_checkpoints)
    changed = merging.changed_fields(before, after)
    if not changed:
        change = Change("unchanged", warnings=warnings)
        merging.store_source_time(change, item, record, digest)
        links.restore_index(change, source, item, linked, indexed)
        return change
    change = Change("updated", warnings=warnings)
    new = _summary(source, item.id, after)
    merging.stamp(new, record, digest, item)
    _rewrite(change, source, item, detail, new, before, after)
    links.replace_link(change, source, item.id, before, after)
    _update_lists(change, source, item, new, before, after, order, linked, indexed)
    if not _record_changes(change, source, item, new, before, after, new_checkpoints):
        recording.record(change, source, new, "shipment.updated", {"fields": changed})
    return change


def follow(
    source: Source,
    item: ShipmentItem,
    detail: ShipmentDetailItem,
    report: CarrierReport,
    linked: LinkedOrder | None,
) -> Change:
    """The change that a carrier's report makes. `linked`: the order that the shipment is linked to, if it exists.

    The source's own last record stays known: when it comes again, it still changes nothing."""
    before = fields_of(item, detail)
    after = following.hear_carrier(before, report)
    after, new_checkpoints = _add_checkpoints(source, item.id, before, after, report.checkpoints)
    changed = merging.changed_fields(before, after)
    if not changed:
        return Change("unchanged")
    change = Change("updated")
    after["updated_at"] = source.now
    new = _summary(source, item.id, after)
    new.version, new.source_updated_at, new.record_digest = item.version + 1, item.source_updated_at, item.record_digest
    new.missing_order, new.missing_order_bridge = item.missing_order, item.missing_order_bridge
    _rewrite(change, source, item, detail, new, before, after)
    _update_lists(change, source, item, new, before, after, linked, linked, ())
    by_carrier = {"by": recording.BY_CARRIER}
    if not _record_changes(change, source, item, new, before, after, new_checkpoints, by_carrier):
        recording.record(change, source, new, "shipment.updated", {"fields": changed, **by_carrier})
    return change


def _rewrite(
    change: Change,
    source: Source,
    item: ShipmentItem,
    detail: ShipmentDetailItem,
    new: ShipmentItem,
    before: Fields,
    after: Fields,
) -> None:
    new.shipped = item.shipped or new.shipped
    signals.watch(new, after, item, source.stalled_after_hours, source.now)
    if (former := signals.former_day(before, after)) is not None:
        signals.keep(new, "shipment.eta_changed", source.now, previous_estimated_delivery=former)
    change.writes.put(new, ShipmentItem.version == item.version)
    _put_detail(change, source, item.id, new, after, detail)


def _record_changes(
    change: Change,
    source: Source,
    item: ShipmentItem,
    new: ShipmentItem,
    before: Fields,
    after: Fields,
    new_checkpoints: list[dict[str, Any]],
    metadata: dict[str, Any] | None = None,
) -> bool:
    """Count and record the change of status, new checkpoints and another expected day. Whether anything but the
    latter was recorded."""
    recorded = False
    if new.status != item.status:
        change.counts[shipment_counter(item.status)] -= 1
        change.counts[shipment_counter(new.status)] += 1
        exceptions.follow(change.writes, _exception(source, new.id, after), item.status, new.status)
        recorded = recording.record_status(change, source, new, item, metadata)
    recorded = recording.record_checkpoints(change, source, new, new_checkpoints, metadata) or recorded
    recording.record_eta(change, source, new, before, after)
    return recorded


def _update_lists(
    change: Change,
    source: Source,
    item: ShipmentItem,
    new: ShipmentItem,
    before: Fields,
    after: Fields,
    order: LinkedOrder | None,
    linked: LinkedOrder | None,
    stray: Collection[Key],
) -> None:
    """Keep the order's list row and the shipment's index item in step. `linked`: the order until now.

    The index item belongs into the transaction: written before it, by a sync that turns out to be stale, it would
    describe the shipment wrongly for good."""
    if linked is not None and linked.id != after["order_id"]:
        links.hide_from_order(change, source, item.id, linked)
    if order is not None:
        same_order = before["order_id"] == order.id
        shown = order_rows.text_of(before, item.status, source.bridge_id, order.bridge_id) if same_order else None
        links.show_in_order(change, source, item.id, after, new.status, order, shown)
    indexed = ("tracking_number", "carrier", "order_id")
    if stray or new.sort != item.sort or any(before[name] != after[name] for name in indexed):
        entry = _index_item(source, item.id, after, order)
        change.writes.put(entry)
        if order is not None:
            links.require_as_read(change, source, order)
        former = index.key_of(source.organization_id, source.end_user_id, item.id, before["tracking_number"])
        for key in {former, *stray} - {entry.key}:
            change.writes.delete(key)


def _exception(source: Source, shipment_id: str, fields: Fields) -> InExceptionItem:
    return exceptions.entry_of(source.organization_id, source.end_user_id, shipment_id, fields)


def _index_item(source: Source, shipment_id: str, fields: Fields, order: LinkedOrder | None) -> ShipmentIndexItem:
    org, user = source.organization_id, source.end_user_id
    return index.index_item(org, user, source.bridge_id, shipment_id, fields, sort_text(fields), order)


def link_erased(source: Source, item: ShipmentItem, detail: ShipmentDetailItem, order: LinkedOrder) -> Change:
    """The change that links an unlinked shipment to an order whose customer was erased. It redacts the shipment too."""
    fields = fields_of(item, detail)
    change = links.link_to_order(source, item, order, erased=True)
    if not fields[ERASED]:
        redacted = redaction.redacted_on_arrival(source, fields, [])[0]
        after = detail_item(source.organization_id, source.end_user_id, source.bridge_id, item.id, redacted)
        change.writes.put(after)
        change.bytes += request_size_of(codec.dumps(after.document))
    return change


def _merge(
    source: Source, shipment_id: str, fields: Fields, record: ShipmentRecord
) -> tuple[Fields, list[dict[str, Any]], list[FieldWarning]]:
    """The fields after the record, the checkpoints among them that are new, and what was not applied."""
    fields = following.by_source(fields)
    merged, given = merging.merge(fields, record, DEFAULTS, source.now)
    if "order_bridge_id" not in given and merged["order_external_id"] != fields["order_external_id"]:
        merged["order_bridge_id"] = None
    warnings: list[FieldWarning] = []
    if record.updated_at is None and reopens(fields, merged["status"], given.get("checkpoints") or []):
        message = f"is behind {fields['status']}, and the record has neither updated_at nor a newer checkpoint"
        warnings.append(FieldWarning("status", given.get("status"), message))
        merged["status"] = fields["status"]
        merged["actual_delivery"] = merged["actual_delivery"] or fields["actual_delivery"]
    if "carrier" in given:
        name = given["carrier"]
        merged["carrier"], merged["carrier_name"] = (carrier_slug(name), name) if name else (None, None)
    if merged[CARRIER_SAYS]:
        merged = following.combine(merged)
    if fields[ERASED]:
        merged |= {name: fields[name] for name in FROZEN_IN_SHIPMENTS}
    merged, added = _add_checkpoints(source, shipment_id, fields, merged, given.get("checkpoints"), given)
    return merged, added, warnings


def _add_checkpoints(
    source: Source,
    shipment_id: str,
    fields: Fields,
    merged: Fields,
    sent: list[dict[str, Any]] | None,
    given: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[Fields, list[dict[str, Any]]]:
    """`merged` with the checkpoints that were sent, and those that are new. `given`: what came with them."""
    merged, added = {**merged}, list[dict[str, Any]]()
    if sent is not None:
        if fields[ERASED]:
            # Before merging, since stored checkpoints have lost the carrier's words already.
            since = delivered_since(merged["status"], [*fields["checkpoints"], *sent])
            sent = redaction.without_names(
                sent, KeyedTraces(source.organization_id, fields[ERASED]), redaction.traces_of(given)
            )
            sent = without_signers(merged["status"], sent, since=since)
        merged["checkpoints"], added = merge_checkpoints(shipment_id, fields["checkpoints"], sent, source.now)
    if fields[ERASED]:
        merged["checkpoints"] = without_signers(merged["status"], merged["checkpoints"])
    return merged, added


def _summary(source: Source, shipment_id: str, fields: Fields) -> ShipmentItem:
    item = new_summary(source.organization_id, source.end_user_id, source.bridge_id, shipment_id, fields)
    if fields["order_id"] is None:
        item.missing_order, item.missing_order_bridge = fields["order_external_id"], fields["order_bridge_id"]
    item.shipped = 1 if item.status in MOVING | ENDED else None
    return item


def _put_detail(
    change: Change,
    source: Source,
    shipment_id: str,
    item: ShipmentItem,
    fields: Fields,
    stored: ShipmentDetailItem | None,
) -> None:
    detail = detail_item(source.organization_id, source.end_user_id, source.bridge_id, shipment_id, fields)
    text = codec.dumps(detail.document)
    if size_of(text) > MAX_ITEM_BYTES:
        raise BadRecord(f"would make the shipment larger than the {MAX_ITEM_BYTES} bytes that can be stored")
    change.bytes += request_size_of(text) + 4 * request_size_of(item.summary)
    if stored is None or (detail.document, detail.g1pk) != (stored.document, stored.g1pk):
        change.writes.put(detail)
