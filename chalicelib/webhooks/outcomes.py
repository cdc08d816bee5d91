"""Recording an attempt in one conditional transaction, so that nothing is lost or counted twice.

The transaction always holds the attempt's row. It holds the delivery, conditional on the lease; a first attempt has
none, and creates the delivery only if it fails, on condition that nobody has recorded it yet. It holds the webhook only
if the webhook's state changes, conditional on its generation and on the state that was read; if that condition fails,
the outcome is worked out again from the current state.

The success of a first attempt at a healthy webhook changes no state and needs no transaction (healthy.py).
"""

import math
import random
from threading import Lock
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit import clock, log
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.queues import Message
from chalicelib.kit.said import Said, code_of
from chalicelib.outbound.sender import Attempt
from chalicelib.table.items import assign
from chalicelib.table.reads import back_off, find
from chalicelib.table.transaction import ConditionFailed, Transaction, absent
from chalicelib.webhooks import announcements, backoff
from chalicelib.webhooks.claims import identity
from chalicelib.webhooks.delivery_lists import put_on_deferred, put_on_failed, put_on_scheduled, ref_of, take_off_all
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.lanes import SLOW_FOR_S, SLOW_MS
from chalicelib.webhooks.queueing import drain_message, retry_message
from chalicelib.webhooks.references import References, make_hint
from chalicelib.webhooks.store import (
    DEFERRED,
    DELIVERED,
    FAILED,
    PENDING,
    AttemptItem,
    DeliveryItem,
    WebhookItem,
    clear_delivery_due,
    set_delivery_due,
    set_webhook_due,
)
from chalicelib.webhooks.troubled import list_by_state

MAX_COMMIT_ATTEMPTS = 12
MAX_QUEUE_DELAY_S = 60
"""Shorter delays use SQS message delays, because the due index is polled only once a minute."""
MAX_MESSAGE_DELAY_S = 840
"""SQS delays messages by at most 15 minutes."""
GONE = 410


class LeaseLost(Exception):
    """The attempt outlasted its lease, or another process got the same message, and has recorded the delivery."""


class SharedWebhook:
    """A webhook's state, shared by the threads that send to it. `item` is None once the webhook is deleted."""

    def __init__(self, destination: Destination, item: WebhookItem | None) -> None:
        self.destination = destination
        self.item = item
        self.lock = Lock()

    def refresh(self) -> None:
        self.item = find(WebhookItem, self.destination.key)


def record(
    webhook: SharedWebhook, delivery: DeliveryItem, row: AttemptItem, attempt: Attempt, generation: int, *, probe: bool
) -> list[Message]:
    """Record the attempt and what follows from it. Returns the messages to send once that is committed. The delivery of
    a first attempt is one that is not stored yet."""
    try:
        if attempt.success and not changes_at_success(webhook.item):
            transaction = Transaction()
            _put_row(transaction, delivery, row)
            _put_delivered(transaction, delivery)
            transaction.commit()
            return []
        with webhook.lock:
            return _record_with_webhook(webhook, delivery, row, attempt, generation, probe)
    except LeaseLost:
        log.warning("delivery_recorded_elsewhere")
        webhook.refresh()
        return []


def _record_with_webhook(
    webhook: SharedWebhook, delivery: DeliveryItem, row: AttemptItem, attempt: Attempt, generation: int, probe: bool
) -> list[Message]:
    for number in range(MAX_COMMIT_ATTEMPTS):
        transaction = Transaction()
        _put_row(transaction, delivery, row)
        item = _copy_if_current(webhook.item, generation)
        if attempt.success:
            messages = _put_succeeded(transaction, item, webhook.destination, delivery, row)
        else:
            messages = _put_failed(transaction, item, webhook.destination, delivery, row, attempt, probe)
        try:
            transaction.commit()
        except ConditionFailed:
            back_off(number)
            webhook.refresh()
            continue
        if item is not None:
            webhook.item = item
        return messages
    raise Unavailable


def _copy_if_current(item: WebhookItem | None, generation: int) -> WebhookItem | None:
    """A copy to work on, or None if the attempt no longer concerns the webhook's present state."""
    if item is None or not item.is_active or item.generation != generation:
        return None
    copied = WebhookItem()
    copied.attribute_values = {**item.attribute_values}
    return copied


def _put_row(transaction: Transaction, delivery: DeliveryItem, row: AttemptItem) -> None:
    if delivery.lease is None:
        transaction.put(row, absent(), error=LeaseLost())
    else:
        transaction.put(row)


def _put_succeeded(
    transaction: Transaction,
    item: WebhookItem | None,
    destination: Destination,
    delivery: DeliveryItem,
    row: AttemptItem,
) -> list[Message]:
    _put_delivered(transaction, delivery)
    if item is None or not changes_at_success(item):
        return []
    unchanged, closes_breaker = _is_unchanged(item), item.breaker_level > 0
    is_slow = row.duration_ms >= SLOW_MS
    values: dict[str, Any] = {
        "last_success_at": clock.timestamp(),
        "slow_until": clock.in_seconds(SLOW_FOR_S) if is_slow else None,
    }
    actions: list[Action] = []
    if item.consecutive_failures:
        values |= {"consecutive_failures": 0, "first_failure_at": None, "warned": 0}
    if closes_breaker:
        values |= {"breaker_level": 0, "breaker_until": None, "probing_until": None}
        actions = set_webhook_due(values["last_success_at"], item.id)
    transaction.update(item.key, [*assign(item, values), *list_by_state(item), *actions], unchanged)
    return [drain_message(destination)] if closes_breaker else []


def _put_delivered(transaction: Transaction, delivery: DeliveryItem) -> None:
    if delivery.lease is None:
        # The row of a first attempt is all that is kept of a delivery that succeeds at once.
        return
    # No list needs them any more; its attempts have them.
    names = (DeliveryItem.hint, DeliveryItem.order_number, DeliveryItem.tracking_number)
    actions = [DeliveryItem.state.set(DELIVERED), DeliveryItem.next_attempt_at.remove(), *take_off_all()]
    actions += [name.remove() for name in names]
    _put_delivery(transaction, delivery, [*actions, *clear_delivery_due()])


def _put_delivery(transaction: Transaction, delivery: DeliveryItem, actions: list[Action]) -> None:
    counted = [
        DeliveryItem.attempts.set(delivery.attempts + 1),
        DeliveryItem.step.set(delivery.step + 1),
        DeliveryItem.lease.remove(),
        DeliveryItem.lease_until.remove(),
        DeliveryItem.trigger.remove(),
    ]
    if delivery.lease is None:
        transaction.update(delivery.key, [*identity(delivery), *counted, *actions], absent(), error=LeaseLost())
    else:
        transaction.update(delivery.key, [*counted, *actions], DeliveryItem.lease == delivery.lease, error=LeaseLost())


def _put_failed(
    transaction: Transaction,
    item: WebhookItem | None,
    destination: Destination,
    delivery: DeliveryItem,
    row: AttemptItem,
    attempt: Attempt,
    probe: bool,
) -> list[Message]:
    """Returns the messages to send after the commit: the retry if it is seconds away, a probe if the breaker opens."""
    delay = backoff.next_delay(delivery.step + 1, random.random(), attempt.retry_after)  # noqa: S311 - spreads load
    due_at = clock.in_seconds(delay or 0)
    messages = [] if item is None else _put_failure(transaction, item, destination, attempt, probe)
    ref = ref_of(destination, delivery.sk, delivery.event_id)
    described = _describe_failure(delivery, row)
    if delay is None or (item is not None and not item.is_active):
        ended = [DeliveryItem.next_attempt_at.remove(), *put_on_failed(ref, clock.timestamp()), *clear_delivery_due()]
        hint = DeliveryItem.hint.set(_hint(ref.created_at, FAILED, row))
        _put_delivery(transaction, delivery, [DeliveryItem.state.set(FAILED), *described, hint, *ended])
        return messages
    described += [
        DeliveryItem.hint.set(_hint(ref.created_at, "pending", row)),
        DeliveryItem.next_attempt_at.set(due_at),
    ]
    if item is not None and item.breaker_level:
        deferred = [*put_on_deferred(ref, due_at), *clear_delivery_due()]
        _put_delivery(transaction, delivery, [DeliveryItem.state.set(DEFERRED), *described, *deferred])
        return messages
    soon = delay <= MAX_QUEUE_DELAY_S
    indexed_at = clock.in_seconds(delay + MAX_QUEUE_DELAY_S) if soon else due_at
    scheduled = [*put_on_scheduled(ref, due_at), *set_delivery_due(indexed_at, delivery.sk)]
    _put_delivery(transaction, delivery, [DeliveryItem.state.set(PENDING), *described, *scheduled])
    if soon:
        # Rounded up: a retry before `next_attempt_at` would leave it in the past.
        messages.append(retry_message(delivery, math.ceil(delay), just_made=1))
    return messages


def _describe_failure(delivery: DeliveryItem, row: AttemptItem) -> list[Action]:
    names = ("response_status", "error", "error_class", "order_number", "tracking_number")
    return assign(delivery, {name: getattr(row, name) for name in names})


def _hint(created_at: str, status: str, row: AttemptItem) -> str:
    return make_hint(created_at, status, row.event_type, References(row.order_number, row.tracking_number))


def _put_failure(
    transaction: Transaction, item: WebhookItem, destination: Destination, attempt: Attempt, probe: bool
) -> list[Message]:
    """Count the failure and, where a threshold is reached, open the breaker, warn, or disable the webhook. Returns the
    message that probes when the breaker allows it."""
    unchanged, now = _is_unchanged(item), clock.timestamp()
    failures = item.consecutive_failures + 1
    first = item.first_failure_at or now
    level = backoff.breaker_after_failure(item.breaker_level, failures, probe=probe)
    values: dict[str, Any] = {"consecutive_failures": failures, "first_failure_at": first, "last_failure_at": now}
    if attempt.duration_ms >= SLOW_MS:
        values["slow_until"] = clock.in_seconds(SLOW_FOR_S)
    actions: list[Action] = []
    messages: list[Message] = []
    if level != item.breaker_level:
        pause = backoff.breaker_seconds(level)
        until = clock.in_seconds(pause)
        values |= {"breaker_level": level, "breaker_until": until, "probing_until": None}
        actions = set_webhook_due(until, item.id)
        if pause <= MAX_MESSAGE_DELAY_S:
            # More punctual than the due index, which is polled once a minute.
            messages = [drain_message(destination, pause + 1)]
    reason = _reason_to_disable(attempt, failures, first)
    if reason is not None:
        values |= {"is_active": False, "disabled_reason": reason, "inactive_since": now}
        values["disabled_code"] = code_of(reason)
        actions, messages = set_webhook_due(now, item.id), []
    progress = backoff.disable_progress(failures, clock.parse(first), clock.now())
    warning = backoff.warning_due(progress, item.warned) if reason is None else None
    if warning is not None:
        values["warned"] = warning
    transaction.update(item.key, [*assign(item, values), *list_by_state(item), *actions], unchanged)
    if reason is not None:
        announcements.announce_disabled(transaction, item)
    elif warning is not None:
        announcements.warn(transaction, item, warning)
    return messages


def _reason_to_disable(attempt: Attempt, failures: int, first: str) -> str | None:
    if attempt.status_code == GONE:
        return Said.of("receiver_gone", "The receiver responded with 410 Gone")
    if backoff.should_disable(failures, clock.parse(first), clock.now()):
        text = f"{failures} consecutive failures since {first}; the last error was: {attempt.error}"
        return Said.of("too_many_failures", text)
    return None


def changes_at_success(item: WebhookItem | None) -> bool:
    """Whether a success changes the webhook's state, and not only `last_success_at`."""
    return item is not None and (item.consecutive_failures > 0 or item.breaker_level > 0)


def _is_unchanged(item: WebhookItem) -> Condition:
    same: Condition = (
        (WebhookItem.generation == item.generation)
        & (WebhookItem.is_active == item.is_active)
        & (WebhookItem.consecutive_failures == item.consecutive_failures)
        & (WebhookItem.breaker_level == item.breaker_level)
    )
    return same
