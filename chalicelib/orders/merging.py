"""A record of the Sync API and the order that is stored: what comes of the two."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Any

from chalicelib.customers import past
from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import codec
from chalicelib.orders import tokens
from chalicelib.orders.activities import new_activity
from chalicelib.orders.record import OrderRecord
from chalicelib.orders.shape import (
    DEFAULTS,
    ERASED,
    PERSONAL,
    WITH_TEXTS,
    Fields,
    customer_entry,
    detail_document,
    facts_of,
    fields_of,
    list_text_of,
    new_detail,
    summary_item,
)
from chalicelib.orders.store import OrderDetailItem, OrderItem
from chalicelib.organizations.principals import Actor
from chalicelib.privacy.redaction import without_addresses
from chalicelib.records.change import MAX_ITEM_BYTES, Change, size_of
from chalicelib.records.parsing import BadRecord
from chalicelib.records.source import Source
from chalicelib.search import service as search
from chalicelib.table.transaction import Transaction, absent
from chalicelib.totals.service import order_counter

CANCELLED = "cancelled"
BEFORE_CANCELLED = ("pending", "confirmed", "processing")
"""What a source may still say of an order that was cancelled here."""


def digest_of(record: OrderRecord) -> str:
    text = codec.dumps(record.given())
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:12]).decode()


def create(source: Source, order_id: str, record: OrderRecord, digest: str, heads: frozenset[str]) -> Change:
    fields = new_fields(source, record)
    facts = {"first_status": fields["status"], "source": source.bridge_type}
    item = _item(source, order_id, record, fields, digest)
    change = Change("created", makes_order=True, bytes=2 * size_of(item.summary))
    item.tracking_secret = tokens.new_secret()
    detail = _new_detail(source, item, detail_document(fields, facts))
    change.first.append(detail)
    change.loose.append(detail.key)
    change.writes.put(item, absent())
    change.counts[order_counter(item.status)] += 1
    _index(change, source, order_id, None, fields, heads)
    _record(change.writes, source, item, "order.created")
    return change


def new_fields(source: Source, record: OrderRecord) -> Fields:
    """What an order is at its beginning."""
    start = {**DEFAULTS, "ordered_at": source.now, "created_at": source.now, "external_id": record.external_id}
    return _applied({**start, "bridge_id": source.bridge_id}, record, source.now)


def is_stale(item: OrderItem, record: OrderRecord) -> bool:
    """Whether the source itself has told us something newer."""
    if item.source_updated_at is None or record.updated_at is None:
        return False
    return record.updated_at < item.source_updated_at


def update(
    source: Source,
    item: OrderItem,
    detail: OrderDetailItem,
    record: OrderRecord,
    digest: str,
    heads: frozenset[str],
) -> Change:
    """What the record changes; the source's clock alone is noted, and is no change of the order."""
    before = fields_of(item, detail)
    after = _applied(before, record, source.now)
    if ERASED in detail.document:
        after |= {name: before[name] for name in PERSONAL}
        after |= {name: without_addresses(after[name]) for name in WITH_TEXTS}
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
    new = _item(source, item.id, record, after, digest)
    new.version = item.version + 1
    new.source_updated_at = record.updated_at or item.source_updated_at
    new.cancelled_here = item.cancelled_here if new.status == CANCELLED else None
    new.tracking_secret, new.detail_id, new.erased = item.tracking_secret, item.detail_id, item.erased
    change.bytes = 3 * size_of(new.summary)
    document = detail_document(after, facts_of(detail))
    if document != detail.document:
        # Not before the transaction: were the customer forgotten meanwhile, nothing would lead to it any more.
        change.writes.put(_new_detail(source, new, document))
        change.bytes += size_of(codec.dumps(document))
        change.last_removed.append(detail.key)
    change.writes.put(new, OrderItem.version == item.version)
    _index(change, source, item.id, before, after, heads)
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


def _item(source: Source, order_id: str, record: OrderRecord, fields: Fields, digest: str) -> OrderItem:
    item = summary_item(source.organization_id, source.end_user_id, source.bridge_id, order_id, fields)
    item.version = 1
    item.source_updated_at = record.updated_at
    item.record_digest = digest
    return item


def _new_detail(source: Source, item: OrderItem, document: Fields) -> OrderDetailItem:
    """Another writing of the detail, which holds once the item does."""
    if size_of(codec.dumps(document)) > MAX_ITEM_BYTES:
        raise BadRecord(f"would make the order larger than the {MAX_ITEM_BYTES} bytes that can be stored")
    return new_detail(source.organization_id, item, document)


def _index(
    change: Change, source: Source, order_id: str, before: Fields | None, after: Fields, heads: frozenset[str]
) -> None:
    """By what the order is found: search entries, and the way from its customer."""
    org, user = source.organization_id, source.end_user_id
    found = search.index(org, user, source.bridge_id, order_id, before, after, heads)
    change.first += found.puts
    change.first_removed += found.deletes
    new = customer_entry(org, user, order_id, after)
    old = customer_entry(org, user, order_id, before) if before is not None else None
    if new is not None and before is None:
        change.first.append(new)
    elif new is not None and (old is None or new.serialize() != old.serialize()):
        # Of an order that is there, only with the change itself: put before it, by a sync that turns out to be stale,
        # it would lead a customer to somebody else's order for good.
        change.writes.put(new)
    if old is not None and (new is None or new.key != old.key):
        change.writes.delete(old.key)
    if before is not None and (gone := past.entry(org, user, order_id, before, after)) is not None:
        # It named somebody otherwise: should they ask to be forgotten, timeline and log still tell of them.
        change.writes.put(gone)
        change.bytes += size_of(*gone.emails, *gone.others)


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
    writes: Transaction, source: Source, item: OrderItem, event_type: EventType, previous_status: str | None = None
) -> None:
    record_event(writes, source.organization_id, source.end_user_id, source.by, item, event_type, previous_status)


def record_event(
    writes: Transaction,
    organization_id: str,
    end_user_id: str,
    by: Actor,
    item: OrderItem,
    event_type: EventType,
    previous_status: str | None = None,
) -> None:
    text = str(list_text_of(item))
    if previous_status is not None:
        text = f'{text[:-1]},"previous_status":"{previous_status}"}}'
    events.record(writes, organization_id, end_user_id, event_type, by=by, resource=("order", item.id), data=text)
