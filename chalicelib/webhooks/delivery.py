"""Consumer of the deliveries queue: load what a batch needs in one read, then send its deliveries concurrently.

Each delivery is checked against the webhook as it is now, claimed, sent and recorded. After a crash between any two of
these steps, either the message comes again once the lease has expired, or the delivery falls due. A receiver's failure
is recorded and never fails the message; only our own errors do.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

from chalicelib.events.relay import message_of
from chalicelib.events.store import EventItem
from chalicelib.kit import clock, codec, log, metrics
from chalicelib.kit.queues import Failures, send
from chalicelib.kit.settings import settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import REASON as SUSPENDED
from chalicelib.organizations.suspension import is_suspended
from chalicelib.outbound.sender import Attempt
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many
from chalicelib.webhooks import claims, replaying
from chalicelib.webhooks.claims import AlreadyLeased, ProbeTaken
from chalicelib.webhooks.deferred import drain_now, hold
from chalicelib.webhooks.destinations import Destination, read_destination, secrets_of
from chalicelib.webhooks.outcomes import SharedWebhook, record
from chalicelib.webhooks.posting import post, sender
from chalicelib.webhooks.queueing import DeliveryTask, read_message
from chalicelib.webhooks.store import AttemptItem, WebhookItem

MAX_WORKERS = 10
"""The size of a batch."""
MAX_CLAIM_ATTEMPTS = 3


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MAX_WORKERS, thread_name_prefix="deliver")


@dataclass(frozen=True, slots=True)
class _Batch:
    """What the deliveries of one batch need to know."""

    webhooks: Mapping[Destination, SharedWebhook]
    configs: Mapping[str, ConfigItem]
    """By organization."""
    rows: Mapping[Key, Row]

    def event(self, task: DeliveryTask) -> Mapping[str, Any] | None:
        if task.event is not None:
            return task.event
        row = self.rows.get(_event_key(task))
        return message_of(EventItem.of(row)) if row else None


def deliver(batch: Mapping[str, Any]) -> Failures:
    """Process a batch of the queue and report the messages that must come again."""
    failed: list[str] = []
    tasks: dict[str, DeliveryTask] = {}
    for message in batch["Records"]:
        try:
            body = codec.loads(message["body"])
            if "replay" in body:
                replaying.continue_replay(body)
            elif "drain" in body:
                drain_now(read_destination(body["webhook"]))
            else:
                tasks[message["messageId"]] = read_message(body)
        except Exception as error:
            log.error("message_failed", error, message_id=message["messageId"])
            failed.append(message["messageId"])
    if tasks:
        loaded = _load(list(tasks.values()))
        # Created before the threads start, or each of them would create one.
        sender()
        futures = {name: _threads().submit(_handle, task, loaded) for name, task in tasks.items()}
        failed += [name for name, future in futures.items() if not future.result()]
    return {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}


def _load(tasks: list[DeliveryTask]) -> _Batch:
    needed = [task.destination.key for task in tasks]
    needed += [keys.config(task.destination.organization_id) for task in tasks]
    needed += [_event_key(task) for task in tasks if task.event is None]
    rows = get_many(needed)
    webhooks = {}
    for destination in {task.destination for task in tasks}:
        row = rows.get(destination.key)
        webhooks[destination] = SharedWebhook(destination, WebhookItem.of(row) if row else None)
    configs = {}
    for organization_id in {destination.organization_id for destination in webhooks}:
        row = rows.get(keys.config(organization_id))
        if row is not None:
            configs[organization_id] = ConfigItem.of(row)
    return _Batch(webhooks, configs, rows)


def _event_key(task: DeliveryTask) -> Key:
    return keys.event(task.destination.organization_id, task.event_user, task.event_id)


def _handle(task: DeliveryTask, batch: _Batch) -> bool:
    """Whether the message can be deleted."""
    with log.bound(
        event_id=task.event_id,
        organization_id=task.destination.organization_id,
        end_user_id=task.destination.end_user_id,
        webhook_id=task.destination.webhook_id,
        delivery_id=task.delivery_id,
    ):
        try:
            _deliver(task, batch)
        except AlreadyLeased:
            return False
        except Exception as error:
            log.error("delivery_failed_here", error)
            return False
        return True


def _deliver(task: DeliveryTask, batch: _Batch) -> None:
    webhook, event = batch.webhooks[task.destination], batch.event(task)
    if event is None:
        log.info("delivery_dropped", reason="event_expired")
        return claims.drop(task)
    for _ in range(MAX_CLAIM_ATTEMPTS):
        item = webhook.item
        if item is None or not _is_subscribed(item, task.event_type):
            log.info("delivery_dropped", reason="webhook_deleted" if item is None else "not_subscribed")
            return claims.drop(task)
        config = batch.configs.get(task.destination.organization_id)
        if not item.is_active or not task.destination.is_enabled(config):
            log.info("delivery_skipped", reason="feature_disabled" if item.is_active else "webhook_inactive")
            return claims.skip(task, event)
        if is_suspended(config):
            log.info("delivery_deferred", reason=SUSPENDED)
            claims.defer(task, event)
            return hold(task.destination)
        if item.breaker_level and not _may_probe(item):
            log.info("delivery_deferred", reason="breaker_open", until=item.breaker_until)
            claims.defer(task, event)
            # Look again: whoever closes the breaker from now on finds this delivery among the deferred ones.
            webhook.refresh()
            if webhook.item is not None and webhook.item.breaker_level and webhook.item.is_active:
                return None
            continue
        try:
            return _attempt(task, webhook, item, event)
        except ProbeTaken:
            webhook.refresh()
    return claims.defer(task, event)


def _is_subscribed(item: WebhookItem, event_type: str) -> bool:
    """Only an end user's webhook chooses its events; dispatching decides for the other types."""
    return item.webhook_type != "webhook" or event_type in item.events


def _may_probe(item: WebhookItem) -> bool:
    now = clock.timestamp()
    return (item.breaker_until or "") <= now and (item.probing_until or "") < now


def _attempt(task: DeliveryTask, webhook: SharedWebhook, item: WebhookItem, event: Mapping[str, Any]) -> None:
    probe, generation = item.breaker_level > 0, item.generation
    delivery = claims.claim(task, probe=item if probe else None)
    if delivery is None:
        return
    with webhook.lock:
        # The first thread decrypts; the others then find the secrets cached.
        secrets = secrets_of(item)
    trigger = delivery.trigger or ("schedule" if delivery.step else "event")
    attempt, row = post(item, secrets, event, task.delivery_id, delivery.attempts + 1, trigger)
    messages = record(webhook, delivery, row, attempt, generation, probe=probe)
    log.info(
        "delivery_attempted",
        attempt=row.attempt,
        success=attempt.success,
        error_class=attempt.error_class,
        ms=attempt.duration_ms,
    )
    _emit_metrics(attempt, row, event)
    if messages:
        send(settings().deliveries_queue_url, messages)


def _emit_metrics(attempt: Attempt, row: AttemptItem, event: Mapping[str, Any]) -> None:
    metrics.emit({}, {"Attempts": (1, "Count"), "FailedAttempts": (int(not attempt.success), "Count")})
    if attempt.error_class is not None:
        metrics.emit({"ErrorClass": attempt.error_class}, {"FailedAttempts": (1, "Count")})
    if row.attempt == 1:
        latency = clock.parse(row.created_at) - clock.parse(event["created_at"])
        metrics.emit({}, {"DeliveryLatency": (latency.total_seconds(), "Seconds")})
