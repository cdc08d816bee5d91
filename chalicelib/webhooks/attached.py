"""Webhooks that belong to an organization's settings or to an alert rule.

They are written in the same transaction as the settings or rule that define them, and are delivered to like any other
webhook. Setting the URL, even to the same value, resets the webhook's state and activates it again.
"""

from typing import Any

from chalicelib.kit import clock
from chalicelib.outbound.signing import generate_secret
from chalicelib.security import crypto
from chalicelib.table.items import assign
from chalicelib.table.reads import find
from chalicelib.table.transaction import Transaction, exists
from chalicelib.webhooks import operations
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.schemas import WebhookRead
from chalicelib.webhooks.store import INITIAL_STATE, WebhookItem, list_rule_webhooks, set_webhook_due
from chalicelib.webhooks.subscriptions import organization_webhook_id
from chalicelib.webhooks.troubled import list_by_state


def organization_destination(organization_id: str) -> Destination:
    return Destination(organization_id, None, "organization", organization_webhook_id(organization_id))


def rule_destination(organization_id: str, end_user_id: str, rule_id: str) -> Destination:
    return Destination(organization_id, end_user_id, "rule", rule_id)


def rule_webhooks(organization_id: str, end_user_id: str) -> dict[str, WebhookRead]:
    """The webhooks of an end user's rules, by rule id."""
    return {webhook.id: webhook for webhook in operations.read_all(list_rule_webhooks(organization_id, end_user_id))}


def find_webhook(destination: Destination) -> WebhookRead | None:
    item = find(WebhookItem, destination.key)
    return None if item is None else operations.read(item)


def point(transaction: Transaction, destination: Destination, url: str, secret: str | None = None) -> None:
    """Set the webhook's URL and reset its state. `secret` is a ciphertext; without one, the webhook must exist already
    and keeps its secret."""
    now = clock.timestamp()
    values: dict[str, Any] = {
        "id": destination.webhook_id,
        "webhook_type": destination.webhook_type,
        "organization_id": destination.organization_id,
        "end_user_id": destination.end_user_id,
        "url": url.strip(),
        # Unique without reading the present value.
        "generation": clock.epoch_milliseconds(now),
        "updated_at": now,
        **INITIAL_STATE,
    }
    if secret is not None:
        values["secret"] = secret
    created = WebhookItem.created_at.set(WebhookItem.created_at | now)
    item = WebhookItem()
    actions = [*assign(item, values), *list_by_state(item), created, *set_webhook_due(now, destination.webhook_id)]
    transaction.update(destination.key, actions, exists() if secret is None else None)


def new_secret(destination: Destination) -> tuple[str, str]:
    """A generated secret, and its ciphertext."""
    secret = generate_secret()
    return secret, crypto.encrypt(secret, destination.organization_id, destination.subject)


def set_secret(transaction: Transaction, destination: Destination, secret: str) -> None:
    transaction.update(destination.key, [WebhookItem.secret.set(secret)], exists())


def remove(transaction: Transaction, destination: Destination) -> None:
    transaction.delete(destination.key)
