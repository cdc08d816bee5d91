"""The running stack follows its OpenAPI document: no 500, no undocumented status, no response of another shape."""

import json
import time
from collections.abc import Callable
from functools import cached_property
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chalicelib.api.documents import openapi_text
from chalicelib.organizations.features import FEATURE_SCOPES
from local.stack import Stack

EXAMPLES = 8
SECONDS_PER_OPERATION = 1.1
"""Time limit for an operation's examples; a slow machine checks fewer."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EMBED = "/api/v1/embed"
SCOPES = ["bridges:write", "orders:read", "shipments:read", "tracking:read"]
SCOPES += ["actions:write", "alerts:write", "webhooks:write"]
ORDER = {
    "external_id": "1",
    "order_number": "1001",
    "customer": {"name": "Jane", "email": "jane@example.com"},
    "line_items": [{"title": "Widget", "sku": "W-1", "quantity": 2, "price": 22.5}],
    "totals": {"total": 45},
    "currency": "USD",
}
SHIPMENT = {
    "external_id": "1",
    "order_external_id": "1",
    "carrier": "UPS",
    "status": "in_transit",
    "checkpoints": [{"status": "in_transit", "checkpoint_time": "2026-01-16T08:00:00Z", "city": "Chicago"}],
}


class Shop:
    """An organization in the stack with the objects that the operations need."""

    def __init__(self, stack: Stack, name: str) -> None:
        self.stack = stack
        self.key = self._printed("org", "--name", name)["api_key"]
        config_body = {"slug": name, "enabled_features": list(FEATURE_SCOPES)}
        config = self.call("PATCH", f"{EMBED}/config", config_body)
        self.publishable_key = config["publishable_key"]
        self.organization_id = config["organization_id"]
        self.session = self.open_session()
        # An order has one pending request of a type.
        self.requested = ""
        self.actions = ["cancel", "hold", "expedite", "address_change", "note", "other"]
        # Created before the examples reach the limits: one to keep and one to delete.
        self.webhooks = [self.webhook(), self.webhook()]
        customer = self.call("POST", "/api/v1/storefront/customer-sessions", {"email": "jane@example.com"})
        shop = {"X-Api-Key": self.publishable_key}
        self.headers = {
            "apiKey": bearer(self.key),
            "embedSession": bearer(self.session["token"]),
            "publishableKey": shop,
            "customerSession": shop | bearer(customer["token"]),
        }

    def _printed(self, *command: str) -> dict[str, str]:
        return dict(line.split()[:2] for line in self.stack.command(*command).splitlines())

    def call(self, method: str, path: str, body: Any = None, token: str | None = None) -> Any:
        url = f"{self.stack.base_url}{path}"
        answer = requests.request(method, url, json=body, headers=bearer(token or self.key), timeout=30)
        assert answer.ok, answer.text
        return answer.json().get("data")

    def open_session(self) -> Any:
        return self.call("POST", f"{EMBED}/sessions", {"externalId": "merchant", "scopes": SCOPES, "ttlSeconds": 86400})

    def made(self, path: str, body: Any) -> str:
        return str(self.call("POST", f"{EMBED}/{path}", body, self.session["token"])["id"])

    def bridge(self) -> str:
        config = {"apiKey": "key", "apiSecret": "secret"}
        return self.made("bridges", {"type": "shipstation", "name": "Bridge", "config": config})

    def webhook(self) -> str:
        url = f"http://127.0.0.1:{self.stack.ports.receiver}/hook"  # where nothing listens
        return self.made("webhooks", {"url": url, "events": ["order.created"]})

    def rule(self) -> str:
        return self.made("alerts/rules", {"name": "Any", "eventType": "order.updated", "condition": {}})

    @cached_property
    def synced(self) -> dict[str, str]:
        self.call("POST", f"/api/v1/bridges/{self.bridge()}/sync", {"orders": [ORDER], "shipments": [SHIPMENT]})
        token = self.session["token"]
        found = {kind: self.call("GET", f"{EMBED}/{kind}", token=token)[0]["id"] for kind in ("orders", "shipments")}
        page = self.call("POST", f"{EMBED}/tracking-pages", {"shipmentId": found["shipments"]}, token)
        number = str(ORDER["order_number"])
        url = f"{self.stack.base_url}/storefront/v1/orders/{number}"
        order = requests.get(url, headers=self.headers["customerSession"], timeout=30).json()
        return {**found, "page_token": page["token"], "number": number, "tracking_token": order["trackingToken"]}

    def action_request(self) -> str:
        if self.actions:
            body = {"orderId": self.synced["orders"], "actionType": self.actions.pop(), "title": "Look"}
            self.requested = self.made("action-requests", body)
        return self.requested

    def tracking_page(self) -> str:
        return self.made("tracking-pages", {"shipmentId": self.synced["shipments"]})

    def variables_of(self, method: str, path: str) -> dict[str, str]:
        """Path variables of existing objects; none for objects that take more than one call to create."""
        if "{order_number}" in path:
            return {"order_number": self.synced["number"]}
        if "/track/{token}" in path or "/o/" in path:
            return {"organization": self.organization_id, "token": self.synced["tracking_token"]}
        if "{token}" in path:
            return {"token": self.synced["page_token"]}
        makers: dict[str, Callable[[], str]] = {
            "bridges": self.bridge,
            "webhooks": lambda: self.webhooks[method == "DELETE"],
            "rules": self.rule,
            "action-requests": self.action_request,
            "tracking-pages": self.tracking_page,
            "orders": lambda: self.synced["orders"],
            "shipments": lambda: self.synced["shipments"],
            "tracking": lambda: self.synced["shipments"],
            "users": lambda: str(self.session["endUser"]["id"]),
            "sessions": lambda: str(self.open_session()["sessionId"]),
            "api-keys": lambda: str(self.call("POST", "/api/v1/api-keys", {"name": "CI"})["id"]),
        }
        before = path.partition("/{id}")[0].rpartition("/")[2]
        return {"id": makers[before]()} if before in makers else {}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture(scope="module")
def shop(stack: Stack) -> Shop:
    made = Shop(stack, "schema-test")
    service = dict(line.split()[:2] for line in stack.command("service_key", "--type", "shopify").splitlines())
    made.headers["serviceKey"] = bearer(service["service_key"])
    return made


@pytest.fixture(scope="module")
def ruined(stack: Stack) -> Shop:
    """Another organization, whose settings, end users and customers the examples may change."""
    return Shop(stack, "schema-test-ruined")


@pytest.fixture(scope="module")
def spent() -> dict[str, float]:
    return {}


RUINOUS = ("/embed/config", "/users/{id}", "/customers/erase")
# Aliases are the same routes; the files of the reference page are not part of the API.
schema = (
    schemathesis.openapi.from_dict(json.loads(openapi_text()))
    .exclude(operation_id_regex="_alias$")
    .exclude(path_regex="^/docs")
)


def owner(path: str, shop: Shop, ruined: Shop) -> Shop:
    return ruined if any(part in path for part in RUINOUS) else shop


@pytest.fixture(scope="module")
def about(shop: Shop, ruined: Shop) -> dict[str, dict[str, str]]:
    """The path variables of each operation's examples. Created before the examples use up the end user's limit."""
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    return {
        each.label: owner(each.path, shop, ruined).variables_of(each.method.upper(), each.path) for each in operations
    }


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_responses_are_as_documented(
    case: Any, stack: Stack, shop: Shop, ruined: Shop, about: dict[str, dict[str, str]], spent: dict[str, float]
) -> None:
    operation = case.operation
    if spent.get(operation.label, 0) > SECONDS_PER_OPERATION:
        return
    who = owner(operation.path, shop, ruined)
    case.path_parameters.update(about[operation.label])
    # The first of several security requirements; a customer needs both parts of one.
    security = operation.definition.raw.get("security") or [{}]
    headers = who.headers[[*security[0]][-1]] if security[0] else {}
    began = time.monotonic()
    case.call_and_validate(base_url=stack.base_url, headers=headers, checks=CHECKS, timeout=30)
    spent[operation.label] = spent.get(operation.label, 0) + time.monotonic() - began
