"""Deliveries on the real engine: what each costs, and the lists of those that are pending."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks import seed
from benchmarks.capacity import measuring
from benchmarks.cost import Queues
from chalicelib.events.relay import message_of
from chalicelib.events.store import LogView
from chalicelib.kit import aws
from chalicelib.kit.settings import settings
from chalicelib.outbound.sender import Attempt
from chalicelib.table.pages import Window
from chalicelib.table.reads import ALL
from chalicelib.webhooks import posting
from chalicelib.webhooks.deferred import drain_now
from chalicelib.webhooks.delivery import deliver, deliver_slow
from chalicelib.webhooks.destinations import destination_of
from chalicelib.webhooks.queueing import first_message
from chalicelib.webhooks.references import delivery_id_of
from tests.support.factories import EMBED, Acme
from tests.support.hooks import Hook, Merchant

SUCCESS = Attempt(200, True, None, None, 20, "ok")
FAILURE = Attempt(503, False, "http_5xx", "The receiver responded with 503 Service Unavailable", 20, "x" * 200)


class Receiver:
    """Replaces the network."""

    outcome = SUCCESS

    def send(self, *_: Any) -> Attempt:
        return self.outcome


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Receiver:
    receiver = Receiver()
    monkeypatch.setattr(posting, "sender", lambda: receiver)
    monkeypatch.setattr("chalicelib.webhooks.delivery.sender", lambda: receiver)
    return receiver


@pytest.fixture
def queues(monkeypatch: pytest.MonkeyPatch) -> Iterator[Queues]:
    monkeypatch.setenv("DELIVERIES_QUEUE_URL", "deliveries")
    monkeypatch.setenv("SLOW_DELIVERIES_QUEUE_URL", "slow-deliveries")
    settings.cache_clear()
    queues = Queues()
    monkeypatch.setattr(aws, "client", lambda name: queues if name == "sqs" else seed.Key())
    yield queues
    settings.cache_clear()


@pytest.fixture
def hook(queues: Queues, receiver: Receiver) -> Hook:
    return Merchant(Acme.create()).webhook("https://8.8.8.8/hook")


def batch(hook: Hook, number: int) -> dict[str, Any]:
    """The messages of as many events, which have just happened."""
    merchant = hook.merchant
    for n in range(number):
        merchant.publish(order_number=f"ORD-{n}")
    events, _ = LogView(*merchant.whose, "order.created").page(Window(number), ALL)
    destination = destination_of(hook.state)
    bodies = [
        first_message(destination, delivery_id_of(event.id, "webhook", hook.id), message_of(event)).body
        for event in events
    ]
    return {"Records": [{"messageId": str(n), "body": json.dumps(body)} for n, body in enumerate(bodies)]}


def state(hook: Hook) -> dict[str, Any]:
    (only,) = hook.merchant.session.client.get(f"{EMBED}/webhooks").data
    shown: dict[str, Any] = only
    return shown


def test_a_healthy_delivery_writes_no_index(hook: Hook) -> None:
    ten = batch(hook, 10)
    with measuring(seed.TABLE) as units:
        assert deliver(ten) == {"batchItemFailures": []}
    # A row each, and the webhook's last success.
    assert units.written == 11
    (one,) = batch(hook, 1)["Records"]
    with measuring(seed.TABLE) as units:
        assert deliver({"Records": [one]}) == {"batchItemFailures": []}
    assert units.written <= 2


def test_a_repeated_message_costs_nothing_and_is_not_sent_again(hook: Hook) -> None:
    ten = batch(hook, 10)
    assert deliver(ten) == {"batchItemFailures": []}
    with measuring(seed.TABLE) as units:
        assert deliver(ten) == {"batchItemFailures": []}
    assert (units.written, len(hook.attempts), len(units.calls)) == (0, 10, 1)


def test_what_fails_is_listed_and_sent_when_the_receiver_is_back(
    hook: Hook, receiver: Receiver, queues: Queues
) -> None:
    receiver.outcome = FAILURE
    with measuring(seed.TABLE) as failing:
        for message in batch(hook, 4)["Records"]:
            deliver({"Records": [message]})
    # As listed in docs/access-patterns.md.
    assert failing.written / 4 <= 14
    for message in batch(hook, 8)["Records"]:
        deliver_slow({"Records": [message]})
    shown = state(hook)
    assert (shown["pending_deliveries"], shown["consecutive_failures"]) == (12, 5)
    assert shown["next_attempt_at"] == hook.state.breaker_until
    client = hook.merchant.session.client
    page = client.get(f"{hook.path}/deliveries?status=pending&limit=5").json
    assert (len(page["data"]), page["pagination"]["total"], page["pagination"]["hasMore"]) == (5, 12, True)
    rest = client.get(f"{hook.path}/deliveries?status=pending&cursor={page['pagination']['nextCursor']}").data
    assert len({row["id"] for row in (*page["data"], *rest)}) == 12
    found = client.get(f"{hook.path}/deliveries?order_number=%23ord-0").data
    assert {row["order_number"] for row in found} == {"ORD-0"}
    receiver.outcome = SUCCESS
    queues.sent.clear()
    assert client.post(f"{hook.path}/replay", {"since": "2020-01-01"}).data == {"queued": 12}
    for _ in range(2):
        while (messages := queues.take("slow-deliveries"))["Records"]:
            assert deliver_slow(messages) == {"batchItemFailures": []}
        # As the job of every minute, which finds what was deferred while the probe closed the breaker.
        drain_now(destination_of(hook.state))
    assert {delivery.state for delivery in hook.deliveries} == {"delivered"}
    assert (state(hook)["pending_deliveries"], state(hook)["next_attempt_at"]) == (0, None)
