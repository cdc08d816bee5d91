"""The organization's bridges in error are listed from entries of their own, as long as they are in error."""

from typing import Any

import pytest

from chalicelib.bridges import failing
from chalicelib.table import keys
from chalicelib.table.transaction import delete
from tests.support.factories import EMBED, Acme, Session
from tests.support.races import at_once, requesting

BRIDGES = "/api/v1/bridges"


def report(acme: Acme, bridge_id: str, status: str) -> None:
    body = {"orders": [], "shipments": [], "status": status, "error_message": "Refused"}
    assert acme.server.post(f"{BRIDGES}/{bridge_id}/sync", body).status == 200


def listed(acme: Acme, more: str = "") -> list[str]:
    reply = acme.server.get(f"{BRIDGES}?status=error{more}")
    assert reply.status == 200, reply.text
    assert all(row["status"] == "error" for row in reply.data)
    return [row["id"] for row in reply.data]


@pytest.fixture
def session(acme: Acme) -> Session:
    return acme.session()


def test_from_the_error_to_what_ends_it(acme: Acme, session: Session) -> None:
    one, two, three, _ = (session.bridge()["id"] for _ in range(4))
    for bridge in (one, two, three):
        report(acme, bridge, "error")
        report(acme, bridge, "error")
    assert listed(acme) == [three, two, one]
    report(acme, one, "active")
    assert session.client.delete(f"{EMBED}/bridges/{two}").status == 200
    assert listed(acme) == [three]
    assert session.client.patch(f"{EMBED}/bridges/{three}", {"status": "paused"}).status == 200
    assert listed(acme) == []


def test_it_follows_the_bridge_to_another_end_user_and_to_none(acme: Acme, session: Session) -> None:
    bridge, other = session.bridge()["id"], acme.session("other")
    report(acme, bridge, "error")
    assert acme.server.patch(f"{BRIDGES}/{bridge}", {"end_user_id": other.end_user_id}).status == 200
    assert listed(acme) == [bridge]
    assert acme.server.delete(f"{EMBED}/users/{other.end_user_id}").status == 200
    assert listed(acme) == [bridge]
    assert acme.server.delete(f"{BRIDGES}/{bridge}").status == 200
    assert listed(acme) == []


def test_pages_types_and_nobody_elses(acme: Acme, session: Session) -> None:
    made = [session.bridge()["id"] for _ in range(3)]
    for bridge in made:
        report(acme, bridge, "error")
    first = acme.server.get(f"{BRIDGES}?status=error&limit=2").json
    assert (len(first["data"]), first["pagination"]["total"]) == (2, 3)
    assert listed(acme, f"&limit=2&cursor={first['pagination']['nextCursor']}") == made[:1]
    assert len(listed(acme, "&type=shipstation")) + len(listed(acme, "&type=shopify")) == 3
    assert len(listed(acme, f"&end_user_id={session.end_user_id}")) == 3
    assert listed(Acme.create()) == []


def test_concurrent_changes_leave_the_list_right(acme: Acme, session: Session) -> None:
    bridge = session.bridge()["id"]
    path = f"{BRIDGES}/{bridge}/sync"

    def body(status: str) -> Any:
        return {"orders": [], "shipments": [], "status": status, "error_message": "Refused"}

    for _ in range(3):
        at_once([requesting(acme.server, "POST", path, body(status)) for status in ("error", "active") * 3])
        status = acme.server.get(f"{BRIDGES}/{bridge}").data["status"]
        assert listed(acme) == ([bridge] if status == "error" else [])


def test_reindexing_lists_those_from_before(acme: Acme, session: Session) -> None:
    bridge = session.bridge()
    report(acme, bridge["id"], "error")
    org = acme.organization_id
    assert delete(keys.bridge_in_error(org, bridge["created_at"], bridge["id"]))
    assert listed(acme) == []
    assert [failing.list_again(org, session.end_user_id) for _ in range(2)] == [1, 0]
    assert listed(acme) == [bridge["id"]]
