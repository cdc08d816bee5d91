"""Which alert rules an event is evaluated against."""

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.alerts.store import RuleItem
from chalicelib.events.types import SUBSCRIBABLE
from chalicelib.kit import clock
from chalicelib.kit.queues import Message, tenant_group
from chalicelib.organizations.store import ConfigItem

FEATURE = "smart_alerts"
CLOCK_SKEW_S = 60


def messages(event: Mapping[str, Any], config: ConfigItem | None, rules: Iterable[RuleItem]) -> list[Message]:
    """One message if there are active rules for the event's type. Their conditions are evaluated by its consumer."""
    if event["type"] not in SUBSCRIBABLE or config is None or FEATURE not in config.enabled_features:
        return []
    rule_ids = [rule.id for rule in rules if _concerns(rule, event)]
    if not rule_ids:
        return []
    body = {"organization_id": event["organization_id"], "end_user_id": event["end_user_id"], "rules": rule_ids}
    sent = ("id", "type", "created_at", "resource_type", "resource_id", "data")
    group = tenant_group(event["organization_id"], event["end_user_id"])
    return [Message({**body, "event": {name: event[name] for name in sent}}, group)]


def _concerns(rule: RuleItem, event: Mapping[str, Any]) -> bool:
    """Excludes republished events that are older than the rule."""
    age = clock.parse(event["created_at"]) - clock.parse(rule.created_at)
    return rule.is_active and rule.event_type == event["type"] and age.total_seconds() >= -CLOCK_SKEW_S
