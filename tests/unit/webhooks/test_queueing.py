"""Deliveries that are due while the queue refuses messages."""

import json
from typing import Any

import pytest
import time_machine

import app
from chalicelib.kit.settings import settings
from chalicelib.table import due
from chalicelib.webhooks import retrying
from chalicelib.webhooks.delivery import deliver
from chalicelib.webhooks.retrying import enqueue_deliveries
from infra.system import FUNCTIONS
from infra.template import schedules
from tests.support.aws_calls import Call, around
from tests.support.hooks import Hook, Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer

HOW_MANY = 4
MINUTE_S = 60


@pytest.fixture
def hook(merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch) -> Hook:
    """A webhook with deliveries whose next attempt is due, all in one batch."""
    monkeypatch.setattr(due, "SHARDS", 1)
    monkeypatch.setattr(retrying, "GROUPS", 1)
    merchant.again()
    with Receiver(answer(500)) as receiver:
        hook = merchant.webhook(receiver.url)
        for _ in range(HOW_MANY):
            merchant.publish()
        pipeline.dispatch()
        deliver(queued(pipeline))
    time.shift(70)
    queued(pipeline)
    return hook


def queued(pipeline: Pipeline) -> dict[str, Any]:
    return pipeline.take(settings().deliveries_queue_url)


def refusing(name: str, call: Call) -> Any:
    if name == "SendMessageBatch":
        raise ConnectionError("the queue is away")
    return call()


def test_they_fail_and_are_retried_soon_after(hook: Hook, pipeline: Pipeline, time: time_machine.Traveller) -> None:
    with around(refusing):
        run = enqueue_deliveries()
    assert (run.handled, run.failed) == (0, HOW_MANY)
    time.shift(5 * MINUTE_S)
    assert enqueue_deliveries().handled == HOW_MANY
    assert len(queued(pipeline)["Records"]) == HOW_MANY


def test_the_schedules_of_all_shards_find_each_once(
    merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
) -> None:
    merchant.again()
    with Receiver(answer(500)) as receiver:
        merchant.webhook(receiver.url)
        for _ in range(HOW_MANY):
            merchant.publish()
        pipeline.dispatch()
        deliver(queued(pipeline))
    time.shift(70)
    # The first retry's own messages are lost.
    queued(pipeline)
    (function,) = [each for each in FUNCTIONS if each.name == "retry_deliveries"]
    found = []
    for schedule in schedules(function)["Events"].values():
        app.retry_deliveries(json.loads(schedule["Properties"]["Input"]), None)
        found += [json.loads(record["body"])["delivery_id"] for record in queued(pipeline)["Records"]]
    assert len(found) == len(set(found)) == HOW_MANY


def test_a_single_refused_message_is_retried_immediately(hook: Hook, pipeline: Pipeline) -> None:
    calls: list[str] = []

    def refusing_one(name: str, call: Call) -> Any:
        answered = call()
        if name == "SendMessageBatch" and not calls:
            answered = {**answered, "Failed": [{"Id": "2", "Code": "InternalError", "SenderFault": False}]}
        if name == "SendMessageBatch":
            calls.append(name)
        return answered

    with around(refusing_one):
        run = enqueue_deliveries()
    assert (run.handled, run.failed) == (HOW_MANY, 0)
    assert len(calls) == 2
    # The queue had accepted it after all, so the message comes twice and the delivery is sent once.
    assert len(queued(pipeline)["Records"]) == HOW_MANY + 1


def test_a_refused_retry_by_hand_is_due_immediately(hook: Hook, pipeline: Pipeline) -> None:
    with around(refusing):
        assert hook.post(f"deliveries/{hook.deliveries[0].sk}/retry").status >= 500
    assert enqueue_deliveries().handled == HOW_MANY
    assert len(queued(pipeline)["Records"]) == HOW_MANY
