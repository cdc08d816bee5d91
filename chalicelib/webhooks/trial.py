"""A test event, sent by a function of its own while `service.send_test` waits: recorded, and counted for nothing."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kit import clock, codec, ids, log
from chalicelib.table.transaction import put
from chalicelib.webhooks.posting import post
from chalicelib.webhooks.store import WebhookItem, find_webhook
from chalicelib.webhooks.targets import secrets_of

EVENT_TYPE = "webhook.test"


def send_test(wanted: Mapping[str, str]) -> dict[str, Any] | None:
    """What came of it, as `TestResult` has it; None if there is no such webhook. `wanted`: organization_id,
    end_user_id, webhook_id, and the request_id for the log."""
    with log.bound(**wanted):
        item = find_webhook(wanted["organization_id"], wanted["end_user_id"], wanted["webhook_id"])
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
