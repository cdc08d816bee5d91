"""A bridge type with OAuth that only a deployment's catalog defines."""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from chalice.app import Chalice

from chalicelib.api import gateway as api_gateway
from chalicelib.api import routing
from chalicelib.bridges import routes as bridge_routes
from chalicelib.catalog.bridge_types import catalog
from chalicelib.http.endpoint import Routes
from infra import package
from tests.support import gateway
from tests.support.factories import EMBED, Acme, Service, Session
from tests.support.gateway import Reply

TYPE = "craft-fair"
OWN: dict[str, Any] = {
    "id": TYPE,
    "name": "Craft Fair",
    "description": "Connect your stall",
    "icon": "craft-icon",
    "category": "marketplace",
    "auth_methods": ["oauth"],
    "config_fields": [
        {"name": "stall", "label": "Stall", "type": "text", "required": True},
        {"name": "token", "label": "Token", "type": "password", "required": True},
    ],
    "webhook_support": False,
    "docs_url": "https://example.com/craft",
    "oauth": {"shop_field": "stall", "pattern": "[a-z]+-[0-9]+", "suffix": ".craft.example", "example": "north-7"},
}
SHOP = "north-7.craft.example"


@pytest.fixture
def types_file(tmp_path: Path) -> Path:
    path = tmp_path / "types.json"
    path.write_text(json.dumps([OWN]))
    return path


@pytest.fixture
def own_type(monkeypatch: pytest.MonkeyPatch, types_file: Path) -> Iterator[None]:
    """An app with the routes of a deployment that has the type."""
    monkeypatch.setenv("BRIDGE_TYPES", str(types_file))
    catalog.cache_clear()
    spec = importlib.util.spec_from_file_location("own_bridge_routes", bridge_routes.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    declared = [each for part in vars(module).values() if isinstance(part, Routes) for each in part.endpoints]
    others = [each for each in routing.endpoints() if each.handler.__module__ != bridge_routes.__name__]
    app = Chalice("own")
    routes = [
        routing.Route(each.name, each.methods, each.paths, lambda each=each: each)  # type: ignore[misc]
        for each in (*declared, *others)
    ]
    api_gateway.register(app, routes)
    for entry in (entry for methods in app.routes.values() for entry in methods.values()):
        vars(entry)["cors"] = None
    monkeypatch.setattr(gateway, "_app", lambda: app)
    gateway._patterns.cache_clear()
    yield
    catalog.cache_clear()
    gateway._patterns.cache_clear()


def started(session: Session, bridge_type: str = TYPE, shop: str = "North-7") -> dict[str, str]:
    """The bridge's id, the address and the query of the authorization URL."""
    reply = session.client.post(f"{EMBED}/bridges/{bridge_type}/oauth/start", {"shopDomain": shop})
    assert reply.status == 200, reply.text
    parts = urlsplit(reply.data["authUrl"])
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return {"id": reply.data["bridgeId"], "path": parts.path, **query}


def completed(state: str, bridge_type: str = TYPE, shop: str = SHOP, service: str = "") -> Reply:
    body = {"state": state, "shop": shop, "config": {"token": "secret", "stall": "other-1"}}
    return Service(service or bridge_type).client.post(f"/api/v1/bridges/{bridge_type}/oauth/complete", body)


@pytest.mark.usefixtures("own_type")
class TestFlow:
    def test_connects_and_renews_the_shop(self, acme: Acme) -> None:
        session = acme.session()
        flow = started(session)
        assert (flow["path"], flow["shop"]) == (f"/{TYPE}/oauth/authorize", SHOP)
        assert [each["name"] for each in session.client.get(f"{EMBED}/bridges").data] == [f"Craft Fair - {SHOP}"]
        reply = completed(flow["state"])
        assert (reply.status, reply.data["status"], reply.data["type"]) == (200, "active", TYPE)
        assert Service(TYPE).client.get(f"/api/v1/bridges/{flow['id']}").data["config"] == {
            "stall": SHOP,
            "token": "secret",
        }
        again = started(session, shop=f"https://{SHOP}/")
        assert again["id"] == flow["id"]
        assert completed(again["state"]).status == 200
        assert completed(again["state"]).code == "invalid_state"

    def test_connects_a_shop_once(self, acme: Acme) -> None:
        session = acme.session()
        bridge = {"type": TYPE, "name": "Stall", "config": {"stall": "north-7", "token": "t"}}
        assert session.client.post(f"{EMBED}/bridges", bridge).status == 201
        spelled = {**bridge, "config": {"stall": f"https://{SHOP}", "token": "t"}}
        assert session.client.post(f"{EMBED}/bridges", spelled).code == "already_connected"

    def test_refuses_names_that_are_too_long(self, acme: Acme) -> None:
        client = acme.session().client
        body = {"type": TYPE, "name": "Stall", "config": {"stall": f"{'a' * 2000}-1", "token": "t"}}
        reply = client.post(f"{EMBED}/bridges", body)
        assert (reply.status, reply.fields) == (422, ["config.stall"])

    def test_takes_another_spelling_without_credentials(self, acme: Acme) -> None:
        session = acme.session()
        body = {"type": TYPE, "name": "Stall", "config": {"stall": "north-7", "token": "t"}}
        path = f"{EMBED}/bridges/{session.client.post(f'{EMBED}/bridges', body).data['id']}"
        assert session.client.patch(path, {"config": {"stall": SHOP}}).status == 200
        assert session.client.patch(path, {"config": {"stall": "north-8"}}).fields == ["config.token"]

    def test_refuses_other_shops(self, acme: Acme) -> None:
        client = acme.session().client
        reply = client.post(f"{EMBED}/bridges/{TYPE}/oauth/start", {"shopDomain": "mystore.myshopify.com"})
        assert (reply.status, reply.fields) == (422, ["shopDomain"])
        assert "a Craft Fair store such as north-7 or north-7.craft.example" in reply.text

    def test_requires_an_allowed_type(self, acme: Acme) -> None:
        acme.configure(allowed_bridge_types=["shopify"])
        reply = acme.session().client.post(f"{EMBED}/bridges/{TYPE}/oauth/start", {"shopDomain": "north-7"})
        assert reply.code == "bridge_type_not_allowed"


@pytest.mark.usefixtures("own_type")
class TestStateOfOneType:
    def test_is_refused_by_another_types_completion(self, acme: Acme) -> None:
        session = acme.session()
        own = started(session)
        assert completed(own["state"], "shopify").code == "invalid_state"
        assert completed(own["state"]).code == "invalid_state"
        shopify = started(session, "shopify", "mystore")
        reply = completed(shopify["state"], TYPE, shopify["shop"])
        assert (reply.status, reply.code) == (400, "invalid_state")

    @pytest.mark.parametrize(("bridge_type", "service"), [(TYPE, "shopify"), ("shopify", TYPE)])
    def test_is_refused_to_another_types_service(self, acme: Acme, bridge_type: str, service: str) -> None:
        state = started(acme.session())["state"]
        assert completed(state, bridge_type, service=service).code == "invalid_state"
        assert completed(state).code == "invalid_state"


def test_packaging_lists_the_routes_and_documents_them(types_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(types_file.parent)
    monkeypatch.setenv("BRIDGE_TYPES", types_file.name)
    rows, document = map(json.loads, package.generated().values())
    names = {f"start_{TYPE}_oauth", f"complete_{TYPE}_oauth", "start_shopify_oauth", "complete_shopify_oauth"}
    assert {name for _, name, _, _ in rows if name.endswith("_oauth")} == names
    start = document["paths"][f"{EMBED}/bridges/{TYPE}/oauth/start"]["post"]
    complete = document["paths"][f"/api/v1/bridges/{TYPE}/oauth/complete"]["post"]
    assert (start["operationId"], start["summary"]) == (f"start_{TYPE}_oauth", "Start Craft Fair's OAuth flow")
    example = complete["requestBody"]["content"]["application/json"]["examples"]["example"]["value"]
    assert (example["shop"], example["config"]["stall"]) == (SHOP, SHOP)
    assert "hopify" not in json.dumps([start, complete])
