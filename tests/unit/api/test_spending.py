"""Every route and function declares what one request or run may make the system spend, and stays within it."""

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
from chalicelib.table import keys
from chalicelib.table.items import Item
from chalicelib.table.transaction import put
from chalicelib.webhooks import operations
from infra.spending import RunSpending
from infra.system import FUNCTIONS, Function
from local.spending import PAGE, render
from tests.support import run_costs
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


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_every_function_has_a_bound(function: Function) -> None:
    """The fixture `affordable` holds the runs of all unit tests to it."""
    assert (function.spends is None) == (function.name == "api_handler"), "declare what a run spends at most"
    if function.queue is not None and function.spends is not None:
        assert function.spends.most >= function.queue.batch_size


def test_a_run_that_exceeds_its_bound_is_noted(cloud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def handler(_: Any) -> None:
        for number in range(3):
            put(Item.at(keys.end_user("o", str(number))))

    frugal = RunSpending(of="page", most=1, reads=0, writes=2)
    monkeypatch.setitem(run_costs.BOUNDS, "expire_tracking_pages", frugal)
    run_costs.measured("expire_tracking_pages", handler)({})
    assert run_costs.exceeded == ["expire_tracking_pages: 3 writes for 0 × page, not 2"]
    run_costs.exceeded.clear()


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
