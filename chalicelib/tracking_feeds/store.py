from typing import Any

from pynamodb.attributes import UnicodeAttribute

from chalicelib.kit import clock
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.reads import find, query_all
from chalicelib.table.transaction import Transaction, absent, delete, update

KEPT_S = 180 * 86400
"""How long a number is followed. Carriers give numbers to other parcels after some months."""
REPORT_KEPT_S = 30 * 86400
CLAIM_S = 120
"""Longer than the registering function may run."""
TOLD_EVERY_S = 86400
MAX_PER_NUMBER = 20
"""Shipments with one number: a shop's and its shipper's, or one bridge connected twice."""
REGISTERED = "registered"


class TrackedItem(Item):
    """That a shipment's number is followed, or why it is not. Leads from the number to the shipment."""

    shipment_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()
    """Of the time of registration, for the next attempt."""
    outcome = UnicodeAttribute(null=True)
    """REGISTERED, or why the provider does not follow it; None until it has answered."""
    claimed_until = UnicodeAttribute(null=True)
    attempts = IntegerAttribute(default=0)


class RefusalItem(Item):
    """When the organization was last told that its provider refuses it."""

    told_at = UnicodeAttribute()


class ReportItem(Item):
    """The newest report on a number that waits to be taken in: its shipment may not have arrived yet."""

    reported_at = UnicodeAttribute()
    document = DocumentAttribute()


def claim(organization_id: str, term: str, end_user_id: str, shipment_id: str) -> TrackedItem | None:
    """Claim the registration, unless the provider has answered or another process is asking it."""
    key = keys.tracked_shipment(organization_id, term, shipment_id)
    actions = [
        TrackedItem.shipment_id.set(shipment_id),
        TrackedItem.end_user_id.set(end_user_id),
        TrackedItem.claimed_until.set(clock.in_seconds(CLAIM_S)),
        TrackedItem.attempts.add(1),
        TrackedItem.expires.set(clock.epoch(clock.in_seconds(KEPT_S))),
        *_listed(organization_id, key),
    ]
    is_free = TrackedItem.claimed_until.does_not_exist() | (TrackedItem.claimed_until < clock.timestamp())
    row = update(key, actions, TrackedItem.outcome.does_not_exist() & is_free)
    return TrackedItem.of(row) if row is not None else None


def mark_told(transaction: Transaction, organization_id: str) -> None:
    """Fails the transaction if the organization was told within TOLD_EVERY_S."""
    key = keys.refused_provider(organization_id)
    actions = [
        RefusalItem.told_at.set(clock.timestamp()),
        RefusalItem.expires.set(clock.epoch(clock.in_seconds(KEPT_S))),
        *_listed(organization_id, key),
    ]
    transaction.update(key, actions, absent() | (RefusalItem.told_at < clock.in_seconds(-TOLD_EVERY_S)))


def _listed(organization_id: str, key: keys.Key) -> list[Any]:
    listing = keys.unlisted_item(organization_id, key)
    return [TrackedItem.g1pk.set(listing.pk), TrackedItem.g1sk.set(listing.sk)]


def settle(item: TrackedItem, outcome: str) -> None:
    actions = [TrackedItem.outcome.set(outcome), TrackedItem.claimed_until.remove()]
    update(item.key, [*actions, TrackedItem.duepk.remove(), TrackedItem.duesk.remove()])


def postpone(item: TrackedItem, due: keys.Key, until: str) -> None:
    """Until then nobody can claim the registration, however often the shipment changes."""
    actions = [TrackedItem.duepk.set(due.pk), TrackedItem.duesk.set(due.sk), TrackedItem.claimed_until.set(until)]
    update(item.key, actions, TrackedItem.outcome.does_not_exist())


def list_tracked(organization_id: str, term: str) -> list[TrackedItem]:
    rows = query_all(keys.tracked_number(organization_id, term), limit=MAX_PER_NUMBER)
    return [TrackedItem.of(row) for row in rows if "shipment_id" in row]


def keep_report(organization_id: str, term: str, at: str, document: dict[str, Any], due: keys.Key | None) -> None:
    """Keep the report, unless a newer one is kept. With `due`, it is taken in at that time."""
    key = keys.carrier_report(organization_id, term)
    schedule: list[Any] = []
    if due is not None:
        schedule = [ReportItem.duepk.set(due.pk), ReportItem.duesk.set(due.sk)]
    actions = [
        ReportItem.reported_at.set(at),
        ReportItem.document.set(document),
        ReportItem.expires.set(clock.epoch(clock.in_seconds(REPORT_KEPT_S))),
        *_listed(organization_id, key),
        *schedule,
    ]
    update(key, actions, absent() | (ReportItem.reported_at <= at))


def wake_report(organization_id: str, term: str, due: keys.Key) -> None:
    """Have a report that is kept taken in at `due`, if there is one."""
    key = keys.carrier_report(organization_id, term)
    update(key, [ReportItem.duepk.set(due.pk), ReportItem.duesk.set(due.sk)], ReportItem.reported_at.exists())


def find_report(organization_id: str, term: str) -> ReportItem | None:
    return find(ReportItem, keys.carrier_report(organization_id, term))


def drop_report(item: ReportItem) -> None:
    """Unless a newer one has come."""
    delete(item.key, ReportItem.reported_at == item.reported_at)


def rest_report(item: ReportItem) -> None:
    """Leave the report for a shipment that may still come, without a time of its own."""
    update(item.key, [ReportItem.duepk.remove(), ReportItem.duesk.remove()], ReportItem.reported_at == item.reported_at)
