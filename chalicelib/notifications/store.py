from typing import Final

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.pages import Window, list_entries
from chalicelib.table.reads import get_many, query

DISMISSED_KEPT_S: Final = 90 * 86400


class NotificationItem(Item):
    """The id is the sort key. The partition says whether the notification is dismissed; see `keys`."""

    rule_id = UnicodeAttribute(null=True)
    event_type = UnicodeAttribute()
    severity = UnicodeAttribute()
    title = UnicodeAttribute()
    message = UnicodeAttribute()
    metadata = DocumentAttribute(default=dict)
    said = DocumentAttribute(null=True)
    """Code and values of the message."""
    is_read = BooleanAttribute(default=False)
    is_dismissed = BooleanAttribute(default=False)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()


class NotificationCounts(Item):
    """Part of the end user's counters."""

    notifications = IntegerAttribute(default=0)
    unread_notifications = IntegerAttribute(default=0)


def find_notification(organization_id: str, end_user_id: str, notification_id: str) -> NotificationItem | None:
    """Find a notification, dismissed or not, in one read."""
    wanted = [
        keys.notification(organization_id, end_user_id, notification_id),
        keys.dismissed_notification(organization_id, end_user_id, notification_id),
    ]
    rows = list(get_many(wanted).values())
    return NotificationItem.of(rows[0]) if rows else None


def list_notifications(
    organization_id: str, end_user_id: str, window: Window, *, unread: bool
) -> tuple[list[NotificationItem], str | None]:
    """Notifications that are not dismissed, newest first, and the sort key to continue below."""
    if not unread:
        partition = keys.notification(organization_id, end_user_id, "").pk
        entries = list_entries(partition, window, consistent=True)
        return [NotificationItem.of(row) for row in entries.rows], entries.next
    partition = keys.unread_notification(organization_id, end_user_id, "").pk
    entries = list_entries(partition, window, consistent=True)
    wanted = [keys.notification(organization_id, end_user_id, row["sk"]["S"]) for row in entries.rows]
    found = get_many(wanted)
    return [NotificationItem.of(found[key]) for key in wanted if key in found], entries.next


def list_oldest(organization_id: str, end_user_id: str, most: int) -> list[NotificationItem]:
    partition = keys.notification(organization_id, end_user_id, "").pk
    return [NotificationItem.of(row) for row in query(partition, limit=most, consistent=True).rows]
