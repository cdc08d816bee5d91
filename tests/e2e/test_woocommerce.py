"""A shop of WooCommerce connects, its orders come in and follow it, and a shipment goes back: no call by hand."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from local.places import ROOT
from local.stack import SHOP_HOST, Stack
from tests.support.calling import Caller, eventually, organization

STORE_URL = f"https://{SHOP_HOST}"
SCOPES = ["bridges:read", "bridges:write", "orders:read", "shipments:read", "actions:write"]


class Shop:
    """The demo shop as its owner uses it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def config(self) -> dict[str, str]:
        keys: dict[str, str] = requests.get(f"{self.url}/demo/keys", timeout=10).json()
        return keys

    def order(self, name: str) -> None:
        form = {"product_id": "102", "quantity": "3", "name": name, "email": "shopper@example.com"}
        requests.post(f"{self.url}/demo/orders", data=form, timeout=10, allow_redirects=False).raise_for_status()

    def change(self, order_id: str, what: str, **form: str) -> None:
        address = f"{self.url}/demo/orders/{order_id}/{what}"
        requests.post(address, data=form, timeout=10, allow_redirects=False).raise_for_status()

    def log(self, action: str, order_id: str) -> list[Any]:
        log = requests.get(f"{self.url}/demo/log", {"action": action}, timeout=10).json()
        return [entry for entry in log if str(entry["order_id"]) == order_id]

    def has_hooks(self, bridge_id: str) -> bool:
        return bridge_id in requests.get(f"{self.url}/demo/hook-secrets", timeout=10).json()


@pytest.fixture(scope="module")
def shop(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    command = [sys.executable, "-m", "local.demo.woocommerce.server", "--port", str(stack.ports.shop)]
    folder = str(tmp_path_factory.mktemp("shop"))
    process = subprocess.Popen([*command, "--folder", folder, "--store-url", STORE_URL], cwd=ROOT)
    url = f"http://localhost:{stack.ports.shop}"

    def answers() -> bool:
        try:
            return requests.get(f"{url}/demo/keys", timeout=5).ok
        except requests.ConnectionError:
            return False

    try:
        eventually(answers, bool)
        yield Shop(url)
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def server(stack: Stack) -> Caller:
    return organization(stack, "Shops", ["bridges", "data_room", "action_requests"])


@pytest.fixture
def merchant(stack: Stack, server: Caller) -> Caller:
    session = server("POST", "/sessions", {"externalId": f"merchant-{uuid.uuid4()}", "scopes": SCOPES})
    return Caller(stack.base_url, session["data"]["token"])


def test_a_shop_connects_and_stays_true(
    shop: Shop, stack: Stack, server: Caller, merchant: Caller, api_key: str
) -> None:
    body = {"type": "woocommerce", "name": "Shop", "config": shop.config()}
    bridge_id = merchant("POST", "/bridges", body)["data"]["id"]
    eventually(lambda: merchant("GET", "/orders")["data"], lambda orders: len(orders) >= 6)
    eventually(lambda: shop.has_hooks(bridge_id), bool)

    # An order that is made at the shop comes in by its webhook.
    shop.order("Barbara Liskov")

    def look() -> list[Any]:
        found: list[Any] = merchant("GET", "/orders?search=liskov")["data"]
        return found

    (order,) = eventually(look, bool)
    assert (order["status"], order["payment_status"]) == ("processing", "paid")
    order_id = order["external_id"]

    # A shipment of another source goes back to the shop, once.
    merchant("PATCH", f"/bridges/{bridge_id}", {"push_fulfillments": True})
    shipment = {
        "external_id": "label-1",
        "order_external_id": order_id,
        "tracking_number": "1Z12345E0205271688",
        "carrier": "UPS",
        "status": "in_transit",
    }
    shipper = {"type": "shipstation", "name": "Shipper", "config": {"apiKey": "key", "apiSecret": "secret"}}
    shipper_id = merchant("POST", "/bridges", shipper)["data"]["id"]
    sync = f"{stack.base_url}/api/v1/bridges/{shipper_id}/sync"
    key = {"Authorization": f"Bearer {server.token}"}
    synced = requests.post(sync, json={"shipments": [shipment]}, headers=key, timeout=30).json()
    assert synced["data"]["shipments"]["created"] == 1
    assert eventually(lambda: shop.log("fulfillment.created", order_id), bool)
    (order,) = eventually(look, lambda found: found[0]["status"] == "shipped")
    assert len(shop.log("fulfillment.created", order_id)) == 1
    assert [each["tracking_number"] for each in order["shipments"]] == ["1Z12345E0205271688"]

    # An approved cancellation is cancelled at the shop, once, and everybody sees it.
    shop.order("Radia Perlman")
    (placed,) = eventually(lambda: merchant("GET", "/orders?search=perlman")["data"], bool)
    body = {"orderId": placed["id"], "actionType": "cancel", "title": "Bought twice"}
    request_id = merchant("POST", "/action-requests", body)["data"]["id"]
    server("PATCH", f"/action-requests/{request_id}/resolve", {"status": "approved"})
    eventually(
        lambda: merchant("GET", f"/action-requests/{request_id}")["data"]["application"]["status"],
        lambda status: status == "applied",
    )
    assert merchant("GET", f"/orders/{placed['id']}")["data"]["status"] == "cancelled"
    assert len(cancellations(shop, placed["external_id"])) == 1

    # So is what its shopper cancels while it awaits payment.
    (unpaid,) = merchant("GET", "/orders?status=pending")["data"]
    path = f"{stack.base_url}/storefront/v1/orders/{unpaid['order_number']}/cancel"
    made = requests.post(
        f"{stack.base_url}/api/v1/storefront/customer-sessions",
        json={"email": unpaid["customer"]["email"]},
        headers=key,
        timeout=30,
    ).json()
    shopper = {
        "Authorization": f"Bearer {made['data']['token']}",
        "X-Api-Key": server("GET", "/config/me")["data"]["publishable_key"],
    }
    assert requests.post(path, headers=shopper, timeout=30).json()["status"] == "CANCELLED"
    assert len(eventually(lambda: cancellations(shop, unpaid["external_id"]), bool)) == 1

    # What the shop throws away is said to be gone.
    shop.change(order_id, "status", status="trash")
    (order,) = eventually(look, lambda found: found[0]["source_deleted_at"] is not None)
    assert order["source_deleted_at"] is not None


def cancellations(shop: Shop, order_id: str) -> list[Any]:
    return [entry for entry in shop.log("order.status", order_id) if entry["status"] == "cancelled"]
