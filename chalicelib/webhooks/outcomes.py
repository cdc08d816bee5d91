"""What follows from an attempt: one conditional transaction, so that nothing of it can be lost or counted twice.

The attempt's row and the delivery are always in it, under the lease of whoever made the attempt. The webhook is in it
where its state changes; then its generation and what was seen of its state must still be the same, or all is worked
out anew. A success of a webhook without failures changes nothing but `last_success_at`, which is kept to the second:
so the many deliveries of a healthy webhook do not queue up at one item.
"""

import random
from datetime import timedelta
from threading import Lock
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit import clock, log
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.queues import Message
from chalicelib.outbound.sender import Attempt
from chalicelib.table import keys
from chalicelib.table.items import assigned
from chalicelib.table.reads import back_off, find
from chalicelib.table.transaction import ConditionFailed, Transaction
from chalicelib.webhooks import announcements, schedule
from chalicelib.webhooks.queueing import later_message
from chalicelib.webhooks.store import (
    DELIVERED,
    FAILED,
    PENDING,
    WAITING,
    AttemptItem,
    DeliveryItem,
    WebhookItem,
    delivery_due,
    delivery_not_due,
    listed,
    unlisted,
    webhook_due,
)
from chalicelib.webhooks.targets import Target

TRIES = 12
SUCCESS_NOTED_S = 1.0
LONGEST_QUEUE_DELAY_S = 60
"""Shorter waits are spent in the queue; the due index is looked at once a minute only."""
GONE = 410


class LeaseLost(Exception):
    """The attempt took longer than its lease, and somebody else has taken over."""


class Receiver:
    """A webhook as those who send to it at the same time share it. `item` is None once it is deleted."""

    def __init__(self, target: Target, item: WebhookItem | None) -> None:
        self.target = target
        self.item = item
        self.lock = Lock()

    def refresh(self) -> None:
        self.item = find(WebhookItem, self.target.key)


def record(
    receiver: Receiver, delivery: DeliveryItem, row: AttemptItem, attempt: Attempt, generation: int, *, probe: bool
) -> Message | None:
    """Write it all down; the message to send if the next attempt is seconds away."""
    try:
        if attempt.success and not _is_worth_noting(receiver.item):
            transaction = Transaction()
            transaction.put(row)
            _put_delivered(transaction, delivery)
            transaction.commit()
            return None
        with receiver.lock:
            return _record_with_webhook(receiver, delivery, row, attempt, generation, probe)
    except LeaseLost:
        log.warning("delivery_lease_lost")
        receiver.refresh()
        return None


def _record_with_webhook(
    receiver: Receiver, delivery: DeliveryItem, row: AttemptItem, attempt: Attempt, generation: int, probe: bool
) -> Message | None:
    for number in range(TRIES):
        transaction = Transaction()
        transaction.put(row)
        item, following = _fenced(receiver.item, generation), None
        if attempt.success:
            _put_succeeded(transaction, item, delivery)
        else:
            following = _put_failed(transaction, item, receiver.target, delivery, attempt, probe)
        try:
            transaction.commit()
        except ConditionFailed:
            back_off(number)
            receiver.refresh()
            continue
        if item is not None:
            receiver.item = item
        return following
    raise Unavailable


def _fenced(item: WebhookItem | None, generation: int) -> WebhookItem | None:
    """A copy of the webhook to work on, if the attempt still says something about it."""
    if item is None or not item.is_active or item.generation != generation:
        return None
    copied = WebhookItem()
    copied.attribute_values = {**item.attribute_values}
    return copied


def _put_succeeded(transaction: Transaction, item: WebhookItem | None, delivery: DeliveryItem) -> None:
    _put_delivered(transaction, delivery)
    if item is not None and _is_worth_noting(item):
        seen = _as_seen(item)
        values: dict[str, Any] = {"last_success_at": clock.timestamp()}
        actions: list[Action] = []
        if item.consecutive_failures:
            values |= {"consecutive_failures": 0, "first_failure_at": None, "next_attempt_at": None, "warned": 0}
        if item.breaker_level:
            values |= {"breaker_level": 0, "breaker_until": None, "probing_until": None}
            actions = webhook_due(values["last_success_at"], item.id)
        transaction.update(item.key, assigned(item, values) + actions, seen)


def _put_delivered(transaction: Transaction, delivery: DeliveryItem) -> None:
    actions = [DeliveryItem.state.set(DELIVERED), DeliveryItem.next_attempt_at.remove(), *unlisted()]
    _put_attempted(transaction, delivery, [*actions, *delivery_not_due()])


def _put_attempted(transaction: Transaction, delivery: DeliveryItem, actions: list[Action]) -> None:
    counted = [
        DeliveryItem.attempts.set(delivery.attempts + 1),
        DeliveryItem.step.set(delivery.step + 1),
        DeliveryItem.lease.remove(),
        DeliveryItem.lease_until.remove(),
        DeliveryItem.trigger.remove(),
    ]
    transaction.update(delivery.key, [*counted, *actions], DeliveryItem.lease == delivery.lease, error=LeaseLost())


def _put_failed(
    transaction: Transaction,
    item: WebhookItem | None,
    target: Target,
    delivery: DeliveryItem,
    attempt: Attempt,
    probe: bool,
) -> Message | None:
    """The message to send once that is written, if the next attempt is seconds away."""
    delay = schedule.next_delay(delivery.step + 1, random.random(), attempt.retry_after)  # noqa: S311 - spreads load
    due_at = clock.in_seconds(delay or 0)
    if item is not None:
        _put_failure(transaction, item, attempt, due_at if delay else None, probe)
    if delay is None or (item is not None and not item.is_active):
        _put_attempted(transaction, delivery, _failed_for_good(target, delivery))
        return None
    if item is not None and item.breaker_level:
        _put_attempted(transaction, delivery, _waiting(target, delivery, due_at))
        return None
    soon = delay <= LONGEST_QUEUE_DELAY_S
    looked_at = clock.in_seconds(delay + LONGEST_QUEUE_DELAY_S) if soon else due_at
    _put_attempted(transaction, delivery, _scheduled(delivery, due_at, looked_at))
    return later_message(delivery, max(1, round(delay)), just_made=1) if soon else None


def _scheduled(delivery: DeliveryItem, due_at: str, looked_at: str) -> list[Action]:
    pending = [DeliveryItem.state.set(PENDING), DeliveryItem.next_attempt_at.set(due_at)]
    return [*pending, *delivery_due(looked_at, delivery.sk), *unlisted()]


def _waiting(target: Target, delivery: DeliveryItem, due_at: str) -> list[Action]:
    place = keys.deliveries_waiting(target.organization_id, target.webhook_id, due_at, delivery.sk)
    waiting = [DeliveryItem.state.set(WAITING), DeliveryItem.next_attempt_at.set(due_at)]
    return [*waiting, *listed(place), *delivery_not_due()]


def _failed_for_good(target: Target, delivery: DeliveryItem) -> list[Action]:
    place = keys.delivery_ledger(target.organization_id, target.webhook_id, clock.timestamp(), delivery.sk)
    ended = [DeliveryItem.state.set(FAILED), DeliveryItem.next_attempt_at.remove(), *delivery_not_due()]
    return [*ended, *listed(place)]


def _put_failure(
    transaction: Transaction, item: WebhookItem, attempt: Attempt, due_at: str | None, probe: bool
) -> None:
    """Count it; open the breaker, warn or disable where it comes to that."""
    seen, now = _as_seen(item), clock.timestamp()
    failures = item.consecutive_failures + 1
    first = item.first_failure_at or now
    level = schedule.breaker_after_failure(item.breaker_level, failures, probe=probe)
    values: dict[str, Any] = {"consecutive_failures": failures, "first_failure_at": first, "last_failure_at": now}
    actions: list[Action] = []
    if level != item.breaker_level:
        until = clock.in_seconds(schedule.breaker_seconds(level))
        values |= {"breaker_level": level, "breaker_until": until, "probing_until": None, "next_attempt_at": until}
        actions = webhook_due(until, item.id)
    elif not level:
        values["next_attempt_at"] = _earlier(item.next_attempt_at, due_at, now)
    reason = _reason_to_disable(attempt, failures, first)
    if reason is not None:
        values |= {"is_active": False, "disabled_reason": reason, "inactive_since": now, "next_attempt_at": None}
        actions = webhook_due(now, item.id)
    progress = schedule.disable_progress(failures, clock.parse(first), clock.now())
    warning = schedule.warning_due(progress, item.warned) if reason is None else None
    if warning is not None:
        values["warned"] = warning
    transaction.update(item.key, assigned(item, values) + actions, seen)
    if reason is not None:
        announcements.disabled(transaction, item)
    elif warning is not None:
        announcements.warn(transaction, item, warning)


def _reason_to_disable(attempt: Attempt, failures: int, first: str) -> str | None:
    if attempt.status_code == GONE:
        return "The receiver answered 410 Gone"
    if schedule.is_to_be_disabled(failures, clock.parse(first), clock.now()):
        return f"{failures} consecutive failures since {first}; the last one: {attempt.error}"
    return None


def _earlier(stored: str | None, due_at: str | None, now: str) -> str | None:
    upcoming = [at for at in (stored, due_at) if at is not None and at > now]
    return min(upcoming, default=None)


def _is_worth_noting(item: WebhookItem | None) -> bool:
    """Whether a success changes more than the present second."""
    if item is None:
        return False
    if item.consecutive_failures or item.breaker_level or item.last_success_at is None:
        return True
    return clock.now() - clock.parse(item.last_success_at) >= timedelta(seconds=SUCCESS_NOTED_S)


def _as_seen(item: WebhookItem) -> Condition:
    same: Condition = (
        (WebhookItem.generation == item.generation)
        & (WebhookItem.is_active == item.is_active)
        & (WebhookItem.consecutive_failures == item.consecutive_failures)
        & (WebhookItem.breaker_level == item.breaker_level)
    )
    return same
