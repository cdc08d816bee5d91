"""Telling people that a webhook is failing, or has been switched off."""

from typing import Final
from urllib.parse import urlsplit

from chalicelib.events import service as events
from chalicelib.notifications import service as notifications
from chalicelib.organizations.principals import SYSTEM
from chalicelib.table.transaction import Transaction
from chalicelib.webhooks.schemas import WebhookRead
from chalicelib.webhooks.store import WebhookItem

FAILING: Final = "webhook.failing"
DISABLED: Final = "webhook.disabled"
_AFTERWARDS = {
    "webhook": "What it misses is kept; activate the webhook and replay it.",
    "rule": "To send its alerts there again, activate the rule.",
}


def disabled(transaction: Transaction, item: WebhookItem) -> None:
    """An event for the organization, a notification for the end user."""
    events.record(
        transaction,
        item.organization_id,
        item.end_user_id,
        DISABLED,
        by=SYSTEM,
        resource=("webhook", item.id),
        metadata={"reason": item.disabled_reason, "kind": item.kind},
        data=WebhookRead.of(item).model_dump(),
    )
    message = f"Nothing is sent to {_host(item)} any more: {item.disabled_reason}. {_AFTERWARDS.get(item.kind, '')}"
    _notify(transaction, item, DISABLED, "Webhook disabled", message)


def warn(transaction: Transaction, item: WebhookItem, per_cent: int) -> None:
    message = (
        f"{item.consecutive_failures} deliveries in a row to {_host(item)} have failed since {item.first_failure_at}. "
        f"That is {per_cent} % of the way to the webhook being disabled."
    )
    _notify(transaction, item, FAILING, "Webhook is failing", message)


def _notify(transaction: Transaction, item: WebhookItem, event_type: str, title: str, message: str) -> None:
    if item.end_user_id is None:
        return
    notifications.add(
        transaction,
        item.organization_id,
        item.end_user_id,
        rule_id=item.id if item.kind == "rule" else None,
        event_type=event_type,
        severity="critical" if event_type == DISABLED else "warning",
        title=title,
        message=message,
        metadata={"webhook_id": item.id, "consecutive_failures": item.consecutive_failures},
    )


def _host(item: WebhookItem) -> str:
    return urlsplit(item.url).hostname or "its URL"
