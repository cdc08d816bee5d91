"""API keys: the scopes they can grant, expiry and revocation, and the last managing key."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.api_keys.store import list_keys
from chalicelib.kit import clock
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.races import at_once, requesting, statuses

KEYS = "/api/v1/api-keys"
NOW = datetime(2026, 1, 15, 10, 30, tzinfo=UTC)


def created(acme: Acme, **wanted: Any) -> dict[str, Any]:
    reply = acme.server.post(KEYS, {"name": "Another", **wanted})
    assert reply.status == 201, reply.text
    found: dict[str, Any] = reply.data
    return found


class TestCreate:
    def test_shows_the_key_once(self, acme: Acme) -> None:
        made = created(acme, scopes=["embed:manage"], expiresAt="2999-01-01")
        assert set(made) == {"id", "name", "scopes", "key", "expires_at", "created_at"}
        assert made["expires_at"] == "2999-01-01T00:00:00.000Z"
        assert Client(made["key"]).get(f"{EMBED}/config/me").status == 200
        listed = next(key for key in acme.server.get(KEYS).data if key["id"] == made["id"])
        assert set(listed) == {"id", "name", "scopes", "prefix", "last_used_at", "expires_at", "created_at"}
        assert made["key"].startswith(listed["prefix"])
        assert len(listed["prefix"]) < 12

    def test_grants_the_callers_scopes_or_fewer(self, acme: Acme) -> None:
        assert set(created(acme)["scopes"]) == {"embed:manage", "bridges:sync", "keys:manage"}
        manager = Client(created(acme, scopes=["keys:manage"])["key"])
        assert manager.post(KEYS, {"name": "Same"}).data["scopes"] == ["keys:manage"]
        reply = manager.post(KEYS, {"name": "More", "scopes": ["keys:manage", "embed:manage"]})
        assert (reply.status, reply.code) == (403, "insufficient_scope")
        assert manager.get(f"{EMBED}/users").code == "insufficient_scope"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", ""),
            ("name", "  "),
            ("name", "x" * 101),
            ("name", None),
            ("scopes", []),
            ("scopes", ["bridges:read"]),
            ("expiresAt", "tomorrow"),
            ("expiresAt", "2020-01-01"),
            ("expiresAt", "0001-01-01T00:00:00+23:59"),
            ("expiresAt", 4102444800),
            ("key", "oh_mine"),
        ],
    )
    def test_refuses(self, acme: Acme, field: str, value: Any) -> None:
        reply = acme.server.post(KEYS, {"name": "Another", field: value})
        assert (reply.status, reply.fields) == (422, [field])

    def test_needs_the_scope(self, acme: Acme) -> None:
        client = Client(created(acme, scopes=["embed:manage"])["key"])
        assert client.get(KEYS).code == client.post(KEYS, {"name": "x"}).code == "insufficient_scope"

    def test_stops_at_a_limit_of_live_keys(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chalicelib.api_keys.service.MAX_KEYS", 3)
        made = [created(acme) for _ in range(2)]
        assert acme.server.post(KEYS, {"name": "Too many"}).code == "limit_reached"
        acme.server.delete(f"{KEYS}/{made[0]['id']}")
        assert acme.server.post(KEYS, {"name": "Room again"}).status == 201

    def test_stops_at_the_limit_under_concurrency(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chalicelib.api_keys.service.MAX_KEYS", 3)
        replies = at_once([requesting(acme.server, "POST", KEYS, {"name": f"Key {n}"}) for n in range(8)])
        assert statuses(replies) == {201: 2, 409: 6}
        assert len(acme.server.get(KEYS).data) == 3

    def test_creates_no_more_than_can_be_read(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        # Keys beyond MAX_READ could be neither listed nor revoked.
        monkeypatch.setattr("chalicelib.api_keys.service.MAX_READ", 3)
        for _ in range(2):
            acme.server.delete(f"{KEYS}/{created(acme)['id']}")
        assert acme.server.post(KEYS, {"name": "One more"}).code == "limit_reached"


class TestExpiry:
    def test_lets_dynamodb_delete_the_item(self, acme: Acme) -> None:
        made = created(acme, expiresAt="2999-01-01T00:00:00Z")
        stored = {item.id: item.expires for item in list_keys(acme.organization_id)}
        assert stored.pop(made["id"]) == clock.epoch("2999-04-01T00:00:00.000Z")
        assert set(stored.values()) == {None}

    def test_ends_a_key(self, acme: Acme) -> None:
        with time_machine.travel(NOW, tick=False) as travel:
            made = created(acme, expiresAt="2026-01-15T11:30:00+00:00")
            client = Client(made["key"])
            travel.shift(timedelta(minutes=59))
            assert client.get(KEYS).status == 200
            travel.shift(timedelta(minutes=1))
            assert client.get(KEYS).status == 401
            assert made["id"] not in [key["id"] for key in acme.server.get(KEYS).data]


class TestLastUse:
    def test_is_recorded_once_an_hour(self, acme: Acme) -> None:
        with time_machine.travel(NOW, tick=False) as travel:
            key = Client(created(acme)["key"])
            assert self.last_use(acme) is None
            key.get(KEYS)
            assert self.last_use(acme) == "2026-01-15T10:30:00.000Z"
            travel.shift(timedelta(minutes=60))
            key.get(KEYS)
            assert self.last_use(acme) == "2026-01-15T10:30:00.000Z"
            travel.shift(timedelta(milliseconds=1))
            key.get(KEYS)
            assert self.last_use(acme) == "2026-01-15T11:30:00.001Z"

    @staticmethod
    def last_use(acme: Acme) -> Any:
        return next(key["last_used_at"] for key in acme.server.get(KEYS).data if key["name"] == "Another")


class TestRevoke:
    def test_takes_effect_at_once_and_may_be_repeated(self, acme: Acme) -> None:
        made = created(acme)
        path = f"{KEYS}/{made['id']}"
        assert acme.server.delete(path).json == {"success": True}
        assert Client(made["key"]).get(KEYS).status == 401
        assert acme.server.delete(path).status == 200
        assert acme.server.get(f"{EMBED}/events?event_type=api_key.revoked").json["pagination"]["total"] == 1

    def test_of_an_unknown_key_is_not_found(self, acme: Acme) -> None:
        foreign = created(Acme.create())["id"]
        for unknown in (str(uuid.uuid4()), "none", foreign):
            assert acme.server.delete(f"{KEYS}/{unknown}").code == "not_found"

    def test_refuses_the_last_key_that_can_manage_keys(self, acme: Acme) -> None:
        own = acme.server.get(KEYS).data[0]["id"]
        created(acme, scopes=["embed:manage"])
        reply = acme.server.delete(f"{KEYS}/{own}")
        assert (reply.status, reply.code) == (409, "last_managing_key")
        assert acme.server.get(KEYS).status == 200
        created(acme)
        assert acme.server.delete(f"{KEYS}/{own}").status == 200

    def test_of_two_keys_by_each_other_leaves_one(self, acme: Acme) -> None:
        keys = [(acme.api_key, acme.server.get(KEYS).data[0]["id"])]
        keys += [(made["key"], made["id"]) for made in (created(acme), created(acme))]
        clients = [Client(key) for key, _ in keys]
        calls = [requesting(client, "DELETE", f"{KEYS}/{key_id}") for client in clients for _, key_id in keys]
        replies = at_once(calls)
        assert [client.get(KEYS).status for client in clients].count(200) == 1
        assert set(statuses(replies)) <= {200, 401, 409}
