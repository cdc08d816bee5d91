"""Merges a record of the Sync API into an order: the changes it makes, with counters, search entries and events."""

from collections.abc import Mapping
from typing import Any

from chalicelib.customers import former_traces
from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import codec
from chalicelib.orders import tokens
from chalicelib.orders.activities import new_activity
from chalicelib.orders.record import OrderRecord
from chalicelib.orders.shape import (
    DEFAULTS,
    ERASED,
    UNDATED,
    Fields,
    customer_entry,
    customer_id_of,
    detail_document,
    facts_of,
    fields_of,
    list_text_of,
    new_detail,
    new_summary,
)
from chalicelib.orders.store import OrderDetailItem, OrderItem
from chalicelib.organizations.principals import Actor
from chalicelib.privacy import fields as privacy
from chalicelib.privacy.identity import customer_id, is_same_person
from chalicelib.privacy.redaction import KeyedTraces, Traces
from chalicelib.records import merging
from chalicelib.records.change import MAX_ITEM_BYTES, Change, request_size_of, size_of
from chalicelib.records.parsing import BadRecord
from chalicelib.records.source import Source
from chalicelib.search import service as search
from chalicelib.search.service import IndexChange
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.transaction import Transaction, absent
from chalicelib.totals.service import order_counter

CANCELLED = "cancelled"
MAX_ENTRIES_AT_ONCE = 75
"""Search entries of an existing order that change in its transaction, which takes a hundred writes in all."""
UNSHIPPED = ("pending", "confirmed", "processing")
"""Statuses from the source that don't reopen an order that was cancelled here."""


def create(
    source: Source,
    order_id: str,
    record: OrderRecord,
    digest: str,
    prefixes: frozenset[str],
    erasures: Mapping[str, str],
) -> Change:
    """`erasures`: when the customers that records name were erased, by customer id."""
    fields = new_fields(source, record)
    facts: Fields = {"first_status": fields["status"], "source": source.bridge_type}
    if record.ordered_at is None:
        facts[UNDATED] = True
    is_erased = _is_from_before_erasure(source, fields, erasures)
    if is_erased:
        traces = Traces.of_order(fields)
        fields = privacy.redacted(privacy.ORDER, fields, traces)
        facts[ERASED] = traces.digests(source.organization_id)
    item = new_summary(source.organization_id, source.end_user_id, source.bridge_id, order_id, fields)
    merging.stamp(item, record, digest)
    change = Change("created", creates_order=True, bytes=2 * request_size_of(item.summary))
    item.tracking_secret = tokens.new_secret()
    item.erased = 1 if is_erased else None
    detail = _new_detail(source, item, detail_document(fields, facts))
    change.puts_before.append(detail)
    change.orphans.append(detail.key)
    change.writes.put(item, absent())
    change.counts[order_counter(item.status)] += 1
    _index(change, source, order_id, None, fields, prefixes)
    _record(change.writes, source, item, "order.created")
    return change


def new_fields(source: Source, record: OrderRecord) -> Fields:
    """The fields of a new order."""
    start = {**DEFAULTS, "ordered_at": source.now, "created_at": source.now, "external_id": record.external_id}
    return _merged({**start, "bridge_id": source.bridge_id}, record, source.now)


def update(
    source: Source,
    item: OrderItem,
    detail: OrderDetailItem,
    record: OrderRecord,
    digest: str,
    prefixes: frozenset[str],
    erasures: Mapping[str, str],
) -> Change:
    """The change the record makes. A record that only advances the source's clock is stored as no change of the order,
    without activity or event."""
    before = fields_of(item, detail)
    after = _merged(before, record, source.now)
    facts = facts_of(detail)
    was_erased = ERASED in facts
    is_erased = was_erased or _is_from_before_erasure(source, after, erasures)
    if is_erased:
        # The record itself may say what to look for in its texts.
        traces = Traces.of_order(after)
        after = privacy.redacted(privacy.ORDER, after, traces)
        facts[ERASED] = traces.digests(source.organization_id, facts.get(ERASED))
    if was_erased:
        after = privacy.redacted(privacy.ORDER, after, KeyedTraces(source.organization_id, facts[ERASED]))
        after |= {name: before[name] for name in privacy.FROZEN_IN_ORDERS}
    if item.cancelled_here and item.status == CANCELLED and after["status"] in UNSHIPPED:
        after["status"] = CANCELLED
    says_so_itself = item.cancelled_here is not None and record.status == CANCELLED
    changed = merging.changed_fields(before, after)
    is_back = item.source_deleted_at is not None
    if not changed and not is_back:
        change = Change("unchanged", reindexes_shipments=item.reindex_due is not None)
        if says_so_itself:
            item.cancelled_here = None
        merging.store_source_time(change, item, record, digest, always=says_so_itself)
        return change
    change = Change("updated")
    new = new_summary(source.organization_id, source.end_user_id, source.bridge_id, item.id, after)
    merging.stamp(new, record, digest, item)
    new.cancelled_here = item.cancelled_here if new.status == CANCELLED and not says_so_itself else None
    new.tracking_secret, new.detail_id = item.tracking_secret, item.detail_id
    new.erased = 1 if is_erased else None
    moved = any(before[name] != after[name] for name in ("order_number", "ordered_at"))
    new.reindex_due = 1 if moved else item.reindex_due
    change.bytes = 3 * request_size_of(new.summary)
    document = detail_document(after, facts)
    if document != detail.document:
        # In the transaction, not before it: an erasure in between would leave a version that nothing leads to.
        change.writes.put(_new_detail(source, new, document))
        change.bytes += request_size_of(codec.dumps(document))
        change.deletes_after.append(detail.key)
    change.writes.rewrite(new, OrderItem.version == item.version)
    if is_back:
        owner = (source.organization_id, source.end_user_id)
        change.writes.delete(keys.source_deleted_order(*owner, item.ordered_at, item.id))
    _index(change, source, item.id, before, after, prefixes)
    change.reindexes_shipments = new.reindex_due is not None
    _record_update(change, source, item.status, new, changed, after)
    return change


def names_other_customer(source: Source, item: OrderItem | None, record: OrderRecord) -> str | None:
    """The id of the customer that the record names, if the stored order names another or none."""
    email = record.customer.email if record.customer is not None else None
    if not email:
        return None
    customer = customer_id(source.organization_id, email)
    return None if item is not None and customer_id_of(source.organization_id, item) == customer else customer


def _is_from_before_erasure(source: Source, fields: Fields, erasures: Mapping[str, str]) -> bool:
    email = fields["customer"].get("email")
    erased_at = erasures.get(customer_id(source.organization_id, email)) if email and erasures else None
    return erased_at is not None and fields["ordered_at"] <= erased_at


def _merged(fields: Fields, record: OrderRecord, now: str) -> Fields:
    merged, given = merging.merge(fields, record, DEFAULTS, now)
    email = fields["customer"].get("email")
    if email and merged["customer"].get("email") and not is_same_person(email, merged["customer"]["email"]):
        # Somebody else: their name and phone number are not those that are stored.
        merged["customer"] = {name: value for name, value in given["customer"].items() if value is not None}
    if merged["ordered_at"] is None:
        merged["ordered_at"] = merged["created_at"]
    return merged


def _new_detail(source: Source, item: OrderItem, document: Fields) -> OrderDetailItem:
    """A new detail version, which becomes current when `item` is written."""
    if size_of(codec.dumps(document)) > MAX_ITEM_BYTES:
        raise BadRecord(f"would make the order larger than the {MAX_ITEM_BYTES} bytes that can be stored")
    return new_detail(source.organization_id, item, document)


def _index(
    change: Change, source: Source, order_id: str, before: Fields | None, after: Fields, prefixes: frozenset[str]
) -> None:
    """Search entries and the customer's entry, by which the order is found."""
    org, user = source.organization_id, source.end_user_id
    entries = search.index_change(org, user, source.bridge_id, order_id, before, after, prefixes)
    names = search.name_change(org, user, source.bridge_id, order_id, before, after, prefixes)
    if before is None:
        change.puts_before += [*entries.puts, *names.puts]
        change.tentative += [item.key for item in names.puts]
    else:
        _write_entries(change, entries, names)
    new = customer_entry(org, user, order_id, after)
    old = customer_entry(org, user, order_id, before) if before is not None else None
    if new is not None and before is None:
        change.puts_before.append(new)
    elif new is not None and (old is None or new.serialize() != old.serialize()):
        # For an existing order only in the transaction: written before it, by a sync that turns out to be stale, the
        # entry would lead the customer to another customer's order for good.
        change.writes.put(new)
    if old is not None and (new is None or new.key != old.key):
        change.writes.delete(old.key)
    if before is not None and (former := former_traces.build_entry(org, user, order_id, before, after)) is not None:
        # Personal data the order no longer contains; a later erasure still has to find it in the timeline and the log.
        change.writes.put(former)
        change.bytes += request_size_of(*former.emails, *former.identifiers)


def _write_entries(change: Change, entries: IndexChange, names: IndexChange) -> None:
    """Those of an existing order."""
    puts, deletes = names.puts, set(names.deletes)
    if len(entries.puts) + len(entries.deletes) <= MAX_ENTRIES_AT_ONCE:
        puts, deletes = [*puts, *entries.puts], deletes.union(entries.deletes)
    else:
        # Too many for a transaction. If it is not made, the order is found by what it was about to have, too.
        change.puts_before += entries.puts
        change.deletes_after += entries.deletes
    for item in puts:
        change.writes.put(item)
    for key in sorted(deletes):
        change.writes.delete(key)


def name_keys(source: Source, item: OrderItem) -> list[Key]:
    """Keys of the search entries of the customer's name that the stored order names."""
    return search.name_keys(source.organization_id, source.end_user_id, item.id, item.summary.members())


def _record_update(
    change: Change, source: Source, before: str, item: OrderItem, changed: list[str], fields: Fields
) -> None:
    """Counters, activity and events of an update. `before` is the status until now."""
    activity: dict[str, Any]
    if item.status != before:
        change.counts[order_counter(before)] -= 1
        change.counts[order_counter(item.status)] += 1
        activity = {
            "activity_type": "status_change",
            "title": status_change_title(item.status),
            "description": source.description,
            "before": before,
            "after": item.status,
        }
        _record(change.writes, source, item, "order.status_changed", previous_status=before)
    elif "notes" in changed and fields["notes"]:
        activity = {"activity_type": "note_added", "title": "Note added", "description": fields["notes"]}
    else:
        activity = {"activity_type": "sync", "title": "Order updated", "description": source.description}
    change.writes.put(
        new_activity(
            source.organization_id,
            source.end_user_id,
            item.id,
            actor_type="system",
            at=source.now,
            metadata={"fields": changed},
            **activity,
        )
    )
    _record(change.writes, source, item, "order.updated")


def status_change_title(status: str) -> str:
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
