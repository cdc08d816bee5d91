"""Test sends. They run in a function of their own, are recorded as attempts, and never touch the failure count."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kit import clock, codec, ids, log
from chalicelib.table.transaction import put
from chalicelib.webhooks.destinations import secrets_of
from chalicelib.webhooks.posting import post
from chalicelib.webhooks.store import WebhookItem, find_webhook

EVENT_TYPE = "webhook.test"


def send_test(request: Mapping[str, Any]) -> dict[str, Any] | None:
    """Send a test event and return a `TestResult`, or None if there is no such webhook.

    `request` has organization_id, end_user_id (None for the organization's own webhook), webhook_id, and the request_id
    for the log.
    """
    with log.bound(**request):
        item = find_webhook(request["organization_id"], request["end_user_id"], request["webhook_id"])
        return None if item is None else _send(item)


def _send(item: WebhookItem) -> dict[str, Any]:
    event = {
        "id": ids.new_id(),
        "type": EVENT_TYPE,
        "end_user_id": item.end_user_id,
        "created_at": clock.timestamp(),
        "data": codec.dumps({"webhook_id": item.id, "message": "This is a test. Nothing has happened."}),
    }
    attempt, row = post(item, secrets_of(item), event, ids.new_id(), number=1, trigger="test")
    put(row)
    log.info("webhook_tested", success=attempt.success, error_class=attempt.error_class, ms=attempt.duration_ms)
    return {"success": attempt.success, "statusCode": attempt.status_code, "error": attempt.error or ""}
