"""Taking a customer out of the log: the snapshots of their orders and parcels, and whatever else has their e-mail."""

from chalicelib import codec, ids
from chalicelib.customers.redaction import Reach
from chalicelib.events.store import EventItem
from chalicelib.table import keys
from chalicelib.table.reads import Between, query
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
    after = None
    for _ in range(MOST_PAGES):
        page = query(partition, part, consistent=True, after=after)
        for row in page.rows:
            _redact(EventItem.of(row), reach)
        after = page.last
        if after is None:
            return None
    assert after is not None
    last: str = after["sk"]["S"]
    return last


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
