"""A record of the Sync API and the shipment that is stored: what comes of the two."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Any

from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import codec
from chalicelib.privacy.redaction import of_place_only, without_signer
from chalicelib.records.change import MAX_ITEM_BYTES, Change, size_of
from chalicelib.records.parsing import BadRecord
from chalicelib.records.source import Source
from chalicelib.shipments import links
from chalicelib.shipments.record import ShipmentRecord
from chalicelib.shipments.schemas import MOVING
from chalicelib.shipments.shape import (
    DEFAULTS,
    ERASED,
    PERSONAL,
    Fields,
    carrier_slug,
    detail_item,
    fields_of,
    list_text_of,
    merge_checkpoints,
    summary_item,
    tracking_checkpoint,
)
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem
from chalicelib.table.transaction import absent
from chalicelib.totals.service import shipment_counter

MAX_TOLD = 20
"""New checkpoints that one event tells of: the newest."""
ENDED = frozenset({"delivered", "returned", "cancelled"})


def digest_of(record: ShipmentRecord) -> str:
    text = codec.dumps(record.given())
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:12]).decode()


def is_stale(item: ShipmentItem, record: ShipmentRecord) -> bool:
    """Whether the source itself has told us something newer."""
    if item.source_updated_at is None or record.updated_at is None:
        return False
    return record.updated_at < item.source_updated_at


def create(
    source: Source, shipment_id: str, record: ShipmentRecord, digest: str, order_id: str | None, *, erased: bool = False
) -> Change:
    """`order_id`: the order that `order_external_id` names, if it is there. `erased`: its customer was taken out."""
    start = {**DEFAULTS, "created_at": source.now, "external_id": record.external_id}
    fields, new_checkpoints = _applied(shipment_id, start, record, source.now)
    fields["order_id"] = order_id
    if erased:
        fields, new_checkpoints = _without_person(fields), list(map(without_signer, new_checkpoints))
    change = Change("created")
    item = _item(source, shipment_id, record, fields, digest)
    change.writes.put(item, absent())
    _put_detail(change, source, shipment_id, item, fields, None)
    links.begin(change, source, shipment_id, fields)
    change.counts[shipment_counter(item.status)] += 1
    _tell(change, source, item, "shipment.created")
    _tell_status(change, source, item)
    _tell_checkpoints(change, source, item, new_checkpoints)
    return change


def update(
    source: Source,
    item: ShipmentItem,
    detail: ShipmentDetailItem,
    record: ShipmentRecord,
    digest: str,
    order_id: str | None,
    *,
    erased: bool = False,
) -> Change:
    """What the record changes. `order_id`: the order that it names, or waits for, if that is there; `erased`: that
    order's customer was taken out."""
    before = fields_of(item, detail)
    after, new_checkpoints = _applied(item.id, before, record, source.now)
    if "order_external_id" in record.model_fields_set or item.waits_for is not None:
        after["order_id"] = order_id
    if erased and not before[ERASED]:
        after, new_checkpoints = _without_person(after), list(map(without_signer, new_checkpoints))
    changed = [name for name in after if name not in ("created_at", "updated_at") and after[name] != before[name]]
    change = Change("updated" if changed else "unchanged")
    if not changed:
        if record.updated_at is not None and record.updated_at != item.source_updated_at:
            seen = item.version
            item.source_updated_at, item.record_digest, item.version = record.updated_at, digest, seen + 1
            change.writes.put(item, ShipmentItem.version == seen)
        return change
    new = _item(source, item.id, record, after, digest)
    new.version = item.version + 1
    new.source_updated_at = record.updated_at or item.source_updated_at
    new.shipped = item.shipped or new.shipped
    change.writes.put(new, ShipmentItem.version == item.version)
    _put_detail(change, source, item.id, new, after, detail)
    links.change(change, source, item.id, before, after)
    told = False
    if new.status != item.status:
        change.counts[shipment_counter(item.status)] -= 1
        change.counts[shipment_counter(new.status)] += 1
        told = _tell_status(change, source, new, item)
    told = _tell_checkpoints(change, source, new, new_checkpoints) or told
    if not told:
        _tell(change, source, new, "shipment.updated", {"fields": changed})
    return change


def link_erased(source: Source, item: ShipmentItem, detail: ShipmentDetailItem, order_id: str) -> Change:
    """The order has come for which this shipment waited, without its customer; who the shipment names goes as well."""
    fields = fields_of(item, detail)
    linked = links.resolve(source, item, order_id, erased=True)
    if not fields[ERASED]:
        after = detail_item(source.organization_id, source.end_user_id, item.id, _without_person(fields))
        linked.writes.put(after)
        linked.bytes += size_of(codec.dumps(after.document))
    return linked


def _applied(shipment_id: str, fields: Fields, record: ShipmentRecord, now: str) -> tuple[Fields, list[dict[str, Any]]]:
    """The fields as they are to be, and the checkpoints among them that are new."""
    given: dict[str, Any] = record.given()
    given.pop("updated_at", None)
    merged = {**fields, **{name: DEFAULTS.get(name) if value is None else value for name, value in given.items()}}
    if "carrier" in given:
        name = given["carrier"]
        merged["carrier"], merged["carrier_name"] = (carrier_slug(name), name) if name else (None, None)
    added: list[dict[str, Any]] = []
    if given.get("checkpoints") is not None:
        merged["checkpoints"], added = merge_checkpoints(shipment_id, fields["checkpoints"], given["checkpoints"], now)
    if fields[ERASED]:
        merged |= {name: fields[name] for name in PERSONAL}
        merged["checkpoints"] = list(map(without_signer, merged["checkpoints"]))
        added = list(map(without_signer, added))
    merged["updated_at"] = now
    return merged, added


def _without_person(fields: Fields) -> Fields:
    """A parcel that comes after its customer was forgotten. Which end is theirs is not known: both are places."""
    places = {name: of_place_only(fields[name]) for name in PERSONAL}
    return {**fields, **places, "checkpoints": list(map(without_signer, fields["checkpoints"])), ERASED: True}


def _item(source: Source, shipment_id: str, record: ShipmentRecord, fields: Fields, digest: str) -> ShipmentItem:
    item = summary_item(source.organization_id, source.end_user_id, source.bridge_id, shipment_id, fields)
    item.version = 1
    item.source_updated_at = record.updated_at
    item.record_digest = digest
    item.waits_for = fields["order_external_id"] if fields["order_id"] is None else None
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
    detail = detail_item(source.organization_id, source.end_user_id, shipment_id, fields)
    weight = size_of(codec.dumps(detail.document))
    if weight > MAX_ITEM_BYTES:
        raise BadRecord(f"would make the shipment larger than the {MAX_ITEM_BYTES} bytes that can be stored")
    change.bytes += weight + 4 * size_of(item.summary)
    if stored is None or detail.document != stored.document:
        change.writes.put(detail)


def _tell_status(change: Change, source: Source, item: ShipmentItem, before: ShipmentItem | None = None) -> bool:
    """The event of the status that a shipment has come to, if there is one."""
    if item.status in MOVING and not (before and before.shipped):
        _tell(change, source, item, "shipment.shipped")
    elif item.status == "delivered":
        _tell(change, source, item, "shipment.delivered")
    elif item.status == "exception":
        _tell(change, source, item, "shipment.exception")
    else:
        return False
    return True


def _tell_checkpoints(change: Change, source: Source, item: ShipmentItem, new: list[dict[str, Any]]) -> bool:
    if not new:
        return False
    newest = sorted(new, key=lambda checkpoint: checkpoint["checkpoint_time"])[-MAX_TOLD:]
    text = codec.dumps([tracking_checkpoint(checkpoint) for checkpoint in newest])
    _tell(change, source, item, "tracking.updated", {"new_checkpoints": len(new)}, f'"checkpoints":{text}')
    return True


def _tell(
    change: Change,
    source: Source,
    item: ShipmentItem,
    event_type: EventType,
    metadata: dict[str, Any] | None = None,
    beside: str | None = None,
) -> None:
    """`beside`: members that the event's data has besides the list shape, as JSON."""
    text = str(list_text_of(item))
    if beside is not None:
        text = f"{text[:-1]},{beside}}}"
        change.bytes += size_of(beside)
    events.record(
        change.writes,
        source.organization_id,
        source.end_user_id,
        event_type,
        by=source.by,
        resource=("shipment", item.id),
        metadata=metadata,
        data=text,
    )
