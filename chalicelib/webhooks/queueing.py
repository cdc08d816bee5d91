"""Messages of the deliveries queue, and how stored deliveries are enqueued.

A stored delivery that is enqueued stays in the due index, at a time when its message can no longer be on its way: if
the message is lost, the delivery falls due again. If the queue is known to have refused it, the delivery becomes due
immediately. A message carries the number of earlier attempts, so that a duplicate or late message has no effect.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit import clock
from chalicelib.kit.queues import Message, NotSent, send, tenant_group
from chalicelib.kit.settings import settings
from chalicelib.table.due import due_key
from chalicelib.table.keys import Key
from chalicelib.table.reads import map_concurrently
from chalicelib.table.transaction import exists, update
from chalicelib.webhooks.delivery_lists import DeliveryRef, put_on_pending, take_off_schedule
from chalicelib.webhooks.destinations import Destination, read_destination
from chalicelib.webhooks.lanes import FAST, Lane
from chalicelib.webhooks.store import DELIVERY_DUE, PENDING, DeliveryItem, set_delivery_due

LOST_MESSAGE_S = 900
"""Longer than the queue's visibility timeout plus any message delay."""


class Requeue(NamedTuple):
    """A stored delivery to enqueue, with `actions` applied to it, if the condition holds."""

    key: Key
    condition: Condition
    actions: Sequence[Action] = ()
    due: Key | None = None
    """Its present key in the due index, if it has one."""


class DeliveryTask(NamedTuple):
    """One message of the deliveries queue: an attempt to be made."""

    destination: Destination
    delivery_id: str
    event_user: str | None
    event_id: str
    event_type: str
    attempts: int
    """Earlier attempts."""
    event: Mapping[str, Any] | None
    """Only the message of a first attempt carries the event itself."""


def first_message(destination: Destination, delivery_id: str, event: Mapping[str, Any]) -> Message:
    sent = {name: event[name] for name in ("id", "type", "end_user_id", "created_at", "data")}
    group = tenant_group(destination.organization_id, event["end_user_id"])
    return Message({"webhook": destination.packed, "delivery_id": delivery_id, "event": sent}, group)


def retry_message(delivery: DeliveryItem, delay_seconds: int = 0, *, just_made: int = 0) -> Message:
    """`just_made` is the number of attempts that `delivery` does not count yet."""
    destination = read_destination(delivery.webhook)
    body = {
        "webhook": destination.packed,
        "delivery_id": delivery.sk,
        "event_user": delivery.event_user,
        "event_id": delivery.event_id,
        "event_type": delivery.event_type,
        "attempts": delivery.attempts + just_made,
    }
    group = tenant_group(destination.organization_id, delivery.event_user)
    return Message(body, group, delay_seconds)


def group_of(body: Mapping[str, Any]) -> str:
    """The message group of a body that is sent on."""
    destination, event = read_destination(body["webhook"]), body.get("event")
    if "delivery_id" not in body:
        return destination.group
    return tenant_group(destination.organization_id, body["event_user"] if event is None else event["end_user_id"])


def read_message(body: Mapping[str, Any]) -> DeliveryTask:
    destination = read_destination(body["webhook"])
    event = body.get("event")
    if event is not None:
        return DeliveryTask(
            destination, body["delivery_id"], event["end_user_id"], event["id"], event["type"], 0, event
        )
    return DeliveryTask(
        destination,
        body["delivery_id"],
        body["event_user"],
        body["event_id"],
        body["event_type"],
        body["attempts"],
        None,
    )


def drain_message(destination: Destination, delay_seconds: int = 0) -> Message:
    """Asks for a probe if the webhook's breaker is open, and otherwise for its pending deliveries to be sent."""
    return Message({"webhook": destination.packed, "drain": True}, destination.group, delay_seconds)


def enqueue(requeues: Sequence[Requeue], lane: Lane = FAST) -> int:
    """Enqueue the deliveries whose condition holds, and return how many there were. Raises NotSent if the queue refused
    some; those are due immediately."""
    due_again = clock.in_seconds(LOST_MESSAGE_S)

    def mark(one: Requeue) -> tuple[Requeue, DeliveryItem] | None:
        row = update(one.key, [*set_delivery_due(due_again, one.key.sk), *one.actions], one.condition)
        return (one, DeliveryItem.of(row)) if row else None

    marked = [item for item in map_concurrently(mark, requeues) if item is not None]
    try:
        send(lane.queue_url(settings()), [retry_message(item) for _, item in marked])
    except NotSent as failure:
        map_concurrently(_make_due_again, [marked[position] for position in failure.failed])
        raise
    return len(marked)


def _make_due_again(marked: tuple[Requeue, DeliveryItem]) -> None:
    """Restore the previous due time, unless the delivery has changed: it may have been sent despite the error."""
    requeue, item = marked
    due = requeue.due or due_key(DELIVERY_DUE, clock.timestamp(), item.sk)
    actions = [DeliveryItem.duepk.set(due.pk), DeliveryItem.duesk.set(due.sk)]
    update(item.key, actions, (DeliveryItem.duesk == item.duesk) & (DeliveryItem.state == PENDING))


def restart_schedule(trigger: str, ref: DeliveryRef) -> list[Action]:
    """Start the retry schedule over, for a delivery requested by hand. `trigger` is `retry` or `replay`."""
    return [
        DeliveryItem.state.set(PENDING),
        DeliveryItem.step.set(0),
        DeliveryItem.trigger.set(trigger),
        DeliveryItem.next_attempt_at.set(clock.timestamp()),
        *take_off_schedule(),
        *put_on_pending(ref),
    ]


def not_leased() -> Condition:
    free = DeliveryItem.lease_until.does_not_exist() | (DeliveryItem.lease_until < clock.timestamp())
    condition: Condition = exists() & free
    return condition
