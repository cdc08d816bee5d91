"""Writing and reading the event log."""

from collections.abc import Collection, Iterator
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.events.schemas import EventRead
from chalicelib.events.store import EventItem, LogView, new_item
from chalicelib.events.types import EventType
from chalicelib.kit import codec, ids, log
from chalicelib.organizations.principals import Actor
from chalicelib.table import keys
from chalicelib.table.pages import Window, fetch_items, list_entries
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
    """Add an event to the transaction of the change that it reports.

    `resource` is a type and an id. `data` is the snapshot that receivers get, as JSON text or a dict; an event without
    data is for the log alone. Neither may contain secrets.
    """
    item = new_item(organization_id, end_user_id, event_type)
    item.resource_type, item.resource_id = resource
    item.session_id = by.session_id
    item.ip_address = by.ip_address
    item.metadata = {**(metadata or {}), **({"operator": by.operator} if by.operator else {})} or None
    item.data = codec.dumps(data) if isinstance(data, dict) else data
    transaction.put(item)
    # The request's log line lists the events it caused.
    log.gather("event_ids", item.id)
    return item


def list_recent(organization_id: str, end_user_id: str, event_type: str, most: int) -> list[EventItem]:
    """The events of one type among the end user's last `limit` events (or their last 1 MB), newest first."""
    log = LogView(organization_id, end_user_id, event_type)
    page = query(log.partition, index=log.index, where=log.where, limit=most, descending=True, consistent=True)
    return [EventItem.of(row) for row in page.rows]


def list_about(
    organization_id: str, end_user_id: str, about: Condition, span: Between, window: Window
) -> tuple[list[EventItem], int, bool, str | None]:
    """As `list_events`, of an end user's events of a period for which `about` holds, with their data. The period is
    read once if the first page has them all, otherwise twice."""
    log = LogView(organization_id, end_user_id, None)
    log.where = about
    items, next_key = log.page(window, span)
    if next_key is None and window.below is None and window.offset == 0:
        return items, len(items), False, None
    total, capped = log.count(span)
    return items, total, capped, next_key


def resource_ids_since(
    organization_id: str, end_user_id: str, event_types: Collection[EventType], since: str
) -> set[str]:
    """Ids of the resources in an end user's events of these types, deleted ones included. Costs a read of all of the
    organization's events of these types."""
    own = Path(["pk"]) == keys.events_of(organization_id, end_user_id)
    return {item.resource_id for item in _of_types(organization_id, event_types, since, own)}


def end_users_since(organization_id: str, event_types: Collection[EventType], since: str) -> set[str]:
    """The end users that events of these types concern: the log's owner, a bridge's previous owner, and an end user
    that is the event's resource; without events that say `traces_kept`. Costs a read of all of the organization's
    events of these types."""
    found: set[str | None] = set()
    for item in _of_types(organization_id, event_types, since):
        if item.traces_kept:
            continue
        resource_ids = item.resource_id if item.resource_type == "end_user" else None
        found |= {keys.owner_of_event(item.pk)[1], (item.metadata or {}).get("previous_end_user_id"), resource_ids}
    return {user for user in found if user is not None}


def _of_types(
    organization_id: str, event_types: Collection[EventType], since: str, where: Condition | None = None
) -> Iterator[EventItem]:
    span = Between(low=ids.ordered_prefix(since))
    for event_type in event_types:
        log, below = LogView(organization_id, None, event_type), None
        while True:
            entries = list_entries(log.partition, Window(1000, below=below), index=log.index, part=span, where=where)
            yield from map(EventItem.of, fetch_items(entries.rows))
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
    """(events newest first, total, whether the total is capped, the sort key to continue below)."""
    log = LogView(organization_id, end_user_id, event_type)
    span = Between(
        low=ids.ordered_prefix(from_time) if from_time else None,
        # Ids of that millisecond continue with `-7`, so `~` includes all of them.
        high=f"{ids.ordered_prefix(to_time)}~" if to_time else None,
    )
    (total, capped), (items, next_key) = run_concurrently(lambda: log.count(span), lambda: log.page(window, span))
    return [EventRead.of(item) for item in items], total, capped, next_key
