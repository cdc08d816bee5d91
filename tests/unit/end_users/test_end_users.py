"""Listing, reading and deleting end users."""

import uuid

import pytest

from chalicelib.cleanup import service as cleanup
from chalicelib.cleanup.messages import END_USER, new_message
from chalicelib.end_users import deletion
from chalicelib.table.transaction import Transaction
from tests.support.factories import EMBED, SHIPSTATION, Acme
from tests.support.races import at_once, requesting, statuses

USERS = f"{EMBED}/users"
ALL = "/api/v1/bridges"


def fail(acme: Acme, bridge_id: str) -> None:
    """Which gives a bridge the most items."""
    body = {"orders": [], "shipments": [], "status": "error", "error_message": "Refused"}
    assert acme.server.post(f"/api/v1/bridges/{bridge_id}/sync", body).status == 200


class TestList:
    def test_shows_the_newest_first_with_bridge_counts(self, acme: Acme) -> None:
        one = acme.session("one", name="One", email="one@store.com", metadata={"plan": "basic"})
        one.bridge()
        acme.session("two")
        reply = acme.server.get(USERS).json
        assert [user["external_id"] for user in reply["data"]] == ["two", "one"]
        shown = reply["data"][1]
        assert shown == {
            "id": one.end_user_id,
            "organization_id": acme.organization_id,
            "external_id": "one",
            "name": "One",
            "email": "one@store.com",
            "metadata": {"plan": "basic"},
            "branding": None,
            "support": None,
            "bridge_count": 1,
            "created_at": shown["created_at"],
            "updated_at": shown["updated_at"],
        }
        assert reply["pagination"]["total"] == 2

    def test_pages_by_number_and_by_cursor(self, acme: Acme) -> None:
        for n in range(5):
            acme.session(f"merchant-{n}")
        names = [f"merchant-{n}" for n in reversed(range(5))]
        pages = [acme.server.get(f"{USERS}?limit=2&page={n}").json for n in (1, 2, 3)]
        assert [user["external_id"] for page in pages for user in page["data"]] == names
        assert [page["pagination"]["hasMore"] for page in pages] == [True, True, False]
        cursor = pages[0]["pagination"]["nextCursor"]
        rest = acme.server.get(f"{USERS}?limit=100&cursor={cursor}").json
        assert [user["external_id"] for user in rest["data"]] == names[2:]
        assert rest["pagination"]["nextCursor"] is None

    @pytest.mark.parametrize("external_id", ["merchant-1", "a#b", "ä ö", "x" * 255])
    def test_filters_by_external_id(self, acme: Acme, external_id: str) -> None:
        from urllib.parse import quote

        acme.session("another")
        made = acme.session(external_id)
        reply = acme.server.get(f"{USERS}?external_id={quote(external_id)}").json
        assert [user["id"] for user in reply["data"]] == [made.end_user_id]
        assert reply["pagination"]["total"] == 1
        assert acme.server.get(f"{USERS}?external_id=nobody").json["pagination"]["total"] == 0
        assert Acme.create().server.get(f"{USERS}?external_id={quote(external_id)}").data == []


class TestGet:
    def test_shows_the_bridges(self, acme: Acme) -> None:
        session = acme.session("one")
        bridge = session.bridge()
        shown = acme.server.get(f"{USERS}/{session.end_user_id}").data
        assert "bridge_count" not in shown
        assert shown["bridges"] == [
            {name: bridge[name] for name in ("id", "name", "type", "status", "last_sync_at", "created_at")}
        ]

    def test_unknown_ids_are_not_found(self, acme: Acme) -> None:
        foreign = Acme.create().session().end_user_id
        for unknown in (foreign, str(uuid.uuid4()), "-", "x"):
            assert acme.server.get(f"{USERS}/{unknown}").code == "not_found"
            assert acme.server.delete(f"{USERS}/{unknown}").code == "not_found"


class TestDelete:
    def test_ends_the_sessions_and_orphans_the_bridges(self, acme: Acme) -> None:
        session = acme.session("one")
        bridge = session.bridge()
        path = f"{USERS}/{session.end_user_id}"
        assert acme.server.delete(path).json == {"success": True}
        assert session.client.get(f"{EMBED}/bridges").status == 401
        assert acme.server.get(path).status == acme.server.delete(path).status == 404
        [orphan] = acme.server.get(ALL).data
        assert (orphan["id"], orphan["end_user_id"], orphan["status"]) == (bridge["id"], None, "active")
        assert acme.server.get(USERS).json["pagination"]["total"] == 0

    def test_allows_a_new_end_user_with_the_same_external_id(self, acme: Acme) -> None:
        old = acme.session("one", name="Old", metadata={"a": 1})
        old.bridge()
        acme.server.delete(f"{USERS}/{old.end_user_id}")
        new = acme.session("one")
        assert new.end_user_id != old.end_user_id
        assert new.created["endUser"]["name"] is None
        assert new.client.get(f"{EMBED}/bridges").data == []
        assert old.client.get(f"{EMBED}/bridges").status == 401
        assert acme.server.get(f"{EMBED}/events?end_user_id={new.end_user_id}").json["pagination"]["total"] == 2

    def test_orphans_any_number_of_bridges(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(deletion, "MAX_ORPHANED_PER_TRANSACTION", 2)
        session = acme.session()
        made = {session.bridge()["id"] for _ in range(5)}
        acme.server.delete(f"{USERS}/{session.end_user_id}")
        orphans = acme.server.get(ALL).data
        assert {bridge["id"] for bridge in orphans} == made
        assert {bridge["end_user_id"] for bridge in orphans} == {None}

    def test_the_background_orphans_what_a_killed_request_left(
        self, acme: Acme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session = acme.session()
        shop = {"storeUrl": "https://shop.example.com", "consumerKey": "ck_1234567", "consumerSecret": "cs_1234567"}
        made = {session.bridge()["id"], session.bridge(type="woocommerce", config=shop)["id"]}
        with monkeypatch.context() as killed:
            killed.setattr(deletion, "MAX_ORPHANED_PER_TRANSACTION", 0)
            acme.server.delete(f"{USERS}/{session.end_user_id}")
        cleanup.handle(new_message(END_USER, acme.organization_id, session.end_user_id).body)
        orphans = acme.server.get(ALL).data
        assert {bridge["id"] for bridge in orphans} == made
        assert {bridge["end_user_id"] for bridge in orphans} == {None}

    def test_fits_one_transaction_with_the_most_bridges(self, acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chalicelib.bridges.service.has_connector", lambda _: True)
        named = {"name": "Ada Maria King Lovelace", "email": "ada@store.com"}
        sessions = [acme.session("one", **named), acme.session("two", **named)]
        for count, session in enumerate(sessions, start=1):
            for number in range(count):
                shop = {"storeUrl": f"https://{number}.example.com", "consumerKey": "ck_1", "consumerSecret": "cs_1"}
                fail(acme, session.bridge(type="woocommerce", config=shop)["id"])
        sizes, commit = [], Transaction.commit

        def measured(transaction: Transaction) -> None:
            sizes.append(len(transaction))
            commit(transaction)

        monkeypatch.setattr(Transaction, "commit", measured)
        for session in sessions:
            acme.server.delete(f"{USERS}/{session.end_user_id}")
        with_one, with_two = sizes
        assert with_one + (deletion.MAX_ORPHANED_PER_TRANSACTION - 1) * (with_two - with_one) <= 100

    def test_concurrent_changes_leave_no_bridge_behind(self, acme: Acme) -> None:
        session = acme.session()
        bridge = session.bridge()
        calls = [requesting(session.client, "POST", f"{EMBED}/bridges", SHIPSTATION) for _ in range(5)]
        calls += [requesting(session.client, "PATCH", f"{EMBED}/bridges/{bridge['id']}", {"name": "New"})]
        deleting = requesting(acme.server, "DELETE", f"{USERS}/{session.end_user_id}")
        replies = at_once([*calls, deleting])
        assert replies[-1].status == 200
        assert not {500, 503} & set(statuses(replies))
        left = acme.server.get(ALL).json
        assert {found["end_user_id"] for found in left["data"]} == {None}
        assert left["pagination"]["total"] == len(left["data"]) == 1 + sum(reply.status == 201 for reply in replies[:5])

    def test_concurrently_succeeds_once(self, acme: Acme) -> None:
        path = f"{USERS}/{acme.session().end_user_id}"
        acme.session("another")
        assert statuses(at_once([requesting(acme.server, "DELETE", path) for _ in range(5)])) == {200: 1, 404: 4}
        assert acme.server.get(USERS).json["pagination"]["total"] == 1

    def test_concurrent_sessions_never_restore_the_old_end_user(self, acme: Acme) -> None:
        old = acme.session("one")
        opening = [requesting(acme.server, "POST", f"{EMBED}/sessions", {"externalId": "one"}) for _ in range(4)]
        replies = at_once([*opening, requesting(acme.server, "DELETE", f"{USERS}/{old.end_user_id}")])
        assert statuses(replies) == {200: 1, 201: 4}
        listed = acme.server.get(USERS).json
        assert listed["pagination"]["total"] == len(listed["data"])
        assert old.end_user_id not in {user["id"] for user in listed["data"]}
