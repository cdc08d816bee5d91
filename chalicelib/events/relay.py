"""From the table's stream to the events queue. Inserting the event item was the commit; this only passes it on."""

from typing import Any

from chalicelib.events.store import EventItem
from chalicelib.kit import log
from chalicelib.kit.queues import Message, NotSent, send
from chalicelib.kit.settings import settings


def relay(event: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Send the records' events on, in order. The stream goes on from the first one that was not taken."""
    records = [record for record in event["Records"] if record["eventName"] == "INSERT"]
    messages = [Message(message_of(EventItem.of(record["dynamodb"]["NewImage"]))) for record in records]
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


def message_of(item: EventItem) -> dict[str, Any]:
    """An event as it travels through the queues: all that dispatching and delivering need, so that neither reads it."""
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
