"""One request: read, cancelled, resolved, and what happens when several want to end it."""

from typing import Any

import pytest
import time_machine

from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.merchant import Merchant
from tests.support.races import at_once, requesting, statuses

PATH = f"{EMBED}/action-requests"
UNKNOWN = "550e8400-e29b-41d4-a716-446655440000"


@pytest.fixture
def made(merchant: Merchant, order: str) -> dict[str, Any]:
    return merchant.ask(order, description="Before it ships")


def totals(acme: Acme, merchant: Merchant) -> dict[str, tuple[int, int]]:
    """How many there are by status, in the end user's list and in the queue; without zeros."""
    found = {}
    for status in ("pending", "approved", "denied", "cancelled", "expired"):
        own = merchant.client.get(f"{PATH}?status={status}").json
        queue = acme.server.get(f"{PATH}/queue?status={status}").json
        assert own["pagination"]["total"] == len(own["data"])
        assert queue["pagination"]["total"] == len(queue["data"])
        if own["data"] or queue["data"]:
            found[status] = (len(own["data"]), len(queue["data"]))
    return found


def event_types(acme: Acme) -> list[str]:
    events = acme.server.get(f"{EMBED}/events?limit=100").data
    return sorted(e["event_type"] for e in events if e["event_type"].startswith("action_request."))


BY_HAND = {
    "status": "manual",
    "message": "This cannot be changed at ShipStation from here. Carry this out by hand, then mark it as done.",
    "message_code": "not_changeable_there",
    "applied_at": None,
}


class TestGet:
    @pytest.mark.parametrize("prefix", ["/api/v1/embed", "/api/embed"])
    def test_answers_as_documented(
        self, prefix: str, acme: Acme, merchant: Merchant, order: str, made: dict[str, Any]
    ) -> None:
        reply = merchant.client.get(f"{prefix}/action-requests/{made['id']}")
        assert reply.status == 200
        assert reply.data == {
            "id": made["id"],
            "organization_id": acme.organization_id,
            "end_user_id": merchant.end_user_id,
            "order_id": order,
            "action_type": "cancel",
            "title": "Please cancel",
            "description": "Before it ships",
            "status": "pending",
            "requested_changes": None,
            "resolution_note": None,
            "resolved_by": None,
            "resolved_at": None,
            "expires_at": "2026-01-22T10:30:00.000Z",
            "created_at": "2026-01-15T10:30:00.000Z",
            "application": None,
        }

    def test_anonymous(self, made: dict[str, Any]) -> None:
        assert Client().get(f"{PATH}/{made['id']}").status == 401

    def test_wrong_scope(self, acme: Acme, made: dict[str, Any]) -> None:
        reply = acme.session(scopes=["orders:read"]).client.get(f"{PATH}/{made['id']}")
        assert (reply.status, reply.code) == (403, "insufficient_scope")

    def test_feature_off(self, acme: Acme, merchant: Merchant, made: dict[str, Any]) -> None:
        acme.configure(enabled_features=[])
        assert merchant.client.get(f"{PATH}/{made['id']}").code == "feature_disabled"

    def test_another_end_users_request_is_not_found(self, acme: Acme, made: dict[str, Any]) -> None:
        for other in (acme.session("merchant-2").client, Acme.create().session().client):
            assert other.get(f"{PATH}/{made['id']}").status == 404
            assert other.get(f"{PATH}/{UNKNOWN}").status == 404
            assert other.get(f"{PATH}/1").status == 404


class TestCancel:
    def test_cancels_the_request(self, acme: Acme, merchant: Merchant, order: str, made: dict[str, Any]) -> None:
        reply = merchant.client.delete(f"{PATH}/{made['id']}")
        assert (reply.status, reply.json) == (200, {"success": True})
        assert merchant.client.get(f"{PATH}/{made['id']}").data["status"] == "cancelled"
        assert totals(acme, merchant) == {"cancelled": (1, 1)}
        assert event_types(acme) == ["action_request.cancelled", "action_request.created"]
        activities = merchant.client.get(f"{EMBED}/orders/{order}").data["activities"]
        assert "Request withdrawn" in [activity["title"] for activity in activities]

    def test_is_a_conflict_the_second_time(self, merchant: Merchant, made: dict[str, Any]) -> None:
        merchant.client.delete(f"{PATH}/{made['id']}")
        reply = merchant.client.delete(f"{PATH}/{made['id']}")
        assert (reply.status, reply.code) == (409, "not_pending")

    def test_is_a_conflict_after_it_was_resolved(self, acme: Acme, merchant: Merchant, made: dict[str, Any]) -> None:
        acme.server.patch(f"{PATH}/{made['id']}/resolve", {"status": "approved"})
        assert merchant.client.delete(f"{PATH}/{made['id']}").status == 409
        assert totals(acme, merchant) == {"approved": (1, 1)}

    def test_anonymous(self, made: dict[str, Any]) -> None:
        assert Client().delete(f"{PATH}/{made['id']}").status == 401

    def test_reader(self, acme: Acme, made: dict[str, Any]) -> None:
        reply = acme.session(scopes=["actions:read"]).client.delete(f"{PATH}/{made['id']}")
        assert (reply.status, reply.code) == (403, "insufficient_scope")

    def test_feature_off(self, acme: Acme, merchant: Merchant, made: dict[str, Any]) -> None:
        acme.configure(enabled_features=[])
        assert merchant.client.delete(f"{PATH}/{made['id']}").code == "feature_disabled"

    def test_another_end_users_request_is_not_found(self, acme: Acme, made: dict[str, Any]) -> None:
        other = acme.session("merchant-2").client
        assert other.delete(f"{PATH}/{made['id']}").status == other.delete(f"{PATH}/{UNKNOWN}").status == 404


class TestResolve:
    @pytest.mark.parametrize("prefix", ["/api/v1/embed", "/api/embed"])
    @pytest.mark.parametrize("status", ["approved", "denied"])
    def test_answers_as_documented(
        self, prefix: str, status: str, time: time_machine.Traveller, acme: Acme, order: str, made: dict[str, Any]
    ) -> None:
        time.shift(1800)
        key_id = acme.server.get("/api/v1/api-keys").data[0]["id"]
        body = {"status": status, "resolutionNote": "Order cancelled per customer request."}
        reply = acme.server.patch(f"{prefix}/action-requests/{made['id']}/resolve", body)
        assert reply.status == 200
        assert reply.data == {
            "id": made["id"],
            "order_id": order,
            "action_type": "cancel",
            "title": "Please cancel",
            "status": status,
            "resolution_note": "Order cancelled per customer request.",
            "resolved_by": key_id,
            "resolved_at": "2026-01-15T11:00:00.000Z",
            "created_at": "2026-01-15T10:30:00.000Z",
            "application": BY_HAND if status == "approved" else None,
        }

    def test_the_end_user_sees_the_decision(
        self, acme: Acme, merchant: Merchant, order: str, made: dict[str, Any]
    ) -> None:
        acme.server.patch(f"{PATH}/{made['id']}/resolve", {"status": "denied", "resolutionNote": "Too late"})
        read = merchant.client.get(f"{PATH}/{made['id']}").data
        assert (read["status"], read["resolution_note"]) == ("denied", "Too late")
        assert totals(acme, merchant) == {"denied": (1, 1)}
        assert event_types(acme) == ["action_request.created", "action_request.denied"]
        activities = merchant.client.get(f"{EMBED}/orders/{order}").data["activities"]
        denied = next(activity for activity in activities if activity["title"] == "Request denied")
        assert denied["actor_type"] == "organization"

    def test_is_a_conflict_the_second_time(self, acme: Acme, made: dict[str, Any]) -> None:
        acme.server.patch(f"{PATH}/{made['id']}/resolve", {"status": "approved"})
        reply = acme.server.patch(f"{PATH}/{made['id']}/resolve", {"status": "denied"})
        assert (reply.status, reply.code) == (409, "not_pending")

    def test_is_a_conflict_after_it_was_cancelled(self, acme: Acme, merchant: Merchant, made: dict[str, Any]) -> None:
        merchant.client.delete(f"{PATH}/{made['id']}")
        assert acme.server.patch(f"{PATH}/{made['id']}/resolve", {"status": "approved"}).status == 409

    @pytest.mark.parametrize(
        ("body", "fields"),
        [
            ({}, ["status"]),
            ({"status": "pending"}, ["status"]),
            ({"status": "approved", "resolutionNote": "x" * 2001}, ["resolutionNote"]),
            ({"status": "approved", "note": "x"}, ["note"]),
        ],
    )
    def test_wrong_fields_are_named(
        self, body: dict[str, Any], fields: list[str], acme: Acme, made: dict[str, Any]
    ) -> None:
        reply = acme.server.patch(f"{PATH}/{made['id']}/resolve", body)
        assert (reply.status, reply.fields) == (422, fields)

    def test_anonymous_and_sessions(self, merchant: Merchant, made: dict[str, Any]) -> None:
        for client in (Client(), merchant.client):
            assert client.patch(f"{PATH}/{made['id']}/resolve", {"status": "approved"}).status == 401

    def test_key_without_the_scope(self, acme: Acme, made: dict[str, Any]) -> None:
        key = acme.server.post("/api/v1/api-keys", {"name": "Sync", "scopes": ["bridges:sync"]}).data["key"]
        assert Client(key).patch(f"{PATH}/{made['id']}/resolve", {"status": "approved"}).status == 403

    def test_another_end_users_request_is_not_found(self, made: dict[str, Any]) -> None:
        other = Acme.create().server
        for request_id in (made["id"], UNKNOWN, "1"):
            assert other.patch(f"{PATH}/{request_id}/resolve", {"status": "approved"}).status == 404


class TestSeveralAtOnce:
    @pytest.mark.parametrize("attempt", range(3))
    def test_exactly_one_of_them_wins(self, attempt: int, acme: Acme, merchant: Merchant, made: dict[str, Any]) -> None:
        path = f"{PATH}/{made['id']}"
        approve = requesting(acme.server, "PATCH", f"{path}/resolve", {"status": "approved"})
        deny = requesting(acme.server, "PATCH", f"{path}/resolve", {"status": "denied"})
        cancel = requesting(merchant.client, "DELETE", path)
        replies = at_once([approve, deny, cancel, approve, deny, cancel])
        assert statuses(replies) == {200: 1, 409: 5}
        status = merchant.client.get(path).data["status"]
        winner = [reply.status for reply in replies].index(200) % 3
        assert status == ["approved", "denied", "cancelled"][winner]
        assert totals(acme, merchant) == {status: (1, 1)}
        assert event_types(acme) == sorted(["action_request.created", f"action_request.{status}"])
