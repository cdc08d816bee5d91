"""Single delivery attempts: senders with limits for tests, and attempts to store."""

import json
from collections.abc import Callable
from typing import Any

from chalicelib.kit import clock, ids
from chalicelib.outbound.exchange import Limits
from chalicelib.outbound.sender import Attempt, Sender
from chalicelib.webhooks.store import AttemptItem, new_attempt
from tests.support.receivers import PATIENCE

BODY = json.dumps({"id": "1", "event": "order.created"}).encode()
HEADERS = {"Content-Type": "application/json", "X-Orderly-Event": "order.created"}

SHORT = Limits(total=0.3, resolve=0.2, connect=0.2, body=0.1)
"""For receivers that use up any limit."""
LONG = Limits(total=PATIENCE, resolve=PATIENCE, connect=PATIENCE, body=PATIENCE)
"""For outcomes that must not depend on the machine's load."""
SHORT_BODY = Limits(total=PATIENCE, resolve=PATIENCE, connect=PATIENCE, body=0.1)

MakeSender = Callable[..., Sender]
Outcome = tuple[int | None, bool, str | None]


def outcome(attempt: Attempt) -> Outcome:
    return attempt.status_code, attempt.success, attempt.error_class


def attempt_of(org: str, webhook_id: str, **facts: Any) -> AttemptItem:
    """A successful attempt of an event's delivery, to be stored."""
    usual = {"event_type": "order.created", "attempt": 1, "trigger": "event", "success": True, "duration_ms": 5}
    own = {"delivery_id": ids.new_id(), "event_id": ids.new_ordered_id(), "sent_at": clock.timestamp()}
    return new_attempt(org, webhook_id, ids.new_ordered_id(), **{**usual, **own, **facts})
