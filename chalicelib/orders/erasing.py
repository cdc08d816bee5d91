"""Erases a customer from an order. Amounts, statuses and history stay; merging leaves out what later syncs say."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from chalicelib.orders import tokens
from chalicelib.orders.shape import (
    ERASED,
    Fields,
    customer_entry,
    customer_id_of,
    detail_document,
    facts_of,
    fields_of,
    new_detail,
    new_summary,
)
from chalicelib.orders.store import (
    ActivityItem,
    OrderDetailItem,
    OrderItem,
    OrderParts,
    list_customer_entries,
    read_by_owner,
    read_whole_order,
)
from chalicelib.privacy import fields as privacy
from chalicelib.privacy.redaction import Traces
from chalicelib.search import service as search
from chalicelib.shipments import links
from chalicelib.shipments.index import LinkedOrder
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window
from chalicelib.table.transaction import ConditionFailed, Transaction, exists, update


class OrderRef(NamedTuple):
    """Where an order is stored, and how shipments name it."""

    end_user_id: str
    bridge_id: str
    external_id: str


@dataclass(frozen=True, slots=True)
class OrderSnapshot:
    """An order of the customer's as it was read, with all parts of it under every owner: while its bridge changes
    hands, the new owner already has copies of its timeline."""

    item: OrderItem
    detail: OrderDetailItem
    fields: Fields
    parts: list[OrderParts]

    @property
    def ref(self) -> OrderRef:
        return _ref(self.item.end_user_id, self.fields)

    @property
    def traces(self) -> Traces:
        return Traces.of_order(self.fields)

    @property
    def shipment_ids(self) -> list[str]:
        return _shipment_ids(self.parts)

    @property
    def request_ids(self) -> list[str]:
        return _request_ids(self.parts)


@dataclass(frozen=True, slots=True)
class Remainder:
    """What belongs to an order that no longer names the customer."""

    shipment_ids: list[str]
    request_ids: list[str]
    reassigned_to: list[str]
    """The end users under whom the order names another customer now."""
    refs: list[OrderRef]


def list_order_ids(organization_id: str, customer: str, limit: int, below: str | None) -> tuple[list[str], str | None]:
    """Ids of orders that name the customer, or did a moment ago, and where the next page starts."""
    entries = list_customer_entries(organization_id, customer, Window(limit, below=below))
    return [keys.part_after_separator(row["sk"]["S"]) for row in entries.rows], entries.next


def read_snapshots(organization_id: str, order_id: str, customer: str) -> list[OrderSnapshot]:
    """The order under each end user where it names the customer: the entry that led here may name an owner who has not
    received it yet. Raises ConditionFailed if it changed while it was read."""
    by_owner = read_by_owner(organization_id, order_id)
    found = [pair for parts in by_owner.values() if (pair := _current_items(parts)) is not None]
    return [
        OrderSnapshot(item, detail, fields_of(item, detail), list(by_owner.values()))
        for item, detail in found
        if customer_id_of(organization_id, item) == customer
    ]


def exists_for(organization_id: str, end_user_id: str, order_id: str) -> bool:
    return read_whole_order(organization_id, end_user_id, order_id).summary is not None


def erase(organization_id: str, snapshot: OrderSnapshot, traces: Traces) -> None:
    """Redact the order and all of its parts. `traces` is what to look for in texts.

    Raises ConditionFailed if the order changed since it was read: it may say more about the customer by now, or name
    another one."""
    item, detail, fields = snapshot.item, snapshot.detail, snapshot.fields
    end_user_id, order_id = item.end_user_id, item.id
    # The timeline first: once the order itself is erased, nothing leads back here.
    _redact_activities(snapshot.parts, traces)
    after = privacy.redacted(privacy.ORDER, fields, traces)
    found = search.index_change(organization_id, end_user_id, item.bridge_id, order_id, fields, after, prefixes=())
    write_many(found.puts, found.deletes)
    if after["order_number"] != fields["order_number"]:
        order = LinkedOrder(order_id, item.bridge_id, after["order_number"], after["ordered_at"], item.version)
        links.reindex(organization_id, end_user_id, order, snapshot.shipment_ids)
    names = search.name_change(organization_id, end_user_id, item.bridge_id, order_id, fields, after, prefixes=())
    new = new_summary(organization_id, end_user_id, item.bridge_id, order_id, after)
    new.version = item.version + 1
    new.source_updated_at, new.record_digest = item.source_updated_at, item.record_digest
    new.cancelled_here, new.erased = item.cancelled_here, 1
    new.source_deleted_at = item.source_deleted_at
    # A new secret invalidates links that were sent to the customer, or passed on by them.
    new.tracking_secret = tokens.new_secret()
    transaction = Transaction()
    document = detail_document(after, {**facts_of(detail), ERASED: traces.digests(organization_id)})
    transaction.put(new_detail(organization_id, new, document))
    transaction.rewrite(new, OrderItem.version == item.version)
    for key in names.deletes:
        transaction.delete(key)
    # Orphaned detail versions go too.
    for row in (row for parts in snapshot.parts for row in parts.details):
        if keys.part_before_separator(row["sk"]["S"]) == end_user_id:
            transaction.delete(Key(row["pk"]["S"], row["sk"]["S"]))
    entry = customer_entry(organization_id, end_user_id, order_id, fields)
    if entry is not None:
        transaction.delete(entry.key)
    transaction.commit()


def erase_remainder(organization_id: str, order_id: str, traces: Traces) -> Remainder:
    """Redact the timeline and delete superseded details of an order that no longer names the customer: it was erased,
    or names another one, whose own data stays. Raises ConditionFailed if it changed meanwhile."""
    by_owner = read_by_owner(organization_id, order_id)
    every = list(by_owner.values())
    current = {owner: fields_of(*pair) for owner, parts in by_owner.items() if (pair := _current_items(parts))}
    _redact_activities(every, traces.excluding(Traces.union(map(Traces.of_order, current.values()))))
    for parts in every:
        _delete_superseded_details(parts)
    reassigned = [owner for owner, fields in current.items() if fields["customer"].get("email")]
    refs = [_ref(owner, fields) for owner, fields in current.items()]
    return Remainder(_shipment_ids(every), _request_ids(every), reassigned, refs)


def _ref(end_user_id: str, fields: Fields) -> OrderRef:
    return OrderRef(end_user_id, fields["bridge_id"], fields["external_id"])


def _delete_superseded_details(parts: OrderParts) -> None:
    """Superseded and orphaned versions of the detail. Mostly there are none."""
    if parts.summary is None or len(parts.details) < 2:
        return
    item = OrderItem.of(parts.summary)
    transaction = Transaction()
    # Fails if another version became current meanwhile.
    transaction.update(item.key, [OrderItem.version.add(1)], OrderItem.version == item.version)
    for row in parts.details:
        if row is not parts.detail:
            transaction.delete(Key(row["pk"]["S"], row["sk"]["S"]))
    transaction.commit()


def _redact_activities(every: Iterable[OrderParts], traces: Traces) -> None:
    for row in (row for parts in every for row in parts.activities):
        activity = ActivityItem.of(row)
        redacted = traces.redact_all(activity.document)
        if redacted != activity.document:
            update(activity.key, [ActivityItem.document.set(redacted)], exists())


def _current_items(parts: OrderParts) -> tuple[OrderItem, OrderDetailItem] | None:
    if parts.summary is None:
        return None
    item = OrderItem.of(parts.summary)
    if parts.detail is None:
        # A new detail became current between two pages of this read, and the old one is deleted.
        raise ConditionFailed([item.key])
    return item, OrderDetailItem.of(parts.detail)


def _shipment_ids(every: Iterable[OrderParts]) -> list[str]:
    return sorted({each for parts in every for each in parts.shipment_ids})


def _request_ids(every: Iterable[OrderParts]) -> list[str]:
    return sorted({each for parts in every for each in parts.request_ids})
