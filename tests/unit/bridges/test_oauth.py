"""Shopify's OAuth flow: a state is valid once, for one shop, for ten minutes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from chalicelib.bridges import oauth
from tests.support.factories import EMBED, Acme, Service, Session
from tests.support.faults import Crash, crashing
from tests.support.gateway import Reply
from tests.support.races import at_once, requesting, statuses

pytestmark = pytest.mark.usefixtures("cloud")

START = f"{EMBED}/bridges/shopify/oauth/start"
COMPLETE = "/api/v1/bridges/shopify/oauth/complete"
NOW = datetime(2026, 1, 15, 10, 30, tzinfo=UTC)
CONFIG = {"accessToken": "shpat_secret"}


def started(session: Session, **wanted: Any) -> tuple[str, dict[str, str]]:
    """The bridge's id, and the query of the authorization URL."""
    reply = session.client.post(START, {"shopDomain": "mystore", **wanted})
    assert reply.status == 200, reply.text
    query = parse_qs(urlsplit(reply.data["authUrl"]).query)
    return reply.data["bridgeId"], {name: values[0] for name, values in query.items()}


def completed(service: Service, state: str, shop: str = "mystore.myshopify.com", **change: Any) -> Reply:
    return service.client.post(COMPLETE, {"state": state, "shop": shop, "config": CONFIG, **change})


def status_of(acme: Acme, bridge_id: str) -> str:
    return str(acme.server.get(f"/api/v1/bridges/{bridge_id}").data["status"])


class TestStart:
    def test_response_is_as_documented(self, acme: Acme) -> None:
        session = acme.session()
        reply = session.client.post(START, {"shopDomain": "mystore.myshopify.com"})
        assert reply.status == 200
        assert set(reply.data) == {"bridgeId", "authUrl"}
        parts = urlsplit(reply.data["authUrl"])
        assert (parts.scheme, parts.path) == ("https", "/shopify/oauth/authorize")
        assert set(parse_qs(parts.query)) == {"shop", "state"}
        [listed] = session.client.get(f"{EMBED}/bridges").data
        assert (listed["id"], listed["status"]) == (reply.data["bridgeId"], "pending_oauth")
        assert listed["name"] == "Shopify - mystore.myshopify.com"
        assert session.client.patch(f"{EMBED}/bridges/{listed['id']}", {"status": "active"}).code == "bridge_pending"

    @pytest.mark.parametrize(
        ("sent", "shop"),
        [
            ("mystore", "mystore"),
            (" MyStore ", "mystore"),
            ("mystore.myshopify.com", "mystore"),
            ("MYSTORE.MYSHOPIFY.COM", "mystore"),
            ("https://my-store-2.myshopify.com/", "my-store-2"),
            ("http://mystore.myshopify.com", "mystore"),
        ],
    )
    def test_normalises_the_shop(self, acme: Acme, sent: str, shop: str) -> None:
        assert started(acme.session(), shopDomain=sent)[1]["shop"] == f"{shop}.myshopify.com"

    @pytest.mark.parametrize(
        "sent",
        [
            "",
            ".",
            "-mystore",
            "my store",
            "my_store",
            "mystore.com",
            "myshopify.com",
            ".myshopify.com",
            "a.b.myshopify.com",
            "mystore.myshopify.com.evil.example",
            "evil.example/mystore.myshopify.com",
            "evil.example#.myshopify.com",
            "evil.example?.myshopify.com",
            "mystore.myshopify.com/admin",
            "mystore.myshopify.com:8443",
            "mystore.myshopify.com@evil.example",
            "user@mystore.myshopify.com",
            "https://https://mystore.myshopify.com",
            "mystore\n.myshopify.com",
            "mystöre",
            "x" * 64,
        ],
    )
    def test_refuses_other_domains(self, acme: Acme, sent: str) -> None:
        reply = acme.session().client.post(START, {"shopDomain": sent})
        assert (reply.status, reply.fields) == (422, ["shopDomain"])

    def test_requires_an_allowed_type(self, acme: Acme) -> None:
        acme.configure(allowed_bridge_types=["shipstation"])
        reply = acme.session().client.post(START, {})
        assert reply.code == "bridge_type_not_allowed"

    def test_counts_towards_the_limit(self, acme: Acme) -> None:
        acme.configure(settings={"maxBridgesPerUser": 1})
        session = acme.session()
        started(session)
        assert session.client.post(START, {"shopDomain": "another"}).code == "limit_reached"

    @pytest.mark.parametrize(
        "url", ["https://shop.example/done?a=b", "https://a.portal.example", "http://localhost:3000/x#y"]
    )
    def test_accepts_a_return_url_on_an_allowed_origin(self, acme: Acme, url: str) -> None:
        session = acme.session()
        acme.configure(allowed_origins=["https://shop.example", "https://*.portal.example", "http://localhost:3000"])
        assert started(session, returnUrl=url)[1]["return_url"] == url

    @pytest.mark.parametrize(
        "url",
        [
            "https://evil.example/",
            "http://shop.example/",
            "https://shop.example:444/",
            "https://shop.example@evil.example/",
            "https://shop.example\\@evil.example/",
            "https://evil.example\\.shop.example/",
            "//shop.example/",
            "/done",
            "javascript:alert(1)//https://shop.example",
            "https://user@shop.example/",
            "https://@shop.example/",
            "https://:@shop.example/",
            "https://shop.example.evil.example/",
            "https://shop.example:99999999/",
            "https://[::1/",
            # URL parsers that drop these characters see another host, and a line break would end a header.
            "https://shop.example\n/",
            "https://shop.example/\r\nSet-Cookie: a=b",
            " https://shop.example/",
            "https://shop.example/\\evil.example",
            "",
        ],
    )
    def test_refuses_a_return_url_elsewhere(self, acme: Acme, url: str) -> None:
        session = acme.session()
        acme.configure(allowed_origins=["https://shop.example"])
        assert session.client.post(START, {"shopDomain": "mystore", "returnUrl": url}).fields == ["returnUrl"]

    def test_refuses_a_return_url_without_configured_origins(self, acme: Acme) -> None:
        body = {"shopDomain": "mystore", "returnUrl": "https://shop.example/"}
        assert acme.session().client.post(START, body).fields == ["returnUrl"]


class TestComplete:
    def test_activates_the_bridge(self, acme: Acme) -> None:
        session, service = acme.session(), Service("shopify")
        bridge_id, sent = started(session)
        reply = completed(service, sent["state"], "MyStore", config={**CONFIG, "shopDomain": "evil.myshopify.com"})
        assert reply.status == 200
        assert (reply.data["id"], reply.data["status"]) == (bridge_id, "active")
        config = service.client.get(f"/api/v1/bridges/{bridge_id}").data["config"]
        assert config == {"shopDomain": "mystore.myshopify.com", "accessToken": "shpat_secret"}
        told = [
            event["event_type"] for event in acme.server.get(f"{EMBED}/events?end_user_id={session.end_user_id}").data
        ]
        assert told[:2] == ["bridge.connected", "bridge.created"]
        assert acme.server.get("/api/v1/bridges?status=pending_oauth").json["pagination"]["total"] == 0
        assert acme.server.get("/api/v1/bridges?status=active").json["pagination"]["total"] == 1

    def test_works_once(self, acme: Acme) -> None:
        service = Service("shopify")
        _, sent = started(acme.session())
        assert completed(service, sent["state"]).status == 200
        assert completed(service, sent["state"]).code == "invalid_state"

    def test_works_once_under_concurrency(self, acme: Acme) -> None:
        service = Service("shopify")
        bridge_id, sent = started(acme.session())
        body = {"state": sent["state"], "shop": sent["shop"], "config": CONFIG}
        replies = at_once([requesting(service.client, "POST", COMPLETE, body) for _ in range(8)])
        assert statuses(replies) == {200: 1, 400: 7}
        assert status_of(acme, bridge_id) == "active"

    @pytest.mark.parametrize("at", range(4))
    def test_can_be_retried_after_an_internal_error(self, acme: Acme, at: int) -> None:
        service = Service("shopify")
        bridge_id, sent = started(acme.session())
        with crashing(at, done=False), pytest.raises(Crash):
            completed(service, sent["state"])
        assert completed(service, sent["state"]).status == 200
        assert status_of(acme, bridge_id) == "active"

    def test_works_concurrently_with_an_update(self, acme: Acme) -> None:
        session, service = acme.session(), Service("shopify")
        bridge_id, sent = started(session)
        body = {"state": sent["state"], "shop": sent["shop"], "config": CONFIG}
        renames = [
            requesting(session.client, "PATCH", f"{EMBED}/bridges/{bridge_id}", {"name": f"Name {n}"}) for n in range(4)
        ]
        replies = at_once([requesting(service.client, "POST", COMPLETE, body), *renames])
        assert statuses(replies) == {200: 5}
        assert status_of(acme, bridge_id) == "active"

    def test_for_another_shop_uses_up_the_state(self, acme: Acme) -> None:
        service = Service("shopify")
        bridge_id, sent = started(acme.session())
        reply = completed(service, sent["state"], "other.myshopify.com")
        assert (reply.status, reply.code) == (400, "invalid_state")
        assert completed(service, sent["state"]).code == "invalid_state"
        assert status_of(acme, bridge_id) == "pending_oauth"

    def test_by_a_service_of_another_type_uses_up_the_state(self, acme: Acme) -> None:
        _, sent = started(acme.session())
        assert completed(Service("shipstation"), sent["state"]).code == "invalid_state"
        assert completed(Service("shopify"), sent["state"]).code == "invalid_state"

    def test_after_ten_minutes_is_refused(self, acme: Acme) -> None:
        service = Service("shopify")
        with time_machine.travel(NOW, tick=False) as travel:
            (_, early), (_, late) = started(acme.session()), started(acme.session())
            travel.shift(timedelta(seconds=599))
            assert completed(service, early["state"]).status == 200
            travel.shift(timedelta(seconds=1))
            assert completed(service, late["state"]).code == "invalid_state"

    @pytest.mark.parametrize("state", ["x", "A" * 43, "A" * 200])
    def test_with_an_unknown_state_is_refused(self, state: str) -> None:
        assert completed(Service("shopify"), state).code == "invalid_state"

    def test_with_an_invalid_body_keeps_the_state(self, acme: Acme) -> None:
        service = Service("shopify")
        _, sent = started(acme.session())
        assert service.client.post(COMPLETE, {"state": sent["state"]}).fields == ["shop", "config"]
        assert completed(service, sent["state"]).status == 200

    def test_of_a_deleted_or_reassigned_bridge_is_refused(self, acme: Acme) -> None:
        one, two, service = acme.session("one"), acme.session("two"), Service("shopify")
        ends: list[Callable[[str], Reply]] = [
            lambda bridge_id: one.client.delete(f"{EMBED}/bridges/{bridge_id}"),
            lambda bridge_id: acme.server.patch(f"/api/v1/bridges/{bridge_id}", {"end_user_id": two.end_user_id}),
            lambda _: acme.server.delete(f"{EMBED}/users/{one.end_user_id}"),
        ]
        for end in ends:
            bridge_id, sent = started(one)
            assert end(bridge_id).status == 200
            assert completed(service, sent["state"]).code == "invalid_state"


class TestSweep:
    def test_deletes_bridges_that_were_never_completed(self, acme: Acme) -> None:
        session, service = acme.session(ttlSeconds=86400), Service("shopify")
        with time_machine.travel(NOW, tick=False) as travel:
            session = acme.session(ttlSeconds=86400)
            started(session)
            kept, sent = started(session, shopDomain="kept")
            completed(service, sent["state"], "kept.myshopify.com")
            travel.shift(timedelta(minutes=59))
            assert self.sweep() == 0
            fresh, _ = started(session, shopDomain="fresh")
            travel.shift(timedelta(minutes=1))
            assert self.sweep() == 1
            assert self.sweep() == 0
            assert [bridge["id"] for bridge in session.client.get(f"{EMBED}/bridges").data] == [kept, fresh]
            assert acme.server.get(f"{EMBED}/users").data[0]["bridge_count"] == 2
            pending = acme.server.get("/api/v1/bridges?status=pending_oauth").json
            assert (len(pending["data"]), pending["pagination"]["total"]) == (1, 1)
            assert acme.server.get(f"{EMBED}/events?event_type=bridge.disconnected").data == []

    def test_finds_reassigned_bridges(self, acme: Acme) -> None:
        with time_machine.travel(NOW, tick=False) as travel:
            bridge_id, _ = started(acme.session())
            acme.server.patch(f"/api/v1/bridges/{bridge_id}", {"end_user_id": None})
            travel.shift(timedelta(minutes=61))
            assert self.sweep() == 1
            assert acme.server.get(f"/api/v1/bridges/{bridge_id}").status == 404

    def test_concurrent_runs_delete_once(self, acme: Acme) -> None:
        with time_machine.travel(NOW, tick=False) as travel:
            session = acme.session(ttlSeconds=86400)
            for shop in ("one", "two", "three"):
                started(session, shopDomain=shop)
            travel.shift(timedelta(minutes=61))
            at_once([self.sweep, self.sweep])
            assert acme.server.get(f"{EMBED}/users").data[0]["bridge_count"] == 0
            assert acme.server.get("/api/v1/bridges").json["pagination"]["total"] == 0

    @staticmethod
    def sweep() -> int:
        run = oauth.sweep_due()
        assert run.failed == 0
        return run.handled
