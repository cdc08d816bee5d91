"""Which webhooks an event is delivered to."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.events import conditions
from chalicelib.events.types import ALERT_TRIGGERED, DELIVERED, SUBSCRIBABLE
from chalicelib.kit import clock, codec, ids
from chalicelib.kit.queues import Message
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.webhooks.destinations import Destination, destination_of
from chalicelib.webhooks.lanes import FAST, Lane, lane_of
from chalicelib.webhooks.queueing import first_message
from chalicelib.webhooks.references import delivery_id_of
from chalicelib.webhooks.store import WebhookItem

NOT_SUBSCRIBED = "not_subscribed"
FILTERED = "filtered"
CLOCK_SKEW_S = 60
SKIPPED_KEPT_S = 30 * 86400
"""How long an inactive webhook goes on collecting skipped deliveries."""


def organization_webhook_key(organization_id: str) -> Key:
    """The organization's own webhook, of which there is at most one."""
    return keys.webhook(organization_id, None, organization_webhook_id(organization_id))


def organization_webhook_id(organization_id: str) -> str:
    return ids.derived_id(organization_id, "webhook")


def deliveries(
    event: Mapping[str, Any], config: ConfigItem | None, own: WebhookItem | None, of_end_user: Sequence[WebhookItem]
) -> tuple[list[tuple[Lane, Message]], dict[str, str]]:
    """One message for each webhook that gets the event; and why others that could receive events of this type do not
    get this one, by their ids. Inactive webhooks get a message too: its consumer skips the delivery and keeps it for
    a replay."""
    organization_id, event_type = event["organization_id"], event["type"]
    if event_type == ALERT_TRIGGERED:
        destination = Destination(organization_id, event["end_user_id"], "rule", event["resource_id"])
        return [(FAST, _message(destination, event))], {}
    candidates = [own] if own is not None and event_type in DELIVERED else []
    if event_type in SUBSCRIBABLE:
        candidates += of_end_user
    messages, reasons = [], {}
    for item in candidates:
        reason = reason_not_to_deliver(item, event, config)
        if reason is None:
            messages.append((lane_of(item, config), _message(destination_of(item), event)))
        else:
            reasons[item.id] = reason
    return messages, reasons


def reason_not_to_deliver(item: WebhookItem, event: Mapping[str, Any], config: ConfigItem | None) -> str | None:
    if not destination_of(item).is_enabled(config):
        return "feature_disabled" if item.webhook_type != "webhook" or event["type"] in item.events else NOT_SUBSCRIBED
    return reason_to_leave_out(item, event, config) or _reason_of_time(item, event["created_at"])


def reason_to_leave_out(item: WebhookItem, event: Mapping[str, Any], config: ConfigItem | None) -> str | None:
    """Why the webhook does not want the event. Only an end user's webhook chooses its events. The organization's filter
    is one of its settings, and a rule's webhook has none, since the rule has a condition."""
    if item.webhook_type == "webhook" and event["type"] not in item.events:
        return NOT_SUBSCRIBED
    wanted = item.content_filter
    if item.webhook_type == "organization" and config is not None:
        wanted = known_settings(config).webhook_filter
    if wanted is not None and not conditions.matches(wanted, codec.loads(event["data"]) if event["data"] else {}):
        return FILTERED
    return None


def _reason_of_time(item: WebhookItem, event_at: str) -> str | None:
    """Set if the webhook did not exist at the time of the event, or had been inactive for too long."""
    at = clock.parse(event_at).timestamp()
    if at < clock.parse(item.created_at).timestamp() - CLOCK_SKEW_S:
        return "created_later"
    if item.inactive_since is None or at < clock.parse(item.inactive_since).timestamp() + SKIPPED_KEPT_S:
        return None
    return "inactive_too_long"


def _message(destination: Destination, event: Mapping[str, Any]) -> Message:
    delivery_id = delivery_id_of(event["id"], destination.webhook_type, destination.webhook_id)
    return first_message(destination, delivery_id, event)
