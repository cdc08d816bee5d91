"""From the events queue to the queues of webhooks and alerts."""

import json
from typing import Any

import pytest
import time_machine

from chalicelib.alerts.evaluation import evaluate
from chalicelib.dispatch.service import dispatch
from chalicelib.kit import queues
from chalicelib.kit.settings import settings
from tests.support.aws_calls import around, counted
from tests.support.factories import EMBED
from tests.support.hooks import Merchant, publish
from tests.support.pipeline import Batch, Pipeline


def waiting(pipeline: Pipeline) -> Batch:
    """The events to be dispatched."""
    pipeline.relay()
    return pipeline.take(settings().events_queue_url)


def sent(pipeline: Pipeline, queue_url: str) -> list[str]:
    return [record["body"] for record in pipeline.take(queue_url)["Records"]]


@pytest.fixture
def merchant(merchant: Merchant, pipeline: Pipeline) -> Merchant:
    """Without undispatched events from its own creation."""
    pipeline.dispatch()
    return merchant


def test_an_event_without_subscribers_makes_no_message(merchant: Merchant, pipeline: Pipeline) -> None:
    merchant.publish("order.updated")
    with counted() as calls:
        assert dispatch(waiting(pipeline)) == {"batchItemFailures": []}
    assert "SendMessageBatch" not in calls[calls.index("ReceiveMessage") :]


def test_a_batch_is_one_round_trip_and_a_call_for_each_queue(merchant: Merchant, pipeline: Pipeline) -> None:
    merchant.webhook("https://1.1.1.1/")
    merchant.rule()
    for _ in range(4):
        merchant.publish()
    batch = waiting(pipeline)
    with counted() as calls:
        dispatch(batch)
    assert sorted(calls) == ["BatchGetItem", "Query", *(["SendMessageBatch"] * 3)]


def test_log_only_events_are_not_looked_up(merchant: Merchant, pipeline: Pipeline) -> None:
    publish(*merchant.whose, "bridge.created")
    batch = waiting(pipeline)
    with counted() as calls:
        dispatch(batch)
    assert calls == []


def test_the_same_event_makes_the_same_delivery(merchant: Merchant, pipeline: Pipeline) -> None:
    merchant.webhook("https://1.1.1.1/")
    merchant.publish()
    batch = waiting(pipeline)
    dispatch(batch)
    dispatch(batch)
    first, second = sent(pipeline, settings().deliveries_queue_url)
    assert first == second


def test_uses_the_current_webhooks_and_rules(merchant: Merchant, pipeline: Pipeline) -> None:
    hook = merchant.webhook("https://1.1.1.1/")
    merchant.publish()
    batch = waiting(pipeline)
    hook.patch(events=["order.updated"])
    dispatch(batch)
    assert sent(pipeline, settings().deliveries_queue_url) == []


def test_messages_carry_organization_and_end_user_as_their_group(
    merchant: Merchant, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups: list[str | None] = []
    whole = queues._entry

    def entry(position: int, message: queues.Message, body: str) -> dict[str, Any]:
        groups.append(message.group)
        return whole(position, message, body)

    merchant.webhook("https://1.1.1.1/")
    merchant.rule()
    merchant.publish()
    batch = waiting(pipeline)
    monkeypatch.setattr(queues, "_entry", entry)
    dispatch(batch)
    assert groups == [".".join(merchant.whose)] * 3


def test_only_events_whose_messages_were_refused_come_again(merchant: Merchant, pipeline: Pipeline) -> None:
    other = Merchant(merchant.acme, "merchant-2")
    pipeline.dispatch()
    merchant.webhook("https://1.1.1.1/")
    merchant.publish()
    other.publish("order.updated")
    batch = waiting(pipeline)

    def refuse(name: str, call: Any) -> Any:
        if name == "SendMessageBatch":
            raise ConnectionError("no queue")
        return call()

    with around(refuse):
        failed = dispatch(batch)["batchItemFailures"]
    events = {record["messageId"]: json.loads(record["body"]) for record in batch["Records"]}
    orders = {name: event["end_user_id"] for name, event in events.items() if event["type"].startswith("order.")}
    mine = [name for name, end_user_id in orders.items() if end_user_id == merchant.session.end_user_id]
    assert len(orders) == 2
    assert [failure["itemIdentifier"] for failure in failed] == mine


def test_the_organizations_webhook_gets_events_that_end_users_cannot(merchant: Merchant, pipeline: Pipeline) -> None:
    merchant.acme.configure(settings={"webhookUrl": "https://1.1.1.1/"}, enabled_features=["bridges"])
    pipeline.dispatch()
    pipeline.take(settings().deliveries_queue_url)
    for event_type in ("order.created", "action_request.created", "webhook.disabled", "session.created"):
        merchant.publish(event_type)
    publish(merchant.acme.organization_id, None, "webhook.disabled")
    pipeline.dispatch()
    assert len(sent(pipeline, settings().deliveries_queue_url)) == 4


def test_removing_the_url_removes_the_organizations_webhook(merchant: Merchant, pipeline: Pipeline) -> None:
    merchant.acme.configure(settings={"webhookUrl": "https://1.1.1.1/"})
    merchant.acme.configure(settings={"webhookUrl": None})
    pipeline.dispatch()
    pipeline.take(settings().deliveries_queue_url)
    merchant.publish()
    pipeline.dispatch()
    assert sent(pipeline, settings().deliveries_queue_url) == []


def test_subscriptions_are_read_again_only_when_they_have_changed(merchant: Merchant, pipeline: Pipeline) -> None:
    """One of the messages is for the figures by day."""

    def calls_of_dispatching() -> list[str]:
        merchant.publish()
        batch = waiting(pipeline)
        with counted() as calls:
            dispatch(batch)
        return sorted(calls)

    hook = merchant.webhook("https://1.1.1.1/")
    assert calls_of_dispatching() == ["BatchGetItem", "Query", *(["SendMessageBatch"] * 2)]
    assert calls_of_dispatching() == ["BatchGetItem", "SendMessageBatch", "SendMessageBatch"]
    rule = merchant.rule()
    assert calls_of_dispatching() == ["BatchGetItem", "Query", *(["SendMessageBatch"] * 3)]
    client = merchant.session.client
    assert client.patch(f"{EMBED}/alerts/rules/{rule['id']}", {"isActive": False}).status == 200
    assert calls_of_dispatching() == ["BatchGetItem", "Query", *(["SendMessageBatch"] * 2)]
    hook.patch(events=["order.updated"])
    assert calls_of_dispatching() == ["BatchGetItem", "Query", "SendMessageBatch"]
    assert client.delete(hook.path).status < 300
    assert calls_of_dispatching() == ["BatchGetItem", "Query", "SendMessageBatch"]
    assert calls_of_dispatching() == ["BatchGetItem", "SendMessageBatch"]


def test_they_are_not_remembered_for_more_than_five_seconds(
    merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
) -> None:
    merchant.again()
    for seconds, queries in ((0, 1), (4, 0), (2, 1)):
        time.shift(seconds)
        merchant.publish()
        batch = waiting(pipeline)
        with counted() as calls:
            dispatch(batch)
        assert calls.count("Query") == queries


@pytest.mark.parametrize("body", ["{", "[]", "null", '"text"'])
@pytest.mark.parametrize("handle", [dispatch, evaluate])
def test_a_poisoned_message_fails_alone(cloud: None, body: str, handle: Any) -> None:
    event = {"id": "e", "type": "config.updated", "organization_id": "o", "end_user_id": None, "data": None}
    good: dict[str, Any] = {"rules": [], "organization_id": "o", "end_user_id": "u", "event": event, **event}
    records = [{"messageId": "good", "body": json.dumps(good)}, {"messageId": "poison", "body": body}]
    assert handle({"Records": records}) == {"batchItemFailures": [{"itemIdentifier": "poison"}]}
