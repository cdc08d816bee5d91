"""What a receiver that hangs costs others: nothing, also before its breaker opens, and in a process that is new."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import time_machine

from chalicelib.kit import clock
from chalicelib.kit.settings import settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.outbound.sender import Attempt
from chalicelib.table import keys
from chalicelib.table.transaction import update
from chalicelib.webhooks import delivery
from chalicelib.webhooks.delivery import deliver
from chalicelib.webhooks.destinations import destination_of
from chalicelib.webhooks.lanes import FAST
from chalicelib.webhooks.queueing import drain_message
from chalicelib.webhooks.store import WebhookItem
from tests.support.aws_calls import counted
from tests.support.held import LATE, OK, Held, Network
from tests.support.hooks import Hook, Merchant
from tests.support.pipeline import Pipeline, batch_of
from tests.support.receivers import PATIENCE

GOOD = "http://127.0.0.1:1/good"
STATES: dict[str, dict[str, Any]] = {
    "webhook_inactive": {"is_active": False, "inactive_since": "2026-01-15T10:00:00.000Z"},
    "breaker_open": {"breaker_level": 1, "breaker_until": "2026-01-15T10:01:00.000Z"},
    "slow_lately": {"slow_until": "2026-01-15T10:10:00.000Z"},
}


def bad(number: int = 0) -> str:
    return f"http://127.0.0.1:{number + 2}/bad"


def change(hook: Hook, values: dict[str, Any]) -> None:
    update(hook.state.key, [getattr(WebhookItem, name).set(value) for name, value in values.items()])


def queued(pipeline: Pipeline, queue_url: str | None = None) -> list[Any]:
    records: list[Any] = pipeline.take(queue_url or settings().deliveries_queue_url)["Records"]
    return records


@pytest.fixture
def other(merchant: Merchant, time: time_machine.Traveller) -> Hook:
    """The neighbour's webhook."""
    merchant.again()
    return Merchant(merchant.acme, "merchant-2").webhook(GOOD)


@contextmanager
def running(batch: list[Any], held: Held) -> Iterator[threading.Thread]:
    holding = threading.Thread(target=deliver, args=({"Records": batch},))
    holding.start()
    try:
        yield holding
    finally:
        held.release.set()
        holding.join(PATIENCE)


def until(holding: threading.Thread, is_so: Callable[[], bool]) -> bool:
    for _ in range(1000):
        if is_so():
            return True
        holding.join(0.01)
    return False


class TestBeforeItsBreakerOpens:
    """Nothing that hangs is released before the neighbour has what is his."""

    @pytest.fixture(autouse=True)
    def impatient(self, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delivery, "HELD_UP_AFTER_S", 0.01)

    def test_sixty_messages_ahead_are_passed_on(
        self,
        merchant: Merchant,
        other: Hook,
        pipeline: Pipeline,
        network: Network,
        held: Held,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(delivery, "FAST", replace(FAST, waits_for_s=0.0))
        hook = merchant.webhook(bad())
        for _ in range(60):
            merchant.publish()
        other.merchant.publish()
        pipeline.dispatch()
        with running(queued(pipeline), held) as holding:
            assert until(holding, lambda: len(other.attempts) == 1)
            assert hook.attempts == []
            assert network.sent.count(bad()) == 5

    def test_fifteen_webhooks_that_hang_leave_room(
        self, merchant: Merchant, other: Hook, pipeline: Pipeline, network: Network, held: Held
    ) -> None:
        for number in range(3):
            owner = Merchant(merchant.acme, f"hanging-{number}")
            for position in range(5):
                owner.webhook(bad(5 * number + position))
            for _ in range(5):
                owner.publish()
        other.merchant.publish()
        pipeline.dispatch()
        with running(queued(pipeline), held) as holding:
            assert until(holding, lambda: len(other.attempts) == 1)
            held.wait_for(75)


class TestAtTheEndOfAProcess:
    """An attempt that times out would keep it from taking messages, and from ending."""

    @pytest.fixture(autouse=True)
    def ending(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delivery, "MANY_UNTIL_S", -1.0)

    def test_only_webhooks_that_have_just_responded_are_sent_to(
        self, merchant: Merchant, other: Hook, pipeline: Pipeline, network: Network
    ) -> None:
        merchant.webhook(bad())
        change(other, {"last_success_at": clock.in_seconds(-59)})
        for one in (merchant, other.merchant):
            one.publish()
        pipeline.dispatch()
        deliver({"Records": queued(pipeline)})
        assert network.sent == [GOOD]
        assert len(queued(pipeline, settings().slow_deliveries_queue_url)) == 1

    def test_a_failure_or_a_minute_makes_it_uncertain(self, other: Hook, pipeline: Pipeline, network: Network) -> None:
        for changed in ({"last_success_at": clock.in_seconds(-60)}, {"consecutive_failures": 1}):
            change(other, {"last_success_at": clock.timestamp(), **changed})
            other.merchant.publish()
            pipeline.dispatch()
            deliver({"Records": queued(pipeline)})
        assert network.sent == []


class TestTheFastQueue:
    @pytest.mark.parametrize("reason", STATES)
    def test_passes_on_whatever_is_not_to_be_sent_at_once(
        self, merchant: Merchant, other: Hook, pipeline: Pipeline, network: Network, reason: str, capsys: Any
    ) -> None:
        """A share of the read and of one call of the queue is all that it costs."""
        hook = merchant.webhook(bad())
        for _ in range(9):
            merchant.publish()
        other.merchant.publish()
        pipeline.dispatch()
        batch = queued(pipeline)
        change(hook, STATES[reason])
        capsys.readouterr()
        with counted() as calls:
            assert deliver({"Records": batch}) == {"batchItemFailures": []}
        assert sorted(calls) == ["BatchGetItem", "BatchWriteItem", "Decrypt", "SendMessageBatch", "UpdateItem"]
        assert capsys.readouterr().out.count(f'"delivery_passed_on", "reason": "{reason}"') == 9
        assert (network.sent, len(queued(pipeline, settings().slow_deliveries_queue_url))) == ([GOOD], 9)

    def test_passes_on_what_asks_for_many_deliveries(self, other: Hook, pipeline: Pipeline, network: Network) -> None:
        destination = destination_of(other.state)
        replay = {"since": "2026-01-15T00:00:00.000Z", "until": "2026-01-15T11:00:00.000Z"}
        bodies = [drain_message(destination).body, {"webhook": destination.packed, "replay": replay}]
        with counted() as calls:
            assert deliver(batch_of(*bodies)) == {"batchItemFailures": []}
        assert calls == ["SendMessageBatch"]
        assert pipeline.deliver() == 2

    def test_what_cannot_be_passed_on_comes_again(
        self, merchant: Merchant, pipeline: Pipeline, network: Network, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hook = merchant.webhook(bad())
        merchant.publish()
        pipeline.dispatch()
        (message,) = queued(pipeline)
        change(hook, STATES["breaker_open"])
        monkeypatch.setattr("chalicelib.kit.queues.MAX_BATCH_BYTES", 0)
        monkeypatch.setenv("SLOW_DELIVERIES_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/1/missing")
        settings.cache_clear()
        assert deliver({"Records": [message]}) == {"batchItemFailures": [{"itemIdentifier": message["messageId"]}]}


class TestDispatching:
    @pytest.mark.parametrize("reason", [*STATES, "organization_suspended"])
    def test_goes_by_the_state_of_the_webhook(
        self, other: Hook, pipeline: Pipeline, reason: str, time: time_machine.Traveller
    ) -> None:
        pipeline.dispatch()
        if reason in STATES:
            change(other, STATES[reason])
        else:
            key = keys.config(other.merchant.acme.organization_id)
            update(key, [ConfigItem.suspended_at.set(clock.timestamp())])
        # Webhooks are remembered for up to 5 s.
        time.shift(5)
        other.merchant.publish()
        pipeline.dispatch()
        assert (len(queued(pipeline)), len(queued(pipeline, settings().slow_deliveries_queue_url))) == (0, 1)

    def test_a_late_response_makes_the_webhook_slow_for_ten_minutes(
        self, other: Hook, pipeline: Pipeline, network: Network, time: time_machine.Traveller
    ) -> None:
        network.answer = LATE
        found = []
        for later in (0, 6, 595):
            time.shift(later)
            other.merchant.again()
            other.merchant.publish()
            pipeline.dispatch()
            batch = queued(pipeline)
            found.append(len(batch))
            deliver({"Records": batch})
        assert found == [1, 0, 1]
        assert other.state.consecutive_failures == 0

    @pytest.mark.parametrize("answers", [[LATE, OK], [OK, LATE]])
    def test_so_does_one_of_a_batch(
        self,
        other: Hook,
        pipeline: Pipeline,
        network: Network,
        monkeypatch: pytest.MonkeyPatch,
        answers: list[Attempt],
    ) -> None:
        left = list(answers)
        monkeypatch.setattr(network, "send", lambda *_: left.pop())
        for _ in answers:
            other.merchant.publish()
        pipeline.dispatch()
        deliver({"Records": queued(pipeline)})
        assert (left, other.state.slow_until) == ([], clock.in_seconds(600))

    def test_so_does_a_late_response_that_ends_failures(
        self, other: Hook, pipeline: Pipeline, network: Network
    ) -> None:
        change(other, {"consecutive_failures": 1, "first_failure_at": clock.timestamp()})
        network.answer = LATE
        other.merchant.publish()
        pipeline.dispatch()
        deliver({"Records": queued(pipeline)})
        state = other.state
        assert (state.consecutive_failures, state.slow_until) == (0, clock.in_seconds(600))
