"""What a session nobody vouched for cannot get at: the secrets stored in a bridge, read back or sent elsewhere."""

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
    """A session as anybody gets it who knows the publishable key and the merchant's id."""
    return Client(acme.auto("merchant-1").data["token"])


@pytest.fixture
def path(acme: Acme) -> str:
    return f"{EMBED}/bridges/{acme.session().bridge(**WOOCOMMERCE)['id']}"


class TestSendingStoredSecretsElsewhere:
    @pytest.mark.parametrize("kept", [{}, {"consumerKey": MASK, "consumerSecret": MASK}, {"consumerKey": "ck_mine"}])
    def test_takes_new_secrets_with_a_new_store(self, acme: Acme, path: str, kept: dict[str, str]) -> None:
        reply = guest(acme).patch(path, {"config": {"storeUrl": "https://evil.example.net", **kept}})
        assert reply.status == 422
        assert "config.consumerSecret" in reply.fields
        assert acme.server.get(path.replace("/embed", "")).data["config"]["storeUrl"] == STORE

    def test_is_no_more_than_that(self, acme: Acme, path: str) -> None:
        own = {"storeUrl": "https://other.example.com", "consumerKey": "ck_new", "consumerSecret": "cs_new"}
        assert guest(acme).patch(path, {"config": own}).status == 200
        assert guest(acme).patch(path, {"config": {"consumerKey": "ck_newer"}}).status == 200
        assert guest(acme).patch(path, {"config": {"storeUrl": own["storeUrl"]}}).status == 200
        vouched = Client(acme.auto(userHash=acme.user_hash("merchant-1")).data["token"])
        assert vouched.patch(path, {"config": {"storeUrl": STORE}}).status == 200


class TestNamesTheCatalogDoesNotKnow:
    def test_are_covered_too_since_services_store_tokens_there(self, acme: Acme) -> None:
        started = acme.session().client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "acme"}).data
        state = parse_qs(urlsplit(started["authUrl"]).query)["state"][0]
        config = {"accessToken": "shpat_1", "refresh_token": "shprt_1", "nested": {"token": "t"}}
        completion = {"state": state, "shop": "acme.myshopify.com", "config": config}
        completed = Service("shopify").client.post("/api/v1/bridges/shopify/oauth/complete", completion)
        shown = guest(acme).patch(f"{EMBED}/bridges/{started['bridgeId']}", {"name": "Mine"})
        listed = acme.server.get("/api/v1/bridges")
        for config in (completed.data["config"], shown.data["config"], listed.data[0]["config"]):
            assert config == {
                "accessToken": MASK,
                "refresh_token": MASK,
                "nested": MASK,
                "shopDomain": "acme.myshopify.com",
            }
