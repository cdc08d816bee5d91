"""Sessions created by the organization's server, their revocation and their limits."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from chalicelib.sessions.store import SLOTS
from tests.support.factories import EMBED, Acme, Session
from tests.support.gateway import Client
from tests.support.races import at_once, requesting, statuses

SESSIONS = f"{EMBED}/sessions"
NOW = datetime(2026, 1, 15, 10, 30, tzinfo=UTC)


class TestCreate:
    def test_returns_the_documented_fields(self, acme: Acme) -> None:
        with time_machine.travel(NOW, tick=False):
            reply = acme.server.post(
                SESSIONS, {"externalId": "user_1", "name": "Store Owner", "email": "m@store.com", "ttlSeconds": 7200}
            )
        assert reply.status == 201
        created = reply.data
        assert created["token"].startswith("est_")
        assert created == {
            "token": created["token"],
            "sessionId": created["sessionId"],
            "expiresAt": "2026-01-15T12:30:00.000Z",
            "scopes": ["bridges:read", "bridges:write"],
            "enabledFeatures": acme.config["enabled_features"],
            "endUser": {
                "id": created["endUser"]["id"],
                "externalId": "user_1",
                "name": "Store Owner",
                "email": "m@store.com",
            },
            "portalUrl": f"https://api.example.com/portal?org={acme.config['slug']}#{created['token']}",
        }

    def test_lasts_an_hour_by_default(self, acme: Acme) -> None:
        with time_machine.travel(NOW, tick=False) as travel:
            client = Client(acme.server.post(SESSIONS, {"externalId": "a"}).data["token"])
            travel.shift(timedelta(seconds=3599))
            assert client.get(f"{EMBED}/bridges").status == 200
            travel.shift(timedelta(seconds=1))
            assert client.get(f"{EMBED}/bridges").status == 401

    def test_updates_an_existing_end_user(self, acme: Acme) -> None:
        first = acme.session("user_1", name="Old", metadata={"plan": "basic"}).created["endUser"]
        second = acme.session("user_1", email="new@store.com").created["endUser"]
        assert second == {**first, "email": "new@store.com"}
        assert acme.session("user_1", name=None).created["endUser"]["name"] is None
        listed = acme.server.get(f"{EMBED}/users").data
        assert [(user["id"], user["metadata"]) for user in listed] == [(first["id"], {"plan": "basic"})]

    def test_names_lose_what_cannot_be_seen(self, acme: Acme) -> None:
        assert acme.session("a", name="Shop\u202egpj.exe\x00").created["endUser"]["name"] == "Shopgpj.exe"
        assert acme.server.post(SESSIONS, {"externalId": "b", "name": "\u202e \u200b"}).fields == ["name"]

    def test_concurrently_creates_one_end_user(self, acme: Acme) -> None:
        replies = at_once([requesting(acme.server, "POST", SESSIONS, {"externalId": "new"}) for _ in range(12)])
        assert statuses(replies) == {201: 12}
        assert len({reply.data["endUser"]["id"] for reply in replies}) == 1
        assert acme.server.get(f"{EMBED}/users").json["pagination"]["total"] == 1

    def test_accepts_scopes_of_features_that_are_off(self, acme: Acme) -> None:
        acme.configure(enabled_features=[])
        created = acme.session(scopes=["orders:read", "orders:read"]).created
        assert created["scopes"] == ["orders:read"]
        assert created["enabledFeatures"] == ["bridges"]

    def test_without_scopes_allows_nothing(self, acme: Acme) -> None:
        assert acme.session(scopes=[]).client.get(f"{EMBED}/bridges").code == "insufficient_scope"

    def test_a_write_scope_includes_reading(self, acme: Acme) -> None:
        client = acme.session(scopes=["bridges:write"]).client
        assert client.get(f"{EMBED}/bridges").status == 200
        reader = acme.session(scopes=["bridges:read"]).client
        assert reader.post(f"{EMBED}/bridges", {}).code == "insufficient_scope"


class TestRevoke:
    def test_takes_effect_with_the_next_request_and_is_idempotent(self, acme: Acme) -> None:
        session = acme.session()
        path = f"{SESSIONS}/{session.created['sessionId']}"
        assert session.client.get(f"{EMBED}/bridges").status == 200
        assert acme.server.delete(path).json == {"success": True}
        assert session.client.get(f"{EMBED}/bridges").status == 401
        assert acme.server.delete(path).status == 200
        events = acme.server.get(f"{EMBED}/events?event_type=session.revoked").data
        assert [event["resource_id"] for event in events] == [session.created["sessionId"]]

    def test_accepts_the_id_in_any_case(self, acme: Acme) -> None:
        session = acme.session()
        assert acme.server.delete(f"{SESSIONS}/{session.created['sessionId'].upper()}").status == 200
        assert session.client.get(f"{EMBED}/bridges").status == 401

    def test_unknown_ids_are_not_found(self, acme: Acme) -> None:
        other = Acme.create().session()
        for unknown in (str(uuid.uuid4()), "none", other.created["sessionId"]):
            assert acme.server.delete(f"{SESSIONS}/{unknown}").code == "not_found"
        assert other.client.get(f"{EMBED}/bridges").status == 200

    def test_concurrently_is_logged_once(self, acme: Acme) -> None:
        path = f"{SESSIONS}/{acme.session().created['sessionId']}"
        assert statuses(at_once([requesting(acme.server, "DELETE", path) for _ in range(5)])) == {200: 5}
        assert acme.server.get(f"{EMBED}/events?event_type=session.revoked").json["pagination"]["total"] == 1


@pytest.fixture
def five_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Filling all fifty slots takes too long here. The end-to-end tests do that."""
    monkeypatch.setattr("chalicelib.sessions.service.SLOTS", 5)


@pytest.mark.usefixtures("five_slots")
class TestSlots:
    def test_limit_live_sessions_by_revoking_the_oldest(self, acme: Acme) -> None:
        with time_machine.travel(NOW, tick=False) as travel:
            clients = []
            for _ in range(7):
                travel.shift(timedelta(milliseconds=5))
                clients.append(acme.session().client)
            live = [client.get(f"{EMBED}/bridges").status for client in clients]
        assert live == [401] * 2 + [200] * 5

    def test_are_separate_for_each_type_and_end_user(self, acme: Acme) -> None:
        first_auto = Client(acme.auto().data["token"])
        other = acme.session("merchant-2").client
        with time_machine.travel(NOW, tick=False) as travel:
            first = acme.session().client
            for _ in range(5):
                travel.shift(timedelta(milliseconds=5))
                acme.session()
            assert first.get(f"{EMBED}/bridges").status == 401
        assert [client.get(f"{EMBED}/bridges").status for client in (first_auto, other)] == [200, 200]

    def test_limit_auto_sessions(self, acme: Acme) -> None:
        tokens = [acme.auto().data["token"] for _ in range(6)]
        live = [Client(token).get(f"{EMBED}/bridges").status for token in tokens]
        assert live.count(401) == 1
        assert live[-1] == 200

    def test_are_freed_by_revocation_and_expiry(self, acme: Acme) -> None:
        with time_machine.travel(NOW, tick=False) as travel:
            kept = acme.session(ttlSeconds=86400).client
            revoked = acme.session()
            for _ in range(3):
                acme.session(ttlSeconds=60)
            acme.server.delete(f"{SESSIONS}/{revoked.created['sessionId']}")
            acme.session(ttlSeconds=60)
            travel.shift(timedelta(seconds=60))
            for _ in range(4):
                travel.shift(timedelta(milliseconds=1))
                acme.session()
            assert kept.get(f"{EMBED}/bridges").status == 200
            acme.session()
            assert kept.get(f"{EMBED}/bridges").status == 401

    def test_hold_under_concurrent_creates(self, acme: Acme) -> None:
        for _ in range(3):
            acme.session()
        together = at_once([requesting(acme.server, "POST", SESSIONS, {"externalId": "merchant-1"}) for _ in range(6)])
        assert statuses(together) == {201: 6}
        made = acme.server.get(f"{EMBED}/events?event_type=session.created").json["pagination"]["total"]
        left = acme.server.get(f"{EMBED}/events?event_type=session.revoked").json["pagination"]["total"]
        assert (made, left) == (9, 4)

    def test_are_fifty(self) -> None:
        assert SLOTS == 50


class TestOfEndUser:
    def path(self, session: Session) -> str:
        return f"{EMBED}/users/{session.end_user_id}/sessions"

    def test_lists_live_sessions_newest_first(self, acme: Acme) -> None:
        with time_machine.travel(NOW, tick=False):
            first = acme.session(scopes=["orders:read"], ttlSeconds=600)
        with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
            second = acme.session()
            assert acme.auto("another").status == 200
        with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
            assert acme.auto().status == 200
            rows = acme.server.get(self.path(first)).data
        assert [row["kind"] for row in rows] == ["auto", "server", "server"]
        assert [row["verified"] for row in rows] == [False, True, True]
        assert rows[1]["id"] == second.created["sessionId"]
        assert rows[2] == {
            "id": first.created["sessionId"],
            "kind": "server",
            "verified": True,
            "scopes": ["orders:read"],
            "created_at": "2026-01-15T10:30:00.000Z",
            "expires_at": "2026-01-15T10:40:00.000Z",
        }
        with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
            acme.server.delete(f"{SESSIONS}/{second.created['sessionId']}")
            assert [row["kind"] for row in acme.server.get(self.path(first)).data] == ["auto"]

    def test_all_are_revoked_at_once_and_those_of_others_stay(self, acme: Acme) -> None:
        mine, other = [acme.session() for _ in range(3)], acme.session("another")
        revoked = acme.server.delete(self.path(mine[0]))
        assert (revoked.status, revoked.json) == (200, {"success": True})
        assert {session.client.get(f"{EMBED}/session").status for session in mine} == {401}
        assert other.client.get(f"{EMBED}/session").status == 200
        assert acme.server.get(self.path(mine[0])).data == []
        events = acme.server.get(f"{EMBED}/events?event_type=session.revoked").data
        assert {event["resource_id"] for event in events} == {session.created["sessionId"] for session in mine}
        # Again: there is nothing to revoke, and a new session is not affected.
        again = acme.session()
        assert again.client.get(f"{EMBED}/session").status == 200

    def test_of_an_unknown_end_user_are_not_found(self, acme: Acme) -> None:
        path = f"{EMBED}/users/{uuid.uuid4()}/sessions"
        assert (acme.server.get(path).status, acme.server.delete(path).status) == (404, 404)
