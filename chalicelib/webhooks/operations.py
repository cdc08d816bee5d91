"""What can be done with every webhook alike, whether it belongs to an end user, an alert rule or the organization."""

from collections.abc import Sequence

from chalicelib.kit import ids, log
from chalicelib.kit.aws import InvocationFailed, invoke
from chalicelib.kit.errors import NotFound, Unavailable
from chalicelib.kit.settings import settings
from chalicelib.security.rate_limits import TenantLimits
from chalicelib.table.reads import find, prefetch
from chalicelib.webhooks import listing, replaying
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.listing import DeliveryPage
from chalicelib.webhooks.pending import NOTHING_PENDING, read_pending
from chalicelib.webhooks.schemas import DeliveryQuery, Queued, Replay, TestResult, WebhookRead
from chalicelib.webhooks.store import WebhookItem

TEST_LIMITS = TenantLimits.of("webhook-test")
REDELIVERY_LIMITS = TenantLimits.of("webhook-redelivery")
"""For whatever sends at once what would have to wait: retry, replay, and a reset of the failure count or the URL."""


def get(destination: Destination) -> WebhookItem:
    item = find(WebhookItem, destination.key)
    if item is None:
        raise NotFound
    return item


def read_all(items: Sequence[WebhookItem]) -> list[WebhookRead]:
    pending = read_pending(items)
    return [WebhookRead.of(item, pending.get(item.id, NOTHING_PENDING)) for item in items]


def read(item: WebhookItem) -> WebhookRead:
    return read_all([item])[0]


def send_test(destination: Destination, request_id: str) -> TestResult:
    """Ask the function that sends test events (test_send.py), so that this one never connects to a receiver."""
    item = get(destination)
    TEST_LIMITS.consume(*_tenant(destination), item.url)
    request = {
        "organization_id": destination.organization_id,
        "end_user_id": destination.end_user_id,
        "webhook_id": destination.webhook_id,
        "request_id": request_id,
    }
    try:
        outcome = invoke(settings().send_webhook_tests_function, request)
    except InvocationFailed as failure:
        log.error("webhook_test_not_answered", failure, webhook_id=destination.webhook_id)
        raise Unavailable("The test did not complete, or its outcome is unknown. Try again.") from None
    if outcome is None:
        raise NotFound
    return TestResult.model_validate(outcome)


def list_deliveries(destination: Destination, query: DeliveryQuery) -> DeliveryPage:
    reading = prefetch(listing.list_page, destination, query)
    item = get(destination)
    page = reading.result()
    if item.breaker_level:
        for row in page.rows:
            if row.status == "pending":
                row.next_attempt_at = max(filter(None, (row.next_attempt_at, item.breaker_until)), default=None)
    return page


def retry(destination: Destination, delivery_id: str) -> Queued:
    item = get(destination)
    if not ids.is_id(delivery_id):
        raise NotFound
    REDELIVERY_LIMITS.consume(*_tenant(destination), item.url)
    return Queued(queued=replaying.retry(item, delivery_id))


def replay(destination: Destination, request: Replay) -> Queued:
    item = get(destination)
    REDELIVERY_LIMITS.consume(*_tenant(destination), item.url)
    return Queued(queued=replaying.replay(item, request.since))


def _tenant(destination: Destination) -> tuple[str, str]:
    return destination.organization_id, destination.end_user_id or "-"
