"""When to retry a delivery, when to open a webhook's circuit breaker, and when to disable the webhook.

Pure functions of the state on the webhook's item.

A failure is an attempt without a 2xx response. Consecutive failures are counted per webhook, over all of its
deliveries; a success or activating the webhook resets the count. Test sends do not count.
"""

from datetime import datetime, timedelta
from typing import Final

DELAYS: Final = (0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600)
"""Seconds to wait before each attempt, counted from the previous one."""
MAX_ATTEMPTS: Final = len(DELAYS)
JITTER: Final = 0.2

BREAKER_FAILURES: Final = 5
BREAKER_FIRST_SECONDS: Final = 60
BREAKER_MAX_SECONDS: Final = 3600

DISABLE_FAILURES: Final = 20
DISABLE_AFTER: Final = timedelta(hours=24)
WARNINGS: Final = (90, 50)
"""Percentages of the way to being disabled."""


def next_delay(attempt: int, randomness: float, retry_after: int | None = None) -> float | None:
    """Seconds from the failed attempt number `attempt` (the first is 1) to the next, or None if it was the last.

    `randomness` in [0, 1) places the delay within ±20 % of its step. A `Retry-After` can lengthen the delay, to twice
    the step at most, and never shortens it.
    """
    if attempt >= MAX_ATTEMPTS:
        return None
    step = DELAYS[attempt]
    jittered = step * (1 - JITTER + 2 * JITTER * randomness)
    return max(jittered, min(retry_after or 0, 2 * step))


def breaker_after_failure(level: int, consecutive_failures: int, *, probe: bool) -> int:
    """The breaker's level after a failure, which `consecutive_failures` already includes. Level 0 is closed.

    The fifth failure in a row opens the breaker. After that only a failed probe raises the level: attempts that were
    already under way fail for the same reason and must not push it to an hour at once. Any success closes it.
    """
    if level:
        return level + 1 if probe else level
    return 1 if consecutive_failures >= BREAKER_FAILURES else 0


def breaker_seconds(level: int) -> int:
    """How long deliveries are deferred before one probes: a minute at level 1, doubling up to an hour."""
    if level < 1:
        return 0
    # Six doublings already exceed the hour; the bound keeps the shifted number small.
    return min(BREAKER_FIRST_SECONDS << min(level - 1, 7), BREAKER_MAX_SECONDS)


def disable_progress(consecutive_failures: int, first_failure_at: datetime, now: datetime) -> float:
    """How close the webhook is to being disabled, from 0 to 1: the smaller of its shares of 20 failures and 24 hours.

    Both are required, so neither a burst within a minute nor two failures a day apart disable a webhook.
    """
    failures = consecutive_failures / DISABLE_FAILURES
    elapsed = (now - first_failure_at) / DISABLE_AFTER
    return max(0.0, min(failures, elapsed, 1.0))


def should_disable(consecutive_failures: int, first_failure_at: datetime, now: datetime) -> bool:
    return disable_progress(consecutive_failures, first_failure_at, now) >= 1


def warning_due(progress: float, warned: int) -> int | None:
    """The warning to give now, as a percentage: the highest level reached that is above `warned`, the last one given.

    50 is reached after 10 failures and 12 hours, 90 after 18 failures and 21 h 36 min. At 100 the webhook is disabled
    instead.
    """
    if progress >= 1:
        return None
    return next((level for level in WARNINGS if progress * 100 >= level > warned), None)


def failures_until_disable(consecutive_failures: int) -> int:
    """The least number of further failures. Never 0 while the webhook is active, because 24 hours must pass too."""
    return max(1, DISABLE_FAILURES - consecutive_failures)
