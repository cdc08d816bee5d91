"""Tracking pages as end users create, list and revoke them."""

import re
from typing import Any

import pytest
import time_machine

from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.merchant import Merchant
from tests.support.races import at_once, requesting, statuses

PATH = f"{EMBED}/tracking-pages"
UNKNOWN = "550e8400-e29b-41d4-a716-446655440000"


def view(page: dict[str, Any]) -> int:
    return Client().get(f"{PATH}/view/{page['token']}").status


class TestCreate:
    @pytest.mark.parametrize("prefix", ["/api/v1/embed", "/api/embed"])
    def test_answers_as_documented(self, prefix: str, merchant: Merchant, shipment: str) -> None:
        reply = merchant.client.post(f"{prefix}/tracking-pages", {"shipmentId": shipment})
        assert reply.status == 201
        token = reply.data["token"]
        assert re.fullmatch(r"[A-Za-z0-9_-]{24}", token)
        assert reply.data == {
            "id": reply.data["id"],
            "token": token,
            "url": f"https://api.example.com/t/{token}",
            "expires_at": "2026-04-15T10:30:00.000Z",
            "created_at": "2026-01-15T10:30:00.000Z",
        }

    def test_returns_the_existing_page(self, time: time_machine.Traveller, merchant: Merchant, shipment: str) -> None:
        first = merchant.page(shipment)
        time.shift(60)
        reply = merchant.client.post(PATH, {"shipment_id": shipment.upper()})
        assert (reply.status, reply.data) == (200, first)

    def test_concurrently_creates_one_page(self, merchant: Merchant, shipment: str) -> None:
        call = requesting(merchant.client, "POST", PATH, {"shipmentId": shipment})
        replies = at_once([call] * 5)
        assert statuses(replies) == {200: 4, 201: 1}
        assert len({reply.data["token"] for reply in replies}) == 1
        assert len(merchant.client.get(PATH).data) == 1

    def test_lifetime_follows_the_setting(self, acme: Acme, merchant: Merchant, shipment: str) -> None:
        acme.configure(settings={"trackingPageTtlDays": 7})
        assert merchant.page(shipment)["expires_at"] == "2026-01-22T10:30:00.000Z"

    def test_is_logged(self, acme: Acme, merchant: Merchant, shipment: str) -> None:
        page = merchant.page(shipment)
        event = acme.server.get(f"{EMBED}/events?event_type=tracking_page.created").data[0]
        assert (event["resource_id"], event["metadata"]) == (page["id"], {"shipment_id": shipment})

    @pytest.mark.parametrize("body", [{}, {"shipmentId": "1Z999"}, {"shipmentId": None}, {"shipmentId": 7}])
    def test_an_invalid_body_is_rejected(self, body: dict[str, Any], merchant: Merchant) -> None:
        reply = merchant.client.post(PATH, body)
        assert (reply.status, reply.fields) == (422, ["shipmentId"])

    def test_another_end_user_s_shipment_is_not_found(self, acme: Acme, shipment: str) -> None:
        other = acme.session("merchant-2").client
        for shipment_id in (shipment, UNKNOWN):
            assert other.post(PATH, {"shipmentId": shipment_id}).status == 404

    def test_the_shipment_of_a_deleted_bridge_is_not_found(self, merchant: Merchant, shipment: str) -> None:
        merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge['id']}")
        assert merchant.client.post(PATH, {"shipmentId": shipment}).status == 404


class TestForbidden:
    CALLS = (("POST", ""), ("GET", ""), ("DELETE", f"/{UNKNOWN}"))

    @pytest.mark.parametrize(("method", "path"), CALLS)
    def test_anonymous(self, method: str, path: str) -> None:
        assert Client().call(method, PATH + path).status == 401

    @pytest.mark.parametrize(("method", "path"), CALLS)
    def test_wrong_scope(self, method: str, path: str, acme: Acme) -> None:
        reply = acme.session(scopes=["shipments:read"]).client.call(method, PATH + path)
        assert (reply.status, reply.code) == (403, "insufficient_scope")

    @pytest.mark.parametrize(("method", "path"), CALLS)
    def test_feature_off(self, method: str, path: str, acme: Acme) -> None:
        session = acme.session()
        acme.configure(enabled_features=["data_room"])
        assert session.client.call(method, PATH + path).code == "feature_disabled"


class TestList:
    @pytest.mark.parametrize("prefix", ["/api/v1/embed", "/api/embed"])
    def test_answers_as_documented(
        self, prefix: str, time: time_machine.Traveller, merchant: Merchant, shipment: str
    ) -> None:
        page = merchant.page(shipment)
        time.shift(3600)
        view(page)
        assert merchant.client.get(f"{prefix}/tracking-pages").json == {
            "data": [
                {
                    "id": page["id"],
                    "token": page["token"],
                    "url": page["url"],
                    "shipment_id": shipment,
                    "is_active": True,
                    "view_count": 1,
                    "last_viewed_at": "2026-01-15T11:30:00.000Z",
                    "expires_at": "2026-04-15T10:30:00.000Z",
                    "created_at": "2026-01-15T10:30:00.000Z",
                }
            ]
        }

    def test_is_newest_first_and_paged_on_request(self, time: time_machine.Traveller, merchant: Merchant) -> None:
        pages = []
        for number in range(3):
            pages.append(merchant.page(merchant.shipment(f"shp-{number}"))["id"])
            time.shift(1)
        newest_first = pages[::-1]
        everything = merchant.client.get(PATH).json
        assert [row["id"] for row in everything["data"]] == newest_first
        assert "pagination" not in everything
        first = merchant.client.get(f"{PATH}?limit=2").json
        assert [row["id"] for row in first["data"]] == newest_first[:2]
        assert (first["pagination"]["total"], first["pagination"]["hasMore"]) == (3, True)
        for query in ("page=2&limit=2", f"limit=2&cursor={first['pagination']['nextCursor']}"):
            second = merchant.client.get(f"{PATH}?{query}").json
            assert [row["id"] for row in second["data"]] == newest_first[2:]
            assert second["pagination"]["hasMore"] is False

    def test_is_empty_for_other_end_users(self, acme: Acme, merchant: Merchant, shipment: str) -> None:
        merchant.page(shipment)
        assert acme.session("merchant-2").client.get(PATH).data == []

    @pytest.mark.parametrize("query", ["page=0", "limit=-1", "page=1&cursor=eA"])
    def test_invalid_queries_are_rejected(self, query: str, merchant: Merchant) -> None:
        assert merchant.client.get(f"{PATH}?{query}").status == 422

    def test_omits_pages_of_a_deleted_bridge(self, acme: Acme, merchant: Merchant, shipment: str) -> None:
        page = merchant.page(shipment)
        other = Merchant(acme, merchant.session, merchant.session.bridge(name="Second shop"))
        kept = other.page(other.shipment())
        merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge['id']}")
        assert [row["id"] for row in merchant.client.get(PATH).data] == [kept["id"]]
        paged = merchant.client.get(f"{PATH}?page=1").json
        assert [row["id"] for row in paged["data"]] == [kept["id"]]
        assert paged["pagination"]["total"] == 1
        assert merchant.client.delete(f"{PATH}/{page['id']}").status == 404
        assert view(page) == 410


class TestRevoke:
    def test_closes_the_page_and_keeps_it_listed(self, merchant: Merchant, shipment: str) -> None:
        page = merchant.page(shipment)
        reply = merchant.client.delete(f"{PATH}/{page['id']}")
        assert (reply.status, reply.json) == (200, {"success": True})
        assert view(page) == 410
        assert [row["is_active"] for row in merchant.client.get(PATH).data] == [False]

    def test_is_idempotent_and_logged_once(self, acme: Acme, merchant: Merchant, shipment: str) -> None:
        page = merchant.page(shipment)
        assert [merchant.client.delete(f"{PATH}/{page['id']}").status for _ in range(2)] == [200, 200]
        assert len(acme.server.get(f"{EMBED}/events?event_type=tracking_page.revoked").data) == 1

    def test_allows_a_new_page(self, time: time_machine.Traveller, merchant: Merchant, shipment: str) -> None:
        old = merchant.page(shipment)
        merchant.client.delete(f"{PATH}/{old['id']}")
        time.shift(1)
        reply = merchant.client.post(PATH, {"shipmentId": shipment})
        assert reply.status == 201
        assert reply.data["token"] != old["token"]
        assert (view(old), view(reply.data)) == (410, 200)
        assert [row["is_active"] for row in merchant.client.get(PATH).data] == [True, False]
        merchant.client.delete(f"{PATH}/{old['id']}")
        assert view(reply.data) == 200

    def test_during_a_creation_leaves_at_most_one_active_page(self, merchant: Merchant, shipment: str) -> None:
        page = merchant.page(shipment)
        create = requesting(merchant.client, "POST", PATH, {"shipmentId": shipment})
        replies = at_once([create, requesting(merchant.client, "DELETE", f"{PATH}/{page['id']}"), create])
        assert all(reply.status in (200, 201) for reply in replies)
        assert sum(row["is_active"] for row in merchant.client.get(PATH).data) <= 1

    def test_another_end_user_s_page_is_not_found(self, acme: Acme, merchant: Merchant, shipment: str) -> None:
        page = merchant.page(shipment)
        other = acme.session("merchant-2").client
        for page_id in (page["id"], UNKNOWN, "1"):
            assert other.delete(f"{PATH}/{page_id}").status == 404
        assert view(page) == 200
