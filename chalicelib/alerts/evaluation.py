"""Consumer of the alerts queue: evaluates rules against events and sends alerts, within each rule's cooldown.

Everything an event changes for a rule is one transaction: the mark that it has been seen, the start of the cooldown or
the count of suppressed events, the notification, and the event that takes the alert to the rule's webhook. So an alert
is neither lost nor sent twice, and webhooks need no handling here. All events of a batch for the same rule share a
transaction, so that suppressing ten of them is a single write to the rule.

A message has a budget of rules. Those beyond it go on in a message of their own, behind other tenants' messages, so
that one merchant's rules delay nobody else's alerts.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from pynamodb.expressions.condition import Condition

from chalicelib.alerts.event_types import describe
from chalicelib.alerts.store import RuleItem, find_rule, new_seen_item
from chalicelib.alerts.subscriptions import FEATURE
from chalicelib.events import conditions
from chalicelib.events import service as events
from chalicelib.events.facts import Facts
from chalicelib.events.types import ALERT_TRIGGERED
from chalicelib.kit import clock, codec, log, metrics
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.queues import Failures, Message, NotSent, read_bodies, send, tenant_group
from chalicelib.kit.settings import settings
from chalicelib.notifications import service as notifications
from chalicelib.organizations.principals import SYSTEM
from chalicelib.organizations.store import ConfigItem
from chalicelib.organizations.suspension import REASON as SUSPENDED
from chalicelib.organizations.suspension import is_suspended
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import back_off, get_many, map_concurrently
from chalicelib.table.transaction import ConditionFailed, Transaction, absent, exists

MAX_COMMIT_ATTEMPTS = 12
RULES_AT_ONCE = 5
"""The rules of a message that are evaluated together. An end user may have four times as many."""
IN_APP = ("in_app", "both")
BY_WEBHOOK = ("webhook", "both")

Event = Mapping[str, Any]


class _RuleRef(NamedTuple):
    organization_id: str
    end_user_id: str
    rule_id: str

    @property
    def key(self) -> Key:
        return keys.alert_rule(*self)


class _Task(NamedTuple):
    """The events of a batch for one rule."""

    rule_ref: _RuleRef
    events: dict[str, Event]
    """By message id."""


class _AlreadySeen(Exception):
    def __init__(self, event_id: str) -> None:
        super().__init__(event_id)
        self.event_id = event_id


def evaluate(batch: Mapping[str, Any]) -> Failures:
    """Process a batch of the queue and report the messages that must come again."""
    by_rule: defaultdict[_RuleRef, dict[str, Event]] = defaultdict(dict)
    bodies, failed = read_bodies(batch)
    for message_id, body in bodies.items():
        try:
            event = _read(body["event"])
            for rule_id in body["rules"][:RULES_AT_ONCE]:
                by_rule[_RuleRef(body["organization_id"], body["end_user_id"], rule_id)][message_id] = event
        except Exception as failure:
            log.error("message_unreadable", failure, message_id=message_id)
            failed.add(message_id)
    failed |= _go_on({name: body for name, body in bodies.items() if name not in failed})
    tasks = [_Task(rule_ref, of_rule) for rule_ref, of_rule in by_rule.items()]
    rows = get_many(key for rule_ref in by_rule for key in _needed(rule_ref))
    for task, done in zip(tasks, map_concurrently(lambda task: _safely(task, rows), tasks), strict=True):
        if not done:
            failed |= task.events.keys()
    for organization_id, end_user_id in {rule_ref[:2] for rule_ref in by_rule}:
        shown, _ = notifications.read_counts(rows.get(keys.end_user_stats(organization_id, end_user_id), {}))
        if shown + len(tasks) > notifications.MAX_KEPT:
            notifications.trim(organization_id, end_user_id)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in sorted(failed)]}


def _read(event: Mapping[str, Any]) -> Event:
    """The event with its data parsed, once for all rules."""
    data = codec.loads(event["data"]) if event["data"] else {}
    return {**event, "data": data, "facts": Facts(data)}


def _go_on(bodies: Mapping[str, dict[str, Any]]) -> set[str]:
    """Send the rules beyond the budget on. Returns the ids of messages whose rules the queue refused: they come again,
    and what they did before has no effect twice."""
    ids = [message_id for message_id, body in bodies.items() if len(body["rules"]) > RULES_AT_ONCE]
    if not ids:
        return set()
    try:
        send(settings().alerts_queue_url, [_rest(bodies[message_id]) for message_id in ids])
    except NotSent as failure:
        log.error("rules_not_passed_on", failure)
        return {ids[position] for position in failure.failed}
    return set()


def _rest(body: dict[str, Any]) -> Message:
    group = tenant_group(body["organization_id"], body["end_user_id"])
    return Message({**body, "rules": body["rules"][RULES_AT_ONCE:]}, group)


def _needed(rule_ref: _RuleRef) -> list[Key]:
    return [
        rule_ref.key,
        keys.config(rule_ref.organization_id),
        keys.end_user_stats(rule_ref.organization_id, rule_ref.end_user_id),
    ]


def _safely(task: _Task, rows: Mapping[Key, Row]) -> bool:
    rule_ref = task.rule_ref
    with log.bound(
        organization_id=rule_ref.organization_id, end_user_id=rule_ref.end_user_id, rule_id=rule_ref.rule_id
    ):
        try:
            rule, config = rows.get(rule_ref.key), rows.get(keys.config(rule_ref.organization_id))
            reason = _reason_not_to_evaluate(rule, config)
            if reason is not None:
                for event in task.events.values():
                    log.info("rule_not_evaluated", event_id=event["id"], reason=reason)
            elif rule is not None:
                _evaluate(RuleItem.of(rule), list(task.events.values()))
        except Exception as failure:
            log.error("alert_failed", failure)
            return False
        return True


def _reason_not_to_evaluate(rule: Row | None, config_row: Row | None) -> str | None:
    config = ConfigItem.of(config_row) if config_row is not None else None
    if rule is None:
        return "rule_deleted"
    if is_suspended(config):
        return SUSPENDED
    return None if config is not None and FEATURE in config.enabled_features else "feature_disabled"


def _evaluate(rule: RuleItem, of_rule: list[Event]) -> None:
    pending = {event["id"]: event for event in sorted(of_rule, key=lambda event: str(event["id"]))}
    for attempt in range(MAX_COMMIT_ATTEMPTS):
        if not rule.is_active:
            return
        pending = {name: event for name, event in pending.items() if _holds(rule, event)}
        if not pending:
            return
        try:
            _settle(rule, list(pending.values()))
            return
        except _AlreadySeen as known:
            del pending[known.event_id]
        except ConditionFailed:
            back_off(attempt)
            current = find_rule(rule.organization_id, rule.end_user_id, rule.id)
            if current is None:
                return
            rule = current
    raise Unavailable


def _holds(rule: RuleItem, event: Event) -> bool:
    return rule.event_type == event["type"] and conditions.holds(rule.condition, event["facts"])


def _settle(rule: RuleItem, matching: list[Event]) -> None:
    transaction = Transaction()
    for event in matching:
        transaction.put(
            new_seen_item(rule.organization_id, rule.id, event["id"]), absent(), error=_AlreadySeen(event["id"])
        )
    unchanged: Condition = exists() & (RuleItem.is_active == True)  # noqa: E712 - a condition, not a comparison
    is_cooling_down = _is_cooling_down(rule)
    if is_cooling_down:
        unchanged &= RuleItem.last_alert_at == rule.last_alert_at
        transaction.update(rule.key, [RuleItem.suppressed_count.add(len(matching))], unchanged)
    else:
        last = RuleItem.last_alert_at
        unchanged &= last.does_not_exist() if rule.last_alert_at is None else last == rule.last_alert_at
        unchanged &= RuleItem.suppressed_count == rule.suppressed_count
        actions = [last.set(clock.timestamp()), RuleItem.suppressed_count.set(len(matching) - 1)]
        transaction.update(rule.key, actions, unchanged)
        _alert(transaction, rule, matching[0])
    transaction.commit()
    _report(matching, is_cooling_down)


def _report(matching: list[Event], is_cooling_down: bool) -> None:
    """Unless the rule is silent, the first event has fired it; the others were suppressed."""
    suppressed = matching if is_cooling_down else matching[1:]
    fired = len(matching) - len(suppressed)
    metrics.emit({}, {"FiredAlerts": (fired, "Count"), "SuppressedAlerts": (len(suppressed), "Count")})
    for position, event in enumerate(matching):
        log.info("rule_matched", event_id=event["id"], fired=position < fired)


def _is_cooling_down(rule: RuleItem) -> bool:
    if rule.last_alert_at is None:
        return False
    return clock.now() < clock.parse(rule.last_alert_at) + timedelta(minutes=rule.cooldown_minutes)


def _alert(transaction: Transaction, rule: RuleItem, event: Event) -> None:
    """Send the alert by the rule's delivery methods, with the number of events suppressed since the last one."""
    data = event["data"]
    severity, title, message = describe(event["type"], data, rule.name)
    metadata = {"event_id": event["id"], "resource_type": event["resource_type"], "resource_id": event["resource_id"]}
    notification_id = None
    if rule.delivery_method in IN_APP:
        notification_id = notifications.add(
            transaction,
            rule.organization_id,
            rule.end_user_id,
            rule_id=rule.id,
            event_type=event["type"],
            severity=severity,
            title=title,
            message=message,
            metadata={**metadata, "rule_name": rule.name, "suppressed_count": rule.suppressed_count},
        )
    if rule.delivery_method in BY_WEBHOOK:
        snapshot = {
            "rule": {"id": rule.id, "name": rule.name},
            "event": {"id": event["id"], "type": event["type"], "timestamp": event["created_at"]},
            "notification_id": notification_id,
            "severity": severity,
            "title": title,
            "message": message,
            "suppressed_count": rule.suppressed_count,
            "object": data,
        }
        events.record(
            transaction,
            rule.organization_id,
            rule.end_user_id,
            ALERT_TRIGGERED,
            by=SYSTEM,
            resource=("alert_rule", rule.id),
            metadata=metadata,
            data=snapshot,
        )
