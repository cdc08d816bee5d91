"""A batch of the alerts queue: whether rules hold for events, and whether they may say so.

Everything an event does to a rule is one transaction: that it has been seen, the cooldown's claim or the count of what
was held back, the notification, and the event that takes the alert to the rule's webhook. So an alert is neither lost
nor given twice, and the webhook is nobody's concern here. The events of a batch that are for one rule go together: a
rule with a lot to hold back is written once for ten of them.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from pynamodb.expressions.condition import Condition

from chalicelib.alerts import conditions
from chalicelib.alerts.messages import describe
from chalicelib.alerts.store import RuleItem, find_rule, seen
from chalicelib.alerts.subscriptions import FEATURE
from chalicelib.events import service as events
from chalicelib.kit import clock, codec, log, metrics
from chalicelib.kit.batches import Failures
from chalicelib.kit.errors import Unavailable
from chalicelib.notifications import service as notifications
from chalicelib.organizations.principals import SYSTEM
from chalicelib.organizations.store import ConfigItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import back_off, get_many, map_concurrently
from chalicelib.table.transaction import ConditionFailed, Transaction, absent, exists
from chalicelib.webhooks.subscriptions import ALERT_TRIGGERED

TRIES = 12
IN_APP = ("in_app", "both")
BY_WEBHOOK = ("webhook", "both")

Event = Mapping[str, Any]


class _Subject(NamedTuple):
    organization_id: str
    end_user_id: str
    rule_id: str

    @property
    def key(self) -> Key:
        return keys.alert_rule(*self)


class _Task(NamedTuple):
    """What a batch has for one rule."""

    subject: _Subject
    events: dict[str, Event]
    """By message."""


class _AlreadySeen(Exception):
    def __init__(self, event_id: str) -> None:
        super().__init__(event_id)
        self.event_id = event_id


def evaluate(batch: Mapping[str, Any]) -> Failures:
    """Work off a batch of the queue; the answer tells which messages are to come again."""
    by_rule: defaultdict[_Subject, dict[str, Event]] = defaultdict(dict)
    for record in batch["Records"]:
        body = codec.loads(record["body"])
        for rule_id in body["rules"]:
            subject = _Subject(body["organization_id"], body["end_user_id"], rule_id)
            by_rule[subject][record["messageId"]] = body["event"]
    tasks = [_Task(subject, of_rule) for subject, of_rule in by_rule.items()]
    rows = get_many(key for subject in by_rule for key in _needed(subject))
    failed: set[str] = set()
    for task, done in zip(tasks, map_concurrently(lambda task: _safely(task, rows), tasks), strict=True):
        if not done:
            failed |= task.events.keys()
    for organization_id, end_user_id in {subject[:2] for subject in by_rule}:
        shown, _ = notifications.counts(rows.get(keys.end_user_stats(organization_id, end_user_id), {}))
        if shown + len(tasks) > notifications.MOST_KEPT:
            notifications.trim(organization_id, end_user_id)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in sorted(failed)]}


def _needed(subject: _Subject) -> list[Key]:
    return [
        subject.key,
        keys.config(subject.organization_id),
        keys.end_user_stats(subject.organization_id, subject.end_user_id),
    ]


def _safely(task: _Task, rows: Mapping[Key, Row]) -> bool:
    subject = task.subject
    with log.bound(organization_id=subject.organization_id, end_user_id=subject.end_user_id, rule_id=subject.rule_id):
        try:
            rule, config = rows.get(subject.key), rows.get(keys.config(subject.organization_id))
            if rule is not None and config is not None and _is_heard(ConfigItem.of(config)):
                _evaluate(RuleItem.of(rule), list(task.events.values()))
        except Exception as failure:
            log.error("alert_failed", failure)
            return False
        return True


def _is_heard(config: ConfigItem) -> bool:
    return FEATURE in config.enabled_features


def _evaluate(rule: RuleItem, of_rule: list[Event]) -> None:
    pending = {event["id"]: event for event in sorted(of_rule, key=lambda event: str(event["id"]))}
    for number in range(TRIES):
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
            back_off(number)
            current = find_rule(rule.organization_id, rule.end_user_id, rule.id)
            if current is None:
                return
            rule = current
    raise Unavailable


def _holds(rule: RuleItem, event: Event) -> bool:
    return rule.event_type == event["type"] and conditions.matches(rule.condition, _data(event))


def _data(event: Event) -> Any:
    return codec.loads(event["data"]) if event["data"] else {}


def _settle(rule: RuleItem, matching: list[Event]) -> None:
    transaction = Transaction()
    for event in matching:
        transaction.put(seen(rule.organization_id, rule.id, event["id"]), absent(), error=_AlreadySeen(event["id"]))
    unchanged: Condition = exists() & (RuleItem.is_active == True)  # noqa: E712 - a condition, not a comparison
    silent = _is_silent(rule)
    if silent:
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
    _tell(matching, silent)


def _tell(matching: list[Event], silent: bool) -> None:
    """The first of the events has fired the rule, unless it is silent; the others were held back."""
    held_back = matching if silent else matching[1:]
    fired = len(matching) - len(held_back)
    metrics.emit({}, {"FiredAlerts": (fired, "Count"), "SuppressedAlerts": (len(held_back), "Count")})
    for position, event in enumerate(matching):
        log.info("rule_matched", event_id=event["id"], fired=position < fired)


def _is_silent(rule: RuleItem) -> bool:
    if rule.last_alert_at is None:
        return False
    return clock.now() < clock.parse(rule.last_alert_at) + timedelta(minutes=rule.cooldown_minutes)


def _alert(transaction: Transaction, rule: RuleItem, event: Event) -> None:
    """Tell of `event` in the ways the rule names, and of how many were held back before it."""
    data = _data(event)
    severity, title, message = describe(event["type"], data, rule.name)
    about = {"event_id": event["id"], "resource_type": event["resource_type"], "resource_id": event["resource_id"]}
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
            metadata={**about, "rule_name": rule.name, "suppressed_count": rule.suppressed_count},
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
            metadata=about,
            data=snapshot,
        )
