"""Webhooks, the deliveries to them, and the attempts of each: items, and the reads along them.

One delivery is one event for one webhook, under an id derived from both. A webhook's state (failures, breaker) stands
on its item; every write of it that follows from an attempt is fenced by `generation`.
"""

from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action

from chalicelib.kit import clock
from chalicelib.table import keys
from chalicelib.table.due import due_key
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import Between, Prefix, count, find, query, query_all

DELIVERY_DUE: Final = "delivery"
WEBHOOK_DUE: Final = "webhook"
ATTEMPTS_KEPT_S: Final = 30 * 86400
DELIVERIES_KEPT_S: Final = 90 * 86400
"""As long as the events themselves, so that one sent again out of the log is known to have been delivered."""
MAX_WEBHOOKS: Final = 5
MOST_RULE_WEBHOOKS: Final = 100

Kind = Literal["webhook", "rule", "organization"]


class WebhookItem(Item):
    """An end user's webhook, the webhook of an alert rule, or the organization's own. `due*`: see waiting.py."""

    id = UnicodeAttribute()
    kind = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute(null=True)
    url = UnicodeAttribute()
    description = UnicodeAttribute(null=True)
    events = DocumentAttribute(default=list)
    is_active = BooleanAttribute(default=True)
    secret = UnicodeAttribute()
    """Ciphertext, as is the old one."""
    old_secret = UnicodeAttribute(null=True)
    old_secret_until = UnicodeAttribute(null=True)
    generation = IntegerAttribute(default=1)
    """Changes when failures are forgotten: what was under way before then says nothing about the webhook any more."""
    consecutive_failures = IntegerAttribute(default=0)
    first_failure_at = UnicodeAttribute(null=True)
    last_success_at = UnicodeAttribute(null=True)
    last_failure_at = UnicodeAttribute(null=True)
    next_attempt_at = UnicodeAttribute(null=True)
    warned = IntegerAttribute(default=0)
    """Per cent of the last warning given."""
    breaker_level = IntegerAttribute(default=0)
    breaker_until = UnicodeAttribute(null=True)
    probing_until = UnicodeAttribute(null=True)
    """While one delivery probes: nobody else does before then."""
    disabled_reason = UnicodeAttribute(null=True)
    inactive_since = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()


UNTRIED: Final[dict[str, Any]] = {
    "is_active": True,
    "inactive_since": None,
    "disabled_reason": None,
    "consecutive_failures": 0,
    "first_failure_at": None,
    "next_attempt_at": None,
    "warned": 0,
    "breaker_level": 0,
    "breaker_until": None,
    "probing_until": None,
}
"""The state of an active webhook that has not failed yet, or whose failures are forgotten."""


class DeliveryItem(Item):
    webhook = DocumentAttribute()
    """Which webhook: what a queue message needs to name it."""
    event_type = UnicodeAttribute()
    event_id = UnicodeAttribute()
    event_user = UnicodeAttribute(null=True)
    """Whose part of the log holds the event."""
    state = UnicodeAttribute()
    attempts = IntegerAttribute(default=0)
    step = IntegerAttribute(default=0)
    """Attempts since the schedule began, which it does anew when somebody asks for the delivery again."""
    trigger = UnicodeAttribute(null=True)
    """What the next attempt follows from; nothing said: the event or the schedule."""
    next_attempt_at = UnicodeAttribute(null=True)
    lease = UnicodeAttribute(null=True)
    lease_until = UnicodeAttribute(null=True)


class Listed(NamedTuple):
    """A delivery that is on one of the lists."""

    key: Key
    place: str

    @property
    def at(self) -> str:
        return keys.time_listed(self.place)


PENDING: Final = "pending"
WAITING: Final = "waiting"
"""For the breaker to close."""
DELIVERED: Final = "delivered"
FAILED: Final = "failed"
SKIPPED: Final = "skipped"
"""Not sent since the webhook or its feature was off; kept for replay, as is what failed."""
DROPPED: Final = "dropped"
"""Not sent since nobody wants it any more."""


class AttemptItem(Item):
    """The id is the sort key."""

    delivery_id = UnicodeAttribute()
    event_type = UnicodeAttribute()
    event_id = UnicodeAttribute()
    attempt = IntegerAttribute()
    trigger = UnicodeAttribute()
    response_status = IntegerAttribute(null=True)
    success = BooleanAttribute()
    error = UnicodeAttribute(null=True)
    error_class = UnicodeAttribute(null=True)
    duration_ms = IntegerAttribute()
    response_snippet = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()


def webhook_due(at: str, webhook_id: str) -> list[Action]:
    key = due_key(WEBHOOK_DUE, at, webhook_id)
    return [WebhookItem.duepk.set(key.pk), WebhookItem.duesk.set(key.sk)]


def delivery_due(at: str, delivery_id: str) -> list[Action]:
    key = due_key(DELIVERY_DUE, at, delivery_id)
    return [DeliveryItem.duepk.set(key.pk), DeliveryItem.duesk.set(key.sk)]


def delivery_not_due() -> list[Action]:
    return [DeliveryItem.duepk.remove(), DeliveryItem.duesk.remove()]


def listed(key: Key) -> list[Action]:
    """Onto the ledger or the list of those that wait; a delivery is on one of them at most."""
    return [DeliveryItem.g1pk.set(key.pk), DeliveryItem.g1sk.set(key.sk)]


def unlisted() -> list[Action]:
    return [DeliveryItem.g1pk.remove(), DeliveryItem.g1sk.remove()]


def find_webhook(organization_id: str, end_user_id: str, webhook_id: str) -> WebhookItem | None:
    return find(WebhookItem, keys.webhook(organization_id, end_user_id, webhook_id))


def list_webhooks(organization_id: str, end_user_id: str) -> list[WebhookItem]:
    """Oldest first, as they are now."""
    partition = keys.subscriptions(organization_id, end_user_id)
    rows = query_all(partition, Prefix(keys.WEBHOOKS), most=MAX_WEBHOOKS + 1)
    return sorted(map(WebhookItem.of, rows), key=lambda item: (item.created_at, item.id))


def list_rule_webhooks(organization_id: str, end_user_id: str) -> list[WebhookItem]:
    partition = keys.subscriptions(organization_id, end_user_id)
    return [WebhookItem.of(row) for row in query_all(partition, Prefix(keys.RULE_WEBHOOKS), most=MOST_RULE_WEBHOOKS)]


def find_delivery(organization_id: str, webhook_id: str, delivery_id: str) -> DeliveryItem | None:
    return find(DeliveryItem, keys.delivery(organization_id, webhook_id, delivery_id))


def new_attempt(organization_id: str, webhook_id: str, attempt_id: str, **facts: Any) -> AttemptItem:
    return AttemptItem.at(
        keys.delivery_attempt(organization_id, webhook_id, attempt_id),
        expires=clock.epoch(clock.in_seconds(ATTEMPTS_KEPT_S)),
        **facts,
    )


def last_attempts(organization_id: str, webhook_id: str, most: int) -> list[AttemptItem]:
    """Newest first."""
    partition = keys.delivery_attempt(organization_id, webhook_id, "").pk
    return [AttemptItem.of(row) for row in query_all(partition, most=most, descending=True)]


def waiting_deliveries(organization_id: str, webhook_id: str, most: int) -> list[Listed]:
    """Those whose turn comes first."""
    partition = keys.deliveries_waiting(organization_id, webhook_id, "", "").pk
    return _listed(query(partition, index="gsi1", limit=most).rows)


def ledger(organization_id: str, webhook_id: str, since: str, until: str, most: int) -> list[Listed]:
    """What failed for good or was skipped from `since` to `until`, oldest first."""
    partition = keys.delivery_ledger(organization_id, webhook_id, "", "").pk
    return _listed(query(partition, Between(low=since, high=f"{until}~"), index="gsi1", limit=most).rows)


def count_ledger(organization_id: str, webhook_id: str, since: str, until: str, most: int) -> tuple[int, bool]:
    partition = keys.delivery_ledger(organization_id, webhook_id, "", "").pk
    return count(partition, Between(low=since, high=f"{until}~"), index="gsi1", most=most)


def _listed(rows: Sequence[Row]) -> list[Listed]:
    return [Listed(Key(row["pk"]["S"], row["sk"]["S"]), row["g1sk"]["S"]) for row in rows]
