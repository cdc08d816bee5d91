"""Bridges for the organization's server: list all of them, masked, and reassign them."""

import uuid
from typing import Any

import pytest

from chalicelib.kit import aws
from chalicelib.table.reads import MAX_THREADS
from tests.support.factories import EMBED, SHIPSTATION, Acme, Service, Session
from tests.support.races import at_once, requesting, statuses

ALL = "/api/v1/bridges"
MASKED = {"apiKey": "--------", "apiSecret": "--------"}
SHOPIFY = {"type": "shopify", "name": "Shop", "config": {"shopDomain": "a.myshopify.com", "accessToken": "token-1"}}


def bridge_counts(acme: Acme) -> dict[str, int]:
    return {user["external_id"]: user["bridge_count"] for user in acme.server.get(f"{EMBED}/users").data}


class TestList:
    def test_shows_all_bridges_masked_and_newest_first(self, acme: Acme) -> None:
        made = [acme.session("one").bridge(), acme.session("two").bridge(**SHOPIFY)]
        Acme.create().session().bridge()
        reply = acme.server.get(ALL)
        assert [bridge["id"] for bridge in reply.data] == [bridge["id"] for bridge in reversed(made)]
        assert reply.data[0]["config"] == {"shopDomain": "a.myshopify.com", "accessToken": "--------"}
        assert reply.data[1]["config"] == MASKED

    def test_every_thread_that_decrypts_has_a_connection(self) -> None:
        assert aws.client("kms").meta.config.max_pool_connections > MAX_THREADS

    def test_filters_and_counts_what_it_shows(self, acme: Acme) -> None:
        one, two = acme.session("one"), acme.session("two")
        paused = one.bridge()
        one.client.patch(f"{EMBED}/bridges/{paused['id']}", {"status": "paused"})
        one.bridge(**SHOPIFY)
        two.bridge()
        for query, total in [
            ("", 3),
            ("type=shipstation", 2),
            ("type=amazon", 0),
            ("type=ebay", 0),
            ("status=active", 2),
            ("status=paused", 1),
            ("type=shipstation&status=active", 1),
            (f"end_user_id={one.end_user_id}", 2),
            (f"end_user_id={one.end_user_id.upper()}&status=paused", 1),
            (f"end_user_id={uuid.uuid4()}", 0),
            (f"end_user_id={Acme.create().session().end_user_id}", 0),
        ]:
            reply = acme.server.get(f"{ALL}?{query}").json
            assert (len(reply["data"]), reply["pagination"]["total"]) == (total, total), query

    @pytest.mark.parametrize("of_one_user", [False, True])
    def test_pages_by_number_and_by_cursor(self, acme: Acme, of_one_user: bool) -> None:
        session = acme.session()
        made = [session.bridge()["id"] for _ in range(5)][::-1]
        base = f"{ALL}?limit=2" + (f"&end_user_id={session.end_user_id}" if of_one_user else "")
        by_number = [acme.server.get(f"{base}&page={page}") for page in (1, 2, 3, 4)]
        assert [bridge["id"] for reply in by_number for bridge in reply.data] == made
        assert [reply.json["pagination"]["hasMore"] for reply in by_number] == [True, True, False, False]
        assert by_number[0].json["pagination"]["totalPages"] == 3
        seen, cursor = [], ""
        while cursor is not None:
            reply = acme.server.get(f"{base}&cursor={cursor}").json
            seen += [bridge["id"] for bridge in reply["data"]]
            cursor = reply["pagination"]["nextCursor"]
        assert seen == made

    def test_reads_few_pages_for_a_rare_status(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chalicelib.bridges.store.MAX_PAGES", 2)
        monkeypatch.setattr("chalicelib.table.pages.PAGE_ENTRIES", 2)
        monkeypatch.setattr("chalicelib.table.reads.PAGE_ENTRIES", 2)
        session = acme.session()
        rare = session.bridge()
        session.client.patch(f"{EMBED}/bridges/{rare['id']}", {"status": "paused"})
        for _ in range(5):
            session.bridge()
        for caller in (acme.server, Service("shipstation").client):
            found, cursor, pages = [], "", 0
            while cursor is not None:
                reply = caller.get(f"{ALL}?status=paused&cursor={cursor}" if cursor else f"{ALL}?status=paused").json
                found += [bridge["id"] for bridge in reply["data"]]
                cursor, pages = reply["pagination"]["nextCursor"], pages + 1
            assert found == [rare["id"]]
            assert pages > 1


class TestUpdate:
    def test_shows_the_bridge_masked_to_keys(self, acme: Acme) -> None:
        path = f"{ALL}/{acme.session().bridge()['id']}"
        changed = acme.server.patch(path, {"name": "Ours", "config": {"apiKey": "new"}}).data
        assert (changed["name"], changed["config"]) == ("Ours", MASKED)
        assert acme.server.get(path).data == changed

    def test_assigns_a_bridge_to_another_end_user(self, acme: Acme) -> None:
        one, two = acme.session("one"), acme.session("two")
        bridge = one.bridge()
        path = f"{ALL}/{bridge['id']}"
        moved = acme.server.patch(path, {"endUserId": two.end_user_id, "status": "paused", "name": "Moved"}).data
        assert (moved["end_user_id"], moved["status"], moved["name"]) == (two.end_user_id, "paused", "Moved")
        assert one.client.get(f"{EMBED}/bridges").data == []
        assert one.client.patch(f"{EMBED}/bridges/{bridge['id']}", {}).status == 404
        mine = two.client.patch(f"{EMBED}/bridges/{bridge['id']}", {}).data
        assert mine["config"] == SHIPSTATION["config"]
        assert bridge_counts(acme) == {"one": 0, "two": 1}
        assert acme.server.get(f"{ALL}?status=paused").json["pagination"]["total"] == 1

    def test_orphans_a_bridge_and_assigns_it_again(self, acme: Acme) -> None:
        session = acme.session()
        bridge = session.bridge()
        path = f"{ALL}/{bridge['id']}"
        assert acme.server.patch(path, {"end_user_id": None}).data["end_user_id"] is None
        assert session.client.get(f"{EMBED}/bridges").data == []
        assert [b["end_user_id"] for b in acme.server.get(ALL).data] == [None]
        assert acme.server.patch(path, {"end_user_id": session.end_user_id}).status == 200
        assert [b["id"] for b in session.client.get(f"{EMBED}/bridges").data] == [bridge["id"]]
        assert bridge_counts(acme) == {"merchant-1": 1}

    def test_and_delete_work_for_an_orphan(self, acme: Acme) -> None:
        path = f"{ALL}/{acme.session().bridge()['id']}"
        acme.server.patch(path, {"end_user_id": None})
        assert acme.server.patch(path, {"status": "paused"}).data["status"] == "paused"
        assert acme.server.delete(path).json == {"success": True}
        assert acme.server.delete(path).status == 404
        assert acme.server.get(ALL).json["pagination"]["total"] == 0

    def test_refuses_an_unknown_end_user(self, acme: Acme) -> None:
        path = f"{ALL}/{acme.session().bridge()['id']}"
        foreign = Acme.create().session().end_user_id
        for unknown in (str(uuid.uuid4()), foreign):
            assert acme.server.patch(path, {"end_user_id": unknown}).code == "not_found"
        for wrong in ("nobody", 7, ""):
            assert acme.server.patch(path, {"end_user_id": wrong}).fields == ["endUserId"]

    def test_respects_the_limit_of_the_new_end_user(self, acme: Acme) -> None:
        acme.configure(settings={"maxBridgesPerUser": 1})
        one, two = acme.session("one"), acme.session("two")
        bridge = one.bridge()
        two.bridge()
        reply = acme.server.patch(f"{ALL}/{bridge['id']}", {"end_user_id": two.end_user_id, "name": "Never"})
        assert reply.code == "limit_reached"
        assert bridge_counts(acme) == {"one": 1, "two": 1}
        found = acme.server.get(f"{ALL}/{bridge['id']}").data
        assert found.pop("end_user") == {"id": one.end_user_id, "external_id": "one", "name": None, "email": None}
        assert found == {**bridge, "config": MASKED}

    def test_concurrent_assignments_end_with_one_owner(self, acme: Acme) -> None:
        sessions = [acme.session(f"merchant-{n}") for n in range(4)]
        path = f"{ALL}/{sessions[0].bridge()['id']}"
        replies = at_once(
            [requesting(acme.server, "PATCH", path, {"end_user_id": s.end_user_id}) for s in sessions[1:]]
        )
        assert statuses(replies) == {200: 3}
        holders = [session for session in sessions if session.client.get(f"{EMBED}/bridges").data]
        assert [session.end_user_id for session in holders] == [acme.server.get(path).data["end_user_id"]]
        assert sum(bridge_counts(acme).values()) == 1

    def test_is_all_or_nothing(self, acme: Acme) -> None:
        one, two = acme.session("one"), acme.session("two")
        pending = start_oauth(one)
        reply = acme.server.patch(f"{ALL}/{pending}", {"end_user_id": two.end_user_id, "status": "active"})
        assert (reply.status, reply.code) == (409, "bridge_pending")
        assert bridge_counts(acme) == {"one": 1, "two": 0}

    @pytest.mark.parametrize("change", [{"status": "error"}, {"type": "shopify"}, {"name": ""}])
    def test_refuses(self, acme: Acme, change: dict[str, Any]) -> None:
        path = f"{ALL}/{acme.session().bridge()['id']}"
        assert acme.server.patch(path, change).fields == list(change)


def start_oauth(session: Session) -> str:
    started = session.client.post(f"{EMBED}/bridges/shopify/oauth/start", {"shopDomain": "mystore"})
    return str(started.data["bridgeId"])
