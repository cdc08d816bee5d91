"""The organization's own webhook. Its URL and secret are settings; what the deliverer needs is written along with them,
in the same transaction, so that it is one webhook like any other."""

from typing import Any

from chalicelib import clock
from chalicelib.table.transaction import Transaction, exists
from chalicelib.webhooks.store import UNTRIED, WebhookItem, assigned, webhook_due
from chalicelib.webhooks.subscriptions import own_webhook_id, own_webhook_key


def set_url(transaction: Transaction, organization_id: str, url: str, secret: str) -> None:
    """Sent anew, the URL begins anew, also where it is the same one: that is how the webhook is activated again.
    `secret` is its ciphertext."""
    now, webhook_id = clock.timestamp(), own_webhook_id(organization_id)
    values: dict[str, Any] = {
        "id": webhook_id,
        "kind": "organization",
        "organization_id": organization_id,
        "url": url.strip(),
        "events": [],
        "secret": secret,
        # Any number no earlier one had: what it was is not read here.
        "generation": clock.epoch_milliseconds(now),
        "updated_at": now,
        **UNTRIED,
    }
    created = WebhookItem.created_at.set(WebhookItem.created_at | now)
    actions = [*assigned(WebhookItem(), values), created, *webhook_due(now, webhook_id)]
    transaction.update(own_webhook_key(organization_id), actions)


def set_secret(transaction: Transaction, organization_id: str, secret: str) -> None:
    transaction.update(own_webhook_key(organization_id), [WebhookItem.secret.set(secret)], exists())


def remove(transaction: Transaction, organization_id: str) -> None:
    transaction.delete(own_webhook_key(organization_id))
