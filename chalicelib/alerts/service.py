"""Managing end users' alert rules. evaluation.py applies them to events."""

from typing import Any

from chalicelib.alerts.schemas import (
    DryRun,
    DryRunCreate,
    MatchedEvent,
    RuleCreate,
    RuleRead,
    RuleUpdate,
    RuleWithSecret,
)
from chalicelib.alerts.store import MAX_RULES, RuleItem, find_rule, list_rules
from chalicelib.events import conditions
from chalicelib.events import service as events
from chalicelib.events.fields import unknown_fields
from chalicelib.events.types import EventType
from chalicelib.kit import clock, codec, ids
from chalicelib.kit.errors import Invalid, NotFound
from chalicelib.notifications import service as notifications
from chalicelib.organizations import end_users
from chalicelib.organizations.principals import Actor
from chalicelib.security.rate_limits import TenantLimits
from chalicelib.table import keys
from chalicelib.table.batch_write import delete_part
from chalicelib.table.items import assign
from chalicelib.table.reads import ALL, Part, Prefix, prefetch
from chalicelib.table.transaction import Transaction, absent, exists, retry_on_conflict
from chalicelib.webhooks import attached, operations
from chalicelib.webhooks.schemas import unmask_url
from chalicelib.webhooks.service import check_url

WITH_WEBHOOK = ("webhook", "both")
DRY_RUN_EVENTS = 1000
DRY_RUN_LIMITS = TenantLimits.of("rule-test")


def list_all(organization_id: str, end_user_id: str) -> list[RuleRead]:
    webhooks = prefetch(attached.rule_webhooks, organization_id, end_user_id)
    rules = list_rules(organization_id, end_user_id)
    by_rule = webhooks.result()
    return [RuleRead.of(rule, by_rule.get(rule.id)) for rule in rules]


def create(organization_id: str, end_user_id: str, request: RuleCreate, actor: Actor) -> RuleRead:
    """If the rule has a webhook, the secret is returned only here."""
    _check(request.condition, request.delivery_method, request.webhook_url, request.webhook_url, request.event_type)
    rule_id, now = ids.new_id(), clock.timestamp()
    item = RuleItem.at(
        keys.alert_rule(organization_id, end_user_id, rule_id),
        id=rule_id,
        organization_id=organization_id,
        end_user_id=end_user_id,
        created_at=now,
        updated_at=now,
        **request.model_dump(),
    )
    transaction = Transaction()
    end_users.count_rule(transaction, organization_id, end_user_id, MAX_RULES)
    transaction.put(item, absent())
    secret = _put_webhook(transaction, item, None)
    _record(transaction, item, "alert_rule.created", actor)
    transaction.commit()
    return _shown(item, secret)


def update(organization_id: str, end_user_id: str, rule_id: str, change: RuleUpdate, actor: Actor) -> RuleRead:
    """Changing the delivery method to `webhook` or `both` creates a webhook, whose secret is returned only here."""
    if change.is_active or change.webhook_url is not None:
        operations.REDELIVERY_LIMITS.consume(organization_id, end_user_id, change.webhook_url)

    def attempt() -> RuleRead:
        item = get(organization_id, end_user_id, rule_id)
        if not change.model_fields_set:
            return _shown(item, None)
        before = RuleItem.of(item.serialize())
        changed = change.model_dump(include=change.model_fields_set)
        if change.webhook_url is not None:
            changed["webhook_url"] = unmask_url(change.webhook_url, item.webhook_url)
        actions = assign(item, {**changed, "updated_at": clock.timestamp(), "version": before.version + 1})
        # A stored condition may be older than the check of its fields, and must not keep a rule from being renamed.
        event_type = None if change.condition is None else item.event_type
        _check(item.condition, item.delivery_method, item.webhook_url, change.webhook_url, event_type)
        transaction = Transaction()
        transaction.update(item.key, actions, exists() & (RuleItem.version == before.version))
        secret = _put_webhook(transaction, item, before, activate=bool(change.is_active))
        end_users.note_changed_subscriptions(transaction, organization_id, end_user_id)
        _record(transaction, item, "alert_rule.updated", actor, fields=sorted(change.model_fields_set))
        transaction.commit()
        return _shown(item, secret)

    return retry_on_conflict(attempt)


def _check(condition: Any, method: str, url: str | None, new_url: str | None, event_type: str | None) -> None:
    wrong = conditions.validate(condition)
    if not wrong and event_type is not None:
        wrong = unknown_fields(condition, [event_type])
    if method in WITH_WEBHOOK and url is None:
        wrong.append(("webhookUrl", "is required if deliveryMethod is webhook or both"))
    if wrong:
        raise Invalid(wrong)
    if new_url is not None:
        check_url(new_url, "webhookUrl")


def _put_webhook(
    transaction: Transaction, item: RuleItem, before: RuleItem | None, *, activate: bool = False
) -> str | None:
    """Bring the webhook in line with the rule. Returns the secret of a new webhook."""
    destination = attached.rule_destination(item.organization_id, item.end_user_id, item.id)
    had = before is not None and before.delivery_method in WITH_WEBHOOK
    if item.delivery_method not in WITH_WEBHOOK or item.webhook_url is None:
        if had:
            attached.remove(transaction, destination)
        return None
    if before is None or not had:
        secret, ciphertext = attached.new_secret(destination)
        attached.point(transaction, destination, item.webhook_url, ciphertext)
        return secret
    if activate or item.webhook_url != before.webhook_url:
        attached.point(transaction, destination, item.webhook_url)
    return None


def delete(organization_id: str, end_user_id: str, rule_id: str, actor: Actor) -> None:
    item = get(organization_id, end_user_id, rule_id)
    transaction = Transaction()
    transaction.delete(item.key, exists(), error=NotFound())
    attached.remove(transaction, attached.rule_destination(organization_id, end_user_id, rule_id))
    end_users.uncount_rule(transaction, organization_id, end_user_id)
    _record(transaction, item, "alert_rule.deleted", actor)
    transaction.commit()


def dry_run(organization_id: str, end_user_id: str, rule_id: str) -> DryRun:
    """The end user's recent events that the rule holds for, regardless of its cooldown."""
    item = get(organization_id, end_user_id, rule_id)
    return _try(organization_id, end_user_id, item.event_type, item.condition)


def try_condition(organization_id: str, end_user_id: str, request: DryRunCreate) -> DryRun:
    """The same for a condition of no rule yet, which must be one that a rule may have."""
    _check(request.condition, "in_app", None, None, request.event_type)
    return _try(organization_id, end_user_id, request.event_type, request.condition)


def _try(organization_id: str, end_user_id: str, event_type: str, condition: dict[str, Any]) -> DryRun:
    DRY_RUN_LIMITS.consume(organization_id, end_user_id)
    recent = events.list_recent(organization_id, end_user_id, event_type, DRY_RUN_EVENTS)
    matched = [
        MatchedEvent(event_id=event.id, event_type=event.event_type, created_at=event.created_at)
        for event in recent
        if conditions.matches(condition, codec.loads(event.data) if event.data else {})
    ]
    return DryRun(evaluated=len(recent), matched=matched)


def get(organization_id: str, end_user_id: str, rule_id: str) -> RuleItem:
    item = find_rule(organization_id, end_user_id, rule_id)
    if item is None:
        raise NotFound
    return item


def remove_of_end_user(organization_id: str, end_user_id: str) -> bool:
    """Remove a deleted end user's rules, rule webhooks and notifications. Returns whether there may be more."""
    subscriptions = keys.subscriptions(organization_id, end_user_id)
    parts: list[tuple[str, Part]] = [(subscriptions, Prefix(keys.RULES)), (subscriptions, Prefix(keys.RULE_WEBHOOKS))]
    parts += [(key.pk, ALL) for key in notifications.partitions(organization_id, end_user_id)]
    more = [delete_part(pk, part) for pk, part in parts]
    return any(more)


def _shown(item: RuleItem, secret: str | None) -> RuleRead:
    webhook = None
    if item.delivery_method in WITH_WEBHOOK:
        webhook = attached.find_webhook(attached.rule_destination(item.organization_id, item.end_user_id, item.id))
    shown = RuleRead.of(item, webhook)
    return shown if secret is None else RuleWithSecret(**shown.model_dump(), webhookSecret=secret)


def _record(
    transaction: Transaction, item: RuleItem, event_type: EventType, actor: Actor, fields: list[str] | None = None
) -> None:
    events.record(
        transaction,
        item.organization_id,
        item.end_user_id,
        event_type,
        by=actor,
        resource=("alert_rule", item.id),
        metadata={"name": item.name, **({"fields": fields} if fields is not None else {})},
    )
