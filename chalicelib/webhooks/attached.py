"""Webhooks that belong to something else: to an organization's settings, or to an alert rule.

What says where they are is written together with them, in one transaction; for the deliverer they are webhooks like any
other. Pointed somewhere, or anew to the same place, they begin anew: that is how one is activated again.
"""

from typing import Any

from chalicelib.kit import clock
from chalicelib.outbound.signing import generate_secret
from chalicelib.security import crypto
from chalicelib.table.items import assigned
from chalicelib.table.reads import find
from chalicelib.table.transaction import Transaction, exists
from chalicelib.webhooks.schemas import WebhookRead
from chalicelib.webhooks.store import UNTRIED, WebhookItem, list_rule_webhooks, webhook_due
from chalicelib.webhooks.subscriptions import own_webhook_id
from chalicelib.webhooks.targets import Target


def of_organization(organization_id: str) -> Target:
    return Target(organization_id, None, "organization", own_webhook_id(organization_id))


def of_rule(organization_id: str, end_user_id: str, rule_id: str) -> Target:
    return Target(organization_id, end_user_id, "rule", rule_id)


def of_rules(organization_id: str, end_user_id: str) -> dict[str, WebhookRead]:
    """The webhooks of an end user's rules, by rule."""
    return {item.id: WebhookRead.of(item) for item in list_rule_webhooks(organization_id, end_user_id)}


def disabled_reason(target: Target) -> str | None:
    item = find(WebhookItem, target.key)
    return None if item is None else item.disabled_reason


def point(transaction: Transaction, target: Target, url: str, secret: str | None = None) -> None:
    """`secret` is a ciphertext; without one, the webhook is there and keeps its own."""
    now = clock.timestamp()
    values: dict[str, Any] = {
        "id": target.webhook_id,
        "kind": target.kind,
        "organization_id": target.organization_id,
        "end_user_id": target.end_user_id,
        "url": url.strip(),
        # Any number no earlier one had: what it was is not read here.
        "generation": clock.epoch_milliseconds(now),
        "updated_at": now,
        **UNTRIED,
    }
    if secret is not None:
        values["secret"] = secret
    created = WebhookItem.created_at.set(WebhookItem.created_at | now)
    actions = [*assigned(WebhookItem(), values), created, *webhook_due(now, target.webhook_id)]
    transaction.update(target.key, actions, exists() if secret is None else None)


def new_secret(target: Target) -> tuple[str, str]:
    """A generated secret, and its ciphertext."""
    secret = generate_secret()
    return secret, crypto.encrypt(secret, target.organization_id, target.subject)


def set_secret(transaction: Transaction, target: Target, secret: str) -> None:
    transaction.update(target.key, [WebhookItem.secret.set(secret)], exists())


def remove(transaction: Transaction, target: Target) -> None:
    transaction.delete(target.key)
