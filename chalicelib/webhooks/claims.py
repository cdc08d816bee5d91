"""Leases on deliveries that are stored, and the outcomes that need no attempt: defer, skip, drop.

Retries and probes are leased. A first attempt is not: its row has a key that follows from the message (delivery.py).
Every write has the same condition: the delivery is still to be sent, nobody holds its lease, and it has had exactly as
many attempts as the message says. A duplicate message fails that condition.
"""

from collections.abc import Mapping
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit import clock, ids
from chalicelib.table import keys
from chalicelib.table.items import assign
from chalicelib.table.keys import Key
from chalicelib.table.reads import find
from chalicelib.table.transaction import Transaction, absent, update
from chalicelib.webhooks.delivery_lists import (
    DeliveryRef,
    put_on_deferred,
    put_on_failed,
    ref_of,
    take_off_all,
    take_off_schedule,
)
from chalicelib.webhooks.queueing import DeliveryTask
from chalicelib.webhooks.references import make_hint, references_of
from chalicelib.webhooks.store import (
    DEFERRED,
    DELIVERED,
    DELIVERIES_KEPT_S,
    DROPPED,
    PENDING,
    SKIPPED,
    DeliveryItem,
    WebhookItem,
    clear_delivery_due,
)

LEASE_S = 60
"""The delivering function's timeout, after which a lease holder is certainly gone."""


class AlreadyLeased(Exception):
    """Another process is sending this delivery; the message must come again in case that one crashes."""


class ProbeTaken(Exception):
    """Another delivery is the breaker's probe, or the breaker has changed state."""


def new_delivery(task: DeliveryTask) -> DeliveryItem:
    """The delivery as the first write to it creates it. It is not stored yet and nobody has leased it."""
    return DeliveryItem.at(
        _key(task),
        webhook=task.destination.packed,
        event_type=task.event_type,
        event_id=task.event_id,
        event_user=task.event_user,
        state=PENDING,
        expires=clock.epoch(clock.in_seconds(DELIVERIES_KEPT_S)),
    )


def identity(delivery: DeliveryItem) -> list[Action]:
    """Sets the attributes that identify a delivery."""
    names = ("webhook", "event_type", "event_id", "event_user", "expires")
    return assign(delivery, {name: value for name in names if (value := getattr(delivery, name)) is not None})


def claim(task: DeliveryTask, probe: WebhookItem | None = None) -> DeliveryItem | None:
    """Lease the delivery to the caller. None if there is nothing left to do. Raises AlreadyLeased.

    With `probe`, the webhook whose breaker is open, the delivery also becomes that breaker's only probe, or ProbeTaken
    is raised.
    """
    actions = [
        *_identity(task),
        DeliveryItem.state.set(PENDING),
        DeliveryItem.lease.set(ids.new_id()),
        DeliveryItem.lease_until.set(clock.in_seconds(LEASE_S)),
        *take_off_schedule(),
    ]
    if probe is None:
        row = update(_key(task), actions, _is_claimable(task))
        if row is None:
            _raise_if_leased(task)
            return None
        return DeliveryItem.of(row)
    transaction = Transaction()
    transaction.update(_key(task), actions, _is_claimable(task), error=AlreadyLeased())
    now, until = clock.timestamp(), clock.in_seconds(LEASE_S)
    transaction.update(
        probe.key,
        [WebhookItem.probing_until.set(until)],
        (WebhookItem.generation == probe.generation)
        & (WebhookItem.breaker_level == probe.breaker_level)
        & (WebhookItem.probing_until.does_not_exist() | (WebhookItem.probing_until < now)),
        error=ProbeTaken(),
    )
    try:
        transaction.commit()
    except AlreadyLeased:
        _raise_if_leased(task)
        return None
    probe.probing_until = until
    return find(DeliveryItem, _key(task))


def defer(task: DeliveryTask, event: Mapping[str, Any]) -> None:
    """Hold the delivery back until the breaker closes. Raises AlreadyLeased."""
    ref = _ref(task)
    _settle(task, DEFERRED, [*put_on_deferred(ref, clock.timestamp()), *_references(task, ref, "pending", event)])


def skip(task: DeliveryTask, event: Mapping[str, Any]) -> None:
    """Keep the delivery for a replay. Raises AlreadyLeased."""
    ref = _ref(task)
    _settle(task, SKIPPED, [*put_on_failed(ref, clock.timestamp()), *_references(task, ref, SKIPPED, event)])


def drop(task: DeliveryTask) -> None:
    """Give the delivery up: the webhook is gone or no longer subscribes to the event. Raises AlreadyLeased."""
    if task.event is None:
        _settle(task, DROPPED, take_off_all())


def settle_delivered(task: DeliveryTask) -> None:
    """End a stored delivery whose first attempt had succeeded when it was stored: a repeated message met a webhook that
    had just changed. Raises AlreadyLeased."""
    actions = [
        DeliveryItem.state.set(DELIVERED),
        DeliveryItem.attempts.set(1),
        DeliveryItem.hint.remove(),
        *take_off_all(),
        *clear_delivery_due(),
    ]
    if update(_key(task), actions, _is_open(task)) is None:
        _raise_if_leased(task)


def _settle(task: DeliveryTask, state: str, more: list[Action]) -> None:
    actions = [*_identity(task), DeliveryItem.state.set(state), *more, *clear_delivery_due()]
    if update(_key(task), actions, _is_claimable(task)) is None:
        _raise_if_leased(task)


def _ref(task: DeliveryTask) -> DeliveryRef:
    return ref_of(task.destination, task.delivery_id, task.event_id)


def _references(task: DeliveryTask, ref: DeliveryRef, status: str, event: Mapping[str, Any]) -> list[Action]:
    references = references_of(event["data"])
    actions: list[Action] = [DeliveryItem.hint.set(make_hint(ref.created_at, status, task.event_type, references))]
    if references.order_number is not None:
        actions.append(DeliveryItem.order_number.set(references.order_number))
    if references.tracking_number is not None:
        actions.append(DeliveryItem.tracking_number.set(references.tracking_number))
    return actions


def _key(task: DeliveryTask) -> Key:
    return keys.delivery(task.destination.organization_id, task.destination.webhook_id, task.delivery_id)


def _identity(task: DeliveryTask) -> list[Action]:
    """Whichever write touches a delivery first creates it."""
    return [
        *identity(new_delivery(task)),
        DeliveryItem.attempts.set(task.attempts),
        DeliveryItem.step.set(DeliveryItem.step | 0),
    ]


def _is_claimable(task: DeliveryTask) -> Condition:
    return absent() | _is_open(task) if task.event is not None else _is_open(task)


def _is_open(task: DeliveryTask) -> Condition:
    condition: Condition = (
        DeliveryItem.state.is_in(PENDING, DEFERRED)
        & (DeliveryItem.attempts == task.attempts)
        & (DeliveryItem.lease_until.does_not_exist() | (DeliveryItem.lease_until < clock.timestamp()))
    )
    return condition


def _raise_if_leased(task: DeliveryTask) -> None:
    """Raise AlreadyLeased if the delivery is being sent right now; otherwise the message is a duplicate."""
    item = find(DeliveryItem, _key(task))
    if item is not None and item.attempts == task.attempts and (item.lease_until or "") >= clock.timestamp():
        raise AlreadyLeased
