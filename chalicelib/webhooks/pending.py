"""What a webhook still has to deliver: how many deliveries are pending, and when the next attempt is due."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from chalicelib.kit import clock
from chalicelib.table.reads import map_concurrently, run_concurrently
from chalicelib.webhooks.delivery_lists import count_pending, list_deferred, list_scheduled
from chalicelib.webhooks.store import WebhookItem

RETRIED_FOR: Final = timedelta(days=4)
"""Longer than the retry schedule with the longest `Retry-After`s."""


MAX_COUNTED: Final = 2_000
"""Their entries fit one response of 1 MB."""


class Pending(NamedTuple):
    deliveries: int = 0
    next_attempt_at: str | None = None


NOTHING_PENDING: Final = Pending()


def read_pending(items: Sequence[WebhookItem]) -> dict[str, Pending]:
    """By webhook id. Costs nothing for webhooks without a recent failure, and one round trip for all others."""
    unsettled = [item for item in items if _may_have_pending(item)]
    found = map_concurrently(_read, unsettled)
    return {item.id: pending for item, pending in zip(unsettled, found, strict=True)}


def _may_have_pending(item: WebhookItem) -> bool:
    if item.duepk is not None:
        # To be probed or drained; of a suspended organization, also without a failure.
        return True
    latest = max(item.last_failure_at or "", item.replayed_at or "")
    return bool(latest) and clock.now() - clock.parse(latest) < RETRIED_FOR


def _read(item: WebhookItem) -> Pending:
    deliveries, due_times = run_concurrently(
        lambda: count_pending(item.organization_id, item.id, limit=MAX_COUNTED), lambda: _due(item)
    )
    return Pending(deliveries, _next_attempt_at(item, deliveries, due_times))


def _due(item: WebhookItem) -> list[str]:
    """When the first scheduled retry is due and, if the breaker is open, the first deferred delivery."""
    first = list_scheduled(item.organization_id, item.id, 1)
    if item.breaker_level:
        first += list_deferred(item.organization_id, item.id, 1)
    return [one.at for one in first]


def _next_attempt_at(item: WebhookItem, deliveries: int, due_times: list[str]) -> str | None:
    if not item.is_active:
        return None
    now = clock.timestamp()
    if item.breaker_level:
        until = item.breaker_until or now
        if deliveries:
            return max(until, min(due_times, default=now))
        return until if until > now else None
    # Pending but not scheduled: already in the queue.
    return min(due_times, default=now) if deliveries else None
