"""Relays event items from the table's stream to the events queue."""

from typing import Any

from chalicelib.events.store import EventItem
from chalicelib.kit import log
from chalicelib.kit.queues import Message, NotSent, send, tenant_group
from chalicelib.kit.settings import settings


def relay(event: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Send the inserted events to the queue, in order. The stream resumes at the first one that the queue refused."""
    records = [record for record in event["Records"] if record["eventName"] == "INSERT"]
    messages = [queue_message(EventItem.of(record["dynamodb"]["NewImage"])) for record in records]
    try:
        send(settings().events_queue_url, messages)
    except NotSent as failure:
        log.error("relay_failed", failure, not_sent=len(failure.failed))
        first = records[min(failure.failed)]["dynamodb"]["SequenceNumber"]
        return {"batchItemFailures": [{"itemIdentifier": first}]}
    for message in messages:
        body = message.body
        log.info("event_relayed", event_id=body["id"], event_type=body["type"], organization_id=body["organization_id"])
    return {"batchItemFailures": []}


def queue_message(item: EventItem) -> Message:
    """The event for the events queue, in its tenant's message group."""
    body = message_of(item)
    return Message(body, tenant_group(body["organization_id"], body["end_user_id"]))


def message_of(item: EventItem) -> dict[str, Any]:
    """An event as a queue message. It holds all that dispatch and delivery need, so that neither reads the item."""
    return {
        "organization_id": item.organization_id,
        "end_user_id": item.end_user_id,
        "id": item.id,
        "type": item.event_type,
        "resource_type": item.resource_type,
        "resource_id": item.resource_id,
        "created_at": item.created_at,
        "metadata": item.metadata or {},
        "data": item.data,
    }
