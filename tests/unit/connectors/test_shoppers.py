"""What a shopper cancels here is cancelled at the shop, or holds again what the shop says."""

from typing import Any

import pytest

from chalicelib.connectors.faults import NotSeen
from local.commands.verify import verify
from tests.support.background import clean_up
from tests.support.factories import EMBED
from tests.support.faults import Crash, crashing
from tests.support.gateway import Client, Reply
from tests.support.races import at_once, requesting, statuses
from tests.support.storefront import SHOP, order_record
from tests.support.tiny_shop import TinyShop
from tests.unit.connectors.conftest import Merchant
from tests.unit.connectors.test_applying import REQUESTS, approve, deliver, detail, events, recover

CANCEL = f"{SHOP}/orders/T-1/cancel"
NEW_ADDRESS = {"firstName": "Jane", "lastName": "Doe", "street": "5 New Rd", "city": "Reno", "country": "US"}


@pytest.fixture
def order(merchant: Merchant, shop: TinyShop) -> dict[str, Any]:
    """The row of a connected shop's order that awaits payment."""
    return ordered(merchant, shop, status="pending")


def ordered(merchant: Merchant, shop: TinyShop, **fields: Any) -> dict[str, Any]:
    shop.add(**{**order_record("T-1"), "external_id": "T-1", **fields})
    merchant.connect()
    merchant.run()
    found: dict[str, Any] = merchant.session.client.get(f"{EMBED}/orders").data[0]
    return found


def customer(merchant: Merchant) -> Client:
    reply = merchant.acme.server.post("/api/v1/storefront/customer-sessions", {"email": "jane@example.com"})
    return Client(reply.data["token"], X_Api_Key=merchant.acme.config["publishable_key"])


def allow(merchant: Merchant, **settings: Any) -> None:
    assert merchant.acme.server.patch(f"{EMBED}/config", {"settings": settings}).status == 200


def queue(merchant: Merchant) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = merchant.acme.server.get(f"{REQUESTS}/queue?status=all").data
    return found


class TestAwaitingPayment:
    def test_is_cancelled_here_at_once_and_then_at_the_shop(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        reply = customer(merchant).post(CANCEL)
        assert (reply.status, reply.json["status"]) == (200, "CANCELLED")
        (row,) = queue(merchant)
        assert (row["status"], row["resolved_by"], row["application"]["status"]) == ("approved", "policy", "pending")
        assert shop.changes == []
        merchant.run()
        assert [change.kind for change in shop.changes] == ["cancel"]
        assert queue(merchant)[0]["application"]["status"] == "applied"
        assert detail(merchant, order)["status"] == "cancelled"
        assert events(merchant, "action_request.") == [
            f"action_request.{step}" for step in ("created", "approved", "applied")
        ]
        assert events(merchant, "order.").count("order.status_changed") == 1
        assert merchant.session.client.get(f"{REQUESTS}?status=approved").json["pagination"]["total"] == 1

    @pytest.mark.parametrize("reason", ["refused", "not seen"])
    def test_where_the_shop_refuses_its_status_holds_again(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any], reason: str
    ) -> None:
        customer(merchant).post(CANCEL)
        if reason == "refused":
            shop.orders["T-1"][1]["status"] = "shipped"
        else:
            shop.faults = [None, NotSeen()]
        merchant.run()
        (row,) = queue(merchant)
        assert row["application"]["status"] == "failed"
        if reason == "refused":
            assert (shop.changes, detail(merchant, order)["status"]) == ([], "shipped")
        titles = [activity["title"] for activity in detail(merchant, order)["activities"]]
        assert "Request could not be carried out" in titles
        (told,) = merchant.session.client.get(f"{EMBED}/alerts/notifications").data
        assert row["application"]["message"] in told["message"]

    def test_a_shop_that_still_has_it_unpaid_gets_its_status_back(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        customer(merchant).post(CANCEL)
        # The shop's word of before stays unheard while the cancellation is under way.
        deliver(merchant, order, shop)
        assert detail(merchant, order)["status"] == "cancelled"
        merchant.run()
        shop.orders["T-1"][1]["status"] = "pending"
        deliver(merchant, order, shop)
        # Cancelled there and opened again is the shop's to decide.
        assert detail(merchant, order)["status"] == "pending"

    def test_a_failure_that_is_tried_again_ends_cancelled(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        customer(merchant).post(CANCEL)
        shop.orders["T-1"][1]["status"] = "shipped"
        merchant.run()
        shop.orders["T-1"][1]["status"] = "pending"
        (row,) = queue(merchant)
        assert merchant.acme.server.post(f"{REQUESTS}/{row['id']}/apply").status == 200
        merchant.run()
        assert (len(shop.changes), detail(merchant, order)["status"]) == (1, "cancelled")

    def test_of_a_deleted_merchant_it_is_cancelled_here_alone(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        shopper = customer(merchant)
        assert merchant.acme.server.delete(f"{EMBED}/users/{merchant.session.end_user_id}").status == 200
        clean_up()
        assert shopper.post(CANCEL).json["status"] == "CANCELLED"
        assert queue(merchant) == []

    def test_of_many_clicks_one_cancels(self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]) -> None:
        shopper = customer(merchant)
        replies = at_once([requesting(shopper, "POST", CANCEL) for _ in range(6)])
        assert statuses(replies) == {200: 1, 400: 5}
        merchant.run()
        assert (len(queue(merchant)), len(shop.changes)) == (1, 1)
        merchant.pipeline.add_up()
        assert verify(merchant.acme.organization_id, None, {}) == (1, [])

    @pytest.mark.parametrize("done", [False, True])
    def test_dies_anywhere_and_happens_once(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any], *, done: bool
    ) -> None:
        shopper = customer(merchant)
        for number in range(40):
            with crashing(number, done=done):
                try:
                    shopper.post(CANCEL)
                    survived = True
                except Crash:
                    survived = False
            cancelled = detail(merchant, order)["status"] == "cancelled"
            assert [row["status"] for row in queue(merchant)] == (["approved"] if cancelled else [])
            if cancelled:
                recover(merchant, queue(merchant)[0]["id"])
                assert len(shop.changes) == 1
            if survived or cancelled:
                return
        raise AssertionError("it never ends")


class TestLater:
    def test_is_refused_as_documented_unless_it_is_allowed(self, merchant: Merchant, shop: TinyShop) -> None:
        ordered(merchant, shop, status="processing", payment_status="paid")
        shopper = customer(merchant)
        for settings in ({}, {"shopperActions": {"addressChange": True}}, {"shopperActions": {"cancel": False}}):
            allow(merchant, **settings)
            reply = shopper.post(CANCEL)
            assert (reply.status, reply.json["code"]) == (400, "ORDER_NOT_CANCELLABLE")
            assert reply.json["message"] == "Only pending orders can be cancelled"
        assert queue(merchant) == []

    def test_a_request_is_made_and_the_order_comes_back_unchanged(self, merchant: Merchant, shop: TinyShop) -> None:
        order = ordered(merchant, shop, status="processing", payment_status="paid")
        allow(merchant, shopperActions={"cancel": True})
        shopper = customer(merchant)
        before = shopper.get(f"{SHOP}/orders/T-1").json
        for _ in range(2):
            assert shopper.post(CANCEL).json == before
        (row,) = queue(merchant)
        assert (row["action_type"], row["status"], row["title"]) == (
            "cancel",
            "pending",
            "Cancellation by the customer",
        )
        assert approve(merchant, row["id"]).status == 200
        # Under way: asking again changes nothing.
        assert shopper.post(CANCEL).status == 200
        assert len(queue(merchant)) == 1
        merchant.run()
        assert detail(merchant, order)["status"] == "cancelled"
        assert shopper.post(CANCEL).json["code"] == "ORDER_NOT_CANCELLABLE"

    def test_the_policy_decides_as_for_merchants(self, merchant: Merchant, shop: TinyShop) -> None:
        order = ordered(merchant, shop, status="processing", payment_status="paid")
        allow(merchant, shopperActions={"cancel": True}, actionPolicies={"cancel": {"untilStatus": "confirmed"}})
        assert customer(merchant).post(CANCEL).json["code"] == "ORDER_NOT_CANCELLABLE"
        allow(merchant, actionPolicies={"cancel": {"autoApprove": True}})
        assert customer(merchant).post(CANCEL).json["status"] == "PROCESSING"
        merchant.run()
        assert detail(merchant, order)["status"] == "cancelled"
        assert len(shop.changes) == 1

    @pytest.mark.parametrize("status", ["partially_shipped", "shipped", "delivered", "cancelled", "refunded"])
    def test_not_once_something_left(self, merchant: Merchant, shop: TinyShop, status: str) -> None:
        ordered(merchant, shop, status=status, payment_status="paid")
        allow(merchant, shopperActions={"cancel": True, "addressChange": True})
        assert customer(merchant).post(CANCEL).json["code"] == "ORDER_NOT_CANCELLABLE"
        assert change_address(merchant).json["code"] == "ADDRESS_NOT_CHANGEABLE"


def change_address(merchant: Merchant, **fields: Any) -> Reply:
    return customer(merchant).post(f"{SHOP}/orders/T-1/address-change", {**NEW_ADDRESS, **fields})


class TestAddress:
    def test_is_off_unless_it_is_allowed(self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]) -> None:
        reply = change_address(merchant)
        assert (reply.status, reply.json["code"]) == (400, "ADDRESS_NOT_CHANGEABLE")

    def test_reaches_the_shop_once_approved(self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]) -> None:
        allow(merchant, shopperActions={"addressChange": True})
        reply = change_address(merchant, zip="89501")
        assert (reply.status, reply.json["shippingAddress"]["city"]) == (200, "Anytown")
        (row,) = queue(merchant)
        wanted = {"name": "Jane Doe", "address1": "5 New Rd", "city": "Reno", "zip": "89501", "country": "US"}
        assert row["requested_changes"] == wanted
        assert change_address(merchant, city="Elko").json["code"] == "DUPLICATE_REQUEST"
        approve(merchant, row["id"])
        merchant.run()
        assert detail(merchant, order)["shipping_address"]["city"] == "Reno"

    @pytest.mark.parametrize(
        ("fields", "wrong"), [({"street": " "}, "street"), ({"country": None}, "country"), ({"zip": 5}, "zip")]
    )
    def test_must_be_an_address(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any], fields: dict[str, Any], wrong: str
    ) -> None:
        allow(merchant, shopperActions={"addressChange": True})
        reply = change_address(merchant, **fields)
        assert (reply.status, reply.fields) == (422, [wrong])

    def test_of_somebody_elses_order_is_not_found(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        allow(merchant, shopperActions={"addressChange": True})
        eve = merchant.acme.server.post("/api/v1/storefront/customer-sessions", {"email": "eve@example.com"})
        client = Client(eve.data["token"], X_Api_Key=merchant.acme.config["publishable_key"])
        assert client.post(f"{SHOP}/orders/T-1/address-change", NEW_ADDRESS).json["code"] == "NOT_FOUND"
        assert client.post(CANCEL).json["code"] == "NOT_FOUND"


@pytest.mark.parametrize("value", [{"cancel": 1}, {"refund": True}, True])
def test_the_setting_is_validated(merchant: Merchant, value: Any) -> None:
    reply = merchant.acme.server.patch(f"{EMBED}/config", {"settings": {"shopperActions": value}})
    assert (reply.status, reply.fields) == (422, ["settings.shopperActions"])
