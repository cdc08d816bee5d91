"""The webhook that a queue message or delivery addresses, its secrets, and the body it receives."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from chalicelib.kit import clock, codec
from chalicelib.kit.queues import tenant_group
from chalicelib.organizations.store import ConfigItem
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.webhooks.store import WebhookItem, WebhookType

ORGANIZATION_SUBJECT = "organization-webhook"
FEATURES: dict[str, str] = {"webhook": "end_user_webhooks", "rule": "smart_alerts"}
"""The feature that each type of webhook needs; the organization's own needs none."""


class Destination(NamedTuple):
    organization_id: str
    end_user_id: str | None
    webhook_type: WebhookType
    webhook_id: str
    """A rule's webhook has the rule's id."""

    @property
    def key(self) -> Key:
        if self.webhook_type == "rule":
            return keys.rule_webhook(self.organization_id, self.end_user_id or keys.UNOWNED, self.webhook_id)
        return keys.webhook(self.organization_id, self.end_user_id, self.webhook_id)

    @property
    def subject(self) -> str:
        """The encryption context of the secret, besides the organization."""
        return ORGANIZATION_SUBJECT if self.webhook_type == "organization" else f"webhook:{self.webhook_id}"

    @property
    def packed(self) -> list[str | None]:
        """The form stored in messages and deliveries."""
        return list(self)

    @property
    def group(self) -> str:
        """The queue's message group, for messages that are not about an event."""
        return tenant_group(self.organization_id, self.end_user_id)

    def is_enabled(self, config: ConfigItem | None) -> bool:
        """Whether the feature that this type of webhook needs is on."""
        feature = FEATURES.get(self.webhook_type)
        return config is not None and (feature is None or feature in config.enabled_features)


def webhook_destination(organization_id: str, end_user_id: str, webhook_id: str) -> Destination:
    """An end user's webhook."""
    return Destination(organization_id, end_user_id, "webhook", webhook_id)


def destination_of(item: WebhookItem) -> Destination:
    return Destination(item.organization_id, item.end_user_id, cast(WebhookType, item.webhook_type), item.id)


def read_destination(values: list[Any]) -> Destination:
    return Destination(*values)


def secrets_of(item: WebhookItem) -> tuple[str, str | None]:
    """The secret and, within 24 hours of a rotation, the previous one."""
    subject = destination_of(item).subject
    secret = crypto.decrypt(item.secret, item.organization_id, subject)
    if item.old_secret is None or (item.old_secret_until or "") <= clock.timestamp():
        return secret, None
    return secret, crypto.decrypt(item.old_secret, item.organization_id, subject)


def body_of(organization_id: str, event: Mapping[str, Any]) -> bytes:
    """The request body. `event` has id, type, end_user_id, created_at, and data as JSON text."""
    head = {
        "id": event["id"],
        "event": event["type"],
        "organizationId": organization_id,
        "endUserId": event["end_user_id"],
        "timestamp": event["created_at"],
    }
    # The data is already JSON text; parsing it could change its numbers.
    return f'{codec.dumps(head)[:-1]},"data":{event["data"] or "{}"}}}'.encode()
