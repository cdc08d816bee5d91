"""Sending deliveries again on request: a single one, or all that failed, were skipped or are pending."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kit import clock
from chalicelib.kit.errors import Conflict, NotFound
from chalicelib.kit.queues import Message, send
from chalicelib.kit.settings import settings
from chalicelib.table.transaction import absent, exists, update
from chalicelib.webhooks.claims import identity, new_delivery
from chalicelib.webhooks.deferred import probe_now
from chalicelib.webhooks.delivery_lists import (
    ListedDelivery,
    count_failed,
    count_pending,
    list_failed,
    list_pending,
    ref_of,
)
from chalicelib.webhooks.destinations import Destination, destination_of, read_destination
from chalicelib.webhooks.lanes import SLOW
from chalicelib.webhooks.queueing import DeliveryTask, Requeue, enqueue, not_leased, restart_schedule
from chalicelib.webhooks.store import (
    DEFERRED,
    FAILED,
    PENDING,
    SKIPPED,
    DeliveryItem,
    WebhookItem,
    find_delivery,
    find_first_attempt,
)

BATCH_SIZE = 100
MAX_COUNTED = 50_000


class WebhookInactive(Conflict):
    code = "webhook_inactive"
    message = "This webhook is switched off. Activate it first."


def retry(webhook: WebhookItem, delivery_id: str) -> int:
    """Enqueue one delivery, whatever its state. Returns 0 if it is being sent at this moment."""
    _require_active(webhook)
    destination = destination_of(webhook)
    delivery = find_delivery(webhook.organization_id, webhook.id, delivery_id)
    condition, created = not_leased(), []
    if delivery is None:
        delivery = _succeeded_at_once(destination, delivery_id)
        condition, created = absent(), identity(delivery)
        created += [DeliveryItem.attempts.set(delivery.attempts)]
    probe_now(webhook)
    ref = ref_of(destination, delivery_id, delivery.event_id)
    return enqueue([Requeue(delivery.key, condition, [*created, *restart_schedule("retry", ref)])])


def _succeeded_at_once(destination: Destination, delivery_id: str) -> DeliveryItem:
    """The delivery of which only its first attempt is stored. NotFound."""
    attempt = find_first_attempt(destination.organization_id, destination.webhook_id, delivery_id)
    if attempt is None:
        raise NotFound
    event_user = attempt.event_user or destination.end_user_id
    task = DeliveryTask(destination, delivery_id, event_user, attempt.event_id, attempt.event_type, 1, None)
    delivery = new_delivery(task)
    delivery.attempts = task.attempts
    return delivery


def replay(webhook: WebhookItem, since: str) -> int:
    """Start a replay of what failed or was skipped from `since` until now, and of pending deliveries of events since
    then. Returns the number of deliveries."""
    _require_active(webhook)
    until = clock.timestamp()
    failed = count_failed(webhook.organization_id, webhook.id, since, until, MAX_COUNTED)
    pending = count_pending(webhook.organization_id, webhook.id, since, MAX_COUNTED)
    if failed or pending:
        update(webhook.key, [WebhookItem.replayed_at.set(until)], exists())
        probe_now(webhook)
        _send(destination_of(webhook), {"since": since, "until": until, "pending_since": since})
    return failed + pending


def continue_replay(body: Mapping[str, Any]) -> None:
    """Process one message of a replay: enqueue a batch, then send a message for the rest.

    Pending deliveries come first, because what failed or was skipped is pending once it has been enqueued.
    """
    destination = read_destination(body["webhook"])
    position: dict[str, Any] = dict(body["replay"])
    if position.get("pending_since") is not None:
        position["pending_since"] = _replay_pending(destination, position["pending_since"])
    if position.get("pending_since") is None:
        position["since"] = _replay_failed(destination, position["since"], position["until"])
    if position["since"] is not None:
        _send(destination, position)


def _replay_failed(destination: Destination, since: str, until: str) -> str | None:
    found = list_failed(destination.organization_id, destination.webhook_id, since, until, BATCH_SIZE)
    is_listed = DeliveryItem.state.is_in(FAILED, SKIPPED)
    enqueue([_requeue(destination, one, is_listed & (DeliveryItem.g1sk == one.sort_key)) for one in found], SLOW)
    # Enqueuing takes a delivery off this list, so the last one need not be passed over.
    return found[-1].sort_key if len(found) == BATCH_SIZE else None


def _replay_pending(destination: Destination, since: str) -> str | None:
    found = list_pending(destination.organization_id, destination.webhook_id, since, BATCH_SIZE)
    is_pending = not_leased() & DeliveryItem.state.is_in(PENDING, DEFERRED)
    enqueue([_requeue(destination, one, is_pending & (DeliveryItem.g2sk == one.sort_key)) for one in found], SLOW)
    return f"{found[-1].sort_key}~" if len(found) == BATCH_SIZE else None


def _requeue(destination: Destination, one: ListedDelivery, condition: Any) -> Requeue:
    ref = one.ref(destination.organization_id, destination.webhook_id)
    return Requeue(one.key, condition, restart_schedule("replay", ref))


def _send(destination: Destination, position: dict[str, Any]) -> None:
    body = {"webhook": destination.packed, "replay": position}
    send(settings().slow_deliveries_queue_url, [Message(body, destination.group)])


def _require_active(webhook: WebhookItem) -> None:
    if not webhook.is_active:
        raise WebhookInactive
