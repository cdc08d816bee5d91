"""Bridge services that take tasks."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from chalicelib.catalog import bridge_types
from chalicelib.kit import ids
from tests.support.factories import EMBED, Acme, Service
from tests.support.gateway import Client

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
