"""The circuit breaker: five failures open it, one delivery probes, and the others are deferred at no cost."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from chalicelib.kit.settings import settings
from chalicelib.webhooks.delivery_lists import list_deferred
from tests.support.aws_calls import counted
from tests.support.factories import EMBED
from tests.support.hooks import Hook, Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer, answers, hold


@pytest.fixture
def down(merchant: Merchant, time: time_machine.Traveller) -> Iterator[Receiver]:
    merchant.again()
    with Receiver(answer(503)) as receiver:
        yield receiver


@pytest.fixture
def hook(merchant: Merchant, down: Receiver) -> Hook:
    return merchant.webhook(down.url)


def fail(pipeline: Pipeline, merchant: Merchant, number: int) -> None:
    """Consecutive failures, each of another delivery."""
    for _ in range(number):
        merchant.publish()
        pipeline.dispatch()
        pipeline.deliver_next()


def minute(pipeline: Pipeline, time: time_machine.Traveller) -> None:
    time.shift(60)
    pipeline.retry()
    pipeline.run()


def waiting(hook: Hook) -> int:
    return len(list_deferred(hook.merchant.acme.organization_id, hook.id, 1000))


def test_four_failures_do_not_open_it(pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver) -> None:
    fail(pipeline, merchant, 4)
    assert hook.state.breaker_level == 0
    fail(pipeline, merchant, 1)
    assert (hook.state.breaker_level, hook.state.breaker_until) == (1, "2026-01-15T10:01:00.000Z")
    assert len(down.requests) == 5


def test_an_open_breaker_defers_deliveries_without_an_attempt(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver
) -> None:
    fail(pipeline, merchant, 5)
    fail(pipeline, merchant, 10)
    assert len(down.requests) == len(hook.attempts) == 5
    # The fifth failure is deferred too; the four before it are scheduled.
    assert waiting(hook) == 11
    assert hook.state.consecutive_failures == 5
    shown = merchant.session.client.get(f"{EMBED}/webhooks").data[0]
    assert shown["next_attempt_at"] == "2026-01-15T10:01:00.000Z"


def test_one_probes_after_a_minute_then_two_doubling_to_an_hour(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver, time: time_machine.Traveller
) -> None:
    fail(pipeline, merchant, 5)
    fail(pipeline, merchant, 30)
    seen, pauses = len(down.requests), []
    for minutes in range(1, 300):
        minute(pipeline, time)
        if len(down.requests) > seen:
            assert len(down.requests) == seen + 1
            pauses.append(minutes)
            seen = len(down.requests)
    between = [after - before for before, after in zip([0, *pauses], pauses, strict=False)]
    assert between == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert hook.state.consecutive_failures == 5 + len(pauses)


def test_a_delivery_never_probes_before_its_own_retry_is_due(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver, time: time_machine.Traveller
) -> None:
    fail(pipeline, merchant, 5)
    for _ in range(180):
        minute(pipeline, time)
    # Each delivery's retries are due after 5 s, 5 min and 30 min; the fourth delay is two hours.
    assert max(delivery.attempts for delivery in hook.deliveries) <= 5


def test_a_new_event_becomes_the_probe_once_the_pause_is_over(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver, time: time_machine.Traveller
) -> None:
    fail(pipeline, merchant, 5)
    time.shift(61)
    fail(pipeline, merchant, 3)
    assert len(down.requests) == 6
    assert hook.state.breaker_level == 2


def test_a_successful_probe_releases_all_deferred_deliveries(
    pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller
) -> None:
    merchant.again()
    with Receiver(answers(*[answer(503, close=True)] * 5, answer(200))) as receiver:
        hook = merchant.webhook(receiver.url)
        fail(pipeline, merchant, 5)
        fail(pipeline, merchant, 40)
        for _ in range(10):
            minute(pipeline, time)
    assert {delivery.state for delivery in hook.deliveries} == {"delivered"}
    assert len(hook.deliveries) == 45
    assert (hook.state.breaker_level, hook.state.consecutive_failures) == (0, 0)
    assert hook.state.duepk is None
    assert (waiting(hook), len(receiver.requests)) == (0, 5 + 45)


def test_ten_concurrent_deliveries_after_the_pause_make_one_probe(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver, time: time_machine.Traveller
) -> None:
    fail(pipeline, merchant, 5)
    time.shift(61)
    for _ in range(10):
        merchant.publish()
    pipeline.dispatch()
    pipeline.deliver_next()
    assert len(down.requests) == 6


def test_deferred_deliveries_cost_nothing(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller
) -> None:
    fail(pipeline, merchant, 5)
    fail(pipeline, merchant, 30)
    for _ in range(8):
        minute(pipeline, time)
    time.shift(60)
    with counted() as calls:
        pipeline.retry()
    assert set(calls) == {"Query"}


def test_a_lost_probe_is_followed_by_another(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver, time: time_machine.Traveller
) -> None:
    fail(pipeline, merchant, 7)
    time.shift(61)
    pipeline.retry()
    lost = pipeline.take(settings().deliveries_queue_url)["Records"]
    assert lost
    for _ in range(2):
        minute(pipeline, time)
    assert len(down.requests) == 6


def test_a_delivery_deferred_while_the_breaker_closes_is_still_sent(
    pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The breaker closes and its list is read after the consumer saw it open, but before the delivery is listed."""
    from chalicelib.webhooks import claims

    merchant.again()
    with Receiver(answers(*[answer(503, close=True)] * 5, answer(200))) as receiver:
        hook = merchant.webhook(receiver.url)
        fail(pipeline, merchant, 5)
        merchant.publish()
        pipeline.dispatch()
        whole = claims.defer

        def late(*arguments: Any) -> None:
            monkeypatch.setattr(claims, "defer", whole)
            hook.patch(isActive=True)
            pipeline.retry()
            whole(*arguments)

        monkeypatch.setattr(claims, "defer", late)
        pipeline.deliver_next()
    assert len(receiver.requests) == 6
    assert sum(delivery.state == "delivered" for delivery in hook.deliveries) == 1


def test_reactivating_releases_deferred_deliveries(
    pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller
) -> None:
    merchant.again()
    with Receiver(answers(*[answer(503, close=True)] * 5, answer(200))) as receiver:
        hook = merchant.webhook(receiver.url)
        fail(pipeline, merchant, 9)
        hook.patch(isActive=True)
        for _ in range(7):
            minute(pipeline, time)
    assert {delivery.state for delivery in hook.deliveries} == {"delivered"}


def test_deactivating_skips_deferred_deliveries(
    pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller
) -> None:
    fail(pipeline, merchant, 9)
    hook.patch(isActive=False)
    for _ in range(7):
        minute(pipeline, time)
    assert {delivery.state for delivery in hook.deliveries} == {"skipped"}
    assert waiting(hook) == 0
    assert hook.state.duepk is None


def test_hundreds_of_deferred_deliveries_are_released_in_batches(
    pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.webhooks import deferred as waits

    monkeypatch.setattr(waits, "BATCH_SIZE", 3)
    monkeypatch.setattr(waits, "MAX_BATCHES", 2)
    merchant.again()
    with Receiver(answers(*[answer(503, close=True)] * 5, answer(200))) as receiver:
        hook = merchant.webhook(receiver.url)
        fail(pipeline, merchant, 25)
        for _ in range(9):
            minute(pipeline, time)
    assert {delivery.state for delivery in hook.deliveries} == {"delivered"}


def test_a_late_response_does_not_raise_the_level(
    pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller
) -> None:
    """Attempts under way when the breaker opens are one outage, and no failed probes."""
    merchant.again()
    release = threading.Event()
    with Receiver(hold(release, answer(503))) as receiver:
        hook = merchant.webhook(receiver.url)
        for _ in range(10):
            merchant.publish()
        pipeline.dispatch()
        release.set()
        pipeline.deliver_next()
    assert hook.state.breaker_level == 1
    # As many begin together as open the breaker; the others begin as those end, until it is open.
    assert 5 <= hook.state.consecutive_failures == len(receiver.requests) < 10
