"""One merchant's rules and messages delay and fail nobody else's: what a message may take, and what it leaves alone."""

from typing import Any

import pytest

from chalicelib.alerts.evaluation import RULES_AT_ONCE, evaluate
from chalicelib.alerts.store import MAX_RULES
from chalicelib.dispatch.service import dispatch
from chalicelib.kit.settings import settings
from tests.support.account import client
from tests.support.aws_calls import around
from tests.support.factories import EMBED
from tests.support.hooks import Merchant
from tests.support.pipeline import Batch, Pipeline, batch_of

NOTHING_FAILED: dict[str, Any] = {"batchItemFailures": []}


def alerts_of(merchant: Merchant) -> list[str]:
    listed = merchant.session.client.get(f"{EMBED}/alerts/notifications?limit=50").data
    return sorted(each["rule_id"] for each in listed)


def fires_all(merchant: Merchant, pipeline: Pipeline) -> tuple[list[str], Batch]:
    """As many rules as an end user may have, and the message about an event that concerns all of them."""
    rules = sorted(merchant.rule()["id"] for _ in range(MAX_RULES))
    merchant.publish()
    pipeline.dispatch()
    return rules, pipeline.take(settings().alerts_queue_url)


def test_more_rules_than_a_message_may_take_go_on_in_another(merchant: Merchant, pipeline: Pipeline) -> None:
    rules, batch = fires_all(merchant, pipeline)
    fired = []
    while batch["Records"]:
        # Each message comes twice, as SQS may deliver it.
        assert evaluate(batch) == evaluate(batch) == NOTHING_FAILED
        fired.append(len(alerts_of(merchant)))
        batch = pipeline.take(settings().alerts_queue_url)
    assert fired[0] == RULES_AT_ONCE
    assert alerts_of(merchant) == rules


def test_rules_that_the_queue_refuses_come_again_with_their_message(merchant: Merchant, pipeline: Pipeline) -> None:
    rules, batch = fires_all(merchant, pipeline)

    def refuse(name: str, call: Any) -> Any:
        if name == "SendMessageBatch":
            raise ConnectionError
        return call()

    with around(refuse):
        assert len(evaluate(batch)["batchItemFailures"]) == 1
    assert len(alerts_of(merchant)) == RULES_AT_ONCE
    assert evaluate(batch) == NOTHING_FAILED
    pipeline.drain(settings().alerts_queue_url, evaluate)
    assert alerts_of(merchant) == rules


@pytest.mark.parametrize(
    "poison", [{}, {"event": {"data": "{"}}, {"event": None, "rules": None}, {"rules": 5}], ids=str
)
def test_a_message_that_cannot_be_read_fails_alone(
    merchant: Merchant, pipeline: Pipeline, poison: dict[str, Any]
) -> None:
    rule = merchant.rule()
    merchant.publish()
    pipeline.dispatch()
    good = pipeline.take(settings().alerts_queue_url)["Records"]
    (bad,) = batch_of(poison)["Records"]
    assert evaluate({"Records": [bad, *good]}) == {"batchItemFailures": [{"itemIdentifier": bad["messageId"]}]}
    assert alerts_of(merchant) == [rule["id"]]


@pytest.mark.parametrize("poison", [{}, {"id": "1", "type": "order.created"}, {"organization_id": "o"}], ids=str)
def test_an_event_that_cannot_be_read_fails_alone(
    merchant: Merchant, pipeline: Pipeline, poison: dict[str, Any]
) -> None:
    pipeline.dispatch()
    merchant.rule()
    pipeline.dispatch()
    merchant.publish()
    pipeline.relay()
    good = pipeline.take(settings().events_queue_url)["Records"]
    (bad,) = batch_of(poison)["Records"]
    assert dispatch({"Records": [bad, *good]}) == {"batchItemFailures": [{"itemIdentifier": bad["messageId"]}]}
    waiting = client("sqs").get_queue_attributes(
        QueueUrl=settings().alerts_queue_url, AttributeNames=["ApproximateNumberOfMessages"]
    )
    assert waiting["Attributes"]["ApproximateNumberOfMessages"] == "1"
