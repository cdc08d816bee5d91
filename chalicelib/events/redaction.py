"""Redacts a customer in the event log: snapshots of their orders and shipments, and their e-mail address anywhere."""

from collections.abc import Callable

from chalicelib.events.store import EventItem
from chalicelib.kit import codec, ids
from chalicelib.privacy.redaction import RedactionScope, Traces
from chalicelib.table import keys
from chalicelib.table.reads import Between, each_page
from chalicelib.table.transaction import exists, update

MAX_PAGES = 20
"""Of 1 MB each, in one call."""


def redact(organization_id: str, end_user_id: str, scope: RedactionScope, since: str, low: str | None) -> str | None:
    """Redact part of an end user's log, from `since` on, or from the event id `low` where an earlier call stopped.

    Returns the event id to continue from, None at the end. Reads the end user's whole log of that time, at most 90
    days: an index from orders to their events would cost every event a write, for something this rare.
    """
    partition = keys.events_of(organization_id, end_user_id)
    part = Between(low=low or ids.ordered_prefix(since))
    for page in each_page(partition, part, consistent=True, max_pages=MAX_PAGES):
        for row in page.rows:
            _redact(EventItem.of(row), scope)
    return page.last_key


def orders_naming(
    organization_id: str, end_user_id: str, is_theirs: Callable[[str], bool], since: str, low: str | None
) -> tuple[dict[str, Traces], str | None]:
    """Orders whose snapshots in the log name the customer, with the traces found there; and where to continue."""
    partition = keys.events_of(organization_id, end_user_id)
    part = Between(low=low or ids.ordered_prefix(since))
    found: dict[str, Traces] = {}
    for page in each_page(partition, part, consistent=True, max_pages=MAX_PAGES):
        for item in map(EventItem.of, page.rows):
            if item.resource_type != "order" or item.resource_id is None or item.data is None:
                continue
            snapshot = codec.loads(item.data)
            if is_theirs((snapshot.get("customer") or {}).get("email") or ""):
                before = found.get(item.resource_id, Traces([], []))
                found[item.resource_id] = Traces.union([before, Traces.of_order(snapshot)])
    return found, page.last_key


def _redact(item: EventItem, scope: RedactionScope) -> None:
    actions = []
    if item.data is not None:
        stored = codec.loads(item.data)
        data = scope.redact_snapshot(item.resource_id, stored)
        if data != stored:
            actions.append(EventItem.data.set(codec.dumps(data)))
    if item.metadata:
        metadata = scope.redact_metadata(item.resource_id, item.metadata)
        if metadata != item.metadata:
            actions.append(EventItem.metadata.set(metadata))
    if actions:
        update(item.key, actions, exists())
