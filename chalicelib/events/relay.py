"""Relays the table's stream: events to the events queue; and end users whose counters changed to the figures queue,
where they are added up for their organization."""

from typing import Any

from chalicelib.events.store import EventItem
from chalicelib.kit import log
from chalicelib.kit.queues import Message, NotSent, send, tenant_group
from chalicelib.kit.settings import settings
from chalicelib.table import keys
from chalicelib.table.keys import Key

Change = dict[str, Any]


def relay(event: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Send what the stream reports to the queues, in order. The stream resumes at the first record that a queue
    refused."""
    events: list[tuple[Change, Message]] = []
    counters: dict[Key, tuple[Change, Message]] = {}
    for change in (record["dynamodb"] for record in event["Records"]):
        key = Key(*(change["Keys"][name]["S"] for name in ("pk", "sk")))
        if key.sk == keys.STATS:
            # One message is enough for many changes of an end user.
            counters.setdefault(key, (change, _counters_message(key)))
        else:
            events.append((change, queue_message(EventItem.of(change["NewImage"]))))
    refused = _send(settings().events_queue_url, events)
    if not refused:
        for _, message in events:
            body = message.body
            log.info(
                "event_relayed", event_id=body["id"], event_type=body["type"], organization_id=body["organization_id"]
            )
    refused += _send(settings().figures_queue_url, list(counters.values()))
    return {"batchItemFailures": [{"itemIdentifier": min(refused, key=int)}] if refused else []}


def _send(queue_url: str, outgoing: list[tuple[Change, Message]]) -> list[str]:
    """Returns the sequence numbers of the changes that the queue refused."""
    try:
        send(queue_url, [message for _, message in outgoing])
    except NotSent as failure:
        log.error("relay_failed", failure, not_sent=len(failure.failed))
        return [outgoing[position][0]["SequenceNumber"] for position in failure.failed]
    return []


def _counters_message(key: Key) -> Message:
    organization_id, end_user_id = keys.owner_of_counters(key)
    body = {"organization_id": organization_id, "end_user_id": end_user_id}
    return Message(body, tenant_group(organization_id, end_user_id))


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
