"""Taking a customer out of the log: the snapshots of their orders and parcels, and whatever else has their e-mail."""

from collections.abc import Collection
from typing import Any

from chalicelib import codec, ids
from chalicelib.customers.redaction import Traces, without_signer
from chalicelib.events.store import EventItem
from chalicelib.table import keys
from chalicelib.table.reads import Between, query
from chalicelib.table.transaction import exists, update

MOST_PAGES = 20
"""Of 1 MB each, in one call."""


def redact(
    organization_id: str, end_user_id: str, about: Collection[str], traces: Traces, since: str, low: str | None
) -> str | None:
    """Go through a part of an end user's log, from `since` on, or from the event id `low` where an earlier call
    stopped: the event id to go on from, None at the end. `about`: ids of the customer's orders and parcels.

    Costs the end user's log of that time, which is kept for 90 days; there is no shorter way from an order to its
    events, and none is kept for a thing that happens this seldom.
    """
    partition = keys.events_of(organization_id, end_user_id)
    part = Between(low=low or ids.ordered_prefix(since))
    after = None
    for _ in range(MOST_PAGES):
        page = query(partition, part, consistent=True, after=after)
        for row in page.rows:
            _redact(EventItem.of(row), about, traces)
        after = page.last
        if after is None:
            return None
    assert after is not None
    last: str = after["sk"]["S"]
    return last


def _redact(item: EventItem, about: Collection[str], traces: Traces) -> None:
    own = item.resource_id in about
    actions = []
    if item.data is not None:
        stored = codec.loads(item.data)
        data = _forgotten(stored, traces) if own else traces.without_email(stored)
        if data != stored:
            actions.append(EventItem.data.set(codec.dumps(data)))
    if item.metadata:
        metadata = traces.without_any(item.metadata) if own else traces.without_email(item.metadata)
        if metadata != item.metadata:
            actions.append(EventItem.metadata.set(metadata))
    if actions:
        update(item.key, actions, exists())


def _forgotten(snapshot: dict[str, Any], traces: Traces) -> dict[str, Any]:
    told: dict[str, Any] = traces.without_any(snapshot)
    if isinstance(told.get("customer"), dict):
        told["customer"] = dict.fromkeys(told["customer"])
    if isinstance(told.get("checkpoints"), list):
        told["checkpoints"] = [without_signer(checkpoint) for checkpoint in told["checkpoints"]]
    return told
