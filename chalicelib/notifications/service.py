"""Notifications of end users.

They are listed from the table itself, so that a session sees its own changes at once, and counted by counters that
change in the same transactions. The newest thousand are kept; dismissed ones are kept apart for 90 days.
"""

from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit import clock, ids
from chalicelib.kit.errors import NotFound
from chalicelib.kit.said import coded
from chalicelib.notifications.schemas import NotificationRead, NotificationUpdate, Severity
from chalicelib.notifications.store import (
    DISMISSED_KEPT_S,
    NotificationCounts,
    NotificationItem,
    find_notification,
    list_notifications,
    list_oldest,
)
from chalicelib.table import keys
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window
from chalicelib.table.transaction import ConditionFailed, Transaction, absent, exists, retry_on_conflict

MAX_KEPT = 1000
TRIM_BATCH = 25


def add(
    transaction: Transaction,
    organization_id: str,
    end_user_id: str,
    *,
    rule_id: str | None,
    event_type: str,
    severity: Severity,
    title: str,
    message: str,
    metadata: dict[str, Any],
) -> str:
    """Add a notification to the transaction of the change that it reports. Returns its id."""
    notification_id = ids.new_ordered_id()
    # The time in the id, so that notifications are listed in the order of the times they show.
    now = ids.time_of(notification_id)
    item = NotificationItem.at(
        keys.notification(organization_id, end_user_id, notification_id),
        rule_id=rule_id,
        event_type=event_type,
        severity=severity,
        title=title,
        message=message,
        metadata=metadata,
        said=coded(message) or None,
        created_at=now,
        updated_at=now,
    )
    transaction.put(item, absent())
    transaction.put(Item.at(keys.unread_notification(organization_id, end_user_id, notification_id)))
    _count(transaction, organization_id, end_user_id, shown=1, unread=1)
    return notification_id


def list_page(
    organization_id: str, end_user_id: str, stats: Row, window: Window, *, unread: bool
) -> tuple[list[NotificationRead], int, int, str | None]:
    """(notifications newest first, total, number of unread ones, the sort key to continue below)."""
    items, next_key = list_notifications(organization_id, end_user_id, window, unread=unread)
    shown, not_read = read_counts(stats)
    return [NotificationRead.of(item) for item in items], not_read if unread else shown, not_read, next_key


def get(organization_id: str, end_user_id: str, notification_id: str) -> NotificationRead:
    """NotFound."""
    item = find_notification(organization_id, end_user_id, notification_id)
    if item is None:
        raise NotFound
    return NotificationRead.of(item)


def read_counts(stats: Row) -> tuple[int, int]:
    """The number of notifications that are not dismissed, and how many of these are unread."""
    found = NotificationCounts.of(stats) if stats else NotificationCounts()
    return found.notifications, found.unread_notifications


def update(
    organization_id: str, end_user_id: str, notification_id: str, change: NotificationUpdate
) -> NotificationRead:
    def attempt() -> NotificationRead:
        item = find_notification(organization_id, end_user_id, notification_id)
        if item is None:
            raise NotFound
        is_read = item.is_read if change.is_read is None else change.is_read
        is_dismissed = item.is_dismissed if change.is_dismissed is None else change.is_dismissed
        if (is_read, is_dismissed) == (item.is_read, item.is_dismissed):
            return NotificationRead.of(item)
        transaction = Transaction()
        _put(transaction, (organization_id, end_user_id), item, is_read, is_dismissed)
        transaction.commit()
        return NotificationRead.of(item)

    return retry_on_conflict(attempt)


def _put(
    transaction: Transaction, owner: tuple[str, str], item: NotificationItem, is_read: bool, is_dismissed: bool
) -> None:
    """Write the notification in its new state, under its new key, together with its unread entry and the counters."""
    notification_id = item.sk
    was_shown, was_unread = not item.is_dismissed, not item.is_dismissed and not item.is_read
    shown, unread = not is_dismissed, not is_dismissed and not is_read
    unchanged = exists() & (NotificationItem.is_read == item.is_read)
    if shown != was_shown:
        transaction.delete(item.key, unchanged)
        make_key = keys.notification if shown else keys.dismissed_notification
        item.pk, item.sk = make_key(*owner, notification_id)
        item.expires = None if shown else clock.epoch(clock.in_seconds(DISMISSED_KEPT_S))
    item.is_read, item.is_dismissed, item.updated_at = is_read, is_dismissed, clock.timestamp()
    transaction.put(item, unchanged if shown == was_shown else absent())
    pointer = keys.unread_notification(*owner, notification_id)
    if unread and not was_unread:
        transaction.put(Item.at(pointer))
    elif was_unread and not unread:
        transaction.delete(pointer)
    _count(transaction, *owner, shown=shown - was_shown, unread=unread - was_unread)


def _count(
    transaction: Transaction,
    organization_id: str,
    end_user_id: str,
    *,
    shown: int,
    unread: int,
    where: Condition | None = None,
) -> None:
    actions: list[Action] = []
    if shown:
        actions.append(NotificationCounts.notifications.add(shown))
    if unread:
        actions.append(NotificationCounts.unread_notifications.add(unread))
    if actions:
        transaction.update(keys.end_user_stats(organization_id, end_user_id), actions, where)


def trim(organization_id: str, end_user_id: str) -> None:
    """Remove the oldest notifications while there are too many. Safe to run concurrently."""
    too_many: Condition = NotificationCounts.notifications > MAX_KEPT
    for item in list_oldest(organization_id, end_user_id, TRIM_BATCH):
        unread = not item.is_read
        transaction = Transaction()
        transaction.delete(item.key, exists() & (NotificationItem.is_read == item.is_read))
        if unread:
            transaction.delete(keys.unread_notification(organization_id, end_user_id, item.sk))
        _count(transaction, organization_id, end_user_id, shown=-1, unread=-1 if unread else 0, where=too_many)
        try:
            transaction.commit()
        except ConditionFailed:
            return


def partitions(organization_id: str, end_user_id: str) -> list[Key]:
    """Keys in each of the partitions that hold an end user's notifications."""
    return [
        make_key(organization_id, end_user_id, "")
        for make_key in (keys.notification, keys.unread_notification, keys.dismissed_notification)
    ]
