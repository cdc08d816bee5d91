"""Concurrent requests on the packaged functions, with a gateway and a table in another process."""

import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from local.stack import Stack

FOREIGN = {"Origin": "https://evil.example"}
SHIPSTATION = {"type": "shipstation", "name": "Shipper", "config": {"apiKey": "key", "apiSecret": "secret"}}
PATIENCE_S = 180
"""Starting a process of the function for each of twenty calls takes a while on a small machine."""
COMPLETE = "/api/v1/bridges/shopify/oauth/complete"


class Caller:
    """Calls the API over a new connection each time, so that concurrent calls are not serialised."""

    def __init__(self, stack: Stack, token: str) -> None:
        self.base_url, self.token = stack.base_url, token

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        given = {"Authorization": f"Bearer {self.token}", **headers}
        return requests.request(method, f"{self.base_url}{path}", json=body, headers=given, timeout=PATIENCE_S)


def at_once(calls: Sequence[Callable[[], requests.Response]]) -> list[requests.Response]:
    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result() for future in [threads.submit(call) for call in calls]]


def statuses(replies: Sequence[requests.Response]) -> dict[int, int]:
    found = [reply.status_code for reply in replies]
    return {status: found.count(status) for status in sorted(set(found))}


@pytest.fixture(scope="module")
def server(stack: Stack) -> Caller:
    printed = dict(line.split()[:2] for line in stack.command("org", "--name", "Frame").splitlines())
    caller = Caller(stack, printed["api_key"])
    reply = caller("PATCH", "/api/v1/embed/config", {"slug": f"frame-{uuid.uuid4().hex[:8]}"})
    assert reply.ok, reply.text
    return caller


@pytest.fixture(scope="module")
def service(stack: Stack) -> Caller:
    printed = dict(line.split()[:2] for line in stack.command("service_key", "--type", "shopify").splitlines())
    return Caller(stack, printed["service_key"])


@pytest.fixture
def external_id() -> str:
    return f"merchant-{uuid.uuid4()}"


@pytest.fixture
def merchant(stack: Stack, server: Caller, external_id: str) -> Caller:
    return Caller(stack, server("POST", "/api/v1/embed/sessions", {"externalId": external_id}).json()["data"]["token"])


@pytest.fixture
def three_bridges_at_most(server: Caller) -> None:
    assert server("PATCH", "/api/v1/embed/config", {"settings": {"maxBridgesPerUser": 3}}).ok


def bridge_count(server: Caller, external_id: str) -> int:
    [user] = server("GET", f"/api/v1/embed/users?external_id={external_id}").json()["data"]
    return int(user["bridge_count"])


@pytest.mark.usefixtures("three_bridges_at_most")
def test_twenty_concurrent_bridges_stop_at_the_limit(server: Caller, merchant: Caller, external_id: str) -> None:
    replies = at_once([lambda: merchant("POST", "/api/v1/embed/bridges", SHIPSTATION)] * 20)
    assert statuses(replies) == {201: 3, 409: 17}
    assert {reply.json()["error"]["code"] for reply in replies if reply.status_code == 409} == {"limit_reached"}
    assert len(merchant("GET", "/api/v1/embed/bridges").json()["data"]) == 3
    assert bridge_count(server, external_id) == 3


def test_an_oauth_state_works_once(server: Caller, service: Caller, merchant: Caller) -> None:
    assert server("PATCH", "/api/v1/embed/config", {"settings": {"maxBridgesPerUser": None}}).ok
    started = merchant("POST", "/api/v1/embed/bridges/shopify/oauth/start", {"shopDomain": "mystore"}).json()["data"]
    sent = {name: values[0] for name, values in parse_qs(urlsplit(started["authUrl"]).query).items()}
    body = {"state": sent["state"], "shop": sent["shop"], "config": {"accessToken": "token"}}
    replies = at_once([lambda: service("POST", COMPLETE, body)] * 8)
    assert statuses(replies) == {200: 1, 400: 7}
    [bridge] = merchant("GET", "/api/v1/embed/bridges").json()["data"]
    assert (bridge["id"], bridge["status"]) == (started["bridgeId"], "active")


def test_at_most_fifty_sessions_are_live(stack: Stack, server: Caller, external_id: str) -> None:
    made = []
    for _ in range(4):
        opened = at_once([lambda: server("POST", "/api/v1/embed/sessions", {"externalId": external_id})] * 14)
        assert statuses(opened) == {201: 14}
        made += [Caller(stack, reply.json()["data"]["token"]) for reply in opened]
    live = [session("GET", "/api/v1/embed/bridges").status_code for session in made]
    assert (live.count(200), live.count(401)) == (50, 6)
    assert live[-14:] == [200] * 14


def test_concurrent_changes_of_settings_are_all_kept(server: Caller) -> None:
    changes = [{"settings": {f"setting{n}": n}} for n in range(10)]
    replies = at_once([lambda body=body: server("PATCH", "/api/v1/embed/config", body) for body in changes])  # type: ignore[misc]
    assert statuses(replies) == {200: 10}
    kept = server("GET", "/api/v1/embed/config/me").json()["data"]["settings"]
    assert {name: kept.get(name) for change in changes for name in change["settings"]} == {
        f"setting{n}": n for n in range(10)
    }


def test_a_deleted_end_user_owns_no_bridge(server: Caller, merchant: Caller, external_id: str) -> None:
    assert merchant("POST", "/api/v1/embed/bridges", SHIPSTATION).status_code == 201
    [user] = server("GET", f"/api/v1/embed/users?external_id={external_id}").json()["data"]
    creating = [lambda: merchant("POST", "/api/v1/embed/bridges", SHIPSTATION)] * 6
    replies = at_once([*creating, lambda: server("DELETE", f"/api/v1/embed/users/{user['id']}")])
    assert replies[-1].status_code == 200
    assert set(statuses(replies)) <= {200, 201, 401, 409}
    assert server("GET", f"/api/v1/bridges?end_user_id={user['id']}").json()["pagination"]["total"] == 0
    assert merchant("GET", "/api/v1/embed/bridges").status_code == 401


def test_two_keys_cannot_revoke_each_other(stack: Stack) -> None:
    printed = dict(line.split()[:2] for line in stack.command("org", "--name", "Keys").splitlines())
    first = Caller(stack, printed["api_key"])
    made = first("POST", "/api/v1/api-keys", {"name": "Second"}).json()["data"]
    second = Caller(stack, made["key"])
    ids = {key["name"]: key["id"] for key in first("GET", "/api/v1/api-keys").json()["data"]}
    own = next(key_id for name, key_id in ids.items() if name != "Second")
    at_once(
        [
            lambda: first("DELETE", f"/api/v1/api-keys/{made['id']}"),
            lambda: second("DELETE", f"/api/v1/api-keys/{own}"),
        ]
    )
    alive = [caller("GET", "/api/v1/api-keys").status_code for caller in (first, second)]
    assert sorted(alive) == [200, 401]


def test_revoked_and_foreign_credentials_are_refused_at_once(stack: Stack, server: Caller, merchant: Caller) -> None:
    assert server("PATCH", "/api/v1/embed/config", {"allowed_origins": ["https://shop.example"]}).ok
    try:
        refused = merchant("GET", "/api/v1/embed/bridges", **FOREIGN)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "origin_not_allowed")
        # A browser must be able to read the refusal.
        assert refused.headers["Access-Control-Allow-Origin"] == "*"
        let_in = merchant("GET", "/api/v1/embed/bridges", Origin="https://shop.example")
        assert let_in.headers["Access-Control-Allow-Origin"] == "https://shop.example"
        assert "Origin" in let_in.headers["Vary"]
    finally:
        assert server("PATCH", "/api/v1/embed/config", {"allowed_origins": []}).ok
    session = server("POST", "/api/v1/embed/sessions", {"externalId": "revoked"}).json()["data"]
    caller = Caller(stack, session["token"])
    assert caller("GET", "/api/v1/embed/bridges").status_code == 200
    assert server("DELETE", f"/api/v1/embed/sessions/{session['sessionId']}").status_code == 200
    assert caller("GET", "/api/v1/embed/bridges").status_code == 401
