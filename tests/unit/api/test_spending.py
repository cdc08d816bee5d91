"""Every route declares what one request may make the system spend, and stays within it."""

import json
from typing import Any

import pytest

from benchmarks.capacity import measuring
from chalicelib.api.documents import EXAMPLES
from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.http.spending import NOTHING
from chalicelib.kit import ids
from chalicelib.kit.settings import settings
from chalicelib.outbound import resolving
from chalicelib.webhooks import operations
from local.spending import PAGE, render
from tests.support.factories import Acme
from tests.support.gateway import Reply
from tests.support.world import World
from tests.unit.test_isolation import CASES, NOT_CALLED_BY_OWNER


@pytest.fixture
def world(acme: Acme) -> World:
    return World.of(acme)


MEASURED = [e for e in endpoints() if e.name not in NOT_CALLED_BY_OWNER]


@pytest.mark.parametrize("endpoint", endpoints(), ids=lambda endpoint: endpoint.name)
def test_every_route_has_a_bound(endpoint: Endpoint) -> None:
    assert endpoint.spends is not None, "declare spends=…, see chalicelib/http/spending.py, and run: make spending"
    if endpoint.auth in (Auth.PUBLIC, Auth.PUBLISHABLE_KEY, Auth.SHOP):
        assert endpoint.limits or endpoint.spends == NOTHING, "strangers need a limit"


def test_the_page_is_current() -> None:
    assert PAGE.read_text() == render(), "run: make spending"


def _call(world: World, endpoint: Endpoint) -> Reply:
    create, body = CASES.get(endpoint.name, (None, None))
    path = endpoint.paths[0]
    example: dict[str, Any] = json.loads(EXAMPLES.read_text()).get(endpoint.name, {})
    values = create(world) if create else {}
    given = {name: values.get(name, example.get("path", {}).get(name, ids.new_id())) for name in _variables(path)}
    sent = body if create else example.get("request")
    client = world.rightful(endpoint)
    with measuring(settings().table_name, latency=0) as measured:
        reply = client.call(endpoint.method, path.format(**given), sent)
    assert endpoint.spends is not None

    assert measured.read <= endpoint.spends.reads
    assert measured.written <= endpoint.spends.writes
    return reply


def _variables(path: str) -> list[str]:
    return [part.strip("{}") for part in path.split("/") if part.startswith("{")]


@pytest.mark.parametrize("endpoint", MEASURED, ids=lambda endpoint: endpoint.name)
def test_a_request_stays_within_it(world: World, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "invoke", lambda *_: {"success": True, "statusCode": 200, "error": ""})
    monkeypatch.setattr(resolving, "resolve", lambda *_: ["93.184.216.34"])
    assert _call(world, endpoint).status < 500
