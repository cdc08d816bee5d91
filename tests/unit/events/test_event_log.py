"""The event log: every change, newest first, with filters by type, end user and time."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.support.aws_calls import counted
from tests.support.factories import EMBED, Acme

pytestmark = pytest.mark.usefixtures("cloud")

EVENTS = f"{EMBED}/events"
NOW = datetime(2026, 1, 15, 10, 30, tzinfo=UTC)


def types(acme: Acme, query: str = "") -> list[str]:
    return [event["event_type"] for event in acme.server.get(f"{EVENTS}?{query}").data]


class TestList:
    def test_responds_as_documented(self, acme: Acme) -> None:
        session = acme.session()
        bridge = session.bridge()
        shown = acme.server.get(f"{EVENTS}?event_type=bridge.created").data[0]
        assert shown == {
            "id": shown["id"],
            "organization_id": acme.organization_id,
            "end_user_id": session.end_user_id,
            "session_id": session.created["sessionId"],
            "event_type": "bridge.created",
            "resource_type": "bridge",
            "resource_id": bridge["id"],
            "metadata": {"type": "shipstation", "name": "My ShipStation"},
            "ip_address": "203.0.113.1",
            "created_at": shown["created_at"],
        }

    def test_lists_everything_in_order(self, acme: Acme) -> None:
        session = acme.session()
        path = f"{EMBED}/bridges/{session.bridge()['id']}"
        session.client.patch(path, {"status": "paused"})
        session.client.delete(path)
        acme.server.delete(f"{EMBED}/sessions/{session.created['sessionId']}")
        acme.server.post(f"{EMBED}/config/rotate", {"publishable_key": True})
        acme.server.delete(f"{EMBED}/users/{session.end_user_id}")
        assert types(acme)[::-1] == [
            "config.created",
            "end_user.created",
            "session.created",
            "bridge.created",
            "bridge.connected",
            "bridge.disconnected",
            "bridge.updated",
            "bridge.disconnected",
            "bridge.deleted",
            "session.revoked",
            "config.rotated",
            "end_user.deleted",
        ]

    def test_filters_by_type_and_end_user(self, acme: Acme) -> None:
        one, two = acme.session("one"), acme.session("two")
        one.bridge()
        two.bridge()
        assert len(types(acme, "event_type=bridge.created")) == 2
        assert types(acme, f"event_type=bridge.created&end_user_id={one.end_user_id}") == ["bridge.created"]
        assert len(types(acme, f"end_user_id={two.end_user_id}")) == 4
        for unknown in (str(uuid.uuid4()), Acme.create().session().end_user_id):
            reply = acme.server.get(f"{EVENTS}?end_user_id={unknown}").json
            assert (reply["data"], reply["pagination"]["total"]) == ([], 0)
        assert types(acme, "event_type=no.such") == []

    @pytest.mark.parametrize("wrong", ["end_user_id=-", "from=yesterday", "to=2026-13-01", "event_type=" + "x" * 3000])
    def test_refuses(self, acme: Acme, wrong: str) -> None:
        assert acme.server.get(f"{EVENTS}?{wrong}").fields == [wrong.split("=")[0]]

    def test_filters_by_time(self) -> None:
        with time_machine.travel(NOW, tick=False) as travel:
            acme = Acme.create()
            for n in range(4):
                travel.shift(timedelta(hours=1))
                acme.session(f"merchant-{n}")
        hours = {
            "from=2026-01-15T12:30:00Z": 3,
            "from=2026-01-15T12:30:00.001Z": 2,
            "from=2026-01-15T14:30:00%2B02:00": 3,
            "to=2026-01-15T12:30:00.000Z": 2,
            "to=2026-01-15T12:29:59.999Z": 1,
            "from=2026-01-15&to=2026-01-16": 4,
            "from=2026-01-16": 0,
            "to=2026-01-14": 0,
            "from=2026-01-16&to=2026-01-14": 0,
            "from=0001-01-01&to=9999-12-31": 4,
            "from=1901-01-01T00:00:00Z": 4,
        }
        for query, expected in hours.items():
            reply = acme.server.get(f"{EVENTS}?event_type=session.created&{query}")
            assert reply.status == 200, query
            assert (len(reply.data), reply.json["pagination"]["total"]) == (expected, expected), query

    @pytest.mark.parametrize(
        "by", ["", "event_type=session.created", "end_user_id={}", "from=2020-01-01&to=2999-01-01"]
    )
    def test_pages_by_number_and_by_cursor(self, acme: Acme, by: str) -> None:
        session = acme.session()
        for _ in range(4):
            acme.session()
        base = f"{EVENTS}?{by.format(session.end_user_id)}&limit=2"
        everything = [event["id"] for event in acme.server.get(base.replace("limit=2", "limit=100")).data]
        by_number, by_cursor, cursor = [], [], ""
        for page in range(1, len(everything) // 2 + 2):
            by_number += [event["id"] for event in acme.server.get(f"{base}&page={page}").data]
        while cursor is not None:
            reply = acme.server.get(f"{base}&cursor={cursor}").json
            by_cursor += [event["id"] for event in reply["data"]]
            assert reply["pagination"]["total"] == len(everything)
            cursor = reply["pagination"]["nextCursor"]
        assert by_number == by_cursor == everything
        assert len(set(everything)) == len(everything) >= 5

    @pytest.mark.parametrize("cursor", ["LQ", "fn5-", "MA", "_____w", "AAAA", "w7_Dv8O_"])
    def test_with_a_made_up_cursor_stays_in_its_list(self, acme: Acme, cursor: str) -> None:
        session = acme.session()
        for query in ("", f"end_user_id={session.end_user_id}", "from=2020-01-01", "to=2020-01-01", "from=2999-01-01"):
            reply = acme.server.get(f"{EVENTS}?{query}&cursor={cursor}")
            assert reply.status in (200, 422)
            if reply.status == 200:
                assert {event["organization_id"] for event in reply.data} <= {acme.organization_id}

    def test_reports_a_capped_total(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chalicelib.events.store.MAX_COUNTED", 3)
        assert "totalCapped" not in acme.server.get(EVENTS).json["pagination"]
        for _ in range(2):
            acme.session()
        shown = acme.server.get(f"{EVENTS}?limit=2").json["pagination"]
        assert (shown["total"], shown["totalCapped"], shown["hasMore"]) == (3, True, True)

    def test_reads_a_long_log_in_bounded_steps(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chalicelib.events.store.MAX_PAGES", 2)
        monkeypatch.setattr("chalicelib.table.pages.PAGE_ENTRIES", 2)
        monkeypatch.setattr("chalicelib.table.reads.PAGE_ENTRIES", 2)
        session = acme.session()
        bridge = session.bridge()
        for status in ("paused", "active") * 4:
            session.client.patch(f"{EMBED}/bridges/{bridge['id']}", {"status": status})
        base = f"{EVENTS}?end_user_id={session.end_user_id}&event_type=bridge.created"
        with counted() as calls:
            first = acme.server.get(base).json
        assert calls.count("Query") == 4
        assert first["data"] == []
        expected = {"total": 0, "totalCapped": True, "hasMore": True}
        assert {name: first["pagination"][name] for name in expected} == expected
        found, cursor = [], first["pagination"]["nextCursor"]
        while cursor is not None:
            reply = acme.server.get(f"{base}&cursor={cursor}").json
            found += [event["resource_id"] for event in reply["data"]]
            cursor = reply["pagination"]["nextCursor"]
        assert found == [bridge["id"]]
        assert acme.server.get(f"{base}&page=2").fields == ["page"]

    def test_defaults_to_fifty_and_needs_the_scope(self, acme: Acme) -> None:
        assert acme.server.get(EVENTS).json["pagination"]["limit"] == 50
        assert acme.session().client.get(EVENTS).status == 401
