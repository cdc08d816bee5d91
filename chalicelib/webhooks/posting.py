"""One attempt at a webhook, and the row that records it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from chalicelib.kit import clock, ids
from chalicelib.kit.settings import settings
from chalicelib.outbound.sender import Attempt, Sender
from chalicelib.outbound.signing import webhook_headers
from chalicelib.webhooks.destinations import body_of
from chalicelib.webhooks.references import make_hint, references_of
from chalicelib.webhooks.store import AttemptItem, WebhookItem, new_attempt


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
) -> tuple[Attempt, AttemptItem]:
    """Send the event and build the attempt's row. `secrets` are the current and the previous one. Never raises for what
    the receiver does."""
    attempt_id = ids.new_ordered_id()
    # The time in the id, so that attempts are listed in the order of the times they show.
    created_at = ids.time_of(attempt_id)
    body = body_of(item.organization_id, event)
    signed = webhook_headers(
        *secrets,
        body,
        event=event["type"],
        delivery_id=delivery_id,
        timestamp=clock.epoch(created_at),
    )
    attempt = sender().send(item.url, body, signed)
    references = references_of(event["data"])
    row = new_attempt(
        item.organization_id,
        item.id,
        attempt_id,
        delivery_id=delivery_id,
        event_type=event["type"],
        event_id=event["id"],
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
        hint=make_hint(created_at, "attempted", event["type"], references),
        created_at=created_at,
    )
    return attempt, row
