"""Crashes of the delivering function at every call. Nothing is lost or counted twice, and a message that is sent twice
has the same id."""

import json
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine

from chalicelib.dispatch.service import dispatch
from chalicelib.events.relay import relay
from chalicelib.kit.settings import settings
from chalicelib.outbound.sender import Sender
from chalicelib.webhooks import delivery, retrying, turns
from chalicelib.webhooks.delivery import deliver
from tests.support.aws_calls import Call, around
from tests.support.hooks import Hook, Merchant
from tests.support.pipeline import Batch, Handler, Pipeline
from tests.support.receivers import Behaviour, Line, Receiver, answer

VISIBILITY_S = 360
"""After this time SQS delivers an undeleted message again."""


class Killed(BaseException):
    """The function's process has ended."""


class Killer:
    """Kills the process at chosen calls to AWS and to the receiver."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.dead = False

    def strikes(self, name: str) -> tuple[bool, bool]:
        """Whether to kill before the call, and after it."""
        raise NotImplementedError

    def call(self, name: str, call: Call) -> Any:
        if self.dead:
            raise Killed
        before, after = self.strikes(name)
        self.made.append(name)
        if before:
            self.dead = True
            raise Killed
        done = call()
        if after or self.dead:
            self.dead = True
            raise Killed
        return done

    def run(self, handler: Handler, batch: Batch, monkeypatch: pytest.MonkeyPatch) -> Any:
        """The handler's result; if it was killed, every message failed."""
        send = Sender.send
        # Its own threads, which end with it.
        threads = ThreadPoolExecutor(turns.MAX_UNDER_WAY)
        with monkeypatch.context() as patched, around(self.call), threads:
            patched.setattr(delivery, "_turns", lambda: turns.Turns(threads))
            patched.setattr(
                Sender,
                "send",
                lambda sender, *sent: self.call("send", lambda: send(sender, *sent)),
            )
            try:
                return handler(batch)
            except Killed:
                return {"batchItemFailures": [{"itemIdentifier": _name(one)} for one in batch["Records"]]}


def _name(record: Any) -> str:
    """The id of a message or stream record."""
    return str(record["messageId"] if "messageId" in record else record["dynamodb"]["SequenceNumber"])


class AtCall(Killer):
    def __init__(self, number: int, *, after: bool) -> None:
        super().__init__()
        self.number, self.after = number, after

    def strikes(self, name: str) -> tuple[bool, bool]:
        hit = len(self.made) == self.number
        return hit and not self.after, hit and self.after


class Now(Killer):
    """Kills at random, on average at one call in `one_in`."""

    def __init__(self, chance: random.Random, one_in: int) -> None:
        super().__init__()
        self.chance, self.one_in = chance, one_in

    def strikes(self, name: str) -> tuple[bool, bool]:
        hit, after = self.chance.randrange(self.one_in) == 0, self.chance.random() < 0.5
        return hit and not after, hit and after


def arrived(receiver: Receiver) -> Counter[str]:
    """How often each event arrived."""
    return Counter(str(json.loads(request.body)["id"]) for request in receiver.requests)


def check_books(hook: Hook, receiver: Receiver) -> None:
    """The log has each attempt once, and each delivery has one id however often it arrived."""
    numbers: dict[str, list[int]] = {}
    for row in hook.attempts:
        numbers.setdefault(row.delivery_id, []).append(row.attempt)
    for stored in hook.deliveries:
        assert sorted(numbers.get(stored.sk, [])) == list(range(1, stored.attempts + 1))
    ids_by_event: dict[str, set[str]] = {}
    for request in receiver.requests:
        ids_by_event.setdefault(json.loads(request.body)["id"], set()).add(request.headers["webhook-id"])
    assert all(len(ids) == 1 for ids in ids_by_event.values())


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("status", [200, 500])
def test_killed_at_every_call(
    merchant: Merchant,
    pipeline: Pipeline,
    time: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    after: bool,
    status: int,
) -> None:
    """The calls are read, decrypt, send, last success, record, or a message for the retry; 8 is beyond the last."""
    merchant.again()
    with Receiver(answer(status)) as receiver:
        hook = merchant.webhook(receiver.url)
        event_id = merchant.publish()
        pipeline.dispatch()
        batch = pipeline.take(settings().deliveries_queue_url)
        killer = AtCall(number, after=after)
        answered = killer.run(deliver, batch, monkeypatch)
        was_killed = bool(answered["batchItemFailures"])
        sent_before, was_recorded = len(receiver.requests), bool(hook.attempts)
        # Redelivered, the message repeats nothing that is recorded, and completes the rest.
        assert deliver(batch) == {"batchItemFailures": []}
        assert len(receiver.requests) - sent_before == (0 if was_recorded else 1)
        assert was_killed or was_recorded
        time.shift(VISIBILITY_S)
        assert deliver(batch) == {"batchItemFailures": []}
        assert len(receiver.requests) - sent_before == (0 if was_recorded else 1)
        first = hook.delivery
        assert first.attempts == 1
        assert first.state == ("delivered" if status == 200 else "pending")
        assert first.duepk is None if status == 200 else first.duepk is not None
    assert 1 <= arrived(receiver)[event_id] <= 2
    assert hook.state.consecutive_failures == (0 if status == 200 else 1)
    check_books(hook, receiver)


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_the_schedule_is_killed_at_every_call(
    merchant: Merchant,
    pipeline: Pipeline,
    time: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    after: bool,
) -> None:
    merchant.again()
    with Receiver(answer(500)) as receiver:
        hook = merchant.webhook(receiver.url)
        merchant.publish()
        pipeline.dispatch()
        deliver(pipeline.take(settings().deliveries_queue_url))
        pipeline.take(settings().deliveries_queue_url)
        time.shift(70)

        def schedule(_: Batch) -> Any:
            retrying.run()
            return {}

        AtCall(number, after=after).run(schedule, {"Records": []}, monkeypatch)
        for _ in range(2):
            time.shift(1000)
            retrying.run()
        deliver(pipeline.take(settings().deliveries_queue_url))
    assert hook.delivery.attempts >= 2
    check_books(hook, receiver)


def flaky(chance: random.Random) -> Behaviour:
    """One response in ten is an error."""

    def behave(line: Line) -> None:
        while line.read_request() is not None:
            status = 500 if chance.random() < 0.1 else 200
            line.write(f"HTTP/1.1 {status} Whatever\r\nContent-Length: 0\r\n\r\n".encode())

    return behave


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 10))])
def test_of_a_thousand_events_none_is_missing(
    merchant: Merchant,
    pipeline: Pipeline,
    time: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """A hundred events for each seed. One response in ten is an error, and one call in fifteen ends its process: relay,
    dispatch, delivery or schedule."""
    chance = random.Random(seed)
    merchant.again()
    with Receiver(flaky(chance)) as receiver:
        hook = merchant.webhook(receiver.url)
        events = [merchant.publish(n=number) for number in range(100)]
        queues: list[tuple[str, Handler]] = [
            (settings().events_queue_url, dispatch),
            (settings().deliveries_queue_url, deliver),
        ]
        kills, relayed, invisible = 0, 0, []
        for _ in range(200):
            killer = Now(chance, 15)
            relayed += _relay(pipeline, killer, monkeypatch)
            kills += killer.dead
            for url, handler in queues:
                while batch := pipeline.take(url)["Records"]:
                    invisible += _handle(Now(chance, 15), handler, batch, monkeypatch)
            kills += len(invisible)
            if not invisible and relayed and all(stored.state == "delivered" for stored in hook.deliveries):
                break
            time.shift(VISIBILITY_S)
            Now(chance, 15).run(_scheduled, {"Records": []}, monkeypatch)
            again, invisible = invisible, []
            for handler, message in again:
                invisible += _handle(Now(chance, 15), handler, [message], monkeypatch)
    assert len(hook.deliveries) == 100
    assert {stored.state for stored in hook.deliveries} == {"delivered"}
    assert set(events) <= set(arrived(receiver))
    assert kills > 5
    check_books(hook, receiver)
    succeeded = sum(row.success for row in hook.attempts)
    assert succeeded == 100


def _relay(pipeline: Pipeline, killer: Killer, monkeypatch: pytest.MonkeyPatch) -> int:
    return pipeline.relay(lambda batch: killer.run(relay, batch, monkeypatch))


def _scheduled(_: Batch) -> Any:
    retrying.run()
    return {}


def _handle(
    killer: Killer, handler: Handler, batch: list[Any], monkeypatch: pytest.MonkeyPatch
) -> list[tuple[Handler, Any]]:
    """The messages that will be delivered again."""
    failed = killer.run(handler, {"Records": batch}, monkeypatch)["batchItemFailures"]
    names = {failure["itemIdentifier"] for failure in failed}
    return [(handler, message) for message in batch if message["messageId"] in names]
