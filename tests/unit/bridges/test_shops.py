"""A shop is connected once per end user. A second flow renews the bridge instead."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.bridges import configs
from chalicelib.bridges.configs import normalise_store_url
from chalicelib.bridges.shops import identify
from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import catalog
from chalicelib.table import keys
from chalicelib.table.reads import find_row, query_all
from chalicelib.table.transaction import delete, update
from tests.support.factories import EMBED, Acme, Service, Session
from tests.support.gateway import Client, Reply
from tests.support.races import at_once, statuses

BRIDGES = f"{EMBED}/bridges"
START = f"{BRIDGES}/shopify/oauth/start"
COMPLETE = "/api/v1/bridges/shopify/oauth/complete"
SHOPIFY: dict[str, Any] = {
    "type": "shopify",
    "name": "Shopify",
    "config": {"shopDomain": "acme", "accessToken": "shpat_1"},
}
WOO: dict[str, Any] = {
    "type": "woocommerce",
    "name": "Woo",
    "config": {"storeUrl": "https://shop.example.com", "consumerKey": "ck_1", "consumerSecret": "cs_1"},
}


def create(session: Session, body: dict[str, Any], **config: str) -> Reply:
    return session.client.post(BRIDGES, {**body, "config": {**body["config"], **config}})


def start(client: Client, shop: str = "acme") -> tuple[str, str]:
    reply = client.post(START, {"shopDomain": shop})
    assert reply.status == 200, reply.text
    return reply.data["bridgeId"], parse_qs(urlsplit(reply.data["authUrl"]).query)["state"][0]


def complete(state: str, shop: str = "acme", token: str = "shpat_2") -> Reply:
    body = {"state": state, "shop": f"{shop}.myshopify.com", "config": {"accessToken": token}}
    return Service("shopify").client.post(COMPLETE, body)


def rows(session: Session, acme: Acme) -> dict[str, str]:
    partition = keys.connected_shop(acme.organization_id, session.end_user_id, "", "").pk
    return {row["sk"]["S"]: row["bridge_id"]["S"] for row in query_all(partition, limit=100)}


class TestSecondBridge:
    @pytest.mark.parametrize(
        ("body", "field", "spellings"),
        [
            (SHOPIFY, "shopDomain", ["acme", "acme.myshopify.com", "https://ACME.myshopify.com/"]),
            (
                WOO,
                "storeUrl",
                [
                    "https://shop.example.com/",
                    "http://shop.example.com",
                    "HTTPS://Shop.Example.com:443",
                    "https://www.shop.example.com",
                    "shop.example.com",
                ],
            ),
        ],
    )
    def test_to_the_same_shop_is_refused_in_any_spelling(
        self, acme: Acme, body: dict[str, Any], field: str, spellings: list[str]
    ) -> None:
        session = acme.session()
        first = create(session, body).data
        for spelling in spellings:
            reply = create(session, body, **{field: spelling})
            assert (reply.status, reply.code) == (409, "already_connected")
            assert reply.json["error"]["details"] == [{"field": "bridge_id", "message": first["id"]}]
            assert first["id"] in reply.json["error"]["message"]
        assert acme.server.get(f"{EMBED}/users").data[0]["bridge_count"] == 1

    def test_to_another_shop_or_of_another_end_user_is_accepted(self, acme: Acme) -> None:
        session = acme.session()
        assert create(session, WOO).status == 201
        assert create(session, WOO, storeUrl="https://shop.example.com/outlet").status == 201
        assert create(session, WOO, storeUrl="https://shop.example.com:8443").status == 201
        assert create(acme.session("other"), WOO).status == 201

    def test_of_other_types_is_never_compared(self, acme: Acme) -> None:
        session = acme.session()
        assert session.bridge()["id"] != session.bridge()["id"]

    def test_created_concurrently_is_refused(self, acme: Acme) -> None:
        session = acme.session()
        replies = at_once([lambda: create(session, WOO) for _ in range(6)])
        assert statuses(replies) == {201: 1, 409: 5}
        assert {reply.code for reply in replies if reply.status == 409} == {"already_connected"}
        assert len(session.client.get(BRIDGES).data) == 1

    def test_is_possible_after_the_first_was_deleted(self, acme: Acme) -> None:
        session = acme.session()
        for _ in range(2):
            bridge = create(session, WOO).data
            assert session.client.delete(f"{BRIDGES}/{bridge['id']}").status == 200
            assert rows(session, acme) == {}

    def test_is_refused_next_to_one_from_before_there_were_rows(self, acme: Acme) -> None:
        session = acme.session()
        first = create(session, WOO).data
        update(
            keys.bridge(acme.organization_id, session.end_user_id, first["id"]), [BridgeItem.connected_shop.remove()]
        )
        [sort_key] = rows(session, acme)
        delete(keys.Key(keys.connected_shop(acme.organization_id, session.end_user_id, "", "").pk, sort_key))
        assert create(session, WOO).code == "already_connected"
        assert session.client.patch(f"{BRIDGES}/{first['id']}", {"config": {"consumerKey": "ck_2"}}).status == 200
        assert rows(session, acme) == {sort_key: first["id"]}

    def test_from_before_there_were_rows_can_still_be_changed(self, acme: Acme) -> None:
        session = acme.session()
        first, second = create(session, WOO).data, create(session, WOO, storeUrl="https://two.example.com").data
        change = {"config": WOO["config"]}
        # As stored before: two bridges to one shop, and no rows.
        for bridge in (first, second):
            key = keys.bridge(acme.organization_id, session.end_user_id, bridge["id"])
            text = configs.encrypt(acme.organization_id, bridge["id"], WOO["config"])
            update(key, [BridgeItem.connected_shop.remove(), BridgeItem.config.set(text)])
        for sort_key in rows(session, acme):
            delete(keys.Key(keys.connected_shop(acme.organization_id, session.end_user_id, "", "").pk, sort_key))
        for client, path in ((session.client, BRIDGES), (acme.server, "/api/v1/bridges")):
            for bridge in (first, second):
                assert client.patch(f"{path}/{bridge['id']}", change).status == 200
        assert create(session, WOO).code == "already_connected"
        for bridge in (first, second):
            assert session.client.delete(f"{BRIDGES}/{bridge['id']}").status == 200
        assert rows(session, acme) == {}
        assert create(session, WOO).status == 201

    def test_replaces_one_whose_oauth_flow_was_never_completed(self, acme: Acme) -> None:
        session = acme.session()
        pending, state = start(session.client)
        bridge = create(session, SHOPIFY).data
        assert bridge["id"] != pending
        assert complete(state).code == "invalid_state"
        assert list(rows(session, acme).values()) == [bridge["id"]]
        assert session.client.delete(f"{BRIDGES}/{pending}").status == 200
        assert list(rows(session, acme).values()) == [bridge["id"]]


class TestUpdate:
    def test_to_the_shop_of_another_bridge_is_refused(self, acme: Acme) -> None:
        session = acme.session()
        first, second = create(session, WOO).data, create(session, WOO, storeUrl="https://two.example.com").data
        change = {"config": WOO["config"]}
        for client, path in ((session.client, BRIDGES), (acme.server, "/api/v1/bridges")):
            reply = client.patch(f"{path}/{second['id']}", change)
            assert reply.code == "already_connected"
            assert reply.json["error"]["details"][0]["message"] == first["id"]

    def test_moves_the_row(self, acme: Acme) -> None:
        session = acme.session()
        bridge = create(session, WOO).data
        change = {"config": {**WOO["config"], "storeUrl": "https://two.example.com"}}
        assert session.client.patch(f"{BRIDGES}/{bridge['id']}", change).status == 200
        assert rows(session, acme) == {"woocommerce#two.example.com": bridge["id"]}
        assert create(session, WOO).status == 201

    def test_of_credentials_keeps_the_bridge(self, acme: Acme) -> None:
        session = acme.session()
        bridge = create(session, WOO).data
        renewed = session.client.patch(f"{BRIDGES}/{bridge['id']}", {"config": {"consumerSecret": "cs_2"}})
        assert (renewed.data["id"], renewed.data["status"]) == (bridge["id"], "active")


class TestReassign:
    def test_takes_the_row_along(self, acme: Acme) -> None:
        one, two = acme.session("one"), acme.session("two")
        bridge = create(one, WOO).data
        path = f"/api/v1/bridges/{bridge['id']}"
        assert acme.server.patch(path, {"end_user_id": two.end_user_id}).status == 200
        assert (rows(one, acme), list(rows(two, acme).values())) == ({}, [bridge["id"]])
        assert acme.server.patch(path, {"end_user_id": None}).status == 200
        assert rows(two, acme) == {}
        assert acme.server.patch(path, {"end_user_id": one.end_user_id}).status == 200
        assert list(rows(one, acme).values()) == [bridge["id"]]

    def test_to_an_end_user_with_the_same_shop_is_refused(self, acme: Acme) -> None:
        one, two = acme.session("one"), acme.session("two")
        bridge, other = create(one, WOO).data, create(two, WOO).data
        reply = acme.server.patch(f"/api/v1/bridges/{bridge['id']}", {"end_user_id": two.end_user_id})
        assert reply.code == "already_connected"
        assert reply.json["error"]["details"][0]["message"] == other["id"]

    def test_ends_with_the_end_user(self, acme: Acme) -> None:
        session = acme.session()
        for number in range(25):
            assert create(session, WOO, storeUrl=f"https://shop-{number}.example.com").status == 201
        assert acme.server.delete(f"{EMBED}/users/{session.end_user_id}").status == 200
        assert rows(session, acme) == {}


class TestOAuth:
    @pytest.mark.parametrize("status", ["active", "paused", "error"])
    def test_renews_the_bridge_to_the_shop(self, acme: Acme, status: str) -> None:
        session = acme.session()
        bridge = create(session, SHOPIFY).data
        key = keys.bridge(acme.organization_id, session.end_user_id, bridge["id"])
        if status != "active":
            update(key, [BridgeItem.status.set(status), BridgeItem.version.add(1)])
        renewed, state = start(session.client)
        row = find_row(key)
        assert row is not None
        assert (renewed, row["status"]["S"], "duepk" in row) == (bridge["id"], status, False)
        assert complete(state).data["status"] == "active"
        shown = session.client.patch(f"{BRIDGES}/{bridge['id']}", {"name": "Renewed"}).data
        assert shown["config"] == {"accessToken": "shpat_2", "shopDomain": "acme.myshopify.com"}
        assert complete(state).code == "invalid_state"

    def test_restarts_a_flow_that_was_never_completed(self, acme: Acme) -> None:
        session = acme.session()
        (one, first_state), (two, second_state) = start(session.client), start(session.client)
        assert one == two
        assert complete(second_state).data["status"] == "active"
        assert complete(first_state).code == "invalid_state"

    def test_starts_once_under_concurrency(self, acme: Acme) -> None:
        session = acme.session()
        started = at_once([lambda: start(session.client)[0] for _ in range(5)])
        assert len(set(started)) == 1
        assert len(session.client.get(BRIDGES).data) == 1

    def test_does_not_renew_a_bridge_that_changed_its_shop(self, acme: Acme) -> None:
        session = acme.session()
        bridge = create(session, SHOPIFY).data
        _, state = start(session.client)
        moved = {"config": {"shopDomain": "other", "accessToken": "shpat_3"}}
        assert session.client.patch(f"{BRIDGES}/{bridge['id']}", moved).status == 200
        assert complete(state).code == "invalid_state"

    def test_renews_nothing_for_an_unverified_session(self, acme: Acme) -> None:
        create(acme.session(), SHOPIFY)
        reply = Client(acme.auto("merchant-1").data["token"]).post(START, {"shopDomain": "acme"})
        assert (reply.status, reply.code) == (403, "identity_unverified")


class TestSpellings:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("https://straße.example", "https://xn--strae-oqa.example"),
            ("https://shop.example/store", "shop.example//store/wp-admin/"),
            ("https://shop.example", "http://www.SHOP.example./index.php"),
            ("https://shop.example/a", "https://shop.example/%61/wp-json/wc/v3"),
        ],
    )
    def test_of_one_store(self, one: str, other: str) -> None:
        assert normalise_store_url(one) == normalise_store_url(other) is not None

    @pytest.mark.parametrize("path", ["/wp-admin-shop", "/store", "/indexes"])
    def test_of_another_store(self, path: str) -> None:
        assert normalise_store_url(f"https://shop.example{path}") != normalise_store_url("https://shop.example")

    @pytest.mark.parametrize(
        ("bridge_type", "field", "value"),
        [
            ("shopify", "shopDomain", "https://x.myshopify.com/admin"),
            ("shopify", "shopDomain", "my store"),
            ("shopify", "shopDomain", "evil.example"),
            ("woocommerce", "storeUrl", "javascript:alert(1)"),
            ("woocommerce", "storeUrl", f"https://shop.example/{'a' * 2000}"),
        ],
    )
    def test_what_names_no_store_is_refused(self, acme: Acme, bridge_type: str, field: str, value: str) -> None:
        config = {**{each["name"]: "secret" for each in catalog()[bridge_type].config_fields}, field: value}
        body = {"type": bridge_type, "name": "Shop", "config": config}
        reply = acme.session().client.post(f"{EMBED}/bridges", body)
        assert (reply.status, reply.fields) == (422, [f"config.{field}"])


class TestNormalising:
    @given(st.text())
    def test_never_fails_and_is_idempotent(self, text: str) -> None:
        shopify = catalog()["shopify"].oauth
        assert shopify is not None
        for normalise in (shopify.normalise, normalise_store_url):
            shop = normalise(text)
            if shop is not None:
                assert normalise(shop) == shop

    @given(st.dictionaries(st.sampled_from(["shopDomain", "storeUrl"]), st.none() | st.integers() | st.text()))
    def test_accepts_any_config(self, config: dict[str, Any]) -> None:
        for bridge_type in ("shopify", "woocommerce"):
            shop = identify(bridge_type, config)
            assert shop is None or shop
        assert identify("shipstation", config) is None
