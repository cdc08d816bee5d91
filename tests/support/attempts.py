"""Helpers for tests of single delivery attempts."""

import json
from collections.abc import Callable

from chalicelib.outbound.exchange import Limits
from chalicelib.outbound.sender import Attempt, Sender
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
