"""Taking a customer's e-mail out of notifications: they repeat names and reasons that others wrote."""

from chalicelib.notifications.service import partitions
from chalicelib.notifications.store import NotificationItem
from chalicelib.privacy.redaction import Reach
from chalicelib.table.reads import each_page
from chalicelib.table.transaction import exists, update


def redact(organization_id: str, end_user_id: str, reach: Reach) -> None:
    """In all that are kept: a thousand, and the dismissed ones of three months."""
    for partition in partitions(organization_id, end_user_id):
        for page in each_page(partition.pk, consistent=True):
            for row in page.rows:
                # The marks of unread ones hold nothing.
                if "message" in row:
                    _redact(NotificationItem.of(row), reach)


def _redact(item: NotificationItem, reach: Reach) -> None:
    stored = {"title": item.title, "message": item.message, "metadata": item.metadata}
    told = reach.traces.without_email(stored)
    if told != stored:
        actions = [getattr(NotificationItem, name).set(value) for name, value in told.items()]
        update(item.key, actions, exists())
