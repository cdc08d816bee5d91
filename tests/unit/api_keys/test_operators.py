"""Operator sessions: an API key's rights for eight hours, under a name, ending with the key."""

from typing import Any

import pytest
import time_machine

from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.orders import Merchant, order

SESSIONS = "/api/v1/console/sessions"


def sign_in(acme: Acme, name: str = "Ada", **sent: Any) -> dict[str, Any]:
    reply = acme.server.post(SESSIONS, {"name": name, **sent})
    assert reply.status == 201, reply.text
    made: dict[str, Any] = reply.data
    return made


class TestOperatorSessions:
    def test_can_do_what_the_key_can(self, acme: Acme) -> None:
        key = acme.server.post("/api/v1/api-keys", {"name": "Desk", "scopes": ["embed:manage"]}).data["key"]
        made = Client(key).post(SESSIONS, {"name": " Ada "}).data
        assert (made["name"], made["scopes"]) == ("Ada", ["embed:manage"])
        operator = Client(made["token"])
        assert operator.get(f"{EMBED}/users").status == 200
        assert operator.get("/api/v1/bridges").status == 200
        assert operator.get("/api/v1/api-keys").code == "insufficient_scope"
        assert Client().get(f"{EMBED}/orders", Authorization=f"Bearer {made['token']}").code == "wrong_credential"

    def test_ends_after_eight_hours(self, acme: Acme) -> None:
        with time_machine.travel("2026-01-15T10:00:00Z", tick=False) as time:
            made = sign_in(acme)
            assert made["expires_at"] == "2026-01-15T18:00:00.000Z"
            time.move_to("2026-01-15T17:59:59Z")
            assert Client(made["token"]).get(SESSIONS).status == 200
            time.move_to("2026-01-15T18:00:00Z")
            assert Client(made["token"]).get(SESSIONS).status == 401
            assert acme.server.get(SESSIONS).data == []

    def test_ends_with_its_key(self, acme: Acme) -> None:
        key = acme.server.post("/api/v1/api-keys", {"name": "Desk"}).data
        token = Client(key["key"]).post(SESSIONS, {"name": "Ada"}).data["token"]
        acme.server.delete(f"/api/v1/api-keys/{key['id']}")
        assert Client(token).get(SESSIONS).status == 401

    def test_is_listed_and_ended_by_id(self, acme: Acme) -> None:
        first, second = sign_in(acme, "Ada"), sign_in(acme, "Grace")
        listed = Client(first["token"]).get(SESSIONS).data
        assert [(each["id"], each["name"]) for each in listed] == [(s["id"], s["name"]) for s in (first, second)]
        assert "token" not in listed[0]
        assert "hash" not in listed[0]

        assert Client(first["token"]).delete(f"{SESSIONS}/{second['id']}").status == 200
        assert Client(second["token"]).get(SESSIONS).status == 401
        assert acme.server.delete(f"{SESSIONS}/{second['id']}").status == 404

    def test_opens_no_further_session_and_serves_no_other_organization(self, acme: Acme) -> None:
        made = sign_in(acme)
        assert Client(made["token"]).post(SESSIONS, {"name": "Again"}).code == "insufficient_scope"
        stranger = Acme.create()
        assert stranger.server.delete(f"{SESSIONS}/{made['id']}").status == 404
        assert Client(made["token"]).get(f"{EMBED}/config/me").data["slug"] == acme.config["slug"]

    @pytest.mark.parametrize("name", ["", "   ", "x" * 101, None, 7])
    def test_needs_a_name(self, acme: Acme, name: Any) -> None:
        assert acme.server.post(SESSIONS, {"name": name}).status == 422

    def test_sign_ins_are_counted_by_address(self, acme: Acme) -> None:
        with time_machine.travel("2026-01-15T10:00:00Z", tick=False):
            found = [acme.server.post(SESSIONS, {"name": "Ada"}).status for _ in range(31)]
        assert found == [201] * 30 + [429]

    def test_what_it_does_is_logged_with_its_name(self, acme: Acme) -> None:
        merchant = Merchant.of(acme)
        merchant.sync(order())
        [row] = merchant.orders()["data"]
        body = {"orderId": row["id"], "actionType": "hold", "title": "Hold it"}
        request = merchant.client.post(f"{EMBED}/action-requests", body).data["id"]
        operator = Client(sign_in(acme)["token"])
        resolved = operator.patch(f"{EMBED}/action-requests/{request}/resolve", {"status": "denied"}).data
        keys = acme.server.get("/api/v1/api-keys").data
        assert resolved["resolved_by"] in [key["id"] for key in keys]
        [event] = acme.server.get(f"{EMBED}/events?event_type=action_request.denied").data
        assert event["metadata"]["operator"] == "Ada"
        created = acme.server.get(f"{EMBED}/events?event_type=operator_session.created").data
        assert [each["metadata"]["name"] for each in created] == ["Ada"]
