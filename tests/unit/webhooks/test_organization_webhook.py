"""The organization's own webhook: a setting, and a webhook like any other."""

import json

import time_machine
from standardwebhooks import Webhook

from chalicelib.events.types import DELIVERED
from chalicelib.kit import ids
from chalicelib.table.reads import find
from chalicelib.webhooks import attached
from chalicelib.webhooks.store import WebhookItem
from tests.support.factories import EMBED
from tests.support.gateway import Client
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


def test_sending_its_url_again_activates_it(
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


def test_other_settings_do_not_change_it(merchant: Merchant, pipeline: Pipeline) -> None:
    merchant.acme.configure(settings={"webhookUrl": "https://1.1.1.1/"})
    before = state(merchant).generation
    merchant.acme.configure(settings={"redactBridgeConfig": True}, is_active=True)
    assert state(merchant).generation == before


class TestItsState:
    PATH = f"{EMBED}/organization-webhook"

    def test_is_shown_like_that_of_any_webhook(self, merchant: Merchant) -> None:
        server = merchant.acme.server
        merchant.acme.configure(settings={"webhookUrl": "https://8.8.8.8/hook"})
        shown = server.get(self.PATH).data
        assert (shown["url"], shown["is_active"], shown["pending_deliveries"]) == ("https://8.8.8.8/hook", True, 0)
        assert set(shown["events"]) == DELIVERED
        assert "secret" not in json.dumps(shown)

    def test_is_a_404_without_one(self, merchant: Merchant) -> None:
        server = merchant.acme.server
        since = {"since": "2026-01-15"}
        assert server.get(self.PATH).status == 404
        assert server.get(f"{self.PATH}/deliveries").status == 404
        assert server.post(f"{self.PATH}/replay", since).status == 404
        assert server.post(f"{self.PATH}/deliveries/{ids.new_id()}/retry").status == 404

    def test_takes_an_api_key_with_its_scope(self, merchant: Merchant) -> None:
        key = merchant.acme.server.post("/api/v1/api-keys", {"name": "Sync", "scopes": ["bridges:sync"]}).data["key"]
        for method, path in (("GET", ""), ("POST", "/test"), ("GET", "/deliveries"), ("POST", "/replay")):
            body = {"since": "2026-01-15"} if path == "/replay" else None
            assert merchant.session.client.call(method, self.PATH + path, body).status == 401
            assert Client(key).call(method, self.PATH + path, body).status == 403

    def test_a_test_event_is_sent_and_recorded(self, merchant: Merchant) -> None:
        with Receiver(answer(200)) as receiver:
            secret = merchant.acme.configure(settings={"webhookUrl": receiver.url})["settings"]["webhookSecret"]
            reply = merchant.acme.server.post(f"{self.PATH}/test")
        assert reply.json == {"success": True, "statusCode": 200}
        (request,) = receiver.requests
        Webhook(secret).verify(request.body, request.headers)
        (row,) = merchant.acme.server.get(f"{self.PATH}/deliveries").data
        assert (row["trigger"], row["status"], row["event_type"]) == ("test", "succeeded", "webhook.test")
        assert state(merchant).consecutive_failures == 0

    def test_deliveries_are_found_retried_and_replayed(self, merchant: Merchant, pipeline: Pipeline) -> None:
        server = merchant.acme.server
        with Receiver(answers(*[answer(500, close=True)] * 2, answer(200))) as receiver:
            pipeline.run()
            merchant.acme.configure(settings={"webhookUrl": receiver.url})
            merchant.publish(order_number="ORD-1")
            merchant.publish(order_number="ORD-2")
            pipeline.run()
            assert server.get(self.PATH).data["pending_deliveries"] == 2
            (pending,) = server.get(f"{self.PATH}/deliveries?status=pending&order_number=ord-1").data
            retry = server.post(f"{self.PATH}/deliveries/{pending['delivery_id']}/retry")
            assert (retry.status, retry.data) == (202, {"queued": 1})
            pipeline.run()
            replay = server.post(f"{self.PATH}/replay", {"since": "2026-01-15"})
            assert (replay.status, replay.data) == (202, {"queued": 1})
            pipeline.run()
        succeeded = server.get(f"{self.PATH}/deliveries?status=succeeded").data
        assert {row["order_number"] for row in succeeded} == {"ORD-1", "ORD-2"}
        assert {row["trigger"] for row in succeeded} == {"retry", "replay"}
        assert server.get(self.PATH).data["pending_deliveries"] == 0
