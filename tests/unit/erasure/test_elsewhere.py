"""Erasing a customer from everything recorded about an order: former customers, requests, logs, receivers."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.kit import clock, ids
from chalicelib.table import keys
from chalicelib.table.transaction import put
from chalicelib.webhooks.references import References, make_hint
from chalicelib.webhooks.store import DeliveryItem
from tests.support.account import everything
from tests.support.attempts import attempt_of
from tests.support.erasures import EMAIL, PERSON, erase, naming, order, run_cleanup, shipment
from tests.support.factories import EMBED
from tests.support.pipeline import Pipeline
from tests.support.storefront import SHOP, Storefront

ADDRESS = re.escape(EMAIL)
HOOK = "https://8.8.8.8/hook"
"""Nothing is sent there."""
OTHER = {"name": "Eve Adams", "email": "eve@example.com", "phone": "+1 555 0199"}
ELSEWHERE = {"name": "Eve Adams", "address1": "9 Elm St", "city": "Reno", "country": "US"}
OTHER_CUSTOMER: dict[str, Any] = {
    "customer": OTHER,
    "shipping_address": ELSEWHERE,
    "billing_address": None,
    "notes": None,
}


class TestOrdersOfThePast:
    def test_an_order_that_names_another_customer_by_now_keeps_nothing_of_the_former_one(
        self, shop: Storefront
    ) -> None:
        pipeline = Pipeline()
        shop.sync([order()], [])
        shop.sync([order(status="processing", **OTHER_CUSTOMER)])
        assert naming(ADDRESS)

        erase(shop)
        run_cleanup(pipeline)

        assert naming(PERSON) == []
        detail = shop.customer(OTHER["email"]).get(f"{SHOP}/orders/1001").json
        assert (detail["email"], detail["shippingAddress"]["street"]) == (OTHER["email"], "9 Elm St")
        assert detail["trackingToken"]

    def test_the_log_keeps_the_current_customer(self, shop: Storefront) -> None:
        shop.sync([order()])
        shop.sync([order(status="processing", **OTHER_CUSTOMER)])
        erase(shop)
        run_cleanup(Pipeline())
        assert [key for key in naming(r"eve@example\.com") if key[0].startswith("EV#")]

    def test_of_two_customers_in_turn_each_can_be_erased(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()])
        shop.sync([order(**OTHER_CUSTOMER)])
        shop.sync([order()])
        erase(shop, OTHER["email"])
        run_cleanup(pipeline)
        assert naming(r"eve@example|eve adams|9 elm") == []
        assert shop.customer(EMAIL).get(f"{SHOP}/orders/1001").json["email"] == EMAIL
        erase(shop)
        run_cleanup(pipeline)
        assert naming(PERSON) == []

    def test_former_details_of_the_same_customer_are_erased(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        left = {
            "status": "in_transit",
            "status_detail": "Left with Jane Doe",
            "checkpoint_time": "2026-01-15T10:00:00Z",
        }
        shop.sync([order(notes=None)], [{**shipment(), "status": "in_transit", "checkpoints": [left]}])
        shop.sync([order()])
        now = {"name": "Jane Miller", "email": EMAIL.lower(), "phone": "+1 555 0177"}
        moved = {"name": "Jane Miller", "address1": "7 Oak Ave", "city": "Reno", "country": "US"}
        shop.sync([order(customer=now, shipping_address=moved, billing_address=None)])
        again = {**now, "name": "Jane Smith"}
        shop.sync([order(customer=again, shipping_address={**moved, "name": "Jane Smith"}, billing_address=None)])
        erase(shop)
        run_cleanup(pipeline)
        assert naming(rf"{PERSON}|jane (miller|smith)|555 0177|7 oak ave") == []

    @pytest.mark.parametrize(
        "change",
        [{"status": "shipped"}, {"notes": "Fragile"}, {"customer": {"name": "Jane Doe", "email": EMAIL.upper()}}],
    )
    def test_no_former_traces_are_kept_while_the_order_still_shows_them(
        self, shop: Storefront, change: dict[str, Any]
    ) -> None:
        shop.sync([order()])
        shop.sync([order(**change)])
        assert [row for row in everything() if row["sk"]["S"].startswith("PAST#")] == []

    def test_the_log_of_a_shipment_from_before_its_order_is_redacted(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        with time_machine.travel(clock.now() - timedelta(minutes=5)):
            shop.sync([], [shipment()])
        shop.sync([order()])
        erase(shop)
        run_cleanup(pipeline)
        assert naming(PERSON) == []

    def test_former_traces_are_kept_no_longer_than_the_log(self, shop: Storefront) -> None:
        shop.sync([order()])
        shop.sync([order(**OTHER_CUSTOMER)])
        (row,) = (row for row in everything() if row["sk"]["S"].startswith("PAST#"))
        assert "expires" in row


class TestRequests:
    def test_what_people_wrote_about_the_customer_is_redacted(self, shop: Storefront) -> None:
        shop.sync([order()])
        order_id = shop.session.client.get(f"{EMBED}/orders").data[0]["id"]
        moved = {"name": "Jane Doe", "address1": "5 New Rd", "city": "Reno", "zip": "89501", "country": "US"}
        requests: list[tuple[str, dict[str, Any]]] = [
            ("note", {"title": "Jane Doe called", "description": f"write to {EMAIL} or j@new.example"}),
            ("address_change", {"title": "Move", "description": "To 5 New Rd", "requestedChanges": moved}),
        ]
        for action_type, texts in requests:
            body = {"orderId": order_id, "actionType": action_type, **texts}
            reply = shop.session.client.post(f"{EMBED}/action-requests", body, Idempotency_Key=action_type)
            assert reply.status == 201, reply.text
        note, change = sorted(shop.session.client.get(f"{EMBED}/action-requests").data, key=lambda row: row["title"])
        answer = {"status": "denied", "resolutionNote": "Jane Doe may write again"}
        assert shop.acme.server.patch(f"{EMBED}/action-requests/{note['id']}/resolve", answer).status == 200

        erase(shop)
        run_cleanup(Pipeline())

        assert naming(rf"{PERSON}|5 new rd|j@new") == []
        read = shop.session.client.get(f"{EMBED}/action-requests/{change['id']}").data
        assert read["requested_changes"]["city"] == "Reno"
        rows = {row["title"] for row in shop.session.client.get(f"{EMBED}/action-requests").data}
        assert rows == {"[erased] called", "Move"}


class TestReceivers:
    def respond(self, shop: Storefront, response: str) -> str:
        """An order, and a delivery of its event that got this response. Returns the webhook's id."""
        made = shop.session.client.post(f"{EMBED}/webhooks", {"url": HOOK, "events": ["order.created"]})
        assert made.status == 201
        shop.sync([order()])
        org, webhook_id = shop.acme.organization_id, made.data["id"]
        attempt = attempt_of(org, webhook_id, response_status=200, response_snippet=response)
        assert put(attempt)
        return str(made.data["id"])

    @staticmethod
    def leave_unfinished(shop: Storefront) -> None:
        """Deliveries in each state whose order number has the address."""
        webhook = shop.session.client.get(f"{EMBED}/webhooks").data[0]["id"]
        org, number, event_id = shop.acme.organization_id, f"1001 {EMAIL}", ids.new_ordered_id()
        created_at = ids.time_of(event_id)
        hint = make_hint(created_at, "pending", "order.created", References(number, None))
        for n in range(5):
            for entry in (keys.pending_delivery, keys.failed_delivery):
                ref = ids.new_id()
                item = DeliveryItem.at(keys.delivery(org, webhook, ref), webhook="", event_type="order.created")
                item.event_id, item.attempts, item.state = event_id, n, "pending"
                item.order_number, item.hint = number, hint
                place = entry(org, webhook, created_at, ref)
                (item.index_2 if entry is keys.pending_delivery else item.index_1)(place)
                assert put(item)

    @pytest.mark.parametrize("spelling", [EMAIL, EMAIL.lower(), EMAIL.upper()])
    def test_an_echoed_address_is_redacted_in_any_case(self, shop: Storefront, spelling: str) -> None:
        pipeline = Pipeline()
        self.respond(shop, f'{{"got": "{spelling}"}}')
        erase(shop)
        run_cleanup(pipeline)
        assert naming(ADDRESS) == []

    def test_an_echoed_address_is_redacted_after_its_webhook_was_deleted(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        webhook = self.respond(shop, EMAIL)
        assert shop.session.client.delete(f"{EMBED}/webhooks/{webhook}").status == 200
        erase(shop)
        run_cleanup(pipeline)
        assert naming(ADDRESS) == []

    def test_long_logs_are_redacted_in_parts(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        from chalicelib.events import redaction as of_log
        from chalicelib.webhooks import redaction as of_answers

        pipeline = Pipeline()
        self.respond(shop, EMAIL)
        for status in ("confirmed", "processing", "shipped"):
            shop.sync([order(status=status)])
        self.leave_unfinished(shop)
        for module in (of_log, of_answers):
            whole = module.each_page
            monkeypatch.setattr(module, "each_page", lambda *a, whole=whole, **more: whole(*a, **more, limit=2))
            monkeypatch.setattr(module, "MAX_PAGES", 1)
        erase(shop)
        run_cleanup(pipeline)
        assert naming(PERSON) == []


class TestNotifications:
    def test_an_address_in_an_error_message_is_redacted(self, shop: Storefront) -> None:
        rule = {"name": "Lost", "eventType": "bridge.disconnected", "condition": {}, "deliveryMethod": "in_app"}
        assert shop.session.client.post(f"{EMBED}/alerts/rules", rule).status == 201
        pipeline = Pipeline()
        shop.sync([order()])
        path = f"/api/v1/bridges/{shop.bridge['id']}/sync"
        shop.acme.server.post(path, {"status": "error", "errorMessage": f"cannot read the order of {EMAIL}"})
        pipeline.run()
        assert [key for key in naming(ADDRESS) if key[0].startswith("NT#")]
        erase(shop)
        run_cleanup(pipeline)
        # The bridge keeps its error message until its service replaces it with the next sync.
        assert {key[0].split("#")[0] for key in naming(ADDRESS)} <= {"EU"}


class TestAfterwards:
    def test_no_sync_brings_an_e_mail_address_back(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()])
        erase(shop)
        run_cleanup(pipeline)
        lines: list[dict[str, Any]] = [{"title": f"Mug for {EMAIL}", "quantity": 1, "price": 1}]
        shop.sync([order(status="shipped", tags=[EMAIL, "vip"], line_items=lines)])
        assert naming(PERSON) == []
        detail = shop.session.client.get(f"{EMBED}/orders").data[0]["id"]
        read = shop.session.client.get(f"{EMBED}/orders/{detail}").data
        assert (read["status"], read["tags"]) == ("shipped", ["[erased]", "vip"])

    def test_a_later_shipment_is_redacted(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()])
        erase(shop)
        run_cleanup(pipeline)
        shop.sync([order(status="shipped")], [shipment()])
        shop.sync([], [{**shipment(), "service": "ground"}])
        assert naming(PERSON) == []
        listed = shop.session.client.get(f"{EMBED}/shipments").data[0]["id"]
        stored_shipment = shop.session.client.get(f"{EMBED}/shipments/{listed}").data
        assert (stored_shipment["ship_to"]["city"], stored_shipment["service"]) == ("Anytown", "ground")

    def test_a_later_signer_is_not_in_the_log(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()], [{**shipment(), "status": "in_transit", "checkpoints": []}])
        erase(shop)
        run_cleanup(pipeline)
        shop.sync([], [shipment()])
        assert naming(PERSON) == []
