"""Concurrent functions that handle the same delivery or webhook."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from chalicelib.kit.settings import settings
from chalicelib.webhooks import retrying
from chalicelib.webhooks.delivery import deliver, deliver_slow
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline, batch_of
from tests.support.races import at_once
from tests.support.receivers import Receiver, answer, hold


@pytest.mark.parametrize("status", [200, 500])
def test_a_message_received_by_two_functions_is_recorded_once(
    merchant: Merchant, pipeline: Pipeline, status: int
) -> None:
    """Both may send it, with the same id; once it is recorded, nobody does."""
    release = threading.Event()
    with Receiver(hold(release, answer(status))) as receiver:
        hook = merchant.webhook(receiver.url)
        merchant.publish()
        pipeline.dispatch()
        batch = pipeline.take(settings().deliveries_queue_url)
        both = [threading.Thread(target=deliver, args=(batch,)) for _ in range(2)]
        for thread in both:
            thread.start()
        while receiver.connections < 2:
            both[0].join(0.01)
        release.set()
        for thread in both:
            thread.join()
        assert deliver(batch) == {"batchItemFailures": []}
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    assert (len(receiver.requests), len(hook.attempts), hook.delivery.attempts) == (2, 1, 1)
    assert hook.state.consecutive_failures == (0 if status == 200 else 1)


def test_a_retry_received_by_two_functions_is_sent_once(merchant: Merchant, pipeline: Pipeline) -> None:
    """The second message must come again, because the process that is sending may still crash."""
    release = threading.Event()
    with Receiver(answer(200)) as receiver:
        hook = merchant.webhook(receiver.url)
        merchant.publish()
        pipeline.run()
    with Receiver(hold(release, answer(200))) as receiver:
        hook.patch(url=receiver.url)
        hook.post(f"deliveries/{hook.delivery.sk}/retry")
        batch = pipeline.take(settings().deliveries_queue_url)
        first = threading.Thread(target=deliver, args=(batch,))
        first.start()
        while not receiver.connections:
            first.join(0.01)
        (message,) = batch["Records"]
        assert deliver(batch) == {"batchItemFailures": [{"itemIdentifier": message["messageId"]}]}
        release.set()
        first.join()
        assert deliver(batch) == {"batchItemFailures": []}
    assert (len(receiver.requests), len(hook.attempts), hook.delivery.attempts) == (1, 2, 2)


def test_the_same_message_twice_in_a_batch_is_sent_once(merchant: Merchant, pipeline: Pipeline) -> None:
    with Receiver(answer(200)) as receiver:
        hook = merchant.webhook(receiver.url)
        merchant.publish()
        pipeline.dispatch()
        (message,) = pipeline.take(settings().deliveries_queue_url)["Records"]
        deliver({"Records": [{**message, "messageId": str(number)} for number in range(5)]})
    assert (len(receiver.requests), len(hook.attempts)) == (1, 1)


def test_fifty_concurrent_failures_count_as_fifty(merchant: Merchant, pipeline: Pipeline) -> None:
    with Receiver(answer(500)) as receiver:
        hook = merchant.webhook(receiver.url)
        for _ in range(50):
            merchant.publish()
        pipeline.dispatch()
        batches = []
        while batch := pipeline.take(settings().deliveries_queue_url)["Records"]:
            batches.append({"Records": batch})
        calls: list[Callable[[], Any]] = [lambda batch=batch: deliver(batch) for batch in batches]  # type: ignore[misc]
        at_once(calls)
        # Batches that began after the breaker had opened were passed on.
        pipeline.drain(settings().slow_deliveries_queue_url, deliver_slow)
    sent = len(receiver.requests)
    assert (hook.state.consecutive_failures, len(hook.attempts)) == (sent, sent)
    assert hook.state.breaker_level == 1
    assert {delivery.state for delivery in hook.deliveries} <= {"pending", "waiting"}
    assert len(hook.deliveries) == 50


def test_two_concurrent_scheduled_runs_send_each_delivery_once(
    merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
) -> None:
    merchant.again()
    with Receiver(answer(500)) as receiver:
        for _ in range(4):
            merchant.publish()
        merchant.webhook(receiver.url)
        pipeline.dispatch()
        deliver(pipeline.take(settings().deliveries_queue_url))
        time.shift(70)
        pipeline.take(settings().deliveries_queue_url)
        at_once([retrying.run] * 3)
        queued = pipeline.take(settings().deliveries_queue_url)["Records"]
    assert len(queued) == 4


def test_three_concurrent_retry_requests_send_once(merchant: Merchant, pipeline: Pipeline) -> None:
    with Receiver(answer(200)) as receiver:
        hook = merchant.webhook(receiver.url)
        merchant.publish()
        pipeline.run()
        delivery_id = hook.delivery.sk
        for _ in range(3):
            hook.post(f"deliveries/{delivery_id}/retry")
        # All three may be in one batch: those that find the delivery leased come again, and find it delivered.
        queue = settings().deliveries_queue_url
        while batch := pipeline.take(queue)["Records"]:
            again = {failed["itemIdentifier"] for failed in deliver({"Records": batch})["batchItemFailures"]}
            pipeline.put_back(queue, [message for message in batch if message["messageId"] in again])
    assert (len(receiver.requests), hook.delivery.attempts) == (2, 2)


def test_an_outdated_message_has_no_effect(merchant: Merchant, pipeline: Pipeline) -> None:
    """It names an attempt that has already been made."""
    with Receiver(answer(200)) as receiver:
        hook = merchant.webhook(receiver.url)
        merchant.publish()
        pipeline.run()
        stored = hook.delivery
        old = {
            "webhook": stored.webhook,
            "delivery_id": stored.sk,
            "event_user": stored.event_user,
            "event_id": stored.event_id,
            "event_type": stored.event_type,
            "attempts": 0,
        }
        assert deliver(batch_of(old)) == {"batchItemFailures": []}
    assert len(receiver.requests) == 1
