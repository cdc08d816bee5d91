"""Replaces a customer's e-mail address in notifications, which quote names and error messages written by others."""

from chalicelib.notifications.service import partitions
from chalicelib.notifications.store import NotificationItem
from chalicelib.privacy import fields
from chalicelib.privacy.redaction import RedactionScope
from chalicelib.table.reads import each_page
from chalicelib.table.transaction import exists, update

_TEXTS = fields.names(fields.ITEMS["NotificationItem"], fields.LABEL)


def redact(organization_id: str, end_user_id: str, scope: RedactionScope) -> None:
    """In all notifications kept: up to a thousand, and those dismissed within three months."""
    for partition in partitions(organization_id, end_user_id):
        for page in each_page(partition.pk, consistent=True):
            for row in page.rows:
                # Markers of unread notifications have no text.
                if "message" in row:
                    _redact(NotificationItem.of(row), scope)


def _redact(item: NotificationItem, scope: RedactionScope) -> None:
    stored = {name: getattr(item, name) for name in _TEXTS}
    redacted = scope.traces.redact_emails(stored)
    if redacted != stored:
        actions = [getattr(NotificationItem, name).set(value) for name, value in redacted.items()]
        update(item.key, actions, exists())
