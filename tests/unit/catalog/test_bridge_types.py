"""Bridge types: which of them this deployment offers, and types of its own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib.catalog.bridge_types import InvalidCatalog, catalog, parse_services, parse_types
from tests.support.factories import EMBED, Acme

OWN: dict[str, Any] = {
    "id": "magento",
    "name": "Magento",
    "description": "Connect your Magento store",
    "icon": "magento-icon",
    "category": "ecommerce",
    "auth_methods": ["api_key"],
    "config_fields": [
        {"name": "storeUrl", "label": "Store URL", "type": "url", "required": True},
        {"name": "token", "label": "Token", "type": "password", "required": True},
    ],
    "webhook_support": False,
    "docs_url": "https://example.com/magento",
}
OAUTH = {"shop_field": "storeUrl", "pattern": "[a-z]+", "suffix": ".magento.example", "example": "mystore"}


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """Sets what a deployment configures: `deployment(services=…, base=…, types=[…])`."""

    def configure(services: str = "", base: str = "", types: Any = None) -> None:
        monkeypatch.setenv("BRIDGE_SERVICES", services)
        monkeypatch.setenv("BRIDGE_SERVICE_URL", base)
        if types is not None:
            path = tmp_path / "types.json"
            path.write_text(json.dumps(types))
            monkeypatch.setenv("BRIDGE_TYPES", str(path))
        catalog.cache_clear()

    yield configure
    catalog.cache_clear()


def offered(acme: Acme) -> list[str]:
    return [each["id"] for each in acme.session().client.get(f"{EMBED}/bridge-types").data]


class TestServices:
    def test_have_no_default_address(self, deployment: Any) -> None:
        deployment()
        assert {each.service_url for each in catalog().values()} == {None}

    def test_are_named_one_by_one(self, deployment: Any) -> None:
        deployment("shopify=https://a.example/,woocommerce=http://localhost:9000/woo")
        named = {name: each.service_url for name, each in catalog().items() if each.service_url}
        assert named == {"shopify": "https://a.example", "woocommerce": "http://localhost:9000/woo"}

    def test_are_named_together_with_exceptions(self, deployment: Any) -> None:
        deployment("shopify=https://a.example", base="https://services.example/")
        assert catalog()["shopify"].service_url == "https://a.example"
        assert catalog()["amazon"].service_url == "https://services.example/amazon"

    @pytest.mark.parametrize(
        "services",
        [
            "unknown=https://a.example",
            "shopify",
            "shopify=",
            "shopify=a.example",
            "shopify=http://a.example",
            "shopify=http://localhost.evil.example",
            "shopify=https://user:password@a.example",
            "shopify=https://a.example?x=1",
            "shopify=https://a.example:port",
            "shopify=ftp://a.example",
        ],
    )
    def test_are_validated(self, services: str) -> None:
        with pytest.raises(InvalidCatalog):
            parse_services(services, ["shopify"])


def bundled() -> set[str]:
    return {each.id for each in catalog().values() if each.connector}


class TestTypesWithoutAService:
    def test_are_offered_only_if_they_have_a_connector(self, acme: Acme, deployment: Any) -> None:
        deployment("bigcommerce=https://a.example")
        assert set(offered(acme)) == bundled() | {"bigcommerce"}
        public = acme.server.get(f"{EMBED}/config?slug={acme.config['slug']}").data
        assert {each["id"] for each in public["allowedBridgeTypes"]} == bundled() | {"bigcommerce"}
        assert "amazon" not in bundled()

    def test_cannot_be_created_or_tested(self, acme: Acme, deployment: Any) -> None:
        session = acme.session()
        bridge = session.bridge(type="bigcommerce", config={"storeHash": "a", "accessToken": "b"})
        deployment()
        for path, body in (
            (f"{EMBED}/bridges", {"type": "amazon", "name": "Amazon", "config": {}}),
            (f"{EMBED}/bridges/{bridge['id']}/test", None),
        ):
            reply = session.client.post(path, body)
            assert (reply.status, reply.code) == (409, "bridge_type_unavailable"), path
        assert session.client.patch(f"{EMBED}/bridges/{bridge['id']}", {"name": "Still mine"}).status == 200
        assert session.client.get(f"{EMBED}/bridges").data[0]["status"] == "active"
        assert session.client.delete(f"{EMBED}/bridges/{bridge['id']}").status == 200


class TestOwnTypes:
    def test_are_offered_like_any_other(self, acme: Acme, deployment: Any) -> None:
        deployment("magento=https://m.example", types=[OWN])
        assert set(offered(acme)) == bundled() | {"magento"}
        body = {"type": "magento", "name": "Mine", "config": {"storeUrl": "https://s.example", "token": "t"}}
        assert acme.session().client.post(f"{EMBED}/bridges", body).status == 201
        assert acme.session().client.post(f"{EMBED}/bridges", {**body, "config": {}}).fields == [
            "config.storeUrl",
            "config.token",
        ]

    def test_may_name_their_service_and_replace_a_type(self, deployment: Any) -> None:
        deployment(types=[{**OWN, "id": "shopify", "service_url": "https://s.example"}])
        assert (catalog()["shopify"].name, catalog()["shopify"].service_url) == ("Magento", "https://s.example")
        assert catalog()["shopify"].account_fields == ("storeUrl",)
        # Its routes remain, so its shops must be recognised.
        assert catalog()["shopify"].oauth is not None

    def test_of_the_project_have_the_same_form(self) -> None:
        entries = parse_types(Path("chalicelib/catalog/catalog.json").read_text())
        assert {entry["id"] for entry in entries} >= {"shopify", "shipstation", "woocommerce", "bigcommerce", "amazon"}
        assert not any("service_url" in entry for entry in entries)

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"id": "Magento 2"}, "needs an id"),
            ({"id": 5}, "needs an id"),
            ({"name": None}, "text of up to 300 characters in name"),
            ({"unknown": 1}, "unknown fields unknown"),
            ({"webhook_support": "yes"}, "webhook_support"),
            ({"alternatives": ["token"]}, "alternatives"),
            ({"alternatives": {"token": "storeUrl"}}, "alternatives"),
            ({"alternatives": {"token": ["unknown"]}}, "alternatives"),
            ({"alternatives": {"unknown": ["token"]}}, "alternatives"),
            ({"auth_methods": "oauth"}, "auth_methods"),
            ({"config_fields": {}}, "config_fields"),
            ({"config_fields": [{"name": "x"}]}, "each config field"),
            (
                {"config_fields": [{"name": "x", "label": "X", "type": "secret", "required": True}]},
                "text, url, password",
            ),
            ({"account_fields": ["token"]}, "account_fields"),
            ({"service_url": "http://m.example"}, "https"),
            ({"oauth": None}, "of oauth"),
            ({"oauth": {"shop_field": "storeUrl"}}, "of oauth"),
            ({"oauth": {**OAUTH, "unknown": "x"}}, "of oauth"),
            ({"oauth": {**OAUTH, "suffix": 5}}, "of oauth"),
            ({"auth_methods": ["oauth"], "oauth": {**OAUTH, "shop_field": "token"}}, "shop_field"),
            ({"auth_methods": ["oauth"], "oauth": {**OAUTH, "pattern": "("}}, "regular expression"),
            ({"auth_methods": ["oauth"], "oauth": {**OAUTH, "example": "A B"}}, "example"),
            ({"auth_methods": ["oauth"], "oauth": {**OAUTH, "example": "mystore.magento.example"}}, "example"),
            ({"auth_methods": ["oauth"], "oauth": {**OAUTH, "suffix": ".Example"}}, "lower case"),
            ({"oauth": OAUTH}, "must list oauth"),
        ],
    )
    def test_are_validated(self, change: dict[str, Any], expected: str) -> None:
        with pytest.raises(InvalidCatalog, match=expected):
            parse_types(json.dumps([{**OWN, **change}]))

    @pytest.mark.parametrize("text", ["", "{}", "[1]", "[{}]", json.dumps([OWN, OWN])])
    def test_must_be_a_list_of_distinct_types(self, text: str) -> None:
        with pytest.raises(InvalidCatalog):
            parse_types(text)
