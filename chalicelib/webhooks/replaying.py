"""Sending again what somebody asks for: one delivery, or all that failed or was skipped since a time."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kit import clock
from chalicelib.kit.errors import Conflict, NotFound
from chalicelib.kit.queues import Message, send
from chalicelib.kit.settings import settings
from chalicelib.table import keys
from chalicelib.webhooks.queueing import Wanted, again, not_under_way, queue
from chalicelib.webhooks.store import (
    FAILED,
    SKIPPED,
    DeliveryItem,
    WebhookItem,
    count_ledger,
    find_delivery,
    ledger,
)
from chalicelib.webhooks.targets import read_target, target_of

AT_ONCE = 100
MOST_COUNTED = 50_000


class WebhookInactive(Conflict):
    code = "webhook_inactive"
    message = "This webhook is switched off. Activate it first."


def retry(webhook: WebhookItem, delivery_id: str) -> int:
    """Send one delivery again, whatever has become of it; 0 if it is being sent at this moment."""
    _require_active(webhook)
    if find_delivery(webhook.organization_id, webhook.id, delivery_id) is None:
        raise NotFound
    key = keys.delivery(webhook.organization_id, webhook.id, delivery_id)
    return queue([Wanted(key, not_under_way())], again("retry"))


def replay(webhook: WebhookItem, since: str) -> int:
    """Have sent again what failed or was skipped from `since` until now; how much that is."""
    _require_active(webhook)
    until = clock.timestamp()
    total, _ = count_ledger(webhook.organization_id, webhook.id, since, until, MOST_COUNTED)
    if total:
        _send_on(webhook, since, until)
    return total


def _send_on(webhook: WebhookItem, since: str, until: str) -> None:
    target = target_of(webhook)
    body = {"webhook": target.packed, "replay": {"since": since, "until": until}}
    send(settings().deliveries_queue_url, [Message(body, target.group)])


def go_on(body: Mapping[str, Any]) -> None:
    """One step of a replay, from the queue. What was sent is off the ledger, so the next step begins with the rest."""
    target = read_target(body["webhook"])
    since, until = body["replay"]["since"], body["replay"]["until"]
    found = ledger(target.organization_id, target.webhook_id, since, until, AT_ONCE)
    on_ledger = DeliveryItem.state.is_in(FAILED, SKIPPED)
    queue([Wanted(one.key, on_ledger & (DeliveryItem.g1sk == one.place)) for one in found], again("replay"))
    if len(found) == AT_ONCE:
        rest = {"webhook": target.packed, "replay": {"since": found[-1].place, "until": until}}
        send(settings().deliveries_queue_url, [Message(rest, target.group)])


def _require_active(webhook: WebhookItem) -> None:
    if not webhook.is_active:
        raise WebhookInactive
