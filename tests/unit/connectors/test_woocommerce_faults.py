"""What a shop may answer instead of its orders, and what the merchant reads then."""

import pytest

from chalicelib.connectors.faults import AuthFault, Fault, InvalidAnswer, RateLimited, Refused, Unreachable
from chalicelib.connectors.shop import Change, HookTarget, Response
from chalicelib.connectors.woocommerce import changes, client, consent, hooks, orders
from local.demo.woocommerce.rest import Call
from tests.support.demo_shop import open_demo_shop

LONG_AGO = "2020-01-01T00:00:00.000Z"
JSON = {"content-type": "application/json; charset=UTF-8"}
HTML = {"content-type": "text/html; charset=UTF-8"}
FORBIDDEN = b'{"code":"woocommerce_rest_cannot_view","message":"Sorry, you cannot list resources."}'
NO_ROUTE = b'{"code":"rest_no_route","message":"No route was found.","data":{"status":404}}'

ANSWERS = [
    (Response(429, {"retry-after": "7", **HTML}, b"slow down"), RateLimited, "wait"),
    (Response(503, {"retry-after": "600", **HTML}, b"Briefly unavailable for maintenance"), RateLimited, "wait"),
    (Response(500, HTML, b"There has been a critical error"), Unreachable, "500"),
    (Response(502, {}, b""), Unreachable, "502"),
    (Response(200, HTML, b"<!doctype html><title>Log in</title>"), InvalidAnswer, "text/html"),
    (Response(200, JSON, b'[{"id": 1, "number"'), InvalidAnswer, "JSON"),
    (Response(200, JSON, b""), InvalidAnswer, "JSON"),
    (Response(200, JSON, b'{"id": 1}'), InvalidAnswer, "JSON"),
    (Response(200, JSON, b"[" * 100_000), InvalidAnswer, "JSON"),
    (Response(302, {"location": "https://shop.example/wp-login.php?x=1"}, b""), InvalidAnswer, "302"),
    (Response(301, {"location": "https://www.shop.example/wp-json/wc/v3/orders"}, b""), Refused, "www.shop.example"),
    (Response(403, HTML, b"<title>Attention Required! | Cloudflare</title>"), Unreachable, "firewall"),
    (Response(403, JSON, FORBIDDEN), AuthFault, "shop manager"),
    (Response(404, HTML, b"<title>Page not found</title>"), Unreachable, "permalinks"),
    (Response(404, JSON, NO_ROUTE), Unreachable, "WooCommerce must be active"),
    (Response(400, JSON, b'{"code":"x","message":"Invalid <b>parameter</b>"}'), Refused, "Invalid parameter"),
]


@pytest.mark.parametrize(("response", "fault", "words"), ANSWERS)
def test_any_other_answer_is_a_fault_with_words_for_the_merchant(
    response: Response, fault: type[Fault], words: str
) -> None:
    merchant = open_demo_shop()
    # A full page is followed by a small one.
    merchant.faults = [lambda _: response, lambda _: response]
    with pytest.raises(fault) as raised:
        orders.read_orders(merchant.shop, LONG_AGO, None)
    assert words in raised.value.message
    for secret in merchant.config.values():
        assert secret not in raised.value.message


def test_an_inactive_plugin_is_no_deleted_order() -> None:
    merchant = open_demo_shop()
    merchant.faults = [lambda _: Response(404, JSON, NO_ROUTE)]
    with pytest.raises(Unreachable):
        orders.read_order(merchant.shop, str(merchant.order()["id"]))


@pytest.mark.parametrize("field", ["consumerKey", "consumerSecret"])
def test_revoked_credentials_are_said_to_be(field: str) -> None:
    merchant = open_demo_shop()
    order_id = str(merchant.order()["id"])
    merchant.config = {**merchant.config, field: "revoked"}
    for call in (
        lambda: consent.test(merchant.shop),
        lambda: orders.read_orders(merchant.shop, LONG_AGO, None),
        lambda: hooks.keep_hooks(merchant.shop, HookTarget("https://embed.example/h", "secret")),
        lambda: changes.apply(merchant.shop, order_id, Change("hold", "req_1")),
    ):
        with pytest.raises(AuthFault, match="connect the shop again"):
            call()


def test_a_key_that_may_only_read_keeps_the_connection() -> None:
    merchant = open_demo_shop(permissions="read")
    order_id = str(merchant.order()["id"])
    assert consent.test(merchant.shop).name == "Ada's Mugs"
    assert hooks.keep_hooks(merchant.shop, HookTarget("https://embed.example/h", "secret")) is None
    with pytest.raises(Refused, match="Read/Write"):
        changes.apply(merchant.shop, order_id, Change("hold", "req_1"))


def test_a_key_that_is_revoked_between_look_and_change_is_said_to_be() -> None:
    merchant = open_demo_shop()
    order_id = str(merchant.order()["id"])

    def revoke(_: Call) -> None:
        merchant.store.rows("delete from records where kind = 'key'")

    merchant.faults = [lambda _: None, revoke]
    with pytest.raises(AuthFault):
        changes.apply(merchant.shop, order_id, Change("hold", "req_1"))


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("shop.example", "https://shop.example"),
        (" https://Shop.example/ ", "https://shop.example"),
        ("http://shop.example/blog/", "https://shop.example/blog"),
        ("https://shop.example/wp-admin/admin.php?page=wc", "https://shop.example"),
        ("https://shop.example/blog/wp-json/wc/v3", "https://shop.example/blog"),
        ("https://shop.example:8443", "https://shop.example:8443"),
    ],
)
def test_the_store_url_is_taken_as_people_type_it(typed: str, url: str) -> None:
    assert client.store_url(typed) == url


@pytest.mark.parametrize("typed", ["", "ftp://shop.example", "https://", "https://me:pw@shop.example", "https://[::"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="store URL"):
        client.store_url(typed)
