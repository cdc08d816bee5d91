"""A batch of the deliveries queue: read what it takes in one go, then send all of it side by side.

For each delivery: judge by the webhook as it is now, claim, send, record. A crash between any two of these leaves
either the message, which comes again once the lease is over, or a due time. What a receiver does is data and never
fails a message; only our own faults do.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

from chalicelib.events.relay import message_of
from chalicelib.events.store import EventItem
from chalicelib.kit import clock, codec, log
from chalicelib.kit.batches import Failures
from chalicelib.kit.queues import send
from chalicelib.kit.settings import settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get_many
from chalicelib.webhooks import claims, measures, replaying
from chalicelib.webhooks.claims import Held, ProbeTaken
from chalicelib.webhooks.outcomes import Receiver, record
from chalicelib.webhooks.posting import post, sender
from chalicelib.webhooks.queueing import Work, read_message
from chalicelib.webhooks.store import WebhookItem
from chalicelib.webhooks.targets import Target, secrets_of

SIDE_BY_SIDE = 10
"""As many as a batch has messages."""
TRIES = 3


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="deliver")


@dataclass(frozen=True, slots=True)
class _Batch:
    receivers: Mapping[Target, Receiver]
    configs: Mapping[str, ConfigItem]
    """By organization: made from its row once, not for every delivery."""
    rows: Mapping[Key, Row]

    def event(self, work: Work) -> Mapping[str, Any] | None:
        if work.event is not None:
            return work.event
        row = self.rows.get(_event_key(work))
        return message_of(EventItem.of(row)) if row else None


def deliver(event: Mapping[str, Any]) -> Failures:
    """Work off a batch of the queue; the answer tells which messages are to come again."""
    failed: list[str] = []
    works: dict[str, Work] = {}
    for message in event["Records"]:
        try:
            body = codec.loads(message["body"])
            if "replay" in body:
                replaying.go_on(body)
            else:
                works[message["messageId"]] = read_message(body)
        except Exception as failure:
            log.error("message_failed", failure, message_id=message["messageId"])
            failed.append(message["messageId"])
    if works:
        batch = _load(list(works.values()))
        # Made here, once: threads that come upon it together would each make one.
        sender()
        futures = {name: _threads().submit(_safely, work, batch) for name, work in works.items()}
        failed += [name for name, future in futures.items() if not future.result()]
    return {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}


def _load(works: list[Work]) -> _Batch:
    wanted = [work.target.key for work in works]
    wanted += [keys.config(work.target.organization_id) for work in works]
    wanted += [_event_key(work) for work in works if work.event is None]
    rows = get_many(wanted)
    receivers = {}
    for target in {work.target for work in works}:
        row = rows.get(target.key)
        receivers[target] = Receiver(target, WebhookItem.of(row) if row else None)
    configs = {}
    for organization_id in {target.organization_id for target in receivers}:
        row = rows.get(keys.config(organization_id))
        if row is not None:
            configs[organization_id] = ConfigItem.of(row)
    return _Batch(receivers, configs, rows)


def _event_key(work: Work) -> Key:
    return keys.event(work.target.organization_id, work.event_user, work.event_id)


def _safely(work: Work, batch: _Batch) -> bool:
    """Whether the message is done with."""
    with log.bound(
        event_id=work.event_id,
        organization_id=work.target.organization_id,
        end_user_id=work.target.end_user_id,
        webhook_id=work.target.webhook_id,
        delivery_id=work.delivery_id,
    ):
        try:
            _deliver(work, batch)
        except Held:
            return False
        except Exception as failure:
            log.error("delivery_failed_here", failure)
            return False
        return True


def _deliver(work: Work, batch: _Batch) -> None:
    receiver = batch.receivers[work.target]
    for _ in range(TRIES):
        item = receiver.item
        event = batch.event(work)
        if item is None or event is None or not _is_wanted(work, item):
            return claims.drop(work)
        if not item.is_active or not work.target.is_heard(batch.configs.get(work.target.organization_id)):
            return claims.skip(work)
        if item.breaker_level and not _may_probe(item):
            claims.park(work)
            # Whoever closes the breaker after this look finds what was parked before it.
            receiver.refresh()
            if receiver.item is not None and receiver.item.breaker_level and receiver.item.is_active:
                return None
            continue
        try:
            return _attempt(work, receiver, item, event)
        except ProbeTaken:
            receiver.refresh()
    return claims.park(work)


def _is_wanted(work: Work, item: WebhookItem) -> bool:
    """Whether it still subscribes to the event; the others get whatever concerns them."""
    return item.kind != "webhook" or work.event_type in item.events


def _may_probe(item: WebhookItem) -> bool:
    now = clock.timestamp()
    return (item.breaker_until or "") <= now and (item.probing_until or "") < now


def _attempt(work: Work, receiver: Receiver, item: WebhookItem, event: Mapping[str, Any]) -> None:
    probe, generation = item.breaker_level > 0, item.generation
    delivery = claims.claim(work, probe=item if probe else None)
    if delivery is None:
        return
    with receiver.lock:
        # Deciphered once for all that are sent at the same time, and remembered.
        secrets = secrets_of(item)
    trigger = delivery.trigger or ("schedule" if delivery.step else "event")
    attempt, row = post(item, secrets, event, work.delivery_id, delivery.attempts + 1, trigger)
    following = record(receiver, delivery, row, attempt, generation, probe=probe)
    log.info(
        "delivery_attempted",
        attempt=row.attempt,
        success=attempt.success,
        error_class=attempt.error_class,
        ms=attempt.duration_ms,
    )
    measures.attempted(attempt, row, event)
    if following is not None:
        send(settings().deliveries_queue_url, [following])
