"""One read says of an order's events what became of each at every webhook, and why."""

from typing import Any
from unittest.mock import patch

import pytest
import time_machine

from benchmarks.capacity import measuring
from chalicelib.kit import ids
from chalicelib.kit.settings import settings
from chalicelib.organizations import suspension
from chalicelib.organizations.features import FEATURE_SCOPES
from chalicelib.table import keys
from chalicelib.table.reads import each_page
from chalicelib.table.transaction import delete
from chalicelib.webhooks import explaining
from chalicelib.webhooks.delivery import deliver
from tests.support.engine import loopback, merchant, pipeline, time
from tests.support.factories import Acme
from tests.support.hooks import Merchant
from tests.support.orders import order, shipment
from tests.support.pipeline import Pipeline
from tests.support.receivers import Receiver, answer, answers

__all__ = ["loopback", "merchant", "pipeline", "time"]
DEAD = "http://127.0.0.1:9/hook"


def sync(merchant: Merchant, bridge: str | None = None, **fields: Any) -> tuple[str, str]:
    """The order's id and the bridge's."""
    merchant.again()
    bridge = bridge or merchant.session.bridge()["id"]
    body = {"orders": [order(**fields)], "shipments": [shipment()]}
    reply = merchant.acme.server.post(f"/api/v1/bridges/{bridge}/sync", body)
    assert reply.status == 200, reply.text
    return ids.derived_id(bridge, "order", "ext-1001"), bridge


def read(merchant: Merchant, name: str, more: str = "") -> Any:
    reply = merchant.acme.server.get(f"/api/v1/orders/{name}/deliveries?{more}")
    assert reply.status == 200, reply.text
    return reply.json


def outcomes(merchant: Merchant, name: str, event_type: str = "order.created") -> dict[str, tuple[str, str | None]]:
    """Status and reason by webhook."""
    [event] = [each for each in read(merchant, name)["data"] if each["event_type"] == event_type]
    return {each["webhook_id"]: (each["status"], each["reason"]) for each in event["deliveries"]}


class TestOutcomes:
    def test_delivered_and_failed_with_their_answers(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.again()
        with Receiver(answer(200, b"thanks")) as up, Receiver(answer(500, b"out of order")) as down:
            fine, broken = merchant.webhook(up.url), merchant.webhook(down.url, description="Stock")
            merchant.acme.configure(settings={"webhookUrl": up.url})
            placed, _ = sync(merchant)
            pipeline.dispatch()
            deliver(pipeline.take(settings().deliveries_queue_url))
            found = read(merchant, placed)
        assert found["order"]["order_number"] == "ORD-1001"
        assert found["order"]["end_user"]["external_id"] == "merchant-1"
        assert [one["tracking_number"] for one in found["order"]["shipments"]] == ["1Z999AA10123456784"]
        assert {one["type"] for one in found["webhooks"]} == {"webhook", "organization"}
        assert [event["event_type"] for event in found["data"]] == ["shipment.created", "order.created"]
        by_hook = {each["webhook_id"]: each for each in found["data"][1]["deliveries"]}
        assert (by_hook[fine.id]["status"], by_hook[fine.id]["reason"]) == ("succeeded", None)
        assert by_hook[fine.id]["attempts"][0]["response_snippet"] == "thanks"
        failing = by_hook[broken.id]
        assert (failing["status"], failing["reason"], failing["attempts_made"]) == ("pending", "retrying", 1)
        assert (failing["attempts"][0]["response_status"], failing["next_attempt_at"] is None) == (500, False)
        # The shipment's event is not what they subscribe to; the organization's webhook gets everything.
        assert {each["reason"] for each in found["data"][0]["deliveries"] if each["type"] == "webhook"} == {
            "not_subscribed"
        }

    def test_every_attempt_after_the_first(
        self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller
    ) -> None:
        merchant.again()
        with Receiver(answers(answer(500, close=True), answer(503, close=True), answer(200))) as receiver:
            hook = merchant.webhook(receiver.url)
            placed, _ = sync(merchant)
            pipeline.dispatch()
            for _ in range(3):
                deliver(pipeline.take(settings().deliveries_queue_url))
                time.shift(3600)
                pipeline.retry()
        [delivery] = read(merchant, placed)["data"][1]["deliveries"]
        assert (delivery["webhook_id"], delivery["status"], delivery["attempts_made"]) == (hook.id, "succeeded", 3)
        assert [each["response_status"] for each in delivery["attempts"]] == [500, 503, 200]
        assert [each["attempt"] for each in delivery["attempts"]] == [1, 2, 3]

    def test_a_first_attempt_that_failed_between_two_reads(self, merchant: Merchant, pipeline: Pipeline) -> None:
        """Its row is there, and the delivery was not yet."""
        merchant.again()
        hook = merchant.webhook(DEAD)
        placed, _ = sync(merchant)
        pipeline.dispatch()
        pipeline.deliver()
        [delivery] = read(merchant, placed)["data"][1]["deliveries"]
        delete(keys.delivery(merchant.acme.organization_id, hook.id, delivery["delivery_id"]))
        assert outcomes(merchant, placed) == {hook.id: ("pending", "retrying")}

    def test_why_not(self, merchant: Merchant, pipeline: Pipeline, time: time_machine.Traveller) -> None:
        merchant.again()
        filtered = merchant.webhook(DEAD, filter={"order_number": "another"})
        off = merchant.webhook(DEAD)
        off.patch(isActive=False)
        placed, _ = sync(merchant)
        pipeline.dispatch()
        pipeline.deliver()
        time.shift(60)
        late = merchant.webhook(DEAD)
        assert outcomes(merchant, placed) == {
            filtered.id: ("not_sent", "filtered"),
            off.id: ("skipped", "switched_off"),
            late.id: ("not_sent", "created_later"),
        }
        assert outcomes(merchant, placed, "shipment.created")[off.id] == ("not_sent", "not_subscribed")
        merchant.acme.configure(enabled_features=[name for name in FEATURE_SCOPES if name != "end_user_webhooks"])
        assert outcomes(merchant, placed)[filtered.id] == ("not_sent", "feature_disabled")

    def test_suspended_deleted_and_not_yet(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.again()
        hook = merchant.webhook(DEAD)
        placed, _ = sync(merchant)
        assert outcomes(merchant, placed) == {hook.id: ("not_sent", "queued")}
        suspension.suspend(merchant.acme.organization_id)
        pipeline.dispatch()
        pipeline.deliver()
        suspension.resume(merchant.acme.organization_id)
        assert outcomes(merchant, placed) == {hook.id: ("pending", "queued")}
        assert merchant.session.client.delete(hook.path).status == 200
        found = read(merchant, placed)
        assert outcomes(merchant, placed) == {hook.id: ("dropped", "webhook_deleted")}
        assert [(one["id"], one["url"], one["is_active"]) for one in found["webhooks"]] == [(hook.id, None, None)]

    def test_of_deleted_webhooks_the_last(
        self, merchant: Merchant, time: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each costs two reads for every event."""
        monkeypatch.setattr(explaining, "MAX_DELETED", 2)
        placed, _ = sync(merchant)
        hooks = [merchant.webhook(DEAD) for _ in range(3)]
        for hook in hooks:
            time.shift(1)
            assert merchant.session.client.delete(hook.path).status == 200
        assert [one["id"] for one in read(merchant, placed)["webhooks"]] == [hooks[2].id, hooks[1].id]

    def test_a_rules_webhook_has_the_rules_alerts(self, merchant: Merchant, pipeline: Pipeline) -> None:
        merchant.again()
        with Receiver(answer(200)) as receiver:
            rule = merchant.rule(deliveryMethod="webhook", webhookUrl=receiver.url)
            placed, _ = sync(merchant)
            pipeline.run()
        assert outcomes(merchant, placed, "alert.triggered") == {rule["id"]: ("succeeded", None)}
        assert outcomes(merchant, placed) == {}


class TestCost:
    def test_many_deleted_webhooks(self, merchant: Merchant) -> None:
        """An end user may create and delete webhooks all day; their organization's read costs no more."""
        placed, _ = sync(merchant)
        for _ in range(explaining.MAX_DELETED + 5):
            hook = merchant.webhook(DEAD)
            assert merchant.session.client.delete(hook.path).status == 200
        with measuring(settings().table_name, latency=0) as measured:
            found = read(merchant, placed)
        assert len(found["webhooks"]) == explaining.MAX_DELETED
        assert hook.id in {one["id"] for one in found["webhooks"]}
        assert measured.read < 150

    def test_attempts_of_many_webhooks(
        self,
        merchant: Merchant,
        pipeline: Pipeline,
        time: time_machine.Traveller,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Each rule has a webhook; the pages read of their attempts are limited in all."""
        monkeypatch.setattr(explaining, "MAX_PAGES_OF_ALL", 2)
        merchant.again()
        for _ in range(3):
            merchant.rule(deliveryMethod="webhook", webhookUrl=DEAD)
        placed, _ = sync(merchant)
        pipeline.run()
        time.shift(3600)
        pipeline.retry()
        pipeline.run()
        with patch.object(explaining, "each_page", wraps=each_page) as reads:
            read(merchant, placed)
        assert [call.kwargs["max_pages"] for call in reads.mock_calls] == [1, 1]


class TestFinding:
    def test_by_number_and_external_id(self, merchant: Merchant) -> None:
        placed, _ = sync(merchant, order_number="#1004")
        server, by = merchant.acme.server, "/api/v1/deliveries?order_number="
        of = f"end_user_id={merchant.session.end_user_id}"
        for number in ("1004", "%231004", "%20%23%201004", "ext-1001"):
            found = server.get(f"{by}{number}&{of}&limit=1").json
            assert (found["order"]["id"], len(found["data"])) == (placed, 1)
        other = merchant.acme.session("other").end_user_id
        for query in (f"9999&{of}", f"%23&{of}", f"1004&end_user_id={other}", f"1004&end_user_id={ids.new_id()}"):
            assert server.get(f"{by}{query}").status == 404
        assert server.get(f"{by}1004").status == 422
        assert Acme.create().server.get(f"/api/v1/orders/{placed}/deliveries").status == 404

    def test_of_several_with_a_number_the_newest(self, merchant: Merchant) -> None:
        sync(merchant, order_number="1004", ordered_at="2026-01-10T10:00:00Z")
        newer, _ = sync(merchant, order_number="#1004", ordered_at="2026-01-12T10:00:00Z")
        query = f"order_number=1004&end_user_id={merchant.session.end_user_id}"
        assert merchant.acme.server.get(f"/api/v1/deliveries?{query}").json["order"]["id"] == newer

    def test_only_this_orders_events_page_by_page(self, merchant: Merchant, time: time_machine.Traveller) -> None:
        placed, bridge = sync(merchant)
        for status in ("confirmed", "processing", "shipped"):
            time.shift(5)
            sync(merchant, bridge, status=status)
            merchant.publish(id=ids.new_id())
        rows = read(merchant, placed)["data"]
        assert {row["resource_id"] for row in rows} <= {
            placed,
            ids.derived_id(bridge, "shipment", "shp-1001"),
        }
        first = read(merchant, placed, "limit=2")
        assert (first["pagination"]["total"], first["pagination"]["hasMore"]) == (len(rows), True)
        seen, cursor = first["data"], first["pagination"]["nextCursor"]
        while cursor:
            page = read(merchant, placed, f"limit=2&cursor={cursor}")
            seen, cursor = seen + page["data"], page["pagination"]["nextCursor"]
        assert [row["id"] for row in seen] == [row["id"] for row in rows]

    def test_an_order_at_its_end_costs_nothing_of_what_came_after(
        self, merchant: Merchant, time: time_machine.Traveller
    ) -> None:
        placed, _ = sync(merchant, status="delivered")
        before = read(merchant, placed)["pagination"]["total"]
        time.shift(3 * 86400)
        merchant.again()
        body = {"orderId": placed, "actionType": "note", "title": "Later", "description": "Where is it?"}
        assert merchant.session.client.post("/api/v1/embed/action-requests", body).status == 201
        found = read(merchant, placed)["pagination"]["total"]
        # The activity of the request is a change of the order.
        assert found in (before, before + 1)


@pytest.mark.parametrize("query", ["cursor=%21", "limit=0"])
def test_a_query_that_is_refused(merchant: Merchant, query: str) -> None:
    placed, _ = sync(merchant)
    assert merchant.acme.server.get(f"/api/v1/orders/{placed}/deliveries?{query}").status == 422
    assert merchant.session.client.get(f"/api/v1/orders/{placed}/deliveries").status == 401
