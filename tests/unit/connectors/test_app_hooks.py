"""What Shopify asks of the deployment's app about a store: it concerns that store's bridges, in every organization."""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.cleanup.service import handle
from chalicelib.connectors import apps
from chalicelib.kit.queues import each_message
from chalicelib.kit.settings import settings
from tests.support.account import client
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client, Reply
from tests.support.merchant import Merchant
from tests.support.pipeline import Pipeline
from tests.support.shopify.double import CLIENT, DOMAIN, signed_hook

pytestmark = pytest.mark.xdist_group("shopify")
ADA = {"name": "Ada Lovelace", "email": "ada@example.com"}


@pytest.fixture(autouse=True)
def app() -> Iterator[None]:
    with patch.object(apps, "credentials", lambda kind: CLIENT if kind == "shopify" else {}):
        yield


def connected(acme: Acme, end_user: str, domain: str = DOMAIN) -> Merchant:
    merchant = Merchant.of(acme, end_user)
    config = {"shopDomain": domain, "accessToken": "t"}
    merchant.bridge = merchant.session.bridge(type="shopify", name=f"Store of {end_user}", config=config)
    return merchant


def post(topic: str, body: Any, path: str = "/hooks/shopify", **headers: str) -> Reply:
    signed, content = signed_hook(topic, body, delivery=headers.pop("delivery", "d-1"))
    return Client().call("POST", path, content.decode(), **{**signed, **headers})


def customers(merchant: Merchant) -> dict[str, Any]:
    rows = merchant.client.get(f"{EMBED}/orders?limit=50").data
    return {row["external_id"]: row["customer"]["name"] for row in rows}


def clean_up() -> None:
    pipeline = Pipeline()
    while pipeline.dispatch() + pipeline.drain(settings().cleanup_queue_url, lambda event: each_message(event, handle)):
        pass


class TestErasing:
    def test_in_every_organization_that_has_the_store(self, acme: Acme) -> None:
        stranger = Acme.create()
        merchants = [connected(acme, "one"), connected(acme, "two"), connected(stranger, "three")]
        other = connected(acme, "four", "other.myshopify.com")
        for merchant in [*merchants, other]:
            merchant.order("450789469", customer=ADA)
            merchant.order("2", customer={"name": "Grace", "email": "grace@example.com"})
        body = {
            "shop_domain": DOMAIN,
            "customer": {"id": 1, "email": "Ada@Example.com"},
            "orders_to_redact": [450789469],
        }
        for _ in range(2):
            assert post("customers/redact", body).status == 202
        clean_up()
        for merchant in merchants:
            assert customers(merchant) == {"450789469": None, "2": "Grace"}
        assert customers(other) == {"450789469": "Ada Lovelace", "2": "Grace"}

    def test_a_customer_without_an_address_is_known_by_their_orders(self, acme: Acme) -> None:
        merchant = connected(acme, "one")
        merchant.order("450789469", customer=ADA)
        body = {
            "shop_domain": DOMAIN,
            "customer": {"id": 1, "email": None},
            "orders_to_redact": [450789469, 7, "x", True],
        }
        assert post("customers/redact", body).status == 202
        clean_up()
        assert customers(merchant) == {"450789469": None}


def test_an_export_for_both_sides(acme: Acme) -> None:
    merchant = connected(acme, "one")
    merchant.order("450789469", customer=ADA)
    body = {"shop_domain": DOMAIN, "customer": {"email": "ada@example.com"}, "orders_requested": [450789469]}
    for _ in range(2):
        assert post("customers/data_request", body).status == 202
    [told] = merchant.client.get(f"{EMBED}/alerts/notifications").data
    export_id = told["metadata"]["export_id"]
    for side in (
        merchant.client.get(f"{EMBED}/customer-exports/{export_id}"),
        acme.server.get(f"/api/v1/customer-exports/{export_id}"),
    ):
        assert [order["customer"]["name"] for order in side.data["orders"]] == ["Ada Lovelace"]
    assert post("customers/data_request", body, delivery="d-2").status == 202
    assert len(merchant.client.get(f"{EMBED}/alerts/notifications").data) == 2


def test_a_store_that_is_gone_takes_its_bridges_along(acme: Acme) -> None:
    merchant, other = connected(acme, "one"), connected(acme, "two", "other.myshopify.com")
    for each in (merchant, other):
        each.order("1", customer=ADA)
    assert post("shop/redact", {"shop_domain": DOMAIN}).status == 202
    clean_up()
    assert merchant.bridge["id"] not in merchant.client.get(f"{EMBED}/bridges").text
    assert customers(merchant) == {}
    assert customers(other) == {"1": "Ada Lovelace"}
    assert post("shop/redact", {"shop_domain": DOMAIN}).status == 202


@pytest.mark.parametrize(
    "body", [b"", b"half", [], {"shop_domain": "evil.example"}, {"shop_domain": None}, {"customer": 5}]
)
@pytest.mark.parametrize("topic", ["customers/redact", "customers/data_request", "shop/redact", "orders/create"])
def test_a_genuine_hook_about_nothing_we_know_is_taken(acme: Acme, topic: str, body: Any) -> None:
    merchant = connected(acme, "one")
    merchant.order("1", customer=ADA)
    assert post(topic, body).status == 202
    assert customers(merchant) == {"1": "Ada Lovelace"}


def test_forged_or_for_another_platform(acme: Acme) -> None:
    body = {"shop_domain": DOMAIN}
    forged = post("shop/redact", body, **{"x-shopify-hmac-sha256": "AAAA"})
    assert (forged.status, forged.code) == (401, "hook_forged")
    for path in ("/hooks/shipstation", "/hooks/amazon", "/hooks/unknown"):
        assert post("shop/redact", body, path).status == 404
    with patch.object(apps, "credentials", lambda _: {}):
        signed, content = signed_hook("shop/redact", body, secret="")
        assert Client().call("POST", "/hooks/shopify", content.decode(), **signed).status == 401


class TestCredentials:
    @pytest.fixture(autouse=True)
    def parameter(self, cloud: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.undo()
        monkeypatch.setenv("PLATFORM_CREDENTIALS", "/orderly-embed/test/platforms")
        settings.cache_clear()
        apps._known = apps._Known()
        yield
        monkeypatch.undo()
        settings.cache_clear()
        apps._known = apps._Known()

    def test_come_from_a_secure_parameter_and_are_kept_a_while(self) -> None:
        name, value = "/orderly-embed/test/platforms", json.dumps({"shopify": CLIENT})
        client("ssm").put_parameter(Name=name, Value=value, Type="SecureString")
        assert apps_credentials("shopify") == CLIENT
        assert apps_credentials("woocommerce") == {}
        client("ssm").delete_parameter(Name=name)
        assert apps_credentials("shopify") == CLIENT
        apps._known.until = 0.0
        assert apps_credentials("shopify") == CLIENT, "what was known may still be right"

    def test_that_cannot_be_read_are_none(self) -> None:
        assert apps_credentials("shopify") == {}
        client("ssm").put_parameter(Name="/orderly-embed/test/platforms", Value="no JSON", Type="SecureString")
        assert apps_credentials("shopify") == {}


apps_credentials = apps.credentials
