"""Bounds on attempts under way in one process, and what a process does while a receiver holds it up."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from math import inf
from typing import Any

import pytest
import time_machine

from chalicelib.kit.settings import settings
from chalicelib.webhooks import delivery, turns
from chalicelib.webhooks.delivery import deliver, deliver_slow
from chalicelib.webhooks.turns import MAX_PER_HOST, MAX_PER_WEBHOOK, Turns
from tests.support.held import Held, Network
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import PATIENCE

GOOD, BAD = "http://127.0.0.1:1/good", "http://127.0.0.1:2/bad"


class TestTurns:
    @pytest.fixture
    def taking(self) -> Iterator[Turns]:
        with ThreadPoolExecutor(turns.MAX_UNDER_WAY) as threads:
            yield Turns(threads)

    def test_a_webhook_has_as_many_as_open_its_breaker(self, taking: Turns, held: Held) -> None:
        futures = [taking.submit("one", "https://a.example/1", held) for _ in range(MAX_PER_WEBHOOK + 1)]
        held.wait_for(MAX_PER_WEBHOOK)
        assert taking.submit("other", "https://b.example/", lambda: "done").result(PATIENCE) == "done"
        assert not held.begun.acquire(blocking=False)
        held.release.set()
        assert [future.result(PATIENCE) for future in futures] == [None] * (MAX_PER_WEBHOOK + 1)

    def test_a_host_has_no_more_than_its_own(self, taking: Turns, held: Held) -> None:
        for number in range(MAX_PER_HOST + 1):
            taking.submit(f"webhook-{number}", "https://a.example/", held)
        held.wait_for(MAX_PER_HOST)
        assert not held.begun.acquire(blocking=False)

    def test_those_behind_stuck_ones_can_be_withdrawn(
        self, taking: Turns, held: Held, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(MAX_PER_WEBHOOK):
            taking.submit("one", "https://a.example/1", held)
        behind = taking.submit("one", "https://a.example/1", held)
        held.wait_for(MAX_PER_WEBHOOK)
        assert list(taking.withdraw(inf)) == []
        monkeypatch.setattr(turns, "STUCK_AFTER_S", -1.0)
        assert list(taking.withdraw(inf)) == [behind]
        assert not behind.done()

    def test_nobody_waits_for_a_receiver_for_longer_than_that(self, taking: Turns, held: Held) -> None:
        """Though its attempts end one after another, so that none of them is stuck."""
        for _ in range(MAX_PER_WEBHOOK):
            taking.submit("one", "https://a.example/1", held)
        behind = taking.submit("one", "https://a.example/1", held)
        assert list(taking.withdraw(PATIENCE)) == []
        assert list(taking.withdraw(0.0)) == [behind]

    def test_a_call_that_fails_ends_its_turn(self, taking: Turns) -> None:
        def fail() -> None:
            raise ValueError

        futures = [taking.submit("one", "https://a.example/1", fail) for _ in range(3 * MAX_PER_WEBHOOK)]
        assert all(isinstance(future.exception(PATIENCE), ValueError) for future in futures)


def waiting(pipeline: Pipeline, queue_url: str) -> list[Any]:
    found = pipeline.take(queue_url)["Records"]
    return found + waiting(pipeline, queue_url) if found else []


def test_a_process_that_is_held_up_takes_more_messages(
    merchant: Merchant, pipeline: Pipeline, network: Network, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "HELD_UP_AFTER_S", 0.01)
    bad, other = merchant.webhook(BAD), Merchant(merchant.acme, "merchant-2")
    merchant.publish()
    pipeline.dispatch()
    batch = pipeline.take(settings().deliveries_queue_url)
    good = other.webhook(GOOD)
    for _ in range(12):
        other.publish()
    pipeline.dispatch()
    holding = threading.Thread(target=deliver, args=(batch,))
    holding.start()
    try:
        for _ in range(1000):
            if len(good.attempts) == 12:
                break
            holding.join(0.01)
        assert (len(good.attempts), len(bad.attempts)) == (12, 0)
    finally:
        held.release.set()
        holding.join(PATIENCE)
    assert bad.state.consecutive_failures == 1
    # It has deleted what it took.
    assert waiting(pipeline, settings().deliveries_queue_url)[1:] == []


def test_what_waits_for_a_stuck_receiver_goes_to_the_slow_queue(
    merchant: Merchant, pipeline: Pipeline, network: Network, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "HELD_UP_AFTER_S", 0.01)
    monkeypatch.setattr(turns, "STUCK_AFTER_S", 0.0)
    hook = merchant.webhook(BAD)
    for _ in range(9):
        merchant.publish()
    pipeline.dispatch()
    batch = pipeline.take(settings().deliveries_queue_url)
    answers: list[Any] = []
    holding = threading.Thread(target=lambda: answers.append(deliver(batch)))
    holding.start()
    held.wait_for(MAX_PER_WEBHOOK)
    passed: list[Any] = []
    while len(passed) < 9 - MAX_PER_WEBHOOK:
        holding.join(0.01)
        passed += waiting(pipeline, settings().slow_deliveries_queue_url)
    held.release.set()
    holding.join(PATIENCE)
    assert answers == [{"batchItemFailures": []}]
    assert len(network.sent) == MAX_PER_WEBHOOK
    # By now the breaker is open, and nothing is lost.
    assert deliver_slow({"Records": passed}) == {"batchItemFailures": []}
    assert (len(network.sent), len(hook.deliveries), hook.state.breaker_level) == (MAX_PER_WEBHOOK, 9, 1)


def test_a_webhook_that_timed_out_is_delivered_to_from_the_slow_queue(
    merchant: Merchant, pipeline: Pipeline, network: Network, held: Held, time: time_machine.Traveller
) -> None:
    merchant.again()
    hook = merchant.webhook(BAD)
    held.release.set()
    merchant.publish()
    pipeline.dispatch()
    deliver(pipeline.take(settings().deliveries_queue_url))
    waiting(pipeline, settings().deliveries_queue_url)
    merchant.publish()
    pipeline.dispatch()
    assert deliver(pipeline.take(settings().deliveries_queue_url)) == {"batchItemFailures": []}
    assert network.sent == [BAD]
    (message,) = waiting(pipeline, settings().slow_deliveries_queue_url)
    assert deliver_slow({"Records": [message]}) == {"batchItemFailures": []}
    assert network.sent == [BAD, BAD]
    time.shift(601)
    merchant.publish()
    pipeline.dispatch()
    # By now the two that failed are to be retried as well.
    deliver(pipeline.take(settings().deliveries_queue_url))
    assert network.sent == [BAD] * 5
    assert hook.state.consecutive_failures == 5
