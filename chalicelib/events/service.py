"""Writing to the event log, and reading it."""

from collections.abc import Collection, Iterator
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.events.schemas import EventRead
from chalicelib.events.store import EventItem, Log, new_item
from chalicelib.events.types import EventType
from chalicelib.kit import codec, ids, log
from chalicelib.organizations.principals import Actor
from chalicelib.table import keys
from chalicelib.table.pages import Window, items_of, list_entries
from chalicelib.table.reads import Between, query, run_concurrently
from chalicelib.table.transaction import Transaction


def record(
    transaction: Transaction,
    organization_id: str,
    end_user_id: str | None,
    event_type: EventType,
    *,
    by: Actor,
    resource: tuple[str, str],
    metadata: dict[str, Any] | None = None,
    data: str | dict[str, Any] | None = None,
) -> EventItem:
    """Add an event to the transaction of the change it tells of.

    `resource` is type and id. `data` is the snapshot that receivers get, as JSON text or a value; an event without it
    is for the log alone. Nothing secret belongs in either.
    """
    item = new_item(organization_id, end_user_id, event_type)
    item.resource_type, item.resource_id = resource
    item.session_id = by.session_id
    item.ip_address = by.ip_address
    item.metadata = metadata or None
    item.data = codec.dumps(data) if isinstance(data, dict) else data
    transaction.put(item)
    # So that the line of a request names the events it led to.
    log.gather("event_ids", item.id)
    return item


def recent(organization_id: str, end_user_id: str, event_type: str, most: int) -> list[EventItem]:
    """Events of a type among the last `most` of an end user, newest first; fewer where those are more than 1 MB."""
    log = Log(organization_id, end_user_id, event_type)
    page = query(log.partition, index=log.index, where=log.where, limit=most, descending=True, consistent=True)
    return [EventItem.of(row) for row in page.rows]


def named_since(organization_id: str, end_user_id: str, event_types: Collection[EventType], since: str) -> set[str]:
    """Ids of the things that an end user's events of these types are about: also of what is gone by now. Costs the
    organization's events of these types."""
    own = Path(["pk"]) == keys.events_of(organization_id, end_user_id)
    return {item.resource_id for item in _of_types(organization_id, event_types, since, own)}


def end_users_of(organization_id: str, event_types: Collection[EventType], since: str) -> set[str]:
    """The end users whom events of these types concern: in whose log they are, whom they were before, whom they name.
    Costs the organization's events of these types."""
    found: set[str | None] = set()
    for item in _of_types(organization_id, event_types, since):
        named = item.resource_id if item.resource_type == "end_user" else None
        found |= {keys.owner_of_event(item.pk)[1], (item.metadata or {}).get("previous_end_user_id"), named}
    return {user for user in found if user is not None}


def _of_types(
    organization_id: str, event_types: Collection[EventType], since: str, where: Condition | None = None
) -> Iterator[EventItem]:
    part = Between(low=ids.ordered_prefix(since))
    for event_type in event_types:
        log, below = Log(organization_id, None, event_type), None
        while True:
            entries = list_entries(log.partition, Window(1000, below=below), index=log.index, part=part, where=where)
            yield from map(EventItem.of, items_of(entries.rows))
            below = entries.next
            if below is None:
                break


def list_events(
    organization_id: str,
    end_user_id: str | None,
    event_type: str | None,
    from_time: str | None,
    to_time: str | None,
    window: Window,
) -> tuple[list[EventRead], int, bool, str | None]:
    """Events newest first, their number (and whether counting stopped), and the sort key to go on below."""
    log = Log(organization_id, end_user_id, event_type)
    part = Between(
        low=ids.ordered_prefix(from_time) if from_time else None,
        # Ids of that millisecond go on with `-7`, so this includes them all.
        high=f"{ids.ordered_prefix(to_time)}~" if to_time else None,
    )
    (total, capped), (items, following) = run_concurrently(lambda: log.count(part), lambda: log.page(window, part))
    return [EventRead.of(item) for item in items], total, capped, following
