"""One delivery: whether it is to be attempted now, the attempt, and its outcome.

Each delivery is checked against the webhook as it is now. What is already recorded is not sent again. A first attempt
writes nothing before it is sent; retries and probes are claimed first (claims.py). After a crash, either the message
comes again, or the delivery falls due. What was sent and not recorded is then sent again, with the same `webhook-id`.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.kit import clock, log
from chalicelib.kit.queues import Message, send
from chalicelib.kit.settings import settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import REASON as SUSPENDED
from chalicelib.organizations.suspension import is_suspended
from chalicelib.outbound.sender import Attempt
from chalicelib.table.keys import Key
from chalicelib.webhooks import claims
from chalicelib.webhooks.claims import AlreadyLeased, ProbeTaken
from chalicelib.webhooks.deferred import hold
from chalicelib.webhooks.destinations import secrets_of
from chalicelib.webhooks.healthy import Success, note_successes
from chalicelib.webhooks.loading import Loaded
from chalicelib.webhooks.measuring import Measured
from chalicelib.webhooks.outcomes import SharedWebhook, changes_at_success, record
from chalicelib.webhooks.posting import post
from chalicelib.webhooks.queueing import DeliveryTask
from chalicelib.webhooks.store import AttemptItem, WebhookItem
from chalicelib.webhooks.subscriptions import reason_to_leave_out

MAX_CLAIM_ATTEMPTS = 3


def handle(task: DeliveryTask, loaded: Loaded, measured: Measured) -> bool | Success:
    """Whether the message can be deleted; or a success, which is still to be recorded before it can. Never raises."""
    with log.bound(
        event_id=task.event_id,
        organization_id=task.destination.organization_id,
        end_user_id=task.destination.end_user_id,
        webhook_id=task.destination.webhook_id,
        delivery_id=task.delivery_id,
    ):
        try:
            return _deliver(task, loaded, measured) or True
        except AlreadyLeased:
            return False
        except Exception as error:
            log.error("delivery_failed_here", error)
            return False


def _deliver(task: DeliveryTask, loaded: Loaded, measured: Measured) -> Success | None:
    event = loaded.event(task)
    if loaded.was_attempted(task):
        log.info("delivery_repeated")
        if task.event is None or loaded.is_stored(task):
            claims.settle_delivered(task)
        return None
    if event is None:
        log.info("delivery_dropped", reason="event_expired")
        claims.drop(task)
        return None
    return _deliver_event(task, event, loaded, measured)


def _deliver_event(task: DeliveryTask, event: Mapping[str, Any], loaded: Loaded, measured: Measured) -> Success | None:
    webhook, config = loaded.webhooks[task.destination], loaded.configs.get(task.destination.organization_id)
    key = loaded.unclaimed_key(task)
    for _ in range(MAX_CLAIM_ATTEMPTS):
        item = webhook.item
        if item is None:
            log.info("delivery_dropped", reason="webhook_deleted")
            claims.drop(task)
            return None
        if _is_not_to_be_sent(task, item, config, event):
            return None
        if item.breaker_level and not may_probe(item):
            log.info("delivery_deferred", reason="breaker_open", until=item.breaker_until)
            claims.defer(task, event)
            key = None
            # Look again: whoever closes the breaker from now on finds this delivery among the deferred ones.
            webhook.refresh()
            if webhook.item is not None and webhook.item.breaker_level and webhook.item.is_active:
                return None
            continue
        if key is not None and not item.breaker_level:
            return _attempt_first(task, webhook, item, event, key, measured)
        try:
            _attempt(task, webhook, item, event, measured)
        except ProbeTaken:
            webhook.refresh()
            continue
        return None
    claims.defer(task, event)
    return None


def _is_not_to_be_sent(
    task: DeliveryTask, item: WebhookItem, config: ConfigItem | None, event: Mapping[str, Any]
) -> bool:
    """Drop, skip or defer a delivery that the state of things does not allow."""
    left_out = reason_to_leave_out(item, event, config)
    if left_out is not None:
        log.info("delivery_dropped", reason=left_out)
        claims.drop(task)
    elif not item.is_active or not task.destination.is_enabled(config):
        log.info("delivery_skipped", reason="feature_disabled" if item.is_active else "webhook_inactive")
        claims.skip(task, event)
    elif is_suspended(config):
        log.info("delivery_deferred", reason=SUSPENDED)
        claims.defer(task, event)
        hold(task.destination)
    else:
        return False
    return True


def may_probe(item: WebhookItem) -> bool:
    now = clock.timestamp()
    return (item.breaker_until or "") <= now and (item.probing_until or "") < now


def _attempt_first(
    task: DeliveryTask,
    webhook: SharedWebhook,
    item: WebhookItem,
    event: Mapping[str, Any],
    key: Key,
    measured: Measured,
) -> Success | None:
    generation, secrets = item.generation, _secrets(webhook, item)
    attempt, row = post(item, secrets, event, task.delivery_id, 1, "event", key=key)
    if attempt.success and not changes_at_success(webhook.item):
        _report(attempt, row, event, measured)
        return Success(webhook, generation, row)
    messages = record(webhook, claims.new_delivery(task), row, attempt, generation, probe=False)
    _report(attempt, row, event, measured)
    _send(messages)
    return None


def _attempt(
    task: DeliveryTask, webhook: SharedWebhook, item: WebhookItem, event: Mapping[str, Any], measured: Measured
) -> None:
    probe, generation = item.breaker_level > 0, item.generation
    delivery = claims.claim(task, probe=item if probe else None)
    if delivery is None:
        return
    trigger = delivery.trigger or ("schedule" if delivery.step else "event")
    attempt, row = post(item, _secrets(webhook, item), event, task.delivery_id, delivery.attempts + 1, trigger)
    messages = record(webhook, delivery, row, attempt, generation, probe=probe)
    _report(attempt, row, event, measured)
    if attempt.success:
        note_successes([Success(webhook, generation, row)])
    _send(messages)


def _secrets(webhook: SharedWebhook, item: WebhookItem) -> tuple[str, str | None]:
    with webhook.lock:
        # The first thread decrypts; the others then find the secrets cached.
        return secrets_of(item)


def _send(messages: list[Message]) -> None:
    if messages:
        send(settings().deliveries_queue_url, messages)


def _report(attempt: Attempt, row: AttemptItem, event: Mapping[str, Any], measured: Measured) -> None:
    log.info(
        "delivery_attempted",
        attempt=row.attempt,
        success=attempt.success,
        error_class=attempt.error_class,
        ms=attempt.duration_ms,
    )
    latency = None
    if row.attempt == 1:
        latency = (clock.parse(row.sent_at) - clock.parse(event["created_at"])).total_seconds()
    measured.count(attempt.error_class, latency)
