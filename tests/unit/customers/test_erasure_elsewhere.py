"""Forgetting a customer wherever else they were told of: after the order changed hands, in requests, by receivers."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.kit import clock, ids
from chalicelib.table.transaction import put
from chalicelib.webhooks.store import new_attempt
from tests.support.erasures import EMAIL, PERSON, erase, naming, order, run_cleanup, shipment
from tests.support.factories import EMBED
from tests.support.pipeline import Pipeline
from tests.support.storefront import SHOP, Storefront, everything

ADDRESS = re.escape(EMAIL)
HOOK = "https://8.8.8.8/hook"
"""Nothing is sent there."""
OTHER = {"name": "Eve Adams", "email": "eve@example.com", "phone": "+1 555 0199"}
ELSEWHERE = {"name": "Eve Adams", "address1": "9 Elm St", "city": "Reno", "country": "US"}
OF_OTHER: dict[str, Any] = {"customer": OTHER, "shipping_address": ELSEWHERE, "billing_address": None, "notes": None}


class TestOrdersOfThePast:
    def test_an_order_that_has_another_e_mail_now_keeps_nothing_of_the_one_before(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()], [])
        shop.sync([order(status="processing", **OF_OTHER)])
        assert naming(ADDRESS)

        erase(shop)
        run_cleanup(pipeline)

        assert naming(PERSON) == []
        detail = shop.customer(OTHER["email"]).get(f"{SHOP}/orders/1001").json
        assert (detail["email"], detail["shippingAddress"]["street"]) == (OTHER["email"], "9 Elm St")
        assert detail["trackingToken"]

    def test_the_log_still_tells_of_the_one_it_belongs_to_now(self, shop: Storefront) -> None:
        shop.sync([order()])
        shop.sync([order(status="processing", **OF_OTHER)])
        erase(shop)
        run_cleanup(Pipeline())
        assert [key for key in naming(r"eve@example\.com") if key[0].startswith("EV#")]

    def test_of_two_addresses_in_turn_each_can_be_forgotten(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()])
        shop.sync([order(**OF_OTHER)])
        shop.sync([order()])
        erase(shop, OTHER["email"])
        run_cleanup(pipeline)
        assert naming(r"eve@example|eve adams|9 elm") == []
        assert shop.customer(EMAIL).get(f"{SHOP}/orders/1001").json["email"] == EMAIL
        erase(shop)
        run_cleanup(pipeline)
        assert naming(PERSON) == []

    def test_what_an_order_said_of_the_same_customer_before_goes_as_well(self, shop: Storefront) -> None:
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
    def test_nothing_is_kept_where_nothing_of_a_customer_is_lost(
        self, shop: Storefront, change: dict[str, Any]
    ) -> None:
        shop.sync([order()])
        shop.sync([order(**change)])
        assert [row for row in everything() if row["sk"]["S"].startswith("PAST#")] == []

    def test_the_log_of_a_parcel_that_came_before_its_order_goes_as_well(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        with time_machine.travel(clock.now() - timedelta(minutes=5)):
            shop.sync([], [shipment()])
        shop.sync([order()])
        erase(shop)
        run_cleanup(pipeline)
        assert naming(PERSON) == []

    def test_what_a_removed_bridge_brought_is_forgotten_in_the_log(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()], [shipment()])
        shop.session.client.delete(f"{EMBED}/bridges/{shop.bridge['id']}")
        run_cleanup(pipeline)
        assert naming(ADDRESS)
        erase(shop)
        run_cleanup(pipeline)
        assert naming(PERSON) == []

    def test_what_went_to_another_end_user_is_forgotten_with_both(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()], [shipment()])
        to = shop.acme.session("merchant-2").end_user_id
        path = f"/api/v1/bridges/{shop.bridge['id']}"
        assert shop.acme.server.patch(path, {"end_user_id": to}).status == 200
        run_cleanup(pipeline)
        shop.sync([order(status="processing")])
        erase(shop)
        run_cleanup(pipeline)
        assert naming(PERSON) == []

    def test_nor_is_anything_left_of_one_order_that_went_because_another_said_something_else(
        self, shop: Storefront
    ) -> None:
        pipeline = Pipeline()
        shop.sync([order("1001"), order("1002")], [shipment("1001"), shipment("1002")])
        now = {"name": "Jane Miller", "email": EMAIL, "phone": "+1 555 0177"}
        shop.sync([order("1002", customer=now, shipping_address=None, billing_address=None)])
        to = shop.acme.session("merchant-2").end_user_id
        path = f"/api/v1/bridges/{shop.bridge['id']}"
        assert shop.acme.server.patch(path, {"end_user_id": to}).status == 200
        run_cleanup(pipeline)
        erase(shop)
        run_cleanup(pipeline)
        assert naming(rf"{PERSON}|jane miller|555 0177") == []

    def test_it_is_kept_no_longer_than_the_log(self, shop: Storefront) -> None:
        shop.sync([order()])
        shop.sync([order(**OF_OTHER)])
        (row,) = (row for row in everything() if row["sk"]["S"].startswith("PAST#"))
        assert "expires" in row


class TestRequests:
    def test_what_people_wrote_of_the_customer_goes(self, shop: Storefront) -> None:
        shop.sync([order()])
        order_id = shop.session.client.get(f"{EMBED}/orders").data[0]["id"]
        moved = {"name": "Jane Doe", "address1": "5 New Rd", "city": "Reno", "zip": "89501"}
        asked: list[tuple[str, dict[str, Any]]] = [
            ("note", {"title": "Jane Doe called", "description": f"write to {EMAIL} or j@new.example"}),
            ("address_change", {"title": "Move", "description": "To 5 New Rd", "requestedChanges": {"to": moved}}),
        ]
        for kind, texts in asked:
            body = {"orderId": order_id, "actionType": kind, **texts}
            reply = shop.session.client.post(f"{EMBED}/action-requests", body, Idempotency_Key=kind)
            assert reply.status == 201, reply.text
        note, change = sorted(shop.session.client.get(f"{EMBED}/action-requests").data, key=lambda row: row["title"])
        answer = {"status": "denied", "resolutionNote": "Jane Doe may write again"}
        assert shop.acme.server.patch(f"{EMBED}/action-requests/{note['id']}/resolve", answer).status == 200

        erase(shop)
        run_cleanup(Pipeline())

        assert naming(rf"{PERSON}|5 new rd|j@new") == []
        read = shop.session.client.get(f"{EMBED}/action-requests/{change['id']}").data
        assert read["requested_changes"]["to"]["city"] == "Reno"
        rows = {row["title"] for row in shop.session.client.get(f"{EMBED}/action-requests").data}
        assert rows == {"[erased] called", "Move"}


class TestReceivers:
    def answered(self, shop: Storefront, answer: str) -> str:
        """An order, and a webhook's attempt to tell of it that was answered so."""
        made = shop.session.client.post(f"{EMBED}/webhooks", {"url": HOOK, "events": ["order.created"]})
        assert made.status == 201
        shop.sync([order()])
        attempt = new_attempt(
            shop.acme.organization_id,
            made.data["id"],
            ids.new_ordered_id(),
            delivery_id=ids.new_id(),
            event_type="order.created",
            event_id=ids.new_ordered_id(),
            attempt=1,
            trigger="event",
            response_status=200,
            success=True,
            duration_ms=5,
            response_snippet=answer,
            created_at=clock.timestamp(),
        )
        assert put(attempt)
        return str(made.data["id"])

    @pytest.mark.parametrize("spelling", [EMAIL, EMAIL.lower(), EMAIL.upper()])
    def test_what_one_repeated_goes_in_any_spelling(self, shop: Storefront, spelling: str) -> None:
        pipeline = Pipeline()
        self.answered(shop, f'{{"got": "{spelling}"}}')
        erase(shop)
        run_cleanup(pipeline)
        assert naming(ADDRESS) == []

    def test_what_one_repeated_goes_also_when_its_webhook_is_gone(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        webhook = self.answered(shop, EMAIL)
        assert shop.session.client.delete(f"{EMBED}/webhooks/{webhook}").status == 200
        erase(shop)
        run_cleanup(pipeline)
        assert naming(ADDRESS) == []

    def test_long_logs_are_walked_in_parts(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        from chalicelib.events import redaction as of_log
        from chalicelib.webhooks import redaction as of_answers

        pipeline = Pipeline()
        self.answered(shop, EMAIL)
        for status in ("confirmed", "processing", "shipped"):
            shop.sync([order(status=status)])
        for module in (of_log, of_answers):
            whole = module.each_page
            monkeypatch.setattr(module, "each_page", lambda *a, whole=whole, **more: whole(*a, **more, limit=2))
            monkeypatch.setattr(module, "MOST_PAGES", 1)
        erase(shop)
        run_cleanup(pipeline)
        assert naming(PERSON) == []


class TestNotifications:
    def test_an_address_in_a_reason_goes(self, shop: Storefront) -> None:
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
        # The reason on the bridge itself is its service's to replace: with its next sync.
        assert {key[0].split("#")[0] for key in naming(ADDRESS)} <= {"EU"}


class TestAfterwards:
    def test_no_sync_brings_an_address_back(self, shop: Storefront) -> None:
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

    def test_a_parcel_that_comes_later_comes_without_the_person(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()])
        erase(shop)
        run_cleanup(pipeline)
        shop.sync([order(status="shipped")], [shipment()])
        shop.sync([], [{**shipment(), "service": "ground"}])
        assert naming(PERSON) == []
        listed = shop.session.client.get(f"{EMBED}/shipments").data[0]["id"]
        parcel = shop.session.client.get(f"{EMBED}/shipments/{listed}").data
        assert (parcel["ship_to"]["city"], parcel["service"]) == ("Anytown", "ground")

    def test_who_signs_later_is_not_in_the_log_either(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()], [{**shipment(), "status": "in_transit", "checkpoints": []}])
        erase(shop)
        run_cleanup(pipeline)
        shop.sync([], [shipment()])
        assert naming(PERSON) == []
