"""Read-only sessions: what an end user sees, for somebody who must not change it."""

import re

import pytest
import time_machine

from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Auth
from chalicelib.kit import ids
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.orders import Merchant, order


def look(acme: Acme, external_id: str = "merchant-1") -> Client:
    reply = acme.server.post(f"{EMBED}/sessions", {"externalId": external_id, "readOnly": True})
    assert reply.status == 201, reply.text
    return Client(reply.data["token"])


class TestReadOnly:
    def test_sees_what_the_end_user_sees_but_secrets(self, acme: Acme) -> None:
        merchant = Merchant.of(acme)
        merchant.sync(order())
        looking = look(acme)
        assert looking.get(f"{EMBED}/orders").data == merchant.client.get(f"{EMBED}/orders").data
        config = looking.get(f"{EMBED}/bridges/{merchant.bridge_id}")
        assert "secret-1" not in config.text
        found = looking.get(f"{EMBED}/session").data
        assert found["readOnly"] is True
        assert all(scope.endswith(":read") for scope in found["scopes"])
        assert merchant.client.get(f"{EMBED}/session").data["readOnly"] is False

    @pytest.mark.parametrize(
        "endpoint",
        [e for e in endpoints() if e.auth is Auth.SESSION and e.method != "GET"],
        ids=lambda endpoint: endpoint.name,
    )
    def test_is_refused_by_everything_but_gets(self, acme: Acme, endpoint: object) -> None:
        acme.session()
        looking = look(acme)
        path = re.sub("{[^}]*}", ids.new_id(), endpoint.paths[0])  # type: ignore[attr-defined]
        reply = looking.call(endpoint.method, path, {})  # type: ignore[attr-defined]
        assert (reply.status, reply.code) == (403, "read_only_session")

    def test_lasts_fifteen_minutes_and_is_told_by_the_log(self, acme: Acme) -> None:
        with time_machine.travel("2026-01-15T10:00:00Z", tick=False) as time:
            acme.session()
            looking = look(acme)
            time.move_to("2026-01-15T10:14:59Z")
            assert looking.get(f"{EMBED}/session").status == 200
            time.move_to("2026-01-15T10:15:00Z")
            assert looking.get(f"{EMBED}/session").status == 401
        kinds = [e["metadata"]["kind"] for e in acme.server.get(f"{EMBED}/events?event_type=session.created").data]
        assert kinds == ["read_only", "server"]

    def test_takes_no_place_from_the_end_users_own(self, acme: Acme) -> None:
        own = acme.session().client
        for _ in range(51):
            newest = look(acme)
        assert own.get(f"{EMBED}/session").status == 200
        assert newest.get(f"{EMBED}/session").status == 200

    def test_creates_no_end_user_and_works_where_identity_is_required(self, acme: Acme) -> None:
        reply = acme.server.post(f"{EMBED}/sessions", {"externalId": "nobody", "readOnly": True})
        assert (reply.status, reply.json["error"]["details"][0]["field"]) == (422, "externalId")
        assert acme.server.get(f"{EMBED}/users").data == []
        acme.session()
        acme.configure(settings={"identityVerification": "required"})
        assert look(acme).get(f"{EMBED}/session").status == 200
