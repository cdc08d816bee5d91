"""Deliveries that wait: how many there are and when they are due is shown, and they are brought forward."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from typing import Any

import pytest
import time_machine

from chalicelib.kit import clock
from chalicelib.kit.settings import settings
from chalicelib.organizations.store import ConfigItem
from chalicelib.table import keys
from chalicelib.table.transaction import update
from chalicelib.webhooks import backoff, operations
from chalicelib.webhooks.delivery import deliver
from chalicelib.webhooks.pending import RETRIED_FOR
from tests.support.factories import EMBED
from tests.support.hooks import Hook, Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer, answers

SINCE = {"since": "2026-01-15T00:00:00Z"}


@pytest.fixture
def down(merchant: Merchant, time: time_machine.Traveller) -> Iterator[Receiver]:
    """Fails five times, which opens the breaker, and works from then on."""
    merchant.again()
    with Receiver(answers(*[answer(503, close=True)] * 5, answer(200))) as receiver:
        yield receiver


@pytest.fixture
def hook(merchant: Merchant, down: Receiver) -> Hook:
    return merchant.webhook(down.url)


def send(pipeline: Pipeline, merchant: Merchant, number: int) -> None:
    for _ in range(number):
        merchant.publish()
        pipeline.dispatch()
        pipeline.deliver_next()


def shown(merchant: Merchant) -> dict[str, Any]:
    (only,) = merchant.session.client.get(f"{EMBED}/webhooks").data
    result: dict[str, Any] = only
    return result


class TestWhatIsShown:
    def test_counts_what_is_to_be_retried_and_what_is_deferred(
        self, pipeline: Pipeline, merchant: Merchant, hook: Hook
    ) -> None:
        send(pipeline, merchant, 3)
        assert shown(merchant)["pending_deliveries"] == 3
        send(pipeline, merchant, 8)
        webhook = shown(merchant)
        assert (webhook["pending_deliveries"], webhook["next_attempt_at"]) == (11, "2026-01-15T10:01:00.000Z")

    def test_a_delivery_counts_until_it_succeeds(
        self, pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller
    ) -> None:
        send(pipeline, merchant, 9)
        time.shift(62)
        pipeline.run()
        assert {delivery.state for delivery in hook.deliveries} == {"delivered"}
        webhook = shown(merchant)
        assert (webhook["pending_deliveries"], webhook["next_attempt_at"]) == (0, None)
        assert not any(one.g1pk or one.g2pk for one in hook.deliveries)

    @pytest.mark.parametrize("step", range(1, 8))
    def test_the_next_attempt_is_never_in_the_past_while_a_retry_is_to_come(
        self, pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller, step: int,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        """Whatever the jitter; a retry that came before its time would leave the old time behind."""
        monkeypatch.setattr("random.random", lambda: step / 8)
        merchant.again()
        with Receiver(answer(500)) as receiver:
            merchant.webhook(receiver.url)
            send(pipeline, merchant, 1)
            due = clock_seconds(shown(merchant)["next_attempt_at"])
            time.shift(ceil(due - clock_seconds("2026-01-15T10:00:00.000Z")) - 1)
            pipeline.deliver_next()
            assert len(receiver.requests) == 1
            time.shift(1)
            pipeline.deliver_next()
            assert len(receiver.requests) == 2
        assert clock_seconds(shown(merchant)["next_attempt_at"]) - due >= 0.8 * 300 - 1

    def test_counts_what_is_deferred_while_the_organization_is_suspended(
        self, pipeline: Pipeline, merchant: Merchant
    ) -> None:
        """Nothing has failed then."""
        hook = merchant.webhook("https://8.8.8.8/hook")
        merchant.publish()
        pipeline.dispatch()
        key = keys.config(merchant.acme.organization_id)
        update(key, [ConfigItem.suspended_at.set(clock.timestamp())])
        pipeline.deliver_next()
        update(key, [ConfigItem.suspended_at.remove()])
        assert hook.state.last_failure_at is None
        assert shown(merchant)["pending_deliveries"] == 1

    def test_a_webhook_that_is_off_has_no_next_attempt(
        self, pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller
    ) -> None:
        send(pipeline, merchant, 7)
        assert hook.patch(isActive=False)["next_attempt_at"] is None
        for _ in range(7):
            time.shift(60)
            pipeline.retry()
            pipeline.run()
        assert {delivery.state for delivery in hook.deliveries} == {"skipped"}
        assert shown(merchant)["pending_deliveries"] == 0

    def test_pending_deliveries_are_looked_for_as_long_as_the_schedule_can_take(self) -> None:
        longest = sum(backoff.next_delay(attempt, 1.0, 10**9) or 0 for attempt in range(1, backoff.MAX_ATTEMPTS))
        assert RETRIED_FOR.total_seconds() > longest


class TestAGoodProbe:
    def test_comes_when_the_breaker_allows_and_brings_everything_forward(
        self, pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver, time: time_machine.Traveller
    ) -> None:
        """Within seconds, without the schedule: also what was to be retried in five minutes."""
        send(pipeline, merchant, 5)
        send(pipeline, merchant, 6)
        time.shift(59)
        pipeline.run()
        assert "delivered" not in {delivery.state for delivery in hook.deliveries}
        time.shift(3)
        pipeline.run()
        assert {delivery.state for delivery in hook.deliveries} == {"delivered"}

    def test_costs_a_delivery_none_of_its_attempts(
        self, pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller
    ) -> None:
        """One of them has failed twice, and its own turn comes in five minutes. It is tried with the others."""
        merchant.again()
        behaviour = [answer(503, close=True)] * 5 + [answer(200, close=True)] + [answer(503, close=True)] * 30
        with Receiver(answers(*behaviour)) as receiver:
            hook = merchant.webhook(receiver.url)
            send(pipeline, merchant, 4)
            time.shift(7)
            deliver(first_of(pipeline.take(settings().deliveries_queue_url)))
            (twice,) = (delivery for delivery in hook.deliveries if delivery.attempts == 2)
            send(pipeline, merchant, 1)
            time.shift(62)
            pipeline.run()
        again = next(delivery for delivery in hook.deliveries if delivery.sk == twice.sk)
        assert (again.attempts, again.step) == (3, 2)
        assert {attempt.trigger for attempt in hook.attempts} == {"event", "schedule"}

    def test_hundreds_go_from_message_to_message(
        self, pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        from chalicelib.webhooks import deferred

        monkeypatch.setattr(deferred, "BATCH_SIZE", 3)
        monkeypatch.setattr(deferred, "MAX_BATCHES", 2)
        send(pipeline, merchant, 25)
        time.shift(62)
        pipeline.run()
        for _ in range(5):
            time.shift(2)
            pipeline.run()
        assert {delivery.state for delivery in hook.deliveries} == {"delivered"}


class TestByHand:
    def test_a_replay_counts_and_sends_what_waits_at_once(
        self, pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver
    ) -> None:
        """Although the breaker is open for another minute."""
        send(pipeline, merchant, 11)
        assert hook.post("replay", SINCE).data == {"queued": 11}
        pipeline.run()
        assert {delivery.state for delivery in hook.deliveries} == {"delivered"}
        assert shown(merchant)["pending_deliveries"] == 0
        assert hook.post("replay", SINCE).data == {"queued": 0}

    def test_a_replay_leaves_out_events_from_before(
        self, pipeline: Pipeline, merchant: Merchant, hook: Hook, time: time_machine.Traveller
    ) -> None:
        send(pipeline, merchant, 2)
        time.shift(1)
        send(pipeline, merchant, 1)
        assert hook.post("replay", {"since": "2026-01-15T10:00:01Z"}).data == {"queued": 1}

    def test_a_replay_sends_each_once_from_batch_to_batch(
        self, pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from chalicelib.webhooks import replaying

        monkeypatch.setattr(replaying, "BATCH_SIZE", 4)
        send(pipeline, merchant, 14)
        assert hook.post("replay", SINCE).data == {"queued": 14}
        pipeline.run()
        assert {delivery.state for delivery in hook.deliveries} == {"delivered"}
        assert len(down.requests) == 5 + 14

    def test_a_retry_probes_while_the_breaker_is_open(
        self, pipeline: Pipeline, merchant: Merchant, hook: Hook, down: Receiver
    ) -> None:
        send(pipeline, merchant, 7)
        delivery = next(one for one in hook.deliveries if one.attempts == 0)
        assert hook.post(f"deliveries/{delivery.sk}/retry").data == {"queued": 1}
        pipeline.run()
        assert {delivery.state for delivery in hook.deliveries} == {"delivered"}

    @pytest.mark.parametrize("action", ["retry", "replay", "reactivate"])
    def test_what_skips_the_wait_is_limited(
        self, merchant: Merchant, hook: Hook, pipeline: Pipeline, action: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Or it would be a way to send any number of requests to an address."""
        send(pipeline, merchant, 1)
        limits = operations.REDELIVERY_LIMITS
        few = replace(limits, per_end_user=replace(limits.per_end_user, max_requests=2))
        monkeypatch.setattr(operations, "REDELIVERY_LIMITS", few)

        def act() -> int:
            if action == "reactivate":
                reply = merchant.session.client.patch(hook.path, {"isActive": True})
            elif action == "replay":
                reply = hook.post("replay", SINCE)
            else:
                reply = hook.post(f"deliveries/{hook.delivery.sk}/retry")
            return int(reply.status)

        assert [act() for _ in range(3)] == [200 if action == "reactivate" else 202] * 2 + [429]

    def test_a_replay_of_a_receiver_that_is_still_down_defers_again(
        self, pipeline: Pipeline, merchant: Merchant, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answer(503)) as receiver:
            hook = merchant.webhook(receiver.url)
            send(pipeline, merchant, 11)
            hook.post("replay", SINCE)
            pipeline.run()
            assert len(receiver.requests) == 6
        webhook = shown(merchant)
        assert (webhook["pending_deliveries"], webhook["next_attempt_at"]) == (11, "2026-01-15T10:02:00.000Z")


def first_of(batch: dict[str, Any]) -> dict[str, Any]:
    """The others are lost."""
    return {"Records": batch["Records"][:1]}


def clock_seconds(timestamp: str) -> float:
    return clock.parse(timestamp).timestamp()
