"""Which webhooks an event is delivered to."""

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.events.types import ALERT_TRIGGERED, DELIVERED, SUBSCRIBABLE
from chalicelib.kit import clock, ids
from chalicelib.kit.queues import Message
from chalicelib.organizations.store import ConfigItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.webhooks.destinations import Destination, destination_of
from chalicelib.webhooks.queueing import first_message
from chalicelib.webhooks.store import WebhookItem

CLOCK_SKEW_S = 60
SKIPPED_KEPT_S = 30 * 86400
"""How long an inactive webhook goes on collecting skipped deliveries."""


def organization_webhook_key(organization_id: str) -> Key:
    """The organization's own webhook, of which there is at most one."""
    return keys.webhook(organization_id, None, organization_webhook_id(organization_id))


def organization_webhook_id(organization_id: str) -> str:
    return ids.derived_id(organization_id, "webhook")


def messages(
    event: Mapping[str, Any], config: ConfigItem | None, own: Row | None, of_end_user: Iterable[Row]
) -> list[Message]:
    """One message for each webhook that subscribes to the event. Inactive webhooks get one too: the consumer skips the
    delivery and keeps it for a replay."""
    organization_id, event_type = event["organization_id"], event["type"]
    if event_type == ALERT_TRIGGERED:
        return [_message(Destination(organization_id, event["end_user_id"], "rule", event["resource_id"]), event)]
    found = [WebhookItem.of(own)] if own is not None and event_type in DELIVERED else []
    if event_type in SUBSCRIBABLE:
        webhooks = (WebhookItem.of(row) for row in of_end_user if row["sk"]["S"].startswith(keys.WEBHOOKS))
        found += [item for item in webhooks if event_type in item.events]
    return [
        _message(destination_of(item), event)
        for item in found
        if destination_of(item).is_enabled(config) and _existed(item, event["created_at"])
    ]


def reasons_not_to_deliver(
    event: Mapping[str, Any], config: ConfigItem | None, own: Row | None, of_end_user: Iterable[Row]
) -> dict[str, str]:
    """Why webhooks that could receive events of this type do not receive this one, by their ids."""
    event_type = event["type"]
    rows = [own] if own is not None and event_type in DELIVERED else []
    if event_type in SUBSCRIBABLE:
        rows += [row for row in of_end_user if row["sk"]["S"].startswith(keys.WEBHOOKS)]
    reasons = {}
    for item in map(WebhookItem.of, rows):
        if item.webhook_type == "webhook" and event_type not in item.events:
            reasons[item.id] = "not_subscribed"
        elif not destination_of(item).is_enabled(config):
            reasons[item.id] = "feature_disabled"
        elif not _existed(item, event["created_at"]):
            reasons[item.id] = "inactive_too_long" if item.inactive_since is not None else "created_later"
    return reasons


def _existed(item: WebhookItem, event_at: str) -> bool:
    """Whether the webhook existed at the time of the event and had not been inactive for too long."""
    before = clock.parse(item.created_at).timestamp() - CLOCK_SKEW_S
    at = clock.parse(event_at).timestamp()
    if item.inactive_since is None:
        return at >= before
    return before <= at < clock.parse(item.inactive_since).timestamp() + SKIPPED_KEPT_S


def _message(destination: Destination, event: Mapping[str, Any]) -> Message:
    return first_message(
        destination, ids.derived_id(event["id"], destination.webhook_type, destination.webhook_id), event
    )
