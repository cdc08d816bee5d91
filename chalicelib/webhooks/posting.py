"""One attempt at a webhook, and the row that records it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from chalicelib.kit import clock, ids
from chalicelib.kit.settings import settings
from chalicelib.outbound.sender import Attempt, Sender
from chalicelib.outbound.signing import webhook_headers
from chalicelib.table.keys import Key
from chalicelib.webhooks.destinations import body_of
from chalicelib.webhooks.references import make_hint, references_of
from chalicelib.webhooks.store import ATTEMPTS_KEPT_S, DELIVERIES_KEPT_S, AttemptItem, WebhookItem, new_attempt


@cache
def sender() -> Sender:
    return Sender(allow_loopback=settings().allow_loopback)


def post(
    item: WebhookItem,
    secrets: tuple[str, str | None],
    event: Mapping[str, Any],
    delivery_id: str,
    number: int,
    trigger: str,
    *,
    key: Key | None = None,
) -> tuple[Attempt, AttemptItem]:
    """Send the event and build the attempt's row. `secrets` are the current and the previous one; `key` is that of a
    first attempt. Never raises for what the receiver does."""
    attempt_id = ids.new_ordered_id() if key is None else key.sk
    sent_at = clock.timestamp()
    body = body_of(item.organization_id, event)
    signed = webhook_headers(
        *secrets,
        body,
        event=event["type"],
        delivery_id=delivery_id,
        timestamp=clock.epoch(sent_at),
    )
    attempt = sender().send(item.url, body, signed)
    references = references_of(event["data"])
    row = new_attempt(
        item.organization_id,
        item.id,
        attempt_id,
        kept_s=ATTEMPTS_KEPT_S if key is None else DELIVERIES_KEPT_S,
        delivery_id=delivery_id,
        event_type=event["type"],
        event_id=event["id"],
        event_user=event["end_user_id"] if item.end_user_id is None else None,
        attempt=number,
        trigger=trigger,
        response_status=attempt.status_code,
        success=attempt.success,
        error=attempt.error,
        error_class=attempt.error_class,
        duration_ms=attempt.duration_ms,
        response_snippet=attempt.response_snippet,
        order_number=references.order_number,
        tracking_number=references.tracking_number,
        hint=make_hint(ids.time_of(attempt_id), "attempted", event["type"], references),
        sent_at=sent_at,
    )
    return attempt, row
