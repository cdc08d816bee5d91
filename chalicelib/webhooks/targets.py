"""Which webhook a queue message is about, and what it takes to send to it."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from chalicelib.kit import clock, codec
from chalicelib.organizations.store import ConfigItem
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.webhooks.store import Kind, WebhookItem

ORGANIZATION_SUBJECT = "organization-webhook"
FEATURES: dict[str, str] = {"webhook": "end_user_webhooks", "rule": "smart_alerts"}
"""What must be on for a kind of webhook; the organization's own needs nothing."""


class Target(NamedTuple):
    organization_id: str
    end_user_id: str | None
    kind: Kind
    webhook_id: str
    """For the webhook of a rule, the rule's id."""

    @property
    def key(self) -> Key:
        if self.kind == "rule":
            return keys.rule_webhook(self.organization_id, self.end_user_id or keys.NOBODY, self.webhook_id)
        return keys.webhook(self.organization_id, self.end_user_id, self.webhook_id)

    @property
    def subject(self) -> str:
        """What the secret's ciphertext is bound to, beside the organization."""
        return ORGANIZATION_SUBJECT if self.kind == "organization" else f"webhook:{self.webhook_id}"

    @property
    def packed(self) -> list[str | None]:
        """As it travels in messages and stands in deliveries."""
        return list(self)

    @property
    def group(self) -> str:
        """Whose backlog it is."""
        return self.end_user_id or self.organization_id

    def is_heard(self, config: ConfigItem | None) -> bool:
        """Whether the feature it belongs to is on."""
        feature = FEATURES.get(self.kind)
        return config is not None and (feature is None or feature in config.enabled_features)


def target_of(item: WebhookItem) -> Target:
    return Target(item.organization_id, item.end_user_id, cast(Kind, item.kind), item.id)


def read_target(values: list[Any]) -> Target:
    return Target(*values)


def secrets_of(item: WebhookItem) -> tuple[str, str | None]:
    """The secret, and the one before while it still counts."""
    subject = target_of(item).subject
    secret = crypto.decrypt(item.secret, item.organization_id, subject)
    if item.old_secret is None or (item.old_secret_until or "") <= clock.timestamp():
        return secret, None
    return secret, crypto.decrypt(item.old_secret, item.organization_id, subject)


def body_of(organization_id: str, event: Mapping[str, Any]) -> bytes:
    """What is sent and signed. `event`: id, type, end_user_id, created_at, and data as JSON text."""
    head = {
        "id": event["id"],
        "event": event["type"],
        "organizationId": organization_id,
        "endUserId": event["end_user_id"],
        "timestamp": event["created_at"],
    }
    # The snapshot is JSON already, with its numbers as they came.
    return f'{codec.dumps(head)[:-1]},"data":{event["data"] or "{}"}}}'.encode()
