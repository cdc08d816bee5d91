"""Taking a customer out of the log: the snapshots of their orders and parcels, and whatever else has their e-mail."""

from collections.abc import Callable

from chalicelib.events.store import EventItem
from chalicelib.kit import codec, ids
from chalicelib.privacy.redaction import Reach, Traces
from chalicelib.table import keys
from chalicelib.table.reads import Between, each_page
from chalicelib.table.transaction import exists, update

MOST_PAGES = 20
"""Of 1 MB each, in one call."""


def redact(organization_id: str, end_user_id: str, reach: Reach, since: str, low: str | None) -> str | None:
    """Go through a part of an end user's log, from `since` on, or from the event id `low` where an earlier call
    stopped: the event id to go on from, None at the end.

    Costs the end user's log of that time, which is kept for 90 days; there is no shorter way from an order to its
    events, and none is kept for a thing that happens this seldom.
    """
    partition = keys.events_of(organization_id, end_user_id)
    part = Between(low=low or ids.ordered_prefix(since))
    for page in each_page(partition, part, consistent=True, most=MOST_PAGES):
        for row in page.rows:
            _redact(EventItem.of(row), reach)
    return page.last_key


def orders_of(
    organization_id: str, end_user_id: str, is_theirs: Callable[[str], bool], since: str, low: str | None
) -> tuple[dict[str, Traces], str | None]:
    """The orders that the log tells of, by snapshots that name the customer, and what they say; where to go on."""
    partition = keys.events_of(organization_id, end_user_id)
    part = Between(low=low or ids.ordered_prefix(since))
    found: dict[str, Traces] = {}
    for page in each_page(partition, part, consistent=True, most=MOST_PAGES):
        for item in map(EventItem.of, page.rows):
            if item.resource_type != "order" or item.resource_id is None or item.data is None:
                continue
            snapshot = codec.loads(item.data)
            if is_theirs((snapshot.get("customer") or {}).get("email") or ""):
                before = found.get(item.resource_id, Traces([], []))
                found[item.resource_id] = Traces.joined([before, Traces.of(snapshot)])
    return found, page.last_key


def _redact(item: EventItem, reach: Reach) -> None:
    actions = []
    if item.data is not None:
        stored = codec.loads(item.data)
        data = reach.snapshot(item.resource_id, stored)
        if data != stored:
            actions.append(EventItem.data.set(codec.dumps(data)))
    if item.metadata:
        metadata = reach.metadata(item.resource_id, item.metadata)
        if metadata != item.metadata:
            actions.append(EventItem.metadata.set(metadata))
    if actions:
        update(item.key, actions, exists())
