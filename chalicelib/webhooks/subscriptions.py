"""Which webhooks an event is for."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from chalicelib.events.types import DELIVERED, SUBSCRIBABLE
from chalicelib.kit import clock, ids
from chalicelib.kit.queues import Message
from chalicelib.organizations.store import ConfigItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.webhooks.queueing import first_message
from chalicelib.webhooks.store import WebhookItem
from chalicelib.webhooks.targets import Target, target_of

ALERT_TRIGGERED: Final = "alert.triggered"
CLOCKS_APART_S = 60
SKIPPED_FOR_S = 30 * 86400
"""How long the ledger of a webhook that is off goes on."""


def own_webhook_key(organization_id: str) -> Key:
    """The organization's own webhook; there is one at most."""
    return keys.webhook(organization_id, None, own_webhook_id(organization_id))


def own_webhook_id(organization_id: str) -> str:
    return ids.derived_id(organization_id, "webhook")


def messages(
    event: Mapping[str, Any], config: ConfigItem | None, own: Row | None, of_end_user: Iterable[Row]
) -> list[Message]:
    """A delivery for each webhook that is to get the event. Which of them are off just now is the deliverer's to see:
    what they miss is kept for replay."""
    organization_id, event_type = event["organization_id"], event["type"]
    if event_type == ALERT_TRIGGERED:
        return [_message(Target(organization_id, event["end_user_id"], "rule", event["resource_id"]), event)]
    found = [WebhookItem.of(own)] if own is not None and event_type in DELIVERED else []
    if event_type in SUBSCRIBABLE:
        webhooks = (WebhookItem.of(row) for row in of_end_user if row["sk"]["S"].startswith(keys.WEBHOOKS))
        found += [item for item in webhooks if event_type in item.events]
    return [
        _message(target_of(item), event)
        for item in found
        if target_of(item).is_heard(config) and _was_there(item, event["created_at"])
    ]


def _was_there(item: WebhookItem, event_at: str) -> bool:
    """Not for events from before there was the webhook, and no longer than a while for those after it was left off."""
    before = clock.parse(item.created_at).timestamp() - CLOCKS_APART_S
    at = clock.parse(event_at).timestamp()
    if item.inactive_since is None:
        return at >= before
    return before <= at < clock.parse(item.inactive_since).timestamp() + SKIPPED_FOR_S


def _message(target: Target, event: Mapping[str, Any]) -> Message:
    return first_message(target, ids.derived_id(event["id"], target.kind, target.webhook_id), event)
