"""What became of events: deliveries, alerts and e-mails, and why some were not sent.

The reason is worked out from what is stored now. What was decided earlier under other settings is in the logs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.alerts.store import RuleItem
from chalicelib.alerts.subscriptions import FEATURE as ALERTS
from chalicelib.events.relay import message_of
from chalicelib.events.store import EventItem
from chalicelib.events.types import ALERT_TRIGGERED, DELIVERED, SUBSCRIBABLE
from chalicelib.kit import clock, codec, ids
from chalicelib.mail.store import SentEmailItem
from chalicelib.organizations import configs
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import is_suspended
from chalicelib.privacy.identity import customer_id
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.reads import Between, each_page, get_many, query_all
from chalicelib.webhooks import store as webhooks
from chalicelib.webhooks.destinations import destination_of
from chalicelib.webhooks.references import delivery_id_of, first_attempt_key
from chalicelib.webhooks.store import AttemptItem, DeliveryItem, WebhookItem
from chalicelib.webhooks.subscriptions import FILTERED, organization_webhook_key, reason_to_leave_out

MAX_SUBSCRIPTIONS = 300
MAX_ATTEMPT_PAGES = 20
QUEUE_DELAY_S = 900


@dataclass(frozen=True, slots=True)
class Outcome:
    at: str
    text: str
    ids: dict[str, str] = field(default_factory=dict)


def describe_outcomes(organization_id: str, user: str | None, events: Sequence[EventItem]) -> Iterator[Outcome]:
    if not events:
        return
    config = configs.find(organization_id)
    if config is not None and is_suspended(config):
        yield Outcome(config.suspended_at or "", "the organization is suspended since then: nothing is delivered")
    rows = query_all(keys.subscriptions(organization_id, user), limit=MAX_SUBSCRIPTIONS)
    rows += list(get_many([organization_webhook_key(organization_id)]).values())
    hooks = {row["sk"]["S"]: WebhookItem.of(row) for row in rows if not row["sk"]["S"].startswith(keys.RULES)}
    rules = [RuleItem.of(row) for row in rows if row["sk"]["S"].startswith(keys.RULES)]
    if not hooks:
        yield Outcome(events[-1].created_at, "no delivery: neither the end user nor the organization has a webhook")
    yield from _deliveries(config, list(hooks.values()), events)
    yield from _alerts(config, rules, events)
    yield from _emails(config, organization_id, events)


def _deliveries(config: ConfigItem | None, hooks: list[WebhookItem], events: Sequence[EventItem]) -> Iterator[Outcome]:
    by_key = {
        keys.delivery(hook.organization_id, hook.id, delivery_id_of(event.id, hook.webhook_type, hook.id)): (
            hook,
            event,
        )
        for hook in hooks
        for event in events
    }
    first_attempts = {
        key: attempt
        for key, (hook, _) in by_key.items()
        if (attempt := first_attempt_key(hook.organization_id, hook.id, key.sk)) is not None
    }
    stored = get_many([*by_key, *first_attempts.values()])
    for key, (hook, event) in by_key.items():
        named = {"webhook_id": hook.id, "delivery_id": key.sk, "event_id": event.id}
        where = f"{_name(hook)} {hook.url}"
        if key in stored:
            item = DeliveryItem.of(stored[key])
            yield Outcome(event.created_at, f"delivery to {where}: {_state(item, hook, config)}", named)
        elif first_attempts.get(key) in stored:
            yield Outcome(event.created_at, f"delivery to {where}: delivered after 1 attempts", named)
        elif (reason := _reason_without_delivery(config, hook, event)) is not None:
            yield Outcome(event.created_at, f"no delivery to {where}: {reason}", named)
    for hook in hooks:
        wanted = {
            key.sk
            for key, (of, _) in by_key.items()
            if of.id == hook.id and (key in stored or first_attempts.get(key) in stored)
        }
        yield from _attempts(hook, wanted, min(event.created_at for event in events))


def _name(hook: WebhookItem) -> str:
    return {"rule": "the rule's webhook", "organization": "the organization's webhook"}.get(
        hook.webhook_type, "the end user's webhook"
    )


def _state(item: DeliveryItem, hook: WebhookItem, config: ConfigItem | None) -> str:
    tried = f"after {item.attempts} attempts"
    match item.state:
        case webhooks.DELIVERED:
            return f"delivered {tried}"
        case webhooks.FAILED:
            return f"failed for good {tried}: {item.error_class or item.response_status or 'unknown'}"
        case webhooks.SKIPPED:
            return "skipped, because the webhook or its feature was off; a replay sends it"
        case webhooks.DROPPED:
            return "dropped, because the webhook was deleted or no longer subscribed to the event"
        case webhooks.DEFERRED:
            if is_suspended(config):
                return f"deferred {tried}, until the organization is resumed"
            until = f" until {hook.breaker_until}" if hook.breaker_until else ""
            return f"deferred {tried}: the receiver failed too often and is not called{until}"
        case _:
            return f"pending {tried}, next attempt at {item.next_attempt_at or 'once its message is handled'}"


def _reason_without_delivery(config: ConfigItem | None, hook: WebhookItem, event: EventItem) -> str | None:
    """None if the event does not concern this kind of webhook at all."""
    if hook.webhook_type == "rule":
        return None if event.event_type != ALERT_TRIGGERED or event.resource_id != hook.id else _unknown(event)
    if event.event_type not in DELIVERED:
        return None
    if hook.webhook_type == "webhook" and event.event_type not in SUBSCRIBABLE:
        return None
    if hook.webhook_type == "webhook" and event.event_type not in hook.events:
        return f"it does not subscribe to {event.event_type}"
    if not destination_of(hook).is_enabled(config):
        return "the feature it needs is off"
    if hook.webhook_type != "rule" and reason_to_leave_out(hook, message_of(event), config) == FILTERED:
        return "its filter leaves it out"
    if hook.created_at > event.created_at:
        return f"it was created later, at {hook.created_at}"
    if hook.inactive_since is not None:
        return f"it is inactive since {hook.inactive_since} ({hook.disabled_reason or 'switched off'})"
    return _unknown(event)


def _unknown(event: EventItem) -> str:
    if event.created_at > clock.in_seconds(-QUEUE_DELAY_S):
        return "not yet; the event may still be in a queue"
    return "none is recorded; see the logs of dispatch_events and deliver_webhooks and the dead letters, or republish"


def _attempts(hook: WebhookItem, delivery_ids: set[str], since: str) -> Iterator[Outcome]:
    if not delivery_ids:
        return
    partition = keys.delivery_attempt(hook.organization_id, hook.id, "").pk
    part = Between(low=ids.ordered_prefix(since))
    for page in each_page(partition, part, max_pages=MAX_ATTEMPT_PAGES):
        for item in map(AttemptItem.of, page.rows):
            if item.delivery_id in delivery_ids:
                result = item.response_status or item.error_class or "no response"
                text = f"attempt {item.attempt} at {_name(hook)}: {result} in {item.duration_ms} ms ({item.trigger})"
                named = {"webhook_id": hook.id, "delivery_id": item.delivery_id, "event_id": item.event_id}
                yield Outcome(item.sent_at, text, named)


def _alerts(config: ConfigItem | None, rules: list[RuleItem], events: Sequence[EventItem]) -> Iterator[Outcome]:
    concerned = [(rule, event) for rule in rules for event in events if rule.event_type == event.event_type]
    by_key = {keys.alert_seen(rule.organization_id, rule.id, event.id): (rule, event) for rule, event in concerned}
    seen = get_many(by_key)
    for key, (rule, event) in by_key.items():
        text = "matched: it alerted, or its cooldown suppressed the alert"
        if key not in seen:
            text = f"no alert: {_reason_without_alert(config, rule, event)}"
        yield Outcome(event.created_at, f"rule {rule.name!r} {text}", {"rule_id": rule.id, "event_id": event.id})


def _reason_without_alert(config: ConfigItem | None, rule: RuleItem, event: EventItem) -> str:
    if config is None or ALERTS not in config.enabled_features:
        return "smart alerts are off"
    if not rule.is_active:
        return "the rule is inactive"
    if rule.created_at > event.created_at:
        return f"the rule was created later, at {rule.created_at}"
    return "its condition does not hold, or the event is still in a queue"


def _emails(config: ConfigItem | None, organization_id: str, events: Sequence[EventItem]) -> Iterator[Outcome]:
    created = [event for event in events if event.event_type == "order.created" and event.resource_id]
    for event in created:
        email = _customer_email(event)
        named = {"order_id": event.resource_id or "", "event_id": event.id}
        if config is None or not known_settings(config).storefront_emails:
            yield Outcome(event.created_at, "no confirmation e-mail: the setting storefrontEmails is off", named)
        elif email is None:
            yield Outcome(event.created_at, "no confirmation e-mail: the order has no e-mail address", named)
        else:
            yield _confirmation(organization_id, customer_id(organization_id, email), event, named)


def _confirmation(organization_id: str, customer: str, event: EventItem, named: dict[str, str]) -> Outcome:
    key = keys.confirmation(organization_id, customer, event.resource_id or "")
    row: Row | None = get_many([key]).get(key)
    item = SentEmailItem.of(row) if row else None
    if item is not None and item.sent_at is not None:
        sent = item.ses_message_id or "not sent, the address is undeliverable"
        return Outcome(item.sent_at, f"confirmation e-mail: {sent}", named)
    return Outcome(event.created_at, "no confirmation e-mail is recorded; the log of send_mail has the reason", named)


def _customer_email(event: EventItem) -> str | None:
    data: Any = codec.loads(event.data) if event.data else {}
    customer = data.get("customer") if isinstance(data, Mapping) else None
    email = customer.get("email") if isinstance(customer, Mapping) else None
    return email if isinstance(email, str) and email else None
