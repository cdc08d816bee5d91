"""The origins that may call, and those that may read the response."""

import pytest

from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client

ALLOWED = ["https://shop.example.com", "https://*.portal.example", "http://localhost:3000"]
LET_IN = [
    "https://shop.example.com",
    "https://SHOP.example.com",
    "https://shop.example.com:443",
    "https://a.portal.example",
    "https://a-b_c.portal.example",
    "http://localhost:3000",
]
KEPT_OUT = [
    "http://shop.example.com",
    "https://shop.example.com:8443",
    "https://shop.example.com.evil.example",
    "https://evilshop.example.com",
    "https://portal.example",
    "https://a.b.portal.example",
    "https://.portal.example",
    "https://a.portal.example.evil.example",
    "https://evil.example/.portal.example",
    "https://evil.example#.portal.example",
    "https://user@shop.example.com",
    "http://localhost:3001",
    "null",
    "*",
    "https://*.portal.example",
    "capacitor://localhost",
]


class TestASession:
    @pytest.mark.parametrize("origin", LET_IN)
    def test_is_accepted_from_an_allowed_origin(self, acme: Acme, origin: str) -> None:
        session = acme.session()
        acme.configure(allowed_origins=ALLOWED)
        reply = session.client.get(f"{EMBED}/bridges", Origin=origin)
        assert reply.status == 200
        assert reply.headers["Access-Control-Allow-Origin"] == origin.lower().removesuffix(":443")
        assert reply.headers["Vary"] == "Origin"
        assert acme.auto(Origin=origin).status == 200

    @pytest.mark.parametrize("origin", KEPT_OUT)
    def test_is_refused_from_another_origin(self, acme: Acme, origin: str) -> None:
        session = acme.session()
        acme.configure(allowed_origins=ALLOWED)
        for reply in (session.client.get(f"{EMBED}/bridges", Origin=origin), acme.auto(Origin=origin)):
            assert (reply.status, reply.code) == (403, "origin_not_allowed")
            assert reply.headers["Access-Control-Allow-Origin"] == "*"
            assert "Access-Control-Allow-Credentials" not in reply.headers

    def test_is_accepted_without_an_origin(self, acme: Acme) -> None:
        session = acme.session()
        acme.configure(allowed_origins=ALLOWED)
        assert session.client.get(f"{EMBED}/bridges").status == 200

    @pytest.mark.parametrize("origin", ["https://anywhere.example", "capacitor://localhost", "null"])
    def test_is_accepted_from_any_origin_without_restriction(self, acme: Acme, origin: str) -> None:
        reply = acme.session().client.get(f"{EMBED}/bridges", Origin=origin)
        assert reply.headers["Access-Control-Allow-Origin"] == origin

    def test_other_errors_are_readable_cross_origin(self, acme: Acme) -> None:
        session = acme.session(scopes=["orders:read"])
        acme.configure(allowed_origins=ALLOWED)
        reply = session.client.get(f"{EMBED}/bridges", Origin=LET_IN[0])
        assert (reply.status, reply.headers["Access-Control-Allow-Origin"]) == (403, LET_IN[0])


class TestAnAutoSession:
    def test_requires_an_origin_if_origins_are_restricted(self, acme: Acme) -> None:
        assert acme.auto().status == 200
        acme.configure(allowed_origins=ALLOWED)
        assert acme.auto().code == "origin_not_allowed"


class TestAKey:
    def test_is_not_restricted_by_origin(self, acme: Acme) -> None:
        acme.configure(allowed_origins=ALLOWED)
        reply = acme.server.get(f"{EMBED}/users", Origin="https://evil.example")
        assert reply.status == 200
        assert "Access-Control-Allow-Origin" not in reply.headers


class TestWhereNoOrganizationIsKnown:
    def test_responses_are_readable_from_any_origin(self, acme: Acme) -> None:
        acme.configure(allowed_origins=ALLOWED)
        for reply in (
            Client().get(f"{EMBED}/bridges", Origin="https://evil.example"),
            Client().get(f"{EMBED}/config?slug={acme.config['slug']}", Origin="https://evil.example"),
            Client().get(f"{EMBED}/config?slug=nobody", Origin="https://evil.example"),
            Client().post(f"{EMBED}/sessions/auto", {"key": "pk_live_no", "externalId": "x"}, Origin=LET_IN[0]),
        ):
            assert reply.headers["Access-Control-Allow-Origin"] == "*"
            assert "Access-Control-Allow-Credentials" not in reply.headers
