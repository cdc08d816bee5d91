"""Telling people that a webhook is failing, or has been switched off."""

from chalicelib.events import service as events
from chalicelib.principals import SYSTEM
from chalicelib.table.transaction import Transaction
from chalicelib.webhooks.schemas import WebhookRead
from chalicelib.webhooks.store import WebhookItem


def disabled(transaction: Transaction, item: WebhookItem) -> None:
    """An event for the organization, a notification for the end user."""
    events.record(
        transaction,
        item.organization_id,
        item.end_user_id,
        "webhook.disabled",
        by=SYSTEM,
        resource=("webhook", item.id),
        metadata={"reason": item.disabled_reason, "kind": item.kind},
        data=WebhookRead.of(item).model_dump(),
    )


def warn(transaction: Transaction, item: WebhookItem, per_cent: int) -> None:
    pass
