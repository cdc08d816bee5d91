"""The organization's own webhook: a setting, and a webhook like any other."""

import json

import time_machine
from standardwebhooks import Webhook

from chalicelib.table.reads import find
from chalicelib.webhooks import attached
from chalicelib.webhooks.store import WebhookItem
from tests.support.hooks import Merchant
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer, answers


def state(merchant: Merchant) -> WebhookItem:
    item = find(WebhookItem, attached.organization_destination(merchant.acme.organization_id).key)
    assert item is not None
    return item


def test_receives_every_event_signed_with_the_secret_shown_once(merchant: Merchant, pipeline: Pipeline) -> None:
    with Receiver(answer(200)) as receiver:
        pipeline.run()
        shown = merchant.acme.configure(settings={"webhookUrl": receiver.url})["settings"]
        Merchant(merchant.acme, "merchant-2").publish("order.created")
        pipeline.run()
    arrived = [json.loads(request.body)["event"] for request in receiver.requests]
    assert sorted(arrived) == ["end_user.created", "order.created"]
    for request in receiver.requests:
        Webhook(shown["webhookSecret"]).verify(request.body, request.headers)


def test_a_new_secret_signs_from_then_on(merchant: Merchant, pipeline: Pipeline) -> None:
    new = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    with Receiver(answer(200)) as receiver:
        merchant.acme.configure(settings={"webhookUrl": receiver.url})
        pipeline.run()
        receiver.requests.clear()
        merchant.acme.configure(settings={"webhookSecret": new})
        merchant.publish()
        pipeline.run()
    (request,) = receiver.requests
    Webhook(new).verify(request.body, request.headers)


def test_sending_its_url_again_activates_it_again(
    merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
) -> None:
    with Receiver(answers(answer(410, close=True), answer(200))) as receiver:
        merchant.again()
        merchant.acme.configure(settings={"webhookUrl": receiver.url})
        merchant.publish()
        pipeline.dispatch()
        pipeline.deliver()
        assert state(merchant).disabled_reason == "The receiver responded with 410 Gone"
        time.shift(1)
        merchant.acme.configure(settings={"webhookUrl": receiver.url})
        assert state(merchant).is_active
        assert state(merchant).disabled_reason is None
        arrived = len(receiver.requests)
        merchant.publish()
        pipeline.run()
    assert len(receiver.requests) > arrived


def test_is_not_among_the_webhooks_of_end_users(merchant: Merchant) -> None:
    merchant.acme.configure(settings={"webhookUrl": "https://1.1.1.1/"})
    assert merchant.session.client.get("/api/v1/embed/webhooks").data == []


def test_other_settings_leave_it_alone(merchant: Merchant, pipeline: Pipeline) -> None:
    merchant.acme.configure(settings={"webhookUrl": "https://1.1.1.1/"})
    before = state(merchant).generation
    merchant.acme.configure(settings={"redactBridgeConfig": True}, is_active=True)
    assert state(merchant).generation == before
