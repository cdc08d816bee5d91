"""Deliveries on their way into the queue: the messages, and how a delivery that is stored gets there.

A stored delivery that goes to the queue keeps a due time, a while later than the message could possibly come back: if
the message is lost between here and the queue, it falls due again. Where the queue is known not to have taken it, it is
due at once, as it was. Messages name the attempt they are for by the number of those before it, so that one that comes
twice, or late, does nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit import clock
from chalicelib.kit.queues import Message, NotSent, send
from chalicelib.kit.settings import settings
from chalicelib.table.due import DueItem, due_key
from chalicelib.table.keys import Key
from chalicelib.table.reads import map_concurrently
from chalicelib.table.transaction import exists, update
from chalicelib.webhooks.store import DELIVERY_DUE, PENDING, DeliveryItem, delivery_due, unlisted
from chalicelib.webhooks.targets import Target, read_target

SAFETY_S = 900
"""Longer than a message of the queue stays invisible, with what its delay adds."""


class Wanted(NamedTuple):
    """A stored delivery that is to go to the queue, if the condition holds."""

    key: Key
    condition: Condition
    due: Key | None = None
    """Where it stood in the due index, if it is there."""


class Work(NamedTuple):
    """One message of the deliveries queue, about one delivery."""

    target: Target
    delivery_id: str
    event_user: str | None
    event_id: str
    event_type: str
    attempts: int
    """How many there were before."""
    event: Mapping[str, Any] | None
    """The event itself, in the message of a first attempt."""


def first_message(target: Target, delivery_id: str, event: Mapping[str, Any]) -> Message:
    sent = {name: event[name] for name in ("id", "type", "end_user_id", "created_at", "data")}
    return Message({"webhook": target.packed, "delivery_id": delivery_id, "event": sent}, target.group)


def later_message(delivery: DeliveryItem, delay_seconds: int = 0, *, just_made: int = 0) -> Message:
    """`just_made`: attempts that `delivery` does not count yet."""
    target = read_target(delivery.webhook)
    body = {
        "webhook": target.packed,
        "delivery_id": delivery.sk,
        "event_user": delivery.event_user,
        "event_id": delivery.event_id,
        "event_type": delivery.event_type,
        "attempts": delivery.attempts + just_made,
    }
    return Message(body, target.group, delay_seconds)


def read_message(body: Mapping[str, Any]) -> Work:
    target = read_target(body["webhook"])
    event = body.get("event")
    if event is not None:
        return Work(target, body["delivery_id"], event["end_user_id"], event["id"], event["type"], 0, event)
    return Work(
        target,
        body["delivery_id"],
        body["event_user"],
        body["event_id"],
        body["event_type"],
        body["attempts"],
        None,
    )


def queue(wanted: Sequence[Wanted], actions: Sequence[Action] = ()) -> int:
    """Send the deliveries whose condition holds, and change them by `actions` on the way; how many those were. NotSent
    where some are still to be sent; they are due."""
    safety = clock.in_seconds(SAFETY_S)

    def mark(one: Wanted) -> tuple[Wanted, DeliveryItem] | None:
        row = update(one.key, [*delivery_due(safety, one.key.sk), *actions], one.condition)
        return (one, DeliveryItem.of(row)) if row else None

    marked = [item for item in map_concurrently(mark, wanted) if item is not None]
    try:
        send(settings().deliveries_queue_url, [later_message(item) for _, item in marked])
    except NotSent as failure:
        map_concurrently(_put_back, [marked[position] for position in failure.failed])
        raise
    return len(marked)


def _put_back(marked: tuple[Wanted, DeliveryItem]) -> None:
    """It is due as it was before, unless something has become of it meanwhile: it may have been sent all the same."""
    wanted, item = marked
    due = wanted.due or due_key(DELIVERY_DUE, clock.timestamp(), item.sk)
    actions = [DeliveryItem.duepk.set(due.pk), DeliveryItem.duesk.set(due.sk)]
    update(item.key, actions, (DeliveryItem.duesk == item.duesk) & (DeliveryItem.state == PENDING))


def queue_due(items: Sequence[DueItem]) -> None:
    """What the schedule brings up. Another run may have come first: then the due time is another one by now."""
    due = DeliveryItem.duesk
    queue([Wanted(one.key, (due == one.due.sk) & (DeliveryItem.state == PENDING), one.due) for one in items])


def again(trigger: str) -> list[Action]:
    """A delivery that somebody asks for begins its schedule anew."""
    return [
        DeliveryItem.state.set(PENDING),
        DeliveryItem.step.set(0),
        DeliveryItem.trigger.set(trigger),
        DeliveryItem.next_attempt_at.set(clock.timestamp()),
        *unlisted(),
    ]


def not_under_way() -> Condition:
    free = DeliveryItem.lease_until.does_not_exist() | (DeliveryItem.lease_until < clock.timestamp())
    condition: Condition = exists() & free
    return condition
