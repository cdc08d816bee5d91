"""When the next attempt is made, when a webhook is left alone for a while, and when it is given up.

Everything here is arithmetic on what the webhook's item holds; nothing is read or written.

A *failure* is an attempt that did not get a 2xx. Consecutive ones are counted per webhook over all of its deliveries;
a success sets the count to nothing, as does re-enabling. Test sends count for nothing.
"""

from datetime import datetime, timedelta
from typing import Final

STEPS: Final = (0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600)
"""Seconds to wait before each attempt, counted from the one before it."""
MAX_ATTEMPTS: Final = len(STEPS)
JITTER: Final = 0.2

BREAKER_FAILURES: Final = 5
BREAKER_FIRST_SECONDS: Final = 60
BREAKER_LONGEST_SECONDS: Final = 3600

DISABLE_FAILURES: Final = 20
DISABLE_AFTER: Final = timedelta(hours=24)
WARNINGS: Final = (90, 50)
"""Per cent of the way to being disabled."""


def next_delay(attempt: int, randomness: float, retry_after: int | None = None) -> float | None:
    """Seconds from the failed attempt number `attempt` (the first is 1) to the next; None when it was the last.

    `randomness` in [0, 1) places the wait within ±20 % of its step. A `Retry-After` may lengthen it, up to twice the
    step; it never shortens it.
    """
    if attempt >= MAX_ATTEMPTS:
        return None
    step = STEPS[attempt]
    jittered = step * (1 - JITTER + 2 * JITTER * randomness)
    return max(jittered, min(retry_after or 0, 2 * step))


def breaker_after_failure(level: int, consecutive_failures: int, *, probe: bool) -> int:
    """The breaker's level after a failure, which is already in `consecutive_failures`. 0 is closed.

    The fifth failure in a row opens it. From then on only a failed probe raises it: attempts that were under way
    when it opened fail for the same reason, and must not add up to an hour at once. Any success closes it.
    """
    if level:
        return level + 1 if probe else level
    return 1 if consecutive_failures >= BREAKER_FAILURES else 0


def breaker_seconds(level: int) -> int:
    """How long deliveries wait before one probes: a minute at level 1, doubling to an hour."""
    if level < 1:
        return 0
    # Seven doublings are past the hour; more would only make a huge number to cut off.
    return min(BREAKER_FIRST_SECONDS << min(level - 1, 7), BREAKER_LONGEST_SECONDS)


def disable_progress(consecutive_failures: int, first_failure_at: datetime, now: datetime) -> float:
    """How far on the way to being disabled, from 0 to 1: the smaller of the two shares, 20 failures and 24 hours.

    Both must be complete, so neither a burst within a minute nor a quiet webhook's two failures a day apart disables.
    """
    failures = consecutive_failures / DISABLE_FAILURES
    elapsed = (now - first_failure_at) / DISABLE_AFTER
    return max(0.0, min(failures, elapsed, 1.0))


def is_to_be_disabled(consecutive_failures: int, first_failure_at: datetime, now: datetime) -> bool:
    return disable_progress(consecutive_failures, first_failure_at, now) >= 1


def warning_due(progress: float, warned: int) -> int | None:
    """The warning to give now, in per cent: the highest one reached, if it is above `warned`, the last one given.

    50 is reached with 10 failures and 12 hours, 90 with 18 failures and 21 h 36 min. At 100 there is nothing left to
    warn of.
    """
    if progress >= 1:
        return None
    return next((level for level in WARNINGS if progress * 100 >= level > warned), None)


def failures_until_disable(consecutive_failures: int) -> int:
    """How many more failures it takes at least; never 0 while the webhook is active, since 24 hours must pass too."""
    return max(1, DISABLE_FAILURES - consecutive_failures)
