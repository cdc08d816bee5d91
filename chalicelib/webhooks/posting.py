"""One attempt at a webhook as it is now, and the row that tells of it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from chalicelib.kit import clock, ids
from chalicelib.kit.settings import settings
from chalicelib.outbound.sender import Attempt, Sender
from chalicelib.outbound.signing import headers
from chalicelib.webhooks.store import AttemptItem, WebhookItem, new_attempt
from chalicelib.webhooks.targets import body_of


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
    """Send the event, signed with the secret and the one before, if that still counts. Raises nothing for what the
    receiver does."""
    attempt_id, started = ids.new_ordered_id(), clock.now()
    body = body_of(item.organization_id, event)
    signed = headers(
        *secrets,
        body,
        event=event["type"],
        delivery_id=delivery_id,
        timestamp=int(started.timestamp()),
    )
    attempt = sender().send(item.url, body, signed)
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
        created_at=clock.timestamp(started),
    )
    return attempt, row
