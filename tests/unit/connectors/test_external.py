"""Bridge services that take tasks."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.catalog import bridge_types
from chalicelib.connectors import serving
from chalicelib.kit import ids
from tests.support.factories import EMBED, Acme, Service, Session
from tests.support.gateway import Client
from tests.support.races import at_once, requesting, statuses

API = "/api/v1/bridges"
BIGCOMMERCE = {"type": "bigcommerce", "name": "Big", "config": {"storeHash": "abc", "accessToken": "token-1"}}


@pytest.fixture(autouse=True)
def takes_tasks(cloud: None) -> Iterator[None]:
    whole = bridge_types._entries()
    bridge_types.catalog.cache_clear()
    entry = {**whole["bigcommerce"], "tasks": True}
    with patch.object(bridge_types, "_entries", lambda: {**whole, "bigcommerce": entry}):
        yield
    bridge_types.catalog.cache_clear()


def asked(acme: Acme) -> tuple[str, Client, list[dict[str, str]]]:
    session = acme.session()
    bridge_id = session.client.post(f"{EMBED}/bridges", BIGCOMMERCE).data["id"]
    reply = session.client.post(f"{EMBED}/bridges/{bridge_id}/sync")
    assert reply.status == 202, reply.text
    service = Service("bigcommerce").client
    return bridge_id, service, service.get(f"{API}/{bridge_id}/tasks?status=queued").data


def test_list_them_and_end_each_once(acme: Acme) -> None:
    bridge_id, service, tasks = asked(acme)
    tasks.sort(key=lambda task: task["task"])
    assert [task["task"] for task in tasks] == ["grab_orders", "grab_shipments"]
    assert {task["request"] for task in tasks} == {task["shipment"] for task in tasks} == {None}
    path = f"{API}/{bridge_id}/tasks/{tasks[0]['id']}/result"
    for _ in range(2):
        done = service.post(path, {"status": "succeeded"})
        assert (done.status, done.data["status"]) == (200, "succeeded")
    assert service.post(path, {"status": "failed"}).code == "task_already_ended"
    other = f"{API}/{bridge_id}/tasks/{tasks[1]['id']}/result"
    error = {"code": "AUTH_ERROR", "message": "The token was revoked."}
    assert service.post(other, {"status": "failed", "error": error}).data["error"] == {**error, "retryable": False}
    assert service.get(f"{API}/{bridge_id}/tasks").data == []
    runs = acme.server.get(f"{API}/{bridge_id}/runs").data
    assert {run["task"]: run["status"] for run in runs} == {"grab_orders": "succeeded", "grab_shipments": "failed"}


def test_only_of_its_own_type(acme: Acme) -> None:
    bridge_id, _, tasks = asked(acme)
    stranger = Service("shipstation").client
    assert stranger.get(f"{API}/{bridge_id}/tasks").status == 404
    path = f"{API}/{bridge_id}/tasks/{tasks[0]['id']}/result"
    assert stranger.post(path, {"status": "succeeded"}).status == 404
    assert acme.server.get(f"{API}/{bridge_id}/tasks").code == "wrong_credential"


def test_an_unknown_task_is_a_404(acme: Acme) -> None:
    bridge_id, service, _ = asked(acme)
    path = f"{API}/{bridge_id}/tasks/{ids.new_id()}/result"
    assert service.post(path, {"status": "succeeded"}).status == 404


def test_a_service_that_takes_none_syncs_by_itself(acme: Acme) -> None:
    session = acme.session()
    bridge_id = session.bridge()["id"]
    assert session.client.post(f"{EMBED}/bridges/{bridge_id}/sync").code == "sync_not_available"


class TestApprovedRequests:
    """A service syncs the order, then says what it did. What the order does not show was not done."""

    def approved(self, acme: Acme, action_type: str = "cancel", **fields: Any) -> tuple[Session, Client, str, Any]:
        session = acme.session()
        bridge_id = session.client.post(f"{EMBED}/bridges", BIGCOMMERCE).data["id"]
        sync(acme, bridge_id)
        order_id = session.client.get(f"{EMBED}/orders").data[0]["id"]
        body = {"orderId": order_id, "actionType": action_type, "title": "Please", **fields}
        request_id = session.client.post(f"{EMBED}/action-requests", body).data["id"]
        path = f"{EMBED}/action-requests/{request_id}/resolve"
        assert acme.server.patch(path, {"status": "approved"}).data["application"]["status"] == "pending"
        service = Service("bigcommerce").client
        (task,) = service.get(f"{API}/{bridge_id}/tasks").data
        return session, service, f"{API}/{bridge_id}/tasks/{task['id']}/result", task

    def application(self, session: Session) -> Any:
        return session.client.get(f"{EMBED}/action-requests").data[0]["application"]

    def test_come_as_tasks_with_what_is_requested(self, acme: Acme) -> None:
        address = {"address1": "5 New Rd", "city": "Reno", "country": "US"}
        *_, task = self.approved(acme, "address_change", requestedChanges=address)
        assert (task["task"], task["order_external_id"]) == ("apply_request", "1")
        assert task["request"]["requested_changes"] == address

    def test_an_order_that_shows_it_is_applied(self, acme: Acme) -> None:
        session, service, path, task = self.approved(acme)
        assert task["request"]["application"] == {"refund": False, "restock": True, "notify_customer": False}
        sync(acme, session.client.get(f"{EMBED}/bridges").data[0]["id"], status="cancelled")
        for _ in range(2):
            assert service.post(path, {"status": "succeeded"}).status == 200
        assert self.application(session)["status"] == "applied"

    @pytest.mark.parametrize("_", range(5))
    def test_of_many_results_at_once_one_ends_it(self, acme: Acme, _: int) -> None:
        session, service, path, _task = self.approved(acme)
        sync(acme, session.client.get(f"{EMBED}/bridges").data[0]["id"], status="cancelled")
        replies = at_once([requesting(service, "POST", path, {"status": "succeeded"})] * 4)
        assert statuses(replies) == {200: 4}
        assert self.application(session)["status"] == "applied"
        log = acme.server.get(f"{EMBED}/events?event_type=action_request.applied")
        assert log.json["pagination"]["total"] == 1

    def test_an_order_that_does_not_show_it_is_failed(self, acme: Acme) -> None:
        session, service, path, _ = self.approved(acme)
        service.post(path, {"status": "succeeded"})
        told = self.application(session)
        assert (told["status"], told["message"]) == ("failed", serving.NOT_SEEN)

    def test_an_address_counts_in_the_shops_own_spelling(self, acme: Acme) -> None:
        address = {"address1": "5 New Rd.", "city": "Reno", "country": "US"}
        session, service, path, _ = self.approved(acme, "address_change", requestedChanges=address)
        shown = {"address1": "5 NEW RD", "city": "RENO", "country": "us", "zip": "89501"}
        sync(acme, session.client.get(f"{EMBED}/bridges").data[0]["id"], shipping_address=shown)
        service.post(path, {"status": "succeeded"})
        assert self.application(session)["status"] == "applied"

    def test_what_a_shopper_cancelled_is_seen_only_where_the_source_shows_it(self, acme: Acme) -> None:
        session = acme.session()
        bridge_id = session.client.post(f"{EMBED}/bridges", BIGCOMMERCE).data["id"]
        unpaid = {"status": "pending", "customer": {"name": "Jane Doe", "email": "jane@example.com"}}
        sync(acme, bridge_id, **unpaid)
        made = acme.server.post("/api/v1/storefront/customer-sessions", {"email": "jane@example.com"})
        shopper = Client(made.data["token"], X_Api_Key=acme.config["publishable_key"])
        assert shopper.post("/storefront/v1/orders/1/cancel").json["status"] == "CANCELLED"
        service = Service("bigcommerce").client
        (task,) = service.get(f"{API}/{bridge_id}/tasks").data
        sync(acme, bridge_id, **unpaid)
        assert service.post(f"{API}/{bridge_id}/tasks/{task['id']}/result", {"status": "succeeded"}).status == 200
        assert self.application(session)["message"] == serving.NOT_SEEN
        # The order is asked for once more, and its source's status holds again.
        assert [each["task"] for each in service.get(f"{API}/{bridge_id}/tasks").data] == ["get_order"]
        sync(acme, bridge_id, **unpaid)
        assert shopper.get("/storefront/v1/orders/1").json["status"] == "PENDING"

    def test_a_failure_says_why(self, acme: Acme) -> None:
        session, service, path, _ = self.approved(acme)
        service.post(path, {"status": "failed", "error": {"code": "LATE", "message": "It is packed."}})
        assert self.application(session) == {
            "status": "failed",
            "message": "It is packed.",
            "message_code": None,
            "applied_at": None,
        }


def sync(acme: Acme, bridge_id: str, **fields: Any) -> None:
    order = {"external_id": "1", "order_number": "1", "status": "processing", **fields}
    assert acme.server.post(f"{API}/{bridge_id}/sync", {"orders": [order]}).status == 200
