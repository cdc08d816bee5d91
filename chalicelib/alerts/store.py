"""Alert rules, what they have seen, and notifications: items and the reads along them."""

from typing import Final

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib import clock
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item, Row
from chalicelib.table.pages import Window, list_entries
from chalicelib.table.reads import Prefix, find, get_many, query, query_all

MAX_RULES: Final = 20
SEEN_KEPT_S: Final = 91 * 86400
"""Longer than events, which can be sent again out of the log."""
DISMISSED_KEPT_S: Final = 90 * 86400


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
    """Events that would have alerted since the last alert, but for the cooldown."""
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    version = IntegerAttribute(default=1)
    """Changes with every change by the end user, not with alerts."""


class SeenItem(Item):
    """An event that a rule has counted, as an alert or as held back. The event is the sort key."""


class NotificationItem(Item):
    """The id is the sort key. Where it stands tells whether it is dismissed; see `keys`."""

    rule_id = UnicodeAttribute(null=True)
    event_type = UnicodeAttribute()
    severity = UnicodeAttribute()
    title = UnicodeAttribute()
    message = UnicodeAttribute()
    metadata = DocumentAttribute(default=dict)
    is_read = BooleanAttribute(default=False)
    is_dismissed = BooleanAttribute(default=False)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()


class NotificationCounts(Item):
    """Among the end user's counters."""

    notifications = IntegerAttribute(default=0)
    unread_notifications = IntegerAttribute(default=0)


def find_rule(organization_id: str, end_user_id: str, rule_id: str) -> RuleItem | None:
    return find(RuleItem, keys.alert_rule(organization_id, end_user_id, rule_id))


def list_rules(organization_id: str, end_user_id: str) -> list[RuleItem]:
    """Oldest first, as they are now."""
    partition = keys.subscriptions(organization_id, end_user_id)
    rows = query_all(partition, Prefix(keys.RULES), most=MAX_RULES + 1)
    return sorted(map(RuleItem.of, rows), key=lambda item: (item.created_at, item.id))


def seen(organization_id: str, rule_id: str, event_id: str) -> SeenItem:
    return SeenItem.at(
        keys.alert_seen(organization_id, rule_id, event_id), expires=clock.epoch(clock.in_seconds(SEEN_KEPT_S))
    )


def find_notification(organization_id: str, end_user_id: str, notification_id: str) -> NotificationItem | None:
    """Dismissed or not, in one read."""
    wanted = [
        keys.notification(organization_id, end_user_id, notification_id),
        keys.dismissed_notification(organization_id, end_user_id, notification_id),
    ]
    rows = list(get_many(wanted).values())
    return NotificationItem.of(rows[0]) if rows else None


def list_notifications(
    organization_id: str, end_user_id: str, window: Window, *, unread: bool
) -> tuple[list[NotificationItem], str | None]:
    """Newest first without the dismissed ones, and the sort key to go on below."""
    if not unread:
        partition = keys.notification(organization_id, end_user_id, "").pk
        entries = list_entries(partition, window, consistent=True)
        return [NotificationItem.of(row) for row in entries.rows], entries.next
    partition = keys.unread_notification(organization_id, end_user_id, "").pk
    entries = list_entries(partition, window, consistent=True)
    wanted = [keys.notification(organization_id, end_user_id, row["sk"]["S"]) for row in entries.rows]
    found = get_many(wanted)
    return [NotificationItem.of(found[key]) for key in wanted if key in found], entries.next


def oldest_notifications(organization_id: str, end_user_id: str, most: int) -> list[NotificationItem]:
    partition = keys.notification(organization_id, end_user_id, "").pk
    return [NotificationItem.of(row) for row in query(partition, limit=most, consistent=True).rows]


def counts(stats: Row) -> tuple[int, int]:
    """Notifications that are not dismissed, and those of them that are unread."""
    found = NotificationCounts.of(stats) if stats else NotificationCounts()
    return found.notifications, found.unread_notifications
