"""What became of events at webhooks: the delivery with its attempts, or why there is none.

A reason is worked out from what is stored now. What was decided earlier under other settings is in the logs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from chalicelib.events.relay import message_of
from chalicelib.events.service import last_resource_ids
from chalicelib.events.store import EventItem
from chalicelib.events.types import ALERT_TRIGGERED, DELIVERED, SUBSCRIBABLE
from chalicelib.kit import clock, ids
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import is_suspended
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import Between, each_page, find, get_many, map_concurrently, run_concurrently
from chalicelib.webhooks import store
from chalicelib.webhooks.destinations import destination_of
from chalicelib.webhooks.references import delivery_id_of, first_attempt_key
from chalicelib.webhooks.store import AttemptItem, DeliveryItem, WebhookItem, WebhookType, list_all_webhooks
from chalicelib.webhooks.subscriptions import (
    FILTERED,
    NOT_SUBSCRIBED,
    organization_webhook_key,
    reason_to_leave_out,
)

QUEUE_DELAY_S: Final = 900
"""An event that is older should have left all queues."""
MAX_DELETED: Final = 20
"""Deleted webhooks of an end user whose deliveries are looked for, those deleted last. There may be five at once."""
MAX_PAGES: Final = 3
"""Of 1 MB of one webhook's attempts."""
MAX_PAGES_OF_ALL: Final = 10
"""The same of all webhooks together, of which each rule's may have failed often."""

Status = Literal["succeeded", "failed", "pending", "skipped", "dropped", "not_sent"]
Reason = Literal[
    "queued",
    "retrying",
    "breaker_open",
    "organization_suspended",
    "switched_off",
    "webhook_deleted",
    "not_subscribed",
    "filtered",
    "feature_disabled",
    "created_later",
    "webhook_inactive",
    "not_recorded",
]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A webhook, or what is known of one that was deleted: its id."""

    organization_id: str
    id: str
    type: WebhookType
    item: WebhookItem | None

    def delivery_key(self, event: EventItem) -> Key:
        return keys.delivery(self.organization_id, self.id, delivery_id_of(event.id, self.type, self.id))


@dataclass(frozen=True, slots=True)
class Explanation:
    subscriber: Subscriber
    event: EventItem
    delivery_id: str
    status: Status
    reason: Reason | None = None
    attempts_made: int = 0
    next_attempt_at: str | None = None
    delivery: DeliveryItem | None = None
    """None if it succeeded at once, or there is none."""
    attempts: list[AttemptItem] = field(default_factory=list)
    """Oldest first. There may be fewer than were made if webhooks had very many since the event."""


def subscriber_of(item: WebhookItem) -> Subscriber:
    destination = destination_of(item)
    return Subscriber(item.organization_id, item.id, destination.webhook_type, item)


def list_subscribers(organization_id: str, end_user_id: str, since: str) -> list[Subscriber]:
    """The organization's webhook, those of the end user and of their rules, and the last MAX_DELETED that the end user
    has deleted since this time. Two round trips."""
    (own, of_end_user), deleted = run_concurrently(
        lambda: run_concurrently(
            lambda: find(WebhookItem, organization_webhook_key(organization_id)),
            lambda: list_all_webhooks(organization_id, end_user_id),
        ),
        lambda: last_resource_ids(organization_id, end_user_id, "webhook.deleted", since, MAX_DELETED),
    )
    found = [subscriber_of(item) for item in (*([own] if own is not None else []), *of_end_user)]
    return found + [Subscriber(organization_id, webhook_id, "webhook", None) for webhook_id in deleted]


def explain(
    config: ConfigItem | None, subscribers: Sequence[Subscriber], events: Sequence[EventItem]
) -> list[Explanation]:
    """What became of each event at each webhook that it may concern, in their order; of a deleted webhook only what is
    stored."""
    pairs = [(one, event) for one in subscribers for event in events if _may_concern(one, event)]
    deliveries = {(one.id, event.id): one.delivery_key(event) for one, event in pairs}
    firsts = {
        (one.id, event.id): first_attempt_key(one.organization_id, one.id, deliveries[one.id, event.id].sk)
        for one, event in pairs
    }
    rows = get_many([*deliveries.values(), *filter(None, firsts.values())])
    found = []
    for one, event in pairs:
        key, first = deliveries[one.id, event.id], firsts[one.id, event.id]
        row = rows.get(first) if first is not None else None
        explanation = _explanation(config, one, event, key, rows.get(key), row)
        if explanation is not None:
            found.append(explanation)
    _add_further_attempts(found)
    return found


def _may_concern(one: Subscriber, event: EventItem) -> bool:
    if one.type == "rule":
        return event.event_type == ALERT_TRIGGERED and event.resource_id == one.id
    return event.event_type in (DELIVERED if one.type == "organization" else SUBSCRIBABLE)


def _explanation(
    config: ConfigItem | None, one: Subscriber, event: EventItem, key: Key, row: Row | None, first_row: Row | None
) -> Explanation | None:
    attempts = [AttemptItem.of(first_row)] if first_row else []
    if row is not None:
        return _of_delivery(config, one, event, DeliveryItem.of(row), attempts)
    if attempts and not attempts[0].success:
        # It failed between the reads of its delivery and of its row.
        return Explanation(one, event, key.sk, "pending", "retrying", attempts_made=1, attempts=attempts)
    if attempts:
        return Explanation(one, event, key.sk, "succeeded", attempts_made=1, attempts=attempts)
    if one.item is None:
        return None
    return Explanation(one, event, key.sk, "not_sent", _reason_without_delivery(config, one.item, event))


def _of_delivery(
    config: ConfigItem | None, one: Subscriber, event: EventItem, item: DeliveryItem, attempts: list[AttemptItem]
) -> Explanation:
    status, reason = _state(config, one, item)
    due = item.next_attempt_at if status == "pending" else None
    if reason == "breaker_open" and one.item is not None:
        due = max(filter(None, (due, one.item.breaker_until)), default=None)
    return Explanation(one, event, item.sk, status, reason, item.attempts, due, item, attempts)


def _state(config: ConfigItem | None, one: Subscriber, item: DeliveryItem) -> tuple[Status, Reason | None]:
    if one.item is None and item.state in (store.PENDING, store.DEFERRED, store.DROPPED):
        # What was still to be sent comes up no more, or is dropped when it does.
        return "dropped", "webhook_deleted"
    match item.state:
        case store.DELIVERED:
            return "succeeded", None
        case store.FAILED:
            return "failed", None
        case store.SKIPPED:
            return "skipped", "switched_off"
        case store.DROPPED:
            return "dropped", "not_subscribed"
    if item.state == store.DEFERRED and is_suspended(config):
        return "pending", "organization_suspended"
    if item.state == store.DEFERRED and one.item is not None and one.item.breaker_level:
        return "pending", "breaker_open"
    return "pending", "retrying" if item.attempts else "queued"


def _reason_without_delivery(config: ConfigItem | None, item: WebhookItem, event: EventItem) -> Reason:
    left_out = None if item.webhook_type == "rule" else reason_to_leave_out(item, message_of(event), config)
    if left_out == NOT_SUBSCRIBED:
        return "not_subscribed"
    if not destination_of(item).is_enabled(config):
        return "feature_disabled"
    if left_out == FILTERED:
        return "filtered"
    if item.webhook_type != "rule":
        if item.created_at > event.created_at:
            return "created_later"
        if item.inactive_since is not None:
            return "webhook_inactive"
    return "queued" if event.created_at > clock.in_seconds(-QUEUE_DELAY_S) else "not_recorded"


def _add_further_attempts(found: Sequence[Explanation]) -> None:
    """Read the attempts that no key is known of, those after the first, from the webhooks' partitions."""
    lacking: dict[tuple[str, str], list[Explanation]] = {}
    for each in found:
        if each.attempts_made > len(each.attempts):
            lacking.setdefault((each.subscriber.organization_id, each.subscriber.id), []).append(each)
    read = list(lacking)[:MAX_PAGES_OF_ALL]
    pages = min(MAX_PAGES, MAX_PAGES_OF_ALL // max(1, len(read)))
    map_concurrently(lambda of: _read_attempts(*of, lacking[of], pages), read)


def _read_attempts(organization_id: str, webhook_id: str, found: Sequence[Explanation], pages: int) -> None:
    by_id = {each.delivery_id: each for each in found}
    missing = sum(each.attempts_made - len(each.attempts) for each in found)
    partition = keys.delivery_attempt(organization_id, webhook_id, "").pk
    since = Between(low=ids.ordered_prefix(min(each.event.created_at for each in found)))
    where = AttemptItem.delivery_id.is_in(*sorted(by_id)[:100])
    for page in each_page(partition, since, where=where, max_pages=pages):
        for item in map(AttemptItem.of, page.rows):
            known = by_id[item.delivery_id].attempts
            if item.sk not in {attempt.sk for attempt in known}:
                known.append(item)
                missing -= 1
        if missing <= 0:
            return
