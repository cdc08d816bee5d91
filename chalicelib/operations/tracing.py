"""Traces what the table knows of an order, shipment, event, request or delivery, and why something was not delivered.

Given an order number or tracking number, every end user of every organization is searched, sixteen at a time; with an
organization it is one query for each of its end users. The log of an end user is read from the record's creation on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from chalicelib.events.store import EventItem
from chalicelib.kit import clock, ids
from chalicelib.operations.outcomes import Outcome, describe_outcomes, read_subscriptions
from chalicelib.orders.store import OrderItem
from chalicelib.search.terms import normalise, tracking_term
from chalicelib.shipments.store import ShipmentItem
from chalicelib.table import keys
from chalicelib.table.reads import Between, Prefix, each_page, find_row, map_concurrently, query, query_all
from chalicelib.webhooks.references import first_attempt_key
from chalicelib.webhooks.store import AttemptItem, DeliveryItem

MAX_EVENTS = 1000
MAX_FOUND = 20
"""Records of one number: the same number may occur with many merchants."""
MAX_ITEMS_OF_ORDER = 5000


@dataclass(frozen=True, slots=True)
class Subject:
    """What was asked for: a record, or one event or delivery of it."""

    organization_id: str
    end_user_id: str | None
    description: str
    resource_ids: frozenset[str] = frozenset()
    """Ids that events of it name."""
    since: str = ""
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    at: str
    what: str
    ids: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    subject: Subject
    entries: list[Entry]
    """By time."""


def trace(text: str, organization_ids: list[str]) -> list[Trace]:
    """What is known of `text`, in each organization where it is something."""
    text = text.strip()
    subjects = [subject for organization_id in organization_ids for subject in _find_subjects(organization_id, text)]
    return [Trace(subject, sorted(_entries(subject), key=lambda entry: entry.at)) for subject in subjects[:MAX_FOUND]]


def _find_subjects(organization_id: str, text: str) -> Iterator[Subject]:
    if ids.is_id(text.lower()):
        yield from _find_by_id(organization_id, text.lower())
    users = list_user_ids(organization_id)
    for found in map_concurrently(lambda user: list(_find_by_number(organization_id, user, text)), users):
        yield from found


def list_user_ids(organization_id: str) -> list[str]:
    pages = each_page(keys.end_user_list(organization_id, "", "").pk, index="gsi1")
    return [keys.part_after_separator(row["pk"]["S"]) for page in pages for row in page.rows]


def _find_by_number(organization_id: str, user: str, text: str) -> Iterator[Subject]:
    """Orders by number, external id or SKU, and shipments by tracking number."""
    term = normalise(text)
    part = keys.search_entry(organization_id, user, term, "")
    for row in query(part.pk, Prefix(part.sk), limit=MAX_FOUND).rows if term else ():
        yield from _order(organization_id, user, keys.part_after_term(row["sk"]["S"]))
    term = tracking_term(text)
    part = keys.shipment_index_entry(organization_id, user, term, "")
    for row in query(part.pk, Prefix(part.sk), limit=MAX_FOUND).rows if term else ():
        yield from _shipment(organization_id, user, keys.part_after_term(row["sk"]["S"]))


def _find_by_id(organization_id: str, name: str) -> Iterator[Subject]:
    for row in query(keys.event_list(organization_id, "").pk, Prefix(name), index="gsi1").rows:
        user = keys.owner_of_event(row["pk"]["S"])[1]
        yield Subject(organization_id, user, f"event {name}", since=ids.time_of(name), event_id=name)
    for row in query(keys.order(organization_id, "", name).pk, limit=1).rows:
        yield from _order(organization_id, keys.part_before_separator(row["sk"]["S"]), name)
    for row in query(keys.shipment(organization_id, "", name).pk, limit=1).rows:
        yield from _shipment(organization_id, keys.part_before_separator(row["sk"]["S"]), name)
    for row in query(keys.action_request(organization_id, "", name).pk, limit=1).rows:
        user = row["sk"]["S"]
        described = f"action request {name} ({row['action_type']['S']}, {row['status']['S']})"
        yield Subject(organization_id, user, described, frozenset({name}), row["created_at"]["S"])
    yield from _find_delivery(organization_id, name)


def _find_delivery(organization_id: str, name: str) -> Iterator[Subject]:
    users = [keys.UNOWNED, *list_user_ids(organization_id)]
    for user, rows in zip(
        users, map_concurrently(lambda u: read_subscriptions(organization_id, u), users), strict=True
    ):
        for row in rows:
            webhook_id = keys.part_after_separator(row["sk"]["S"])
            item = _stored_delivery(organization_id, webhook_id, name)
            if item is not None:
                owner = item.event_user or (None if user == keys.UNOWNED else user)
                since = ids.time_of(item.event_id)
                yield Subject(organization_id, owner, f"delivery {name}", since=since, event_id=item.event_id)


def _stored_delivery(organization_id: str, webhook_id: str, name: str) -> DeliveryItem | AttemptItem | None:
    """A delivery that succeeded at once is its first attempt alone."""
    if (row := find_row(keys.delivery(organization_id, webhook_id, name))) is not None:
        return DeliveryItem.of(row)
    key = first_attempt_key(organization_id, webhook_id, name)
    row = None if key is None else find_row(key)
    return None if row is None else AttemptItem.of(row)


def _order(organization_id: str, user: str, order_id: str) -> Iterator[Subject]:
    partition = keys.order(organization_id, user, order_id).pk
    rows = query_all(partition, Prefix(keys.items_of_order(user)), limit=MAX_ITEMS_OF_ORDER)
    parts = [(keys.owner_and_part(row["sk"]["S"])[1], row) for row in rows]
    found = next((row for part, row in parts if part == keys.SUMMARY), None)
    if found is None:
        return
    item = OrderItem.of(found)
    summary = item.summary.members()
    number = summary.get("order_number") or summary.get("external_id")
    described = f"order {number} ({order_id}), {item.status}, bridge {item.bridge_id}"
    shipment_ids = {keys.part_after_separator(row["sk"]["S"]) for part, row in parts if part == keys.SHIPMENT}
    related = frozenset({order_id, *shipment_ids})
    yield Subject(organization_id, user, described, related, summary.get("created_at") or "")


def _shipment(organization_id: str, user: str, shipment_id: str) -> Iterator[Subject]:
    row = find_row(keys.shipment(organization_id, user, shipment_id))
    if row is None:
        return
    item = ShipmentItem.of(row)
    summary = item.summary.members()
    described = f"shipment {summary.get('tracking_number') or shipment_id} ({shipment_id}), {item.status}"
    if item.missing_order:
        described += f", its order {item.missing_order} has not been synced"
    yield Subject(organization_id, user, described, frozenset({shipment_id}), summary.get("created_at") or "")


def _entries(subject: Subject) -> Iterator[Entry]:
    events = _events_of(subject)
    for event in events:
        named = {"event_id": event.id, "end_user_id": event.end_user_id or "", "resource_id": event.resource_id or ""}
        by = f" from {event.ip_address}" if event.ip_address else ""
        yield Entry(event.created_at, f"event {event.event_type}{by}", named)
    for outcome in describe_outcomes(subject.organization_id, subject.end_user_id, events):
        yield _entry_of(outcome)


def _entry_of(outcome: Outcome) -> Entry:
    return Entry(outcome.at, outcome.text, outcome.ids)


def _events_of(subject: Subject) -> list[EventItem]:
    """The events that name the subject, oldest first. Those older than 90 days are gone."""
    if subject.event_id is not None:
        row = find_row(keys.event(subject.organization_id, subject.end_user_id, subject.event_id))
        return [EventItem.of(row)] if row else []
    part = Between(low=ids.ordered_prefix(_a_minute_before(subject.since))) if subject.since else Between()
    found: list[EventItem] = []
    for user in {subject.end_user_id, None}:
        partition = keys.events_of(subject.organization_id, user)
        where = EventItem.resource_id.is_in(*sorted(subject.resource_ids)[:100])
        for page in each_page(partition, part, where=where):
            found += [EventItem.of(row) for row in page.rows]
            if len(found) >= MAX_EVENTS:
                break
    return sorted(found, key=lambda item: item.id)[:MAX_EVENTS]


def _a_minute_before(moment: str) -> str:
    """The events of a record's first change are a moment older than the record says."""
    return clock.timestamp(clock.parse(moment) - timedelta(minutes=1))
