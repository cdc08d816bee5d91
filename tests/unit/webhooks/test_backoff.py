from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.webhooks.backoff import (
    BREAKER_MAX_SECONDS,
    DELAYS,
    MAX_ATTEMPTS,
    breaker_after_failure,
    breaker_seconds,
    disable_progress,
    failures_until_disable,
    next_delay,
    should_disable,
    warning_due,
)

FIRST = datetime(2026, 1, 15, 10, 30, tzinfo=UTC)
MIDDLE = 0.5

randomness = st.floats(0, 1, exclude_max=True)
retry_after = st.none() | st.integers(0, 10**9)
failure_counts = st.integers(0, 200)
hours = st.floats(0, 200).map(lambda number: timedelta(hours=number))


class TestTheNextAttempt:
    @pytest.mark.parametrize(
        ("attempt", "seconds"),
        [(1, 5), (2, 300), (3, 1800), (4, 7200), (5, 18_000), (6, 36_000), (7, 36_000), (8, None), (9, None)],
    )
    def test_comes_after_the_step(self, attempt: int, seconds: int | None) -> None:
        assert next_delay(attempt, MIDDLE) == (None if seconds is None else pytest.approx(seconds))

    @given(st.integers(1, MAX_ATTEMPTS - 1), randomness)
    def test_is_within_a_fifth_of_the_step(self, attempt: int, random: float) -> None:
        delay = next_delay(attempt, random)
        assert delay is not None
        assert 0.8 * DELAYS[attempt] <= delay <= 1.2 * DELAYS[attempt]

    def test_is_spread_over_the_whole_range(self) -> None:
        assert next_delay(2, 0.0) == pytest.approx(240)
        assert next_delay(2, 1.0) == pytest.approx(360)

    @pytest.mark.parametrize(
        ("asked", "seconds"), [(0, 300), (60, 300), (400, 400), (600, 600), (601, 600), (10**9, 600)]
    )
    def test_honours_retry_after_up_to_twice_the_step(self, asked: int, seconds: float) -> None:
        assert next_delay(2, MIDDLE, asked) == pytest.approx(seconds)

    @given(st.integers(1, MAX_ATTEMPTS + 5), randomness, retry_after)
    def test_is_never_shortened_by_retry_after(self, attempt: int, random: float, asked: int | None) -> None:
        without, delay = next_delay(attempt, random), next_delay(attempt, random, asked)
        assert (without is None) is (delay is None) is (attempt >= MAX_ATTEMPTS)
        if without is not None and delay is not None:
            assert without <= delay <= max(without, 2 * DELAYS[attempt])
            assert delay >= min(asked or 0, 2 * DELAYS[attempt])


class TestTheBreaker:
    def test_opens_at_the_fifth_failure_in_a_row(self) -> None:
        assert [breaker_after_failure(0, count, probe=False) for count in (1, 2, 3, 4, 5)] == [0, 0, 0, 0, 1]

    def test_pauses_for_a_minute_doubling_to_an_hour(self) -> None:
        waits = [breaker_seconds(level) for level in range(10)]
        assert waits == [0, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]

    @given(st.integers(1, 100), failure_counts)
    def test_is_not_raised_by_attempts_already_under_way(self, level: int, count: int) -> None:
        assert breaker_after_failure(level, count, probe=False) == level

    @given(st.integers(1, 10**6), failure_counts)
    def test_is_raised_by_each_failed_probe(self, level: int, count: int) -> None:
        raised = breaker_after_failure(level, count, probe=True)
        assert raised == level + 1
        assert breaker_seconds(level) <= breaker_seconds(raised) <= BREAKER_MAX_SECONDS


class TestDisabling:
    @pytest.mark.parametrize(
        ("failures", "after", "disables"),
        [
            (20, timedelta(hours=24), True),
            (500, timedelta(days=9), True),
            (19, timedelta(days=9), False),
            (500, timedelta(hours=23, minutes=59, seconds=59), False),
            (0, timedelta(0), False),
        ],
    )
    def test_takes_20_failures_and_24_hours(self, failures: int, after: timedelta, disables: bool) -> None:
        assert should_disable(failures, FIRST, FIRST + after) is disables

    @given(failure_counts, hours)
    def test_happens_exactly_when_both_are_reached(self, failures: int, after: timedelta) -> None:
        expected = failures >= 20 and after >= timedelta(hours=24)
        assert should_disable(failures, FIRST, FIRST + after) is expected

    @given(failure_counts, hours, st.integers(0, 5), hours)
    def test_progress_never_decreases_with_failures_or_time(
        self, failures: int, after: timedelta, more: int, later: timedelta
    ) -> None:
        before = disable_progress(failures, FIRST, FIRST + after)
        assert 0 <= before <= disable_progress(failures + more, FIRST, FIRST + after + later) <= 1

    def test_a_clock_running_backwards_makes_no_progress(self) -> None:
        assert disable_progress(30, FIRST, FIRST - timedelta(hours=1)) == 0

    @given(failure_counts)
    def test_an_active_webhook_always_has_failures_left(self, failures: int) -> None:
        assert failures_until_disable(failures) == max(1, 20 - failures)


class TestWarnings:
    @pytest.mark.parametrize(
        ("failures", "after", "warned", "due"),
        [
            (10, timedelta(hours=12), 0, 50),
            (9, timedelta(hours=24), 0, None),
            (20, timedelta(hours=11, minutes=59), 0, None),
            (10, timedelta(hours=12), 50, None),
            (18, timedelta(hours=21, minutes=36), 50, 90),
            (18, timedelta(hours=21, minutes=36), 0, 90),
            (18, timedelta(hours=21, minutes=36), 90, None),
            (17, timedelta(hours=23), 50, None),
            (20, timedelta(hours=24), 50, None),
        ],
    )
    def test_come_at_50_and_90_per_cent(self, failures: int, after: timedelta, warned: int, due: int | None) -> None:
        assert warning_due(disable_progress(failures, FIRST, FIRST + after), warned) == due

    @given(st.lists(st.tuples(st.integers(1, 3), hours), max_size=40))
    def test_come_at_most_once_each_and_in_order(self, steps: list[tuple[int, timedelta]]) -> None:
        failures, now, warned, given_out = 0, FIRST, 0, []
        for more, later in steps:
            failures, now = failures + more, now + later / 20
            due = warning_due(disable_progress(failures, FIRST, now), warned)
            if due:
                given_out.append(due)
                warned = due
        assert given_out in ([], [50], [90], [50, 90])
