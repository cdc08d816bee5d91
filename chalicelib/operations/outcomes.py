"""What became of events: deliveries, alerts and e-mails, and why some were not sent.

The reason is worked out from what is stored now. What was decided earlier under other settings is in the logs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.alerts.store import RuleItem
from chalicelib.alerts.subscriptions import FEATURE as ALERTS
from chalicelib.events.store import EventItem
from chalicelib.kit import codec
from chalicelib.mail.store import SentEmailItem
from chalicelib.organizations import configs
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import is_suspended
from chalicelib.privacy.identity import customer_id
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.reads import get_many, query_all
from chalicelib.webhooks.explaining import Explanation, explain, subscriber_of
from chalicelib.webhooks.store import WebhookItem
from chalicelib.webhooks.subscriptions import organization_webhook_key

MAX_SUBSCRIPTIONS = 300


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
    rows = read_subscriptions(organization_id, user)
    rows += list(get_many([organization_webhook_key(organization_id)]).values())
    hooks = {row["sk"]["S"]: WebhookItem.of(row) for row in rows if not row["sk"]["S"].startswith(keys.RULES)}
    rules = [RuleItem.of(row) for row in rows if row["sk"]["S"].startswith(keys.RULES)]
    if not hooks:
        yield Outcome(events[-1].created_at, "no delivery: neither the end user nor the organization has a webhook")
    yield from _deliveries(config, list(hooks.values()), events)
    yield from _alerts(config, rules, events)
    yield from _emails(config, organization_id, events)


def read_subscriptions(organization_id: str, user: str | None) -> list[Row]:
    """Webhooks, rules, and the webhooks of rules."""
    return query_all(keys.subscriptions(organization_id, user), limit=MAX_SUBSCRIPTIONS)


def _deliveries(config: ConfigItem | None, hooks: list[WebhookItem], events: Sequence[EventItem]) -> Iterator[Outcome]:
    for each in explain(config, list(map(subscriber_of, hooks)), events):
        hook, at = each.subscriber.item, each.event.created_at
        assert hook is not None
        named = {"webhook_id": hook.id, "delivery_id": each.delivery_id, "event_id": each.event.id}
        where = f"{_name(hook)} {hook.url}"
        if each.status == "not_sent":
            yield Outcome(at, f"no delivery to {where}: {_reason_without_delivery(each, hook)}", named)
        else:
            yield Outcome(at, f"delivery to {where}: {_state(each, hook)}", named)
        for item in each.attempts:
            result = item.response_status or item.error_class or "no response"
            text = f"attempt {item.attempt} at {_name(hook)}: {result} in {item.duration_ms} ms ({item.trigger})"
            yield Outcome(item.sent_at, text, named)


def _name(hook: WebhookItem) -> str:
    return {"rule": "the rule's webhook", "organization": "the organization's webhook"}.get(
        hook.webhook_type, "the end user's webhook"
    )


def _state(each: Explanation, hook: WebhookItem) -> str:
    tried = f"after {each.attempts_made} attempts"
    match each.status:
        case "succeeded":
            return f"delivered {tried}"
        case "failed":
            item = each.delivery
            return f"failed for good {tried}: {(item and (item.error_class or item.response_status)) or 'unknown'}"
        case "skipped":
            return "skipped, because the webhook or its feature was off; a replay sends it"
        case "dropped":
            return "dropped, because the webhook was deleted or no longer subscribed to the event"
    match each.reason:
        case "organization_suspended":
            return f"deferred {tried}, until the organization is resumed"
        case "breaker_open":
            until = f" until {hook.breaker_until}" if hook.breaker_until else ""
            return f"deferred {tried}: the receiver failed too often and is not called{until}"
    return f"pending {tried}, next attempt at {each.next_attempt_at or 'once its message is handled'}"


def _reason_without_delivery(each: Explanation, hook: WebhookItem) -> str:
    match each.reason:
        case "not_subscribed":
            return f"it does not subscribe to {each.event.event_type}"
        case "feature_disabled":
            return "the feature it needs is off"
        case "filtered":
            return "its filter leaves it out"
        case "created_later":
            return f"it was created later, at {hook.created_at}"
        case "webhook_inactive":
            return f"it is inactive since {hook.inactive_since} ({hook.disabled_reason or 'switched off'})"
        case "queued":
            return "not yet; the event may still be in a queue"
    return "none is recorded; see the logs of dispatch_events and deliver_webhooks and the dead letters, or republish"


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
