"""Filters of webhooks by the content of events."""

from typing import Any

import pytest

from chalicelib.kit.settings import settings
from chalicelib.webhooks.delivery import deliver
from tests.support.aws_calls import counted
from tests.support.factories import EMBED
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer

LARGE = {"field": "totals.total", "operator": "gte", "value": 100}


def test_only_events_for_which_it_holds_are_delivered(
    merchant: Merchant, pipeline: Pipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    with Receiver(answer(200)) as receiver:
        hook = merchant.webhook(receiver.url, filter=LARGE)
        wanted = merchant.publish(totals={"total": 120})
        other = merchant.publish(totals={"total": 20})
        pipeline.run()
    assert [row.event_id for row in hook.attempts] == [wanted]
    assert hook.created["filter"] == LARGE
    (line,) = [line for line in capsys.readouterr().out.splitlines() if other in line and "not_delivered" in line]
    assert f'"not_delivered": {{"{hook.id}": "filtered"}}' in line


def test_what_it_leaves_out_costs_nothing(merchant: Merchant, pipeline: Pipeline) -> None:
    merchant.webhook("https://1.1.1.1/", filter=LARGE)
    merchant.publish(totals={"total": 20})
    with counted() as calls:
        pipeline.dispatch()
    assert not {"UpdateItem", "TransactWriteItems", "PutItem", "BatchWriteItem"} & set(calls)
    assert pipeline.take(settings().deliveries_queue_url)["Records"] == []


def test_a_retry_is_not_sent_if_the_filter_leaves_it_out_by_then(merchant: Merchant, pipeline: Pipeline) -> None:
    with Receiver(answer(200)) as receiver:
        hook = merchant.webhook(receiver.url)
        merchant.publish(totals={"total": 20})
        pipeline.dispatch()
        hook.patch(filter=LARGE)
        deliver(pipeline.take(settings().deliveries_queue_url))
        assert receiver.requests == []
        assert hook.patch(filter=None)["filter"] is None
        merchant.publish(totals={"total": 20})
        pipeline.run()
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"field": "totals.total", "operator": "above", "value": 1}, "filter.operator"),
        ({"tracking_number": "1"}, "filter.tracking_number"),
        ({"all": []}, "filter.all"),
        ("totals", "filter"),
    ],
)
def test_a_wrong_one_is_a_422_that_names_the_field(merchant: Merchant, wanted: Any, field: str) -> None:
    body = {"url": "https://1.1.1.1/", "events": ["order.created"], "filter": wanted}
    reply = merchant.session.client.post(f"{EMBED}/webhooks", body)
    assert (reply.status, reply.fields) == (422, [field])


def test_it_must_fit_the_events_that_a_change_leaves(merchant: Merchant) -> None:
    hook = merchant.webhook("https://1.1.1.1/", "order.created", "shipment.created", filter={"carrier": "UPS"})
    reply = merchant.session.client.patch(hook.path, {"events": ["order.created"]})
    assert (reply.status, reply.fields) == (422, ["filter.carrier"])


def test_the_organizations_webhook_has_one_among_its_settings(merchant: Merchant, pipeline: Pipeline) -> None:
    with Receiver(answer(200)) as receiver:
        merchant.acme.configure(settings={"webhookUrl": receiver.url, "webhookFilter": {"order_number": "ORD-9"}})
        pipeline.dispatch()
        pipeline.take(settings().deliveries_queue_url)
        merchant.publish(order_number="ORD-1")
        merchant.publish(order_number="ORD-9")
        pipeline.run()
        assert len(receiver.requests) == 1
        wrong = {"settings": {"webhookFilter": {"field": "id", "operator": "?", "value": 1}}}
        reply = merchant.acme.server.patch(f"{EMBED}/config", wrong)
        assert (reply.status, reply.fields) == (422, ["settings.webhookFilter.operator"])
