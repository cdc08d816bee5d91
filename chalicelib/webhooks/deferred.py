"""The circuit breaker: probing a receiver that is down, and sending the deliveries that wait once it is back.

While the breaker is open, deferred deliveries stand on a list and cost nothing; only the webhook is in the due index.
When its time comes, a queue message (or, after a long pause, the schedule) enqueues the delivery with the earliest turn
as the probe. When a probe succeeds, everything that is pending is sent at once, scheduled retries included: the
receiver is known to be back. When the webhook is activated by hand, its deferred deliveries are sent; when it is
switched off, they are skipped.

A delivery is deferred before its webhook is read again, and a webhook changes before its list is read, so one of the
two always sees the other. The list is an index, which may lag, so it is read once more a few seconds later.
"""

from typing import Final

from pynamodb.expressions.condition import Condition

from chalicelib.kit import clock
from chalicelib.kit.queues import send
from chalicelib.kit.settings import settings
from chalicelib.organizations import configs
from chalicelib.organizations.suspension import is_suspended
from chalicelib.table.due import DueItem, due_key
from chalicelib.table.reads import find, map_concurrently
from chalicelib.table.transaction import exists, update
from chalicelib.webhooks.backoff import breaker_seconds
from chalicelib.webhooks.delivery_lists import (
    ListedDelivery,
    list_deferred,
    list_scheduled,
    put_on_failed,
    put_on_pending,
    take_off_schedule,
)
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.lanes import SLOW
from chalicelib.webhooks.queueing import Requeue, drain_message, enqueue, not_leased, retry_message
from chalicelib.webhooks.references import with_status
from chalicelib.webhooks.store import (
    DEFERRED,
    PENDING,
    SKIPPED,
    WEBHOOK_DUE,
    DeliveryItem,
    WebhookItem,
    set_webhook_due,
)

BATCH_SIZE: Final = 200
MAX_BATCHES: Final = 10
INDEX_LAG_S: Final = 5.0
SUSPENSION_CHECK_S: Final = 300
"""How often a webhook with deferred deliveries looks whether its organization's suspension has ended."""
PROBE_TIMEOUT_S: Final = 120
"""When to probe again if the probe's message had no effect."""


def drain(due: DueItem) -> None:
    """Handle a webhook that has fallen due: probe it while its breaker is open, otherwise drain its deferred list."""
    item = find(WebhookItem, due.key)
    if item is None:
        return
    if _is_suspended(item.organization_id):
        _reschedule(item, due, clock.in_seconds(SUSPENSION_CHECK_S))
        return
    if item.is_active and item.breaker_level:
        _reschedule(item, due, _send_probe(item))
        return
    drain_batch = _release if item.is_active else _skip
    for _ in range(MAX_BATCHES):
        deferred = list_deferred(item.organization_id, item.id, BATCH_SIZE)
        drain_batch(item, deferred)
        if len(deferred) < BATCH_SIZE:
            break
    else:
        return
    index_is_settled = (clock.now() - clock.parse(due.at)).total_seconds() > INDEX_LAG_S
    if index_is_settled:
        update(item.key, [WebhookItem.duepk.remove(), WebhookItem.duesk.remove()], WebhookItem.duesk == due.due.sk)


def drain_now(destination: Destination) -> None:
    """Handle a drain message: probe the webhook if its breaker is open, otherwise send everything that is pending."""
    item = find(WebhookItem, destination.key)
    if item is None or not item.is_active or _is_suspended(destination.organization_id):
        # The schedule skips what is deferred, or looks again when a suspension may have ended.
        return
    if item.breaker_level:
        _send_probe(item)
        return
    for _ in range(MAX_BATCHES):
        deferred = list_deferred(item.organization_id, item.id, BATCH_SIZE)
        scheduled = list_scheduled(item.organization_id, item.id, BATCH_SIZE)
        _release(item, deferred)
        _bring_forward(item, scheduled)
        if max(len(deferred), len(scheduled)) < BATCH_SIZE:
            return
    send(settings().slow_deliveries_queue_url, [drain_message(destination, 1)])


def hold(destination: Destination) -> None:
    """Let the schedule look after a webhook whose delivery was deferred because its organization is suspended. A
    webhook that is due later anyway is left alone."""
    soon = due_key(WEBHOOK_DUE, clock.in_seconds(SUSPENSION_CHECK_S // 2), destination.webhook_id)
    is_due_before = WebhookItem.duesk.does_not_exist() | (WebhookItem.duesk < soon.sk)
    later = set_webhook_due(clock.in_seconds(SUSPENSION_CHECK_S), destination.webhook_id)
    update(destination.key, later, exists() & is_due_before)


def _is_suspended(organization_id: str) -> bool:
    return is_suspended(configs.find(organization_id))


def probe_now(item: WebhookItem) -> None:
    """Let the next delivery probe, for a retry or replay by hand while the breaker is open."""
    if not item.breaker_level:
        return
    now = clock.timestamp()
    unchanged = (WebhookItem.generation == item.generation) & (WebhookItem.breaker_level == item.breaker_level)
    update(item.key, [WebhookItem.breaker_until.set(now), *set_webhook_due(now, item.id)], unchanged)


def _reschedule(item: WebhookItem, due: DueItem, at: str) -> None:
    update(item.key, set_webhook_due(at, item.id), WebhookItem.duesk == due.due.sk)


def _send_probe(item: WebhookItem) -> str:
    """Enqueue the probe if its time has come and there is one. Returns when to look again."""
    now = clock.timestamp()
    until = max(item.breaker_until or now, item.probing_until or now)
    if until > now:
        return until
    first = list_deferred(item.organization_id, item.id, 1)
    if not first:
        return clock.in_seconds(breaker_seconds(item.breaker_level))
    if first[0].at > now:
        return min(first[0].at, clock.in_seconds(breaker_seconds(item.breaker_level)))
    delivery = find(DeliveryItem, first[0].key)
    if delivery is not None:
        send(settings().slow_deliveries_queue_url, [retry_message(delivery)])
    return clock.in_seconds(PROBE_TIMEOUT_S)


def _release(item: WebhookItem, deferred: list[ListedDelivery]) -> None:
    """Enqueue deferred deliveries, whether or not their own turn has come."""
    now = clock.timestamp()
    enqueue([_requeue(item, one, _is_still_deferred(one), is_early=one.at > now) for one in deferred], SLOW)


def _bring_forward(item: WebhookItem, scheduled: list[ListedDelivery]) -> None:
    """Enqueue deliveries before their scheduled retry."""
    is_free = not_leased() & (DeliveryItem.state == PENDING)
    requeues = [_requeue(item, one, is_free & (DeliveryItem.g1sk == one.sort_key), is_early=True) for one in scheduled]
    enqueue(requeues, SLOW)


def _requeue(item: WebhookItem, one: ListedDelivery, condition: Condition, *, is_early: bool) -> Requeue:
    actions = [
        DeliveryItem.state.set(PENDING),
        *take_off_schedule(),
        *put_on_pending(one.ref(item.organization_id, item.id)),
    ]
    if is_early:
        # An attempt ahead of the schedule does not use up one of its steps.
        actions += [DeliveryItem.step.add(-1), DeliveryItem.trigger.set("schedule")]
    return Requeue(one.key, condition, actions)


def _skip(item: WebhookItem, deferred: list[ListedDelivery]) -> None:
    now = clock.timestamp()

    def skip(one: ListedDelivery) -> None:
        actions = [DeliveryItem.state.set(SKIPPED), *put_on_failed(one.ref(item.organization_id, item.id), now)]
        if one.hint is not None:
            actions.append(DeliveryItem.hint.set(with_status(one.hint, SKIPPED)))
        update(one.key, actions, _is_still_deferred(one))

    map_concurrently(skip, deferred)


def _is_still_deferred(one: ListedDelivery) -> Condition:
    condition: Condition = (DeliveryItem.state == DEFERRED) & (DeliveryItem.g1sk == one.sort_key)
    return condition
