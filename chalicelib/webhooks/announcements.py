"""Events and notifications about webhooks that are failing or have been disabled."""

from typing import Final
from urllib.parse import urlsplit

from chalicelib.events import service as events
from chalicelib.kit.said import Said
from chalicelib.notifications import service as notifications
from chalicelib.organizations.principals import SYSTEM
from chalicelib.table.transaction import Transaction
from chalicelib.webhooks.schemas import WebhookRead
from chalicelib.webhooks.store import WebhookItem

FAILING: Final = "webhook.failing"
DISABLED: Final = "webhook.disabled"
_NEXT_STEPS = {
    "webhook": "Events it misses are kept: activate the webhook, then replay them.",
    "rule": "To send alerts there again, activate the rule.",
}


def announce_disabled(transaction: Transaction, item: WebhookItem) -> None:
    """An event for the organization, a notification for the end user."""
    events.record(
        transaction,
        item.organization_id,
        item.end_user_id,
        DISABLED,
        by=SYSTEM,
        resource=("webhook", item.id),
        metadata={"reason": item.disabled_reason, "kind": item.webhook_type},
        data=WebhookRead.of(item).model_dump(),
    )
    next_steps = _NEXT_STEPS.get(item.webhook_type, "")
    message = Said.of(
        DISABLED,
        f"Deliveries to {_host(item)} have stopped: {item.disabled_reason}. {next_steps}",
        host=_host(item),
        reason_code=item.disabled_code,
        kind=item.webhook_type,
    )
    _notify(transaction, item, DISABLED, "Webhook disabled", message)


def warn(transaction: Transaction, item: WebhookItem, per_cent: int) -> None:
    message = Said.of(
        FAILING,
        f"{item.consecutive_failures} deliveries in a row to {_host(item)} have failed since {item.first_failure_at}. "
        f"That is {per_cent} % of the way to the webhook being disabled automatically.",
        host=_host(item),
        failures=item.consecutive_failures,
        since=item.first_failure_at,
        per_cent=per_cent,
    )
    _notify(transaction, item, FAILING, "Webhook is failing", message)


def _notify(transaction: Transaction, item: WebhookItem, event_type: str, title: str, message: str) -> None:
    if item.end_user_id is None:
        return
    notifications.add(
        transaction,
        item.organization_id,
        item.end_user_id,
        rule_id=item.id if item.webhook_type == "rule" else None,
        event_type=event_type,
        severity="critical" if event_type == DISABLED else "warning",
        title=title,
        message=message,
        metadata={"webhook_id": item.id, "consecutive_failures": item.consecutive_failures},
    )


def _host(item: WebhookItem) -> str:
    return urlsplit(item.url).hostname or "its URL"
