"""A record of the Sync API and the order that is stored: what comes of the two."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Any

from chalicelib import codec
from chalicelib.events import service as events
from chalicelib.orders import tokens
from chalicelib.orders.activities import new_activity
from chalicelib.orders.record import OrderRecord
from chalicelib.orders.shape import (
    DEFAULTS,
    ERASED,
    PERSONAL,
    Fields,
    detail_item,
    facts_of,
    fields_of,
    list_text_of,
    summary_item,
)
from chalicelib.orders.store import OrderDetailItem, OrderItem
from chalicelib.principals import Actor
from chalicelib.search import service as search
from chalicelib.sync.change import MAX_ITEM_BYTES, Change, size_of
from chalicelib.sync.records import BadRecord
from chalicelib.sync.source import Source
from chalicelib.table.transaction import Transaction, absent
from chalicelib.totals.service import order_counter

CANCELLED = "cancelled"
BEFORE_CANCELLED = ("pending", "confirmed", "processing")
"""What a source may still say of an order that was cancelled here."""


def digest_of(record: OrderRecord) -> str:
    text = codec.dumps(record.given())
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:12]).decode()


def create(source: Source, order_id: str, record: OrderRecord, digest: str) -> Change:
    fields = _applied({**DEFAULTS, "ordered_at": source.now, "created_at": source.now}, record, source.now)
    fields["external_id"] = record.external_id
    facts = {"first_status": fields["status"], "source": source.bridge_type}
    change = Change("created", makes_order=True)
    item = _put(change, source, order_id, record, fields, digest, facts, tokens.new_secret())
    change.writes.put(item, absent())
    change.counts[order_counter(item.status)] += 1
    change.index = search.index(source.organization_id, source.end_user_id, source.bridge_id, order_id, None, fields)
    _record(change.writes, source, item, "order.created")
    return change


def is_stale(item: OrderItem, record: OrderRecord) -> bool:
    """Whether the source itself has told us something newer."""
    if item.source_updated_at is None or record.updated_at is None:
        return False
    return record.updated_at < item.source_updated_at


def update(source: Source, item: OrderItem, detail: OrderDetailItem, record: OrderRecord, digest: str) -> Change:
    """What the record changes; the bridge's clock alone is noted, and is no change of the order."""
    before = fields_of(item, detail)
    after = _applied(before, record, source.now)
    if ERASED in detail.document:
        after |= {name: before[name] for name in PERSONAL}
    if item.cancelled_here and item.status == CANCELLED and after["status"] in BEFORE_CANCELLED:
        after["status"] = CANCELLED
    changed = [name for name in after if name not in ("created_at", "updated_at") and after[name] != before[name]]
    change = Change("updated" if changed else "unchanged")
    if not changed:
        if record.updated_at is not None and record.updated_at != item.source_updated_at:
            seen = item.version
            item.source_updated_at, item.record_digest, item.version = record.updated_at, digest, seen + 1
            change.writes.put(item, OrderItem.version == seen)
        return change
    new = _put(change, source, item.id, record, after, digest, facts_of(detail), detail.tracking_secret, detail)
    new.version = item.version + 1
    new.source_updated_at = record.updated_at or item.source_updated_at
    new.cancelled_here = item.cancelled_here if new.status == CANCELLED else None
    change.writes.put(new, OrderItem.version == item.version)
    change.index = search.index(source.organization_id, source.end_user_id, source.bridge_id, item.id, before, after)
    _tell(change, source, item.status, new, changed, after)
    return change


def _applied(fields: Fields, record: OrderRecord, now: str) -> Fields:
    given = record.given()
    given.pop("updated_at", None)
    merged = {**fields, **{name: DEFAULTS.get(name) if value is None else value for name, value in given.items()}}
    if merged["ordered_at"] is None:
        merged["ordered_at"] = merged["created_at"]
    merged["updated_at"] = now
    return merged


def _put(
    change: Change,
    source: Source,
    order_id: str,
    record: OrderRecord,
    fields: Fields,
    digest: str,
    facts: dict[str, Any],
    secret: str,
    stored: OrderDetailItem | None = None,
) -> OrderItem:
    """The items as they are to be; the detail is put right away, unless it is stored like this already."""
    org, user = source.organization_id, source.end_user_id
    item = summary_item(org, user, source.bridge_id, order_id, fields)
    item.version = 1
    item.source_updated_at = record.updated_at
    item.record_digest = digest
    detail = detail_item(org, user, order_id, fields, facts, secret)
    weight = size_of(codec.dumps(detail.document))
    if weight > MAX_ITEM_BYTES:
        raise BadRecord(f"would make the order larger than the {MAX_ITEM_BYTES} bytes that can be stored")
    change.bytes += weight + 2 * size_of(item.summary)
    if stored is None or detail.serialize() != stored.serialize():
        change.writes.put(detail)
    return item


def _tell(change: Change, source: Source, before: str, item: OrderItem, changed: list[str], fields: Fields) -> None:
    """Counters, activity and events of an update."""
    facts: dict[str, Any]
    if item.status != before:
        change.counts[order_counter(before)] -= 1
        change.counts[order_counter(item.status)] += 1
        facts = {
            "activity_type": "status_change",
            "title": title_of(item.status),
            "before": before,
            "after": item.status,
        }
        facts["description"] = source.description
        _record(change.writes, source, item, "order.status_changed", previous_status=before)
    elif "notes" in changed and fields["notes"]:
        facts = {"activity_type": "note_added", "title": "Note added", "description": fields["notes"]}
    else:
        facts = {"activity_type": "sync", "title": "Order updated", "description": source.description}
    activity = new_activity(
        source.organization_id,
        source.end_user_id,
        item.id,
        actor_type="system",
        at=source.now,
        metadata={"fields": changed},
        **facts,
    )
    change.writes.put(activity)
    _record(change.writes, source, item, "order.updated")


def title_of(status: str) -> str:
    return f"Status changed to {status.replace('_', ' ')}"


def _record(
    writes: Transaction, source: Source, item: OrderItem, event_type: str, previous_status: str | None = None
) -> None:
    record_event(writes, source.organization_id, source.end_user_id, source.by, item, event_type, previous_status)


def record_event(
    writes: Transaction,
    organization_id: str,
    end_user_id: str,
    by: Actor,
    item: OrderItem,
    event_type: str,
    previous_status: str | None = None,
) -> None:
    text = str(list_text_of(item))
    if previous_status is not None:
        text = f'{text[:-1]},"previous_status":"{previous_status}"}}'
    events.record(writes, organization_id, end_user_id, event_type, by=by, resource=("order", item.id), data=text)
