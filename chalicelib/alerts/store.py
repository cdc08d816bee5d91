"""Alert rules, and the events they have already seen."""

from typing import Final

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.kit import clock
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.reads import Prefix, find, query_all

MAX_RULES: Final = 20
SEEN_KEPT_S: Final = 91 * 86400
"""Longer than events are kept, because events can be republished from the log."""


class RuleItem(Item):
    id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()
    name = UnicodeAttribute()
    description = UnicodeAttribute(null=True)
    event_type = UnicodeAttribute()
    condition = DocumentAttribute()
    delivery_method = UnicodeAttribute()
    webhook_url = UnicodeAttribute(null=True)
    cooldown_minutes = IntegerAttribute()
    is_active = BooleanAttribute(default=True)
    last_alert_at = UnicodeAttribute(null=True)
    suppressed_count = IntegerAttribute(default=0)
    """Events suppressed by the cooldown since the last alert."""
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    version = IntegerAttribute(default=1)
    """Changes when the end user updates the rule, not when it alerts."""


class SeenItem(Item):
    """Marks an event that a rule has handled, by an alert or by suppressing it. The event id is the sort key."""


def find_rule(organization_id: str, end_user_id: str, rule_id: str) -> RuleItem | None:
    return find(RuleItem, keys.alert_rule(organization_id, end_user_id, rule_id))


def list_rules(organization_id: str, end_user_id: str) -> list[RuleItem]:
    """Oldest first, read consistently."""
    partition = keys.subscriptions(organization_id, end_user_id)
    rows = query_all(partition, Prefix(keys.RULES), limit=MAX_RULES + 1)
    return sorted(map(RuleItem.of, rows), key=lambda item: (item.created_at, item.id))


def new_seen_item(organization_id: str, rule_id: str, event_id: str) -> SeenItem:
    return SeenItem.at(
        keys.alert_seen(organization_id, rule_id, event_id), expires=clock.epoch(clock.in_seconds(SEEN_KEPT_S))
    )
