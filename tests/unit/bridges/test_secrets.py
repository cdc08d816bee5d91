"""Stored secrets of a bridge are not shown, redirected or replaced by callers without the right to do so."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.factories import EMBED, Acme, Service
from tests.support.gateway import Client

MASK = "--------"
STORE = "https://shop.example.com"
WOOCOMMERCE = {
    "type": "woocommerce",
    "name": "Shop",
    "config": {"storeUrl": STORE, "consumerKey": "ck_1234567", "consumerSecret": "cs_1234567"},
}


def guest(acme: Acme) -> Client:
    """An unverified session, which needs only the publishable key and the merchant's id."""
    return Client(acme.auto("merchant-1").data["token"])


def verified(acme: Acme) -> Client:
    return Client(acme.auto("merchant-1", userHash=acme.user_hash("merchant-1")).data["token"])


def connect_shopify(acme: Acme, config: dict[str, Any]) -> dict[str, Any]:
    started = acme.session().client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "acme"}).data
    state = parse_qs(urlsplit(started["authUrl"]).query)["state"][0]
    completion = {"state": state, "shop": "acme.myshopify.com", "config": config}
    completed: dict[str, Any] = (
        Service("shopify").client.post("/api/v1/bridges/shopify/oauth/complete", completion).data
    )
    return completed


@pytest.fixture
def path(acme: Acme) -> str:
    return f"{EMBED}/bridges/{acme.session().bridge(**WOOCOMMERCE)['id']}"


class TestChangingTheStore:
    @pytest.mark.parametrize("kept", [{}, {"consumerKey": MASK, "consumerSecret": MASK}, {"consumerKey": "ck_mine"}])
    def test_requires_all_credentials_whoever_sends_it(self, acme: Acme, path: str, kept: dict[str, str]) -> None:
        administration = path.replace("/embed", "")
        for client, where in ((acme.session().client, path), (verified(acme), path), (acme.server, administration)):
            reply = client.patch(where, {"config": {"storeUrl": "https://evil.example.net", **kept}})
            assert reply.status == 422
            assert "config.consumerSecret" in reply.fields
        assert acme.server.get(administration).data["config"]["storeUrl"] == STORE

    @pytest.mark.parametrize(
        "url",
        [
            "http://shop.example.com",
            "https://shop.example.com:8443",
            "https://www.shop.example.com",
            "https://shop.example.com.evil.example",
            "https://shop.example.com@evil.example",
            "https://shop.example.com/other",
            "",
            None,
        ],
    )
    def test_to_any_other_destination_requires_them(self, acme: Acme, path: str, url: str | None) -> None:
        assert acme.session().client.patch(path, {"config": {"storeUrl": url}}).status == 422

    @pytest.mark.parametrize("url", [STORE, f"{STORE}/", "HTTPS://Shop.Example.com", "shop.example.com"])
    def test_in_another_spelling_requires_nothing(self, acme: Acme, path: str, url: str) -> None:
        assert acme.session().client.patch(path, {"config": {"storeUrl": url}}).status == 200

    def test_with_all_credentials_is_accepted(self, acme: Acme, path: str) -> None:
        own = {"storeUrl": "https://other.example.com", "consumerKey": "ck_new", "consumerSecret": "cs_new"}
        assert verified(acme).patch(path, {"config": own}).data["config"] == own

    def test_drops_what_a_service_stored_for_the_old_account(self, acme: Acme) -> None:
        completed = connect_shopify(acme, {"accessToken": "shpat_1", "refresh_token": "shprt_1"})
        moved = acme.session().client.patch(
            f"{EMBED}/bridges/{completed['id']}", {"config": {"shopDomain": "other", "accessToken": "shpat_2"}}
        )
        assert moved.data["config"] == {"shopDomain": "other", "accessToken": "shpat_2"}


class TestUnverifiedSession:
    @pytest.mark.parametrize(
        "config",
        [
            {"consumerKey": "ck_newer"},
            {"storeUrl": "https://other.example.com", "consumerKey": "ck_new", "consumerSecret": "cs_new"},
            {"consumerKey": "ck_1234567"},
            {"consumerSecret": None},
        ],
    )
    def test_renews_nothing(self, acme: Acme, path: str, config: dict[str, str]) -> None:
        reply = guest(acme).patch(path, {"config": config})
        assert (reply.status, reply.code) == (403, "identity_unverified")

    def test_changes_everything_else(self, acme: Acme, path: str) -> None:
        change = {"name": "Mine", "config": {"storeUrl": STORE, "consumerKey": MASK}}
        assert guest(acme).patch(path, change).data["name"] == "Mine"


class TestFieldsOutsideTheCatalog:
    def test_are_masked_because_services_store_tokens_there(self, acme: Acme) -> None:
        config = {"accessToken": "shpat_1", "refresh_token": "shprt_1", "nested": {"token": "t"}}
        completed = connect_shopify(acme, config)
        shown = guest(acme).patch(f"{EMBED}/bridges/{completed['id']}", {"name": "Mine"})
        listed = acme.server.get("/api/v1/bridges")
        for config in (completed["config"], shown.data["config"], listed.data[0]["config"]):
            assert config == {
                "accessToken": MASK,
                "refresh_token": MASK,
                "nested": MASK,
                "shopDomain": "acme.myshopify.com",
            }
