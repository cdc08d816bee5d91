"""docs/bridge-services.md: the example service works as printed, and the records of the page are stored whole."""

import importlib.util
import io
import json
import re
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from types import ModuleType
from typing import Any
from urllib.request import Request

import pytest
import requests

from chalicelib.action_requests.store import ActionRequestItem
from chalicelib.catalog.bridge_types import catalog, parse_types
from chalicelib.connectors.serving import for_service
from chalicelib.tasks.schemas import TaskRead
from local.places import ROOT
from tests.support.factories import EMBED, Acme, Service
from tests.support.gateway import Client

PAGE = (ROOT / "docs" / "bridge-services.md").read_text()
EXAMPLE = ROOT / "docs" / "examples" / "bridge_service.py"


def through_the_gateway(request: Request, timeout: float) -> io.StringIO:
    """Replaces urlopen: the example's requests go to the API in this process."""
    assert timeout
    token = str(request.get_header("Authorization")).removeprefix("Bearer ")
    data = request.data
    assert data is None or isinstance(data, bytes)
    path = request.full_url.removeprefix("https://orderly.example")
    reply = Client(token).call(request.get_method(), path, json.loads(data) if data else None)
    assert reply.status == 200, reply.text
    return io.StringIO(reply.text)


@pytest.fixture
def service(cloud: None) -> Service:
    return Service("shipstation")


@pytest.fixture
def example(service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The example, running on a free port, as the service of every bridge type."""
    settings = {"ORDERLY_URL": "https://orderly.example", "SERVICE_KEY": service.key}
    for name, value in (settings | {"SIGNING_SECRET": service.signing_secret}).items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.spec_from_file_location("bridge_service", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "urlopen", through_the_gateway)
    monkeypatch.setattr(module.Service, "log_message", lambda *_: None)
    # It repeats a sync by a timer; the tests call it themselves.
    monkeypatch.setattr(module.threading, "Timer", lambda *_: threading.Thread())
    with ThreadingHTTPServer(("127.0.0.1", 0), module.Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("BRIDGE_SERVICE_URL", f"http://127.0.0.1:{server.server_port}")
        catalog.cache_clear()
        yield module
        server.shutdown()
    catalog.cache_clear()


def json_examples() -> list[str]:
    return re.findall(r"^```json\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def test_the_bridge_type_of_the_page_is_valid() -> None:
    own_types, *_ = json_examples()
    assert [entry["id"] for entry in parse_types(own_types)] == ["acme-wms"]


def test_the_page_prints_the_example() -> None:
    assert EXAMPLE.read_text() in PAGE
    assert len(EXAMPLE.read_text().splitlines()) <= 60


@pytest.mark.usefixtures("example")
def test_the_example_tests_connections(acme: Acme) -> None:
    session = acme.session()
    good = session.bridge()
    bad = session.bridge(config={"apiKey": "wrong", "apiSecret": "s"})
    results = [session.client.post(f"{EMBED}/bridges/{bridge['id']}/test").json for bridge in (good, bad)]
    assert results == [
        {"success": True, "message": "Connected.", "code": None},
        {"success": False, "message": "The platform refused the API key.", "code": None},
    ]
    assert {each["id"]: each["status"] for each in session.client.get(f"{EMBED}/bridges").data} == {
        good["id"]: "active",
        bad["id"]: "error",
    }


def test_the_example_refuses_unsigned_requests(example: ModuleType) -> None:
    url = catalog()["shipstation"].service_url
    headers = {"X-Orderly-Timestamp": "1768473000", "X-Orderly-Signature": "bm8="}
    result = requests.post(f"{url}/test", json={"config": {}}, headers=headers, timeout=5).json()
    assert result == {"success": False, "message": "The signature is not valid."}


def test_the_example_syncs_orders(acme: Acme, example: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    session = acme.session()
    bridge = session.bridge()
    capsys.readouterr()
    example.sync_all()
    assert "'created': 1" in capsys.readouterr().out
    (order,) = session.client.get(f"{EMBED}/orders").data
    assert (order["order_number"], order["bridge_id"]) == ("#1001", bridge["id"])


def test_the_records_of_the_page_are_stored_whole(acme: Acme, service: Service) -> None:
    *_, example = json_examples()
    body: dict[str, Any] = json.loads(example)
    bridge = acme.session().bridge()
    result = service.client.post(f"/api/v1/bridges/{bridge['id']}/sync", body).data
    assert (result["orders"]["created"], result["shipments"]["created"]) == (1, 1)
    assert (result["errors"], result.get("warnings", [])) == ([], [])


def test_the_task_of_the_page_is_one_that_services_get() -> None:
    _, example, _ = json_examples()
    task = json.loads(example)
    assert task.keys() < TaskRead.model_fields.keys()
    request = ActionRequestItem(id="r", action_type="cancel", title="Cancel")
    assert task["request"].keys() == for_service(request).keys()
    assert task["request"]["application"] == for_service(request)["application"]
