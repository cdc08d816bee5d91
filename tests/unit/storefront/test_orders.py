"""A customer's orders: list, get, cancel, and tracking by token."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest
import time_machine

from chalicelib.kit import clock
from chalicelib.storefront import schemas
from tests.support.aws_calls import counted
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.races import at_once, requesting, statuses
from tests.support.storefront import SHOP, Storefront, order_record

ORDERS = f"{SHOP}/orders"
NUMBER = "ORD-2026-0042"


def fields(model: type[schemas.Camel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


class TestList:
    def test_lists_the_customers_orders_newest_first(self, shop: Storefront) -> None:
        times = [clock.in_seconds(-n) for n in range(3)]
        shop.sync([order_record(f"N-{n}", "JANE@example.com", ordered_at=times[n]) for n in range(3)])
        shop.sync([order_record("other", "eve@example.com"), order_record("nobody", None)])
        reply = shop.customer("Jane@Example.com").get(f"{ORDERS}?page=1&limit=2")
        assert reply.status == 200
        assert {name: reply.json[name] for name in ("total", "page", "limit", "totalPages")} == {
            "total": 3,
            "page": 1,
            "limit": 2,
            "totalPages": 2,
        }
        assert [item["orderNumber"] for item in reply.json["items"]] == ["N-0", "N-1"]
        item = reply.json["items"][0]
        assert set(item) == fields(schemas.StorefrontOrderListItem)
        assert item["createdAt"] == clock.epoch_milliseconds(times[0])
        assert (item["itemCount"], item["grandTotal"], item["status"]) == (2, Decimal("49.99"), "PENDING")
        second = shop.customer().get(f"{ORDERS}?page=2&limit=2")
        assert [item["orderNumber"] for item in second.json["items"]] == ["N-2"]

    def test_orders_of_every_merchant_of_the_organization_are_there(self, shop: Storefront) -> None:
        shop.order("A")
        Storefront(shop.acme, "merchant-2").order("B")
        Storefront(Acme.create()).order("C")
        assert {item["orderNumber"] for item in shop.customer().get(ORDERS).json["items"]} == {"A", "B"}

    def test_a_limit_above_the_maximum_gives_the_maximum(self, shop: Storefront) -> None:
        assert shop.customer().get(f"{ORDERS}?limit=5000").json["limit"] == 100

    @pytest.mark.parametrize("query", ["page=0", "page=x", "limit=0", "limit=-1", "limit=1.5"])
    def test_anything_but_a_positive_integer_is_refused(self, shop: Storefront, query: str) -> None:
        reply = shop.customer().get(f"{ORDERS}?{query}")
        assert (reply.status, reply.json["code"]) == (422, "VALIDATION_FAILED")
        assert reply.fields == [query.split("=")[0]]

    def test_anonymous_and_guests_see_nothing(self, shop: Storefront) -> None:
        assert Client().get(ORDERS).status == 401
        assert shop.client.get(ORDERS).status == 401

    def test_orders_of_a_deleted_bridge_are_gone_at_once(self, shop: Storefront) -> None:
        shop.order()
        customer = shop.customer()
        assert shop.session.client.delete(f"{EMBED}/bridges/{shop.bridge['id']}").status == 200
        listed = customer.get(ORDERS).json
        assert (listed["items"], listed["total"], listed["totalPages"]) == ([], 0, 0)
        assert customer.get(f"{ORDERS}/{NUMBER}").status == 404

    def test_makes_five_calls_whatever_the_customer_has(self, shop: Storefront) -> None:
        shop.order()
        customer = shop.customer()
        with counted() as few:
            assert customer.get(ORDERS).json["total"] == 1
        shop.sync([order_record(f"N-{n}") for n in range(60)])
        with counted() as many:
            assert customer.get(ORDERS).json["total"] == 61
        assert few == many == ["BatchGetItem", "Query", "BatchGetItem", "BatchGetItem", "BatchGetItem"]


class TestGet:
    def test_returns_the_whole_order(self, shop: Storefront) -> None:
        shop.order()
        reply = shop.customer().get(f"{ORDERS}/{NUMBER}")
        assert reply.status == 200
        assert set(reply.json) == fields(schemas.StorefrontOrderDetail)
        assert set(reply.json["items"][0]) == fields(schemas.StorefrontOrderItem) - {"imageUrl"}
        assert set(reply.json["shippingAddress"]) == fields(schemas.StorefrontAddress)
        assert reply.json["downloads"] == []
        assert reply.json["email"] == "jane@example.com"
        assert [step["toStatus"] for step in reply.json["statusHistory"]] == ["PENDING"]

    @pytest.mark.parametrize("number", ["#1001", "10/01", "Ü 100 %", "a+b", "注文-1", "x?y=z&w", "..."])
    def test_any_number_can_be_requested(self, shop: Storefront, number: str) -> None:
        shop.order(number)
        reply = shop.customer().get(f"{ORDERS}/{quote(number, safe='')}")
        assert (reply.status, reply.json.get("orderNumber")) == (200, number)

    @pytest.mark.parametrize(("stored", "typed"), [("#1001", "1001"), ("GX-1", "%20gx-1%20"), ("1001", "%231001")])
    def test_a_number_is_found_in_every_spelling(self, shop: Storefront, stored: str, typed: str) -> None:
        shop.order(stored)
        assert shop.customer().get(f"{SHOP}/orders/{typed}").json["orderNumber"] == stored

    def test_a_repeated_number_means_the_customers_newest_order(self, shop: Storefront) -> None:
        times = [clock.in_seconds(-3600), clock.in_seconds(-60), clock.timestamp()]
        shop.order(ordered_at=times[0])
        Storefront(shop.acme, "merchant-2").order(ordered_at=times[1])
        Storefront(shop.acme, "merchant-3").order(email="eve@example.com", ordered_at=times[2])
        assert shop.customer().get(f"{ORDERS}/{NUMBER}").json["createdAt"] == clock.epoch_milliseconds(times[1])

    def test_other_customers_orders_are_not_found(self, shop: Storefront) -> None:
        shop.order(email="eve@example.com")
        reply = shop.customer().get(f"{ORDERS}/{NUMBER}")
        assert (reply.status, reply.json["code"]) == (404, "NOT_FOUND")
        assert shop.customer().get(f"{ORDERS}/nothing").json["message"] == reply.json["message"]

    def test_an_order_without_a_number_is_found_by_its_external_id(self, shop: Storefront) -> None:
        shop.sync([{**order_record("x"), "order_number": None, "external_id": "EXT-7"}])
        customer = shop.customer()
        assert customer.get(ORDERS).json["items"][0]["orderNumber"] == "EXT-7"
        assert customer.get(f"{ORDERS}/EXT-7").status == 200

    def test_makes_four_calls_whatever_the_customer_has(self, shop: Storefront) -> None:
        shop.order()
        customer = shop.customer()
        with counted() as few:
            assert customer.get(f"{ORDERS}/{NUMBER}").status == 200
        shop.sync([order_record(f"N-{n}") for n in range(60)])
        with counted() as many:
            assert customer.get(f"{ORDERS}/{NUMBER}").status == 200
        assert few == many == ["BatchGetItem", "Query", "BatchGetItem", "Query"]


class TestCancel:
    def cancel(self, number: str = NUMBER) -> str:
        return f"{ORDERS}/{number}/cancel"

    def test_a_pending_order_is_cancelled(self, shop: Storefront) -> None:
        shop.order()
        customer = shop.customer()
        reply = customer.post(self.cancel())
        assert reply.status == 200, reply.text
        assert set(reply.json) == fields(schemas.StorefrontOrderDetail)
        assert reply.json["status"] == "CANCELLED"
        last = reply.json["statusHistory"][-1]
        assert (last["fromStatus"], last["toStatus"], last["changedBy"]) == ("PENDING", "CANCELLED", "customer")
        assert customer.get(f"{ORDERS}/{NUMBER}").json == reply.json

    def test_leaves_activity_events_and_counters_like_any_change(self, shop: Storefront) -> None:
        shop.order()
        shop.customer().post(self.cancel())
        listed = shop.session.client.get(f"{EMBED}/orders?status=cancelled")
        assert listed.json["pagination"]["total"] == 1
        detail = shop.session.client.get(f"{EMBED}/orders/{listed.data[0]['id']}").data
        newest = next(each for each in detail["activities"] if each["type"] == "status_change")
        assert (newest["type"], newest["from"], newest["to"], newest["actor_type"]) == (
            "status_change",
            "pending",
            "cancelled",
            "customer",
        )
        types = [event["event_type"] for event in shop.acme.server.get(f"{EMBED}/events").data]
        assert "order.status_changed" in types
        assert "order.updated" in types

    def test_where_nobody_can_tell_the_shop_people_are_asked_to(self, shop: Storefront) -> None:
        shop.order()
        shop.customer().post(self.cancel())
        (row,) = shop.acme.server.get(f"{EMBED}/action-requests/queue?status=all").data
        assert (row["action_type"], row["status"]) == ("cancel", "approved")
        assert row["application"]["status"] == "manual"

    def test_stays_cancelled_when_the_source_still_says_pending(self, shop: Storefront) -> None:
        shop.order()
        customer = shop.customer()
        customer.post(self.cancel())
        shop.order(notes="changed")
        assert customer.get(f"{ORDERS}/{NUMBER}").json["status"] == "CANCELLED"

    @pytest.mark.parametrize(
        "state",
        [
            {"payment_status": "paid"},
            {"payment_status": "refunded"},
            {"status": "confirmed"},
            {"status": "on_hold"},
            {"status": "shipped"},
            {"status": "cancelled"},
        ],
    )
    def test_nothing_else_can_be_cancelled(self, shop: Storefront, state: dict[str, str]) -> None:
        shop.order(**state)
        reply = shop.customer().post(self.cancel())
        assert reply.status == 400
        assert reply.json["code"] == reply.json["error"]["code"] == "ORDER_NOT_CANCELLABLE"
        assert reply.json["message"] == "Only pending orders can be cancelled"

    def test_other_customers_orders_are_not_found(self, shop: Storefront) -> None:
        shop.order(email="eve@example.com")
        assert shop.customer().post(self.cancel()).json["code"] == "NOT_FOUND"
        assert shop.client.post(self.cancel()).status == 401

    def test_of_concurrent_cancellations_one_succeeds(self, shop: Storefront) -> None:
        shop.order()
        customer = shop.customer()
        replies = at_once([requesting(customer, "POST", self.cancel()) for _ in range(8)])
        assert statuses(replies) == {200: 1, 400: 7}
        assert shop.session.client.get(f"{EMBED}/orders?status=cancelled").json["pagination"]["total"] == 1
        events = shop.acme.server.get(f"{EMBED}/events?event_type=order.status_changed")
        assert events.json["pagination"]["total"] == 1

    @pytest.mark.parametrize("_", range(5))
    def test_a_concurrent_cancellation_and_payment_agree(self, shop: Storefront, _: int) -> None:
        shop.order()
        customer = shop.customer()
        path = f"/api/v1/bridges/{shop.bridge['id']}/sync"
        paid = {"orders": [order_record(NUMBER, status="confirmed", payment_status="paid")]}
        cancelled, synced = at_once(
            [requesting(customer, "POST", self.cancel()), requesting(shop.acme.server, "POST", path, paid)]
        )
        assert synced.status == 200
        assert synced.data["orders"]["failed"] == 0
        now = customer.get(f"{ORDERS}/{NUMBER}").json
        if cancelled.status == 200:
            # The payment came after: the order stays cancelled, and shows that money is to be returned.
            assert (now["status"], now["paymentStatus"]) == ("CANCELLED", "PAID")
        else:
            assert cancelled.json["code"] == "ORDER_NOT_CANCELLABLE"
            assert (now["status"], now["paymentStatus"]) == ("CONFIRMED", "PAID")


class TestTrack:
    def token(self, shop: Storefront) -> str:
        shop.order()
        return str(shop.customer().get(f"{ORDERS}/{NUMBER}").json["trackingToken"])

    def test_shows_exactly_eleven_fields(self, shop: Storefront) -> None:
        reply = shop.client.get(f"{ORDERS}/track/{self.token(shop)}")
        assert reply.status == 200
        assert set(reply.json) == fields(schemas.StorefrontTracking)
        assert len(reply.json) == 11
        assert reply.json["emailMasked"] == "j***@e***.com"
        for hidden in ("jane@", "123 Main", "90210", "555 0100", "Jane"):
            assert hidden not in reply.text

    def test_every_wrong_token_gets_the_same_404(self, shop: Storefront) -> None:
        token = self.token(shop)
        other = Storefront(Acme.create())
        flipped = ("A" if token[-2] != "A" else "B").join((token[:-2], token[-1]))
        replies = [shop.client.get(f"{ORDERS}/track/{wrong}") for wrong in (flipped, "x", "A" * 43, token + "A", "%00")]
        replies.append(other.client.get(f"{ORDERS}/track/{token}"))
        for reply in replies:
            assert (reply.status, reply.json["code"]) == (404, "NOT_FOUND")

    def test_needs_the_publishable_key(self, shop: Storefront) -> None:
        path = f"{ORDERS}/track/{self.token(shop)}"
        assert Client().get(path).json["code"] == "UNAUTHORIZED"
        assert Client(shop.acme.api_key).get(path).status == 401

    def test_an_inactive_embed_responds_as_to_an_unknown_token(self, shop: Storefront) -> None:
        path, customer = f"{ORDERS}/track/{self.token(shop)}", shop.customer()
        unknown = shop.client.get(f"{ORDERS}/track/x").json
        shop.acme.configure(is_active=False)
        reply = shop.client.get(path)
        assert (reply.status, reply.json["code"], reply.json["message"]) == (404, "NOT_FOUND", unknown["message"])
        # What is no tracking view is refused like every other call with an end user's or shopper's credential.
        for refused in (customer.get(ORDERS), shop.client.post(f"{ORDERS}/access/request", {})):
            assert (refused.status, refused.json["code"]) == (403, "EMBED_DISABLED")

    def test_two_orders_have_two_secrets(self, shop: Storefront) -> None:
        with time_machine.travel(clock.now() - timedelta(days=1)):
            first = self.token(shop)
        shop.order("B")
        second = shop.customer().get(f"{ORDERS}/B").json["trackingToken"]
        assert len(first) == len(second) == 43
        assert first[22:] != second[22:]
