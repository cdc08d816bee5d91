"""Service keys open the bridges of one type in every organization, and nothing else."""

import pytest

from chalicelib.api_keys.service import create_service_key, signing_secret
from chalicelib.kit.errors import Invalid
from tests.support.factories import EMBED, SHIPSTATION, Acme, Service
from tests.support.gateway import Client

pytestmark = pytest.mark.usefixtures("cloud")

SHOPIFY = {"type": "shopify", "name": "Shop", "config": {"shopDomain": "a.myshopify.com", "accessToken": "token-1"}}


class TestServiceKey:
    def test_is_created_for_an_existing_type(self) -> None:
        with pytest.raises(Invalid):
            create_service_key("ebay")
        assert signing_secret("shopify") is None
        first, second = Service("shopify"), Service("shopify")
        assert first.key != second.key
        assert first.signing_secret == second.signing_secret == signing_secret("shopify")
        assert Service("shipstation").signing_secret != first.signing_secret

    def test_lists_bridges_of_its_type_in_all_organizations_with_configs(self, acme: Acme) -> None:
        other = Acme.create()
        mine = [acme.session().bridge(), other.session().bridge()]
        acme.session().bridge(**SHOPIFY)
        reply = Service("shipstation").client.get("/api/v1/bridges")
        assert {bridge["id"] for bridge in reply.data} == {bridge["id"] for bridge in mine}
        assert {bridge["organization_id"] for bridge in reply.data} == {acme.organization_id, other.organization_id}
        assert all(bridge["config"] == SHIPSTATION["config"] for bridge in reply.data)
        assert reply.json["pagination"]["total"] == 2

    def test_filters_and_pages(self, acme: Acme) -> None:
        session = acme.session()
        ids = [session.bridge()["id"] for _ in range(3)]
        session.client.patch(f"{EMBED}/bridges/{ids[0]}", {"status": "paused"})
        client = Service("shipstation").client
        assert [b["id"] for b in client.get("/api/v1/bridges?status=paused").data] == ids[:1]
        assert client.get("/api/v1/bridges?type=shopify").json["pagination"]["total"] == 0
        assert client.get("/api/v1/bridges?type=shipstation").json["pagination"]["total"] == 3
        first = client.get("/api/v1/bridges?limit=2").json
        rest = client.get(f"/api/v1/bridges?limit=2&cursor={first['pagination']['nextCursor']}").json
        assert [b["id"] for b in first["data"] + rest["data"]] == ids[::-1]

    def test_filters_by_end_user(self, acme: Acme) -> None:
        one, two = acme.session("one"), acme.session("two")
        ids = [one.bridge()["id"] for _ in range(3)]
        two.bridge()
        one.bridge(**SHOPIFY)
        one.client.patch(f"{EMBED}/bridges/{ids[0]}", {"status": "paused"})
        client, query = Service("shipstation").client, f"/api/v1/bridges?end_user_id={one.end_user_id}"
        found = client.get(query).json
        assert [b["id"] for b in found["data"]] == ids[::-1]
        assert found["pagination"]["total"] == 3
        assert [b["id"] for b in client.get(f"{query}&status=paused").data] == ids[:1]
        assert client.get(f"/api/v1/bridges?end_user_id={acme.organization_id}").data == []

    def test_reads_a_bridge_of_its_type_in_any_organization(self, acme: Acme) -> None:
        session = acme.session()
        bridge, shop = session.bridge(), session.bridge(**SHOPIFY)
        acme.server.patch(f"/api/v1/bridges/{bridge['id']}", {"end_user_id": None})
        client = Service("shipstation").client
        assert client.get(f"/api/v1/bridges/{bridge['id']}").data["config"] == SHIPSTATION["config"]
        assert client.get(f"/api/v1/bridges/{shop['id']}").code == "not_found"

    def test_changes_nothing(self, acme: Acme) -> None:
        path = f"/api/v1/bridges/{acme.session().bridge()['id']}"
        client = Service("shipstation").client
        assert client.patch(path, {"name": "x"}).status == client.delete(path).status == 401

    def test_is_not_accepted_as_an_api_key(self, acme: Acme) -> None:
        client = Service("shipstation").client
        for path in (f"{EMBED}/bridges", f"{EMBED}/users", f"{EMBED}/events", "/api/v1/api-keys", f"{EMBED}/config/me"):
            assert client.get(path).status == 401
        complete = "/api/v1/bridges/shopify/oauth/complete"
        for token in (acme.api_key, acme.session().created["token"], acme.publishable_key):
            assert Client(token).post(complete, {}).status == 401
