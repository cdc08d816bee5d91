"""Sending a span of an organization's log to the events queue again."""

from chalicelib.events.relay import message_of
from chalicelib.events.store import EventItem, Log
from chalicelib.kit import ids
from chalicelib.kit.queues import Message, send
from chalicelib.kit.settings import settings
from chalicelib.table.pages import items_of
from chalicelib.table.reads import Between, each_page


def republish(organization_id: str, since: str, until: str) -> int:
    """How many events were sent, oldest first. Safe to repeat: consumers are idempotent."""
    log = Log(organization_id, None, None)
    part = Between(low=ids.ordered_prefix(since), high=f"{ids.ordered_prefix(until)}~")
    sent = 0
    for page in each_page(log.partition, part, index=log.index, limit=100):
        events = [EventItem.of(row) for row in items_of(page.rows)]
        send(settings().events_queue_url, [Message(message_of(event)) for event in events])
        sent += len(events)
    return sent
