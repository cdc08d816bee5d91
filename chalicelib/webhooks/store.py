"""Items and reads of webhooks, their deliveries, and the attempts of each delivery.

A delivery is one event for one webhook; its id is derived from both. A webhook's state (failures, breaker) is on its
item, and every state change that follows from an attempt is conditional on `generation`.
"""

from typing import Any, Final, Literal

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action

from chalicelib.kit import clock, ids
from chalicelib.table import keys
from chalicelib.table.due import due_key
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.reads import Between, Prefix, find, query_all
from chalicelib.webhooks.references import first_attempt_key

DELIVERY_DUE: Final = "delivery"
WEBHOOK_DUE: Final = "webhook"
ATTEMPTS_KEPT_S: Final = 30 * 86400
DELIVERIES_KEPT_S: Final = 90 * 86400
"""As long as the events themselves, so that a republished event is recognized as delivered. First attempts, which may
be all there is of a delivery, are kept as long."""
MAX_WEBHOOKS: Final = 5
MAX_RULE_WEBHOOKS: Final = 100
MAX_SUBSCRIPTIONS: Final = 3 * MAX_RULE_WEBHOOKS
"""Webhooks and rules, each rule with its webhook: more than their limits allow."""

WebhookType = Literal["webhook", "rule", "organization"]


class WebhookItem(Item):
    """An end user's webhook, the webhook of an alert rule, or the organization's own. deferred.py explains `due*`."""

    id = UnicodeAttribute()
    webhook_type = UnicodeAttribute(attr_name="kind")
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute(null=True)
    url = UnicodeAttribute()
    description = UnicodeAttribute(null=True)
    events = DocumentAttribute(default=list)
    content_filter = DocumentAttribute(null=True, attr_name="filter")
    """A condition on the event's data. Only events for which it holds are delivered."""
    is_active = BooleanAttribute(default=True)
    secret = UnicodeAttribute()
    """Ciphertext, like `old_secret`."""
    old_secret = UnicodeAttribute(null=True)
    old_secret_until = UnicodeAttribute(null=True)
    generation = IntegerAttribute(default=1)
    """Changes when the failure count is reset, so that attempts already under way no longer affect the state."""
    consecutive_failures = IntegerAttribute(default=0)
    first_failure_at = UnicodeAttribute(null=True)
    last_success_at = UnicodeAttribute(null=True)
    last_failure_at = UnicodeAttribute(null=True)
    replayed_at = UnicodeAttribute(null=True)
    warned = IntegerAttribute(default=0)
    """The percentage of the last warning given."""
    breaker_level = IntegerAttribute(default=0)
    breaker_until = UnicodeAttribute(null=True)
    probing_until = UnicodeAttribute(null=True)
    """No other delivery may probe before this time."""
    slow_until = UnicodeAttribute(null=True)
    """Until this time it is delivered to from the queue of its own for receivers that time out."""
    disabled_reason = UnicodeAttribute(null=True)
    disabled_code = UnicodeAttribute(null=True)
    inactive_since = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()


INITIAL_STATE: Final[dict[str, Any]] = {
    "is_active": True,
    "inactive_since": None,
    "disabled_reason": None,
    "disabled_code": None,
    "consecutive_failures": 0,
    "first_failure_at": None,
    "warned": 0,
    "breaker_level": 0,
    "breaker_until": None,
    "probing_until": None,
    "slow_until": None,
}
"""The state of an active webhook without failures: a new one, or one whose failure count has been reset."""


class DeliveryItem(Item):
    webhook = DocumentAttribute()
    """The packed Destination."""
    event_type = UnicodeAttribute()
    event_id = UnicodeAttribute()
    event_user = UnicodeAttribute(null=True)
    """The end user whose part of the event log holds the event."""
    state = UnicodeAttribute()
    attempts = IntegerAttribute(default=0)
    step = IntegerAttribute(default=0)
    """Attempts since the retry schedule started; a retry or replay by hand starts it over."""
    trigger = UnicodeAttribute(null=True)
    """`retry` or `replay` if the next attempt was requested by hand."""
    next_attempt_at = UnicodeAttribute(null=True)
    lease = UnicodeAttribute(null=True)
    lease_until = UnicodeAttribute(null=True)
    order_number = UnicodeAttribute(null=True)
    tracking_number = UnicodeAttribute(null=True)
    response_status = IntegerAttribute(null=True)
    """Of the last failed attempt, like the next two."""
    error = UnicodeAttribute(null=True)
    error_class = UnicodeAttribute(null=True)


PENDING: Final = "pending"
DEFERRED: Final = "waiting"
"""Held back until the breaker closes."""
DELIVERED: Final = "delivered"
FAILED: Final = "failed"
SKIPPED: Final = "skipped"
"""Not sent because the webhook or its feature was off. Can be replayed, like failed deliveries."""
DROPPED: Final = "dropped"
"""Not sent because the webhook is gone or no longer subscribes to the event."""


class AttemptItem(Item):
    """One attempt. Its id is the sort key. A delivery that succeeds at once has no other item."""

    delivery_id = UnicodeAttribute()
    event_type = UnicodeAttribute()
    event_id = UnicodeAttribute()
    event_user = UnicodeAttribute(null=True)
    """As on the delivery, if the webhook itself does not tell."""
    attempt = IntegerAttribute()
    trigger = UnicodeAttribute()
    response_status = IntegerAttribute(null=True)
    success = BooleanAttribute()
    error = UnicodeAttribute(null=True)
    error_class = UnicodeAttribute(null=True)
    duration_ms = IntegerAttribute()
    response_snippet = UnicodeAttribute(null=True)
    order_number = UnicodeAttribute(null=True)
    tracking_number = UnicodeAttribute(null=True)
    sent_at = UnicodeAttribute(attr_name="created_at")
    """When it began. The time in its id orders it: of a first attempt, that of the event."""


def set_webhook_due(at: str, webhook_id: str) -> list[Action]:
    key = due_key(WEBHOOK_DUE, at, webhook_id)
    return [WebhookItem.duepk.set(key.pk), WebhookItem.duesk.set(key.sk)]


def set_delivery_due(at: str, delivery_id: str) -> list[Action]:
    key = due_key(DELIVERY_DUE, at, delivery_id)
    return [DeliveryItem.duepk.set(key.pk), DeliveryItem.duesk.set(key.sk)]


def clear_delivery_due() -> list[Action]:
    return [DeliveryItem.duepk.remove(), DeliveryItem.duesk.remove()]


def find_webhook(organization_id: str, end_user_id: str | None, webhook_id: str) -> WebhookItem | None:
    return find(WebhookItem, keys.webhook(organization_id, end_user_id, webhook_id))


def list_webhooks(organization_id: str, end_user_id: str) -> list[WebhookItem]:
    """Oldest first, read consistently."""
    partition = keys.subscriptions(organization_id, end_user_id)
    rows = query_all(partition, Prefix(keys.WEBHOOKS), limit=MAX_WEBHOOKS + 1)
    return sorted(map(WebhookItem.of, rows), key=lambda item: (item.created_at, item.id))


def list_rule_webhooks(organization_id: str, end_user_id: str) -> list[WebhookItem]:
    partition = keys.subscriptions(organization_id, end_user_id)
    return [WebhookItem.of(row) for row in query_all(partition, Prefix(keys.RULE_WEBHOOKS), limit=MAX_RULE_WEBHOOKS)]


def list_all_webhooks(organization_id: str, end_user_id: str | None) -> list[WebhookItem]:
    """An end user's webhooks and those of their rules, or the organization's own. Also reads the rules beside them."""
    rows = query_all(keys.subscriptions(organization_id, end_user_id), limit=MAX_SUBSCRIPTIONS)
    return [WebhookItem.of(row) for row in rows if not row["sk"]["S"].startswith(keys.RULES)]


def find_delivery(organization_id: str, webhook_id: str, delivery_id: str) -> DeliveryItem | None:
    return find(DeliveryItem, keys.delivery(organization_id, webhook_id, delivery_id))


def new_attempt(
    organization_id: str, webhook_id: str, attempt_id: str, *, kept_s: int = ATTEMPTS_KEPT_S, **facts: Any
) -> AttemptItem:
    return AttemptItem.at(
        keys.delivery_attempt(organization_id, webhook_id, attempt_id),
        expires=clock.epoch(clock.in_seconds(kept_s)),
        **facts,
    )


def find_first_attempt(organization_id: str, webhook_id: str, delivery_id: str) -> AttemptItem | None:
    key = first_attempt_key(organization_id, webhook_id, delivery_id)
    return None if key is None else find(AttemptItem, key)


def list_last_attempts(organization_id: str, webhook_id: str, limit: int) -> list[AttemptItem]:
    """Those of the last 30 days, newest first."""
    partition = keys.delivery_attempt(organization_id, webhook_id, "").pk
    shown = Between(low=ids.ordered_prefix(clock.in_seconds(-ATTEMPTS_KEPT_S)))
    return [AttemptItem.of(row) for row in query_all(partition, shown, limit=limit, descending=True)]
