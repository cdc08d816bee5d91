"""A test event, sent while the caller waits. It is recorded and counts for nothing."""

from chalicelib import clock, codec, ids
from chalicelib.table.transaction import put
from chalicelib.webhooks.posting import post
from chalicelib.webhooks.schemas import TestResult
from chalicelib.webhooks.service import need
from chalicelib.webhooks.targets import secrets_of

EVENT_TYPE = "webhook.test"


def send_test(organization_id: str, end_user_id: str, webhook_id: str) -> TestResult:
    item = need(organization_id, end_user_id, webhook_id)
    event = {
        "id": ids.new_id(),
        "type": EVENT_TYPE,
        "end_user_id": end_user_id,
        "created_at": clock.timestamp(),
        "data": codec.dumps({"webhook_id": webhook_id, "message": "This is a test. Nothing has happened."}),
    }
    attempt, row = post(item, secrets_of(item), event, ids.new_id(), number=1, trigger="test")
    put(row)
    return TestResult(success=attempt.success, statusCode=attempt.status_code, error=attempt.error or "")
