"""What deliveries tell the dashboard: how soon after its event the first attempt began, and how attempts ended."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kit import clock, metrics
from chalicelib.outbound.sender import Attempt
from chalicelib.webhooks.store import AttemptItem


def attempted(attempt: Attempt, row: AttemptItem, event: Mapping[str, Any]) -> None:
    metrics.emit({}, {"Attempts": (1, "Count"), "FailedAttempts": (int(not attempt.success), "Count")})
    if attempt.error_class is not None:
        metrics.emit({"ErrorClass": attempt.error_class}, {"FailedAttempts": (1, "Count")})
    if row.attempt == 1:
        waited = clock.parse(row.created_at) - clock.parse(event["created_at"])
        metrics.emit({}, {"DeliveryLatency": (waited.total_seconds(), "Seconds")})
