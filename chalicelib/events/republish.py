"""Sends a time span of an organization's event log to the events queue again."""

from chalicelib.events.relay import queue_message
from chalicelib.events.store import EventItem, LogView
from chalicelib.kit import ids
from chalicelib.kit.queues import send
from chalicelib.kit.settings import settings
from chalicelib.table.pages import fetch_items
from chalicelib.table.reads import Between, each_page


def republish(organization_id: str, since: str, until: str) -> int:
    """Send the events, oldest first, and return their number. Safe to repeat, because consumers are idempotent."""
    log = LogView(organization_id, None, None)
    part = Between(low=ids.ordered_prefix(since), high=f"{ids.ordered_prefix(until)}~")
    sent = 0
    for page in each_page(log.partition, part, index=log.index, limit=100):
        events = [EventItem.of(row) for row in fetch_items(page.rows)]
        send(settings().events_queue_url, [queue_message(event) for event in events])
        sent += len(events)
    return sent
