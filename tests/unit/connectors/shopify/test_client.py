"""What answers of Shopify mean, and how long to wait."""

from typing import Any

import pytest
from time_machine import travel

from chalicelib.connectors.faults import AuthFault, Fault, InvalidAnswer, RateLimited, Refused, Unreachable
from chalicelib.connectors.shop import Response, Shop
from chalicelib.connectors.shopify import client, orders
from chalicelib.connectors.shopify.platform import test as run_test
from tests.support.shopify.double import Double, respond
from tests.support.shopify.objects import order
from tests.unit.connectors.shopify.conftest import connected

pytestmark = pytest.mark.xdist_group("shopify")
HTML = Response(200, {"content-type": "text/html; charset=utf-8"}, b"<html>Log in</html>")


def error(code: str, message: str = "no") -> dict[str, Any]:
    return {"message": message, "extensions": {"code": code}}


@pytest.mark.parametrize(
    ("answer", "fault", "message"),
    [
        (respond(401, {"errors": "Invalid API key"}), AuthFault, "Connect it again"),
        (respond(403, {"errors": "Forbidden"}), AuthFault, "Connect it again"),
        (respond(402, {"errors": "Unavailable Shop"}), Refused, "frozen"),
        (respond(404, {"errors": "Not Found"}), Refused, "no open store"),
        (respond(423, {"errors": "Locked"}), Refused, "locked"),
        (respond(500, b"oops"), Unreachable, "500"),
        (respond(502, b"<html>"), Unreachable, "502"),
        (respond(302, b"", location="https://accounts.shopify.com/"), InvalidAnswer, "302"),
        (HTML, InvalidAnswer, "text/html"),
        (respond(200, b'{"data": {"orders": {"nod'), InvalidAnswer, "JSON"),
        (respond(200, b"[]"), InvalidAnswer, "JSON"),
        (respond(200, {"data": []}), InvalidAnswer, "JSON"),
        (respond(200, {}), InvalidAnswer, "JSON"),
        (respond(200, {"data": None, "errors": [error("INTERNAL_SERVER_ERROR")]}), Unreachable, "internal"),
        (respond(200, {"errors": [{"message": "Field 'x' doesn't exist"}]}), Refused, "doesn't exist"),
        (respond(200, {"errors": "Something strange"}), Refused, "strange"),
        (respond(200, {"errors": [None]}), Refused, "None"),
    ],
)
def test_faults(shop: Shop, double: Double, answer: Response, fault: type[Fault], message: str) -> None:
    double.instead = lambda name: answer
    with pytest.raises(fault, match=message) as raised:
        orders.read_order(shop, "1")
    assert "shpat" not in raised.value.message


def test_a_429_of_the_gateway_waits_as_it_says(shop: Shop, double: Double) -> None:
    double.instead = lambda name: respond(429, {"errors": "Too many"}, **{"retry-after": "4.0"})
    with pytest.raises(RateLimited) as raised:
        orders.read_order(shop, "1")
    assert raised.value.retry_after == 4


@travel("2026-01-15T10:30:00Z", tick=False)
def test_the_bucket_says_how_long_to_wait() -> None:
    double = Double()
    shop = connected(double)
    double.store.add(order())
    double.bucket = 373
    with pytest.raises(RateLimited) as raised:
        orders.read_orders(shop, "2026-01-01T00:00:00Z", None)
    assert raised.value.retry_after == 6  # 501 points are missing, at 100 a second
    double.bucket = 874
    assert len(orders.read_orders(shop, "2000-01-01T00:00:00Z", None).orders) == 1


@pytest.mark.parametrize("cost", [{}, {"throttleStatus": 1}, {"requestedQueryCost": "x", "throttleStatus": {}}])
def test_throttled_without_a_readable_bucket_waits_a_minute(shop: Shop, double: Double, cost: Any) -> None:
    double.instead = lambda name: respond(200, {"errors": [error("THROTTLED")], "extensions": {"cost": cost}})
    with pytest.raises(RateLimited) as raised:
        orders.read_order(shop, "1")
    assert raised.value.retry_after == 60


def test_user_errors_beside_data_are_a_refusal(shop: Shop, double: Double) -> None:
    payload = {"fulfillment": None, "userErrors": [{"field": None, "message": "Fulfillment order is closed"}]}
    double.instead = lambda name: respond(200, {"data": {"fulfillmentCreate": payload}})
    with pytest.raises(Refused, match="Fulfillment order is closed"):
        client.mutate(shop, "create_fulfilment", fulfillment={})


class TestTest:
    def test_names_the_store(self, shop: Shop) -> None:
        assert run_test(shop).message == "Connected to Example Store."
        assert run_test(shop).name == "Example Store"

    def test_tells_which_rights_are_missing(self, shop: Shop, double: Double) -> None:
        double.store.scopes = ["read_orders", "write_merchant_managed_fulfillment_orders"]
        message = run_test(shop).message
        assert "write_orders" in message
        assert "merchant_managed" not in message

    def test_needs_the_right_to_read_orders(self, shop: Shop, double: Double) -> None:
        double.store.scopes = ["read_products"]
        with pytest.raises(AuthFault, match="read_orders"):
            run_test(shop)

    def test_holds_for_this_very_store(self, shop: Shop, double: Double) -> None:
        double.instead = lambda name: respond(
            200,
            {
                "data": {
                    "shop": {"name": "Other", "myshopifyDomain": "other.myshopify.com"},
                    "currentAppInstallation": {},
                }
            },
        )
        with pytest.raises(AuthFault, match=r"other\.myshopify\.com"):
            run_test(shop)

    def test_needs_a_token(self, double: Double) -> None:
        with pytest.raises(AuthFault, match="no access token"):
            run_test(connected(double, accessToken=""))
        with pytest.raises(AuthFault, match="Connect it again"):
            run_test(connected(double, accessToken="shpat_wrong"))
