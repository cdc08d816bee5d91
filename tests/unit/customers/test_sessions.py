"""Customer sessions: who makes them, what they open, when they end."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.kit import clock
from tests.support.account import everything
from tests.support.factories import Acme
from tests.support.gateway import Client, Reply

SESSIONS = "/api/v1/storefront/customer-sessions"
ORDERS = "/storefront/v1/orders"


def created(acme: Acme, **wanted: Any) -> dict[str, Any]:
    reply = acme.server.post(SESSIONS, {"email": "Jane@Example.com", **wanted})
    assert reply.status == 201, reply.text
    data: dict[str, Any] = reply.data
    return data


def orders(acme: Acme, token: str, **headers: str) -> Reply:
    return Client(token, X_Api_Key=acme.config["publishable_key"]).get(ORDERS, **headers)


class TestCreate:
    def test_answers_as_documented(self, acme: Acme) -> None:
        data = created(acme, name="Jane")
        assert set(data) == {"token", "expiresAt", "customer"}
        assert data["token"].startswith("cst_")
        assert data["customer"] == {"email": "Jane@Example.com", "name": "Jane"}
        ends = (clock.parse(data["expiresAt"]) - clock.now()).total_seconds()
        assert 3590 < ends <= 3601

    def test_the_token_is_stored_nowhere(self, acme: Acme) -> None:
        assert created(acme)["token"] not in str(everything())

    def test_is_in_the_log_without_the_address(self, acme: Acme) -> None:
        created(acme)
        reply = acme.server.get("/api/v1/embed/events?event_type=customer_session.created")
        assert reply.json["pagination"]["total"] == 1
        assert "jane" not in reply.text.lower()

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "email"),
            ({"email": "jane"}, "email"),
            ({"email": 7}, "email"),
            ({"email": "a@b.c", "ttlSeconds": 59}, "ttlSeconds"),
            ({"email": "a@b.c", "ttlSeconds": 86401}, "ttlSeconds"),
            ({"email": "a@b.c", "ttl_seconds": "60"}, "ttlSeconds"),
            ({"email": "a@b.c", "scopes": []}, "scopes"),
        ],
    )
    def test_bad_bodies_name_the_field(self, acme: Acme, body: dict[str, Any], field: str) -> None:
        reply = acme.server.post(SESSIONS, body)
        assert (reply.status, reply.fields) == (422, [field])

    def test_only_for_api_keys(self, acme: Acme) -> None:
        body = {"email": "a@b.c"}
        assert Client().post(SESSIONS, body).status == 401
        assert acme.session().client.post(SESSIONS, body).status == 401
        assert Client(created(acme)["token"]).post(SESSIONS, body).status == 401
        weak = acme.server.post("/api/v1/api-keys", {"name": "weak", "scopes": ["bridges:sync"]}).data["key"]
        assert (Client(weak).post(SESSIONS, body).code) == "insufficient_scope"

    def test_needs_an_active_config(self, acme: Acme) -> None:
        from chalicelib.api_keys import service

        acme.configure(is_active=False)
        assert acme.server.post(SESSIONS, {"email": "a@b.c"}).code == "embed_disabled"
        _, key = service.create_organization("Without")
        assert Client(key).post(SESSIONS, {"email": "a@b.c"}).code == "embed_not_configured"


class TestUse:
    def test_opens_the_customers_orders(self, acme: Acme) -> None:
        reply = orders(acme, created(acme)["token"])
        assert (reply.status, reply.json) == (
            200,
            {"items": [], "total": 0, "page": 1, "limit": 10, "totalPages": 0},
        )

    def test_ends_when_it_says(self, acme: Acme) -> None:
        token = created(acme, ttlSeconds=60)["token"]
        with time_machine.travel(clock.now() + timedelta(seconds=61)):
            assert orders(acme, token).status == 401

    def test_every_other_credential_is_refused_in_the_storefronts_shape(self, acme: Acme) -> None:
        token = created(acme)["token"]
        other = Acme.create()
        tampered = token[:10] + ("A" if token[10] != "A" else "B") + token[11:]
        for bearer, key in (
            (None, acme.config["publishable_key"]),
            (token, ""),
            (token, "pk_live_nonsense"),
            (token, other.config["publishable_key"]),
            (created(other)["token"], acme.config["publishable_key"]),
            (tampered, acme.config["publishable_key"]),
            (acme.api_key, acme.config["publishable_key"]),
            (acme.session().created["token"], acme.config["publishable_key"]),
        ):
            reply = Client(bearer, X_Api_Key=key).get(ORDERS)
            assert reply.status == 401, reply.text
            is_other_type = bearer is not None and not bearer.startswith("cst_")
            assert reply.json["code"] == reply.code == ("WRONG_CREDENTIAL" if is_other_type else "UNAUTHORIZED")
            assert reply.json["message"] == reply.json["error"]["message"]

    def test_an_inactive_embed_refuses_it(self, acme: Acme) -> None:
        token = created(acme)["token"]
        acme.configure(is_active=False)
        reply = orders(acme, token)
        assert (reply.status, reply.code) == (403, "EMBED_DISABLED")

    def test_foreign_origins_are_refused_and_own_ones_echoed(self, acme: Acme) -> None:
        token = created(acme)["token"]
        acme.configure(allowed_origins=["https://shop.example"])
        assert orders(acme, token, Origin="https://evil.example").code == "ORIGIN_NOT_ALLOWED"
        reply = orders(acme, token, Origin="https://shop.example")
        assert reply.headers["Access-Control-Allow-Origin"] == "https://shop.example"
        assert orders(acme, token).status == 200

    def test_erasing_the_customer_ends_it_with_the_next_request(self, acme: Acme) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            token = created(acme)["token"]
            reply = acme.server.post("/api/v1/customers/erase", {"email": " JANE@example.com"})
            assert (reply.status, reply.data) == (202, {"queued": True})
            assert orders(acme, token).status == 401
            travel.shift(timedelta(milliseconds=1))
            assert orders(acme, created(acme)["token"]).status == 200
