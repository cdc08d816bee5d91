"""A merchant with a Shopify store and a ShipStation account, on the local stack: from the order to the tracking page,
without a call by hand."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from socket import create_server
from typing import Any

import pytest
import requests

from chalicelib.connectors.shopify.hooks import TOPICS
from local.places import ROOT
from local.stack import Stack
from tests.support.calling import Caller, eventually, organization
from tests.support.shopify.double import CLIENT, DOMAIN, Double
from tests.support.shopify.objects import line, order
from tests.support.shopify.server import served

SCOPES = ["bridges:write", "orders:read", "shipments:read", "tracking:read"]
FEATURES = ["bridges", "data_room", "branded_tracking"]


def free_port() -> int:
    with closing(create_server(("127.0.0.1", 0))) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def platforms(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Double, str]]:
    """Shopify's double and the address of the demo shipper. The stack's own connectors work on both while this lasts:
    they find the doubles under the platforms' hosts, and no service is named for these types."""
    shop_port, shipper_port = free_port(), free_port()
    folder = tmp_path_factory.mktemp("shipper")
    command = [sys.executable, "-m", "local.demo.shipstation.server", "--port", str(shipper_port)]
    process = subprocess.Popen(
        [*command, "--file", str(folder / "account.json"), "--hooks-to", stack.base_url], cwd=ROOT
    )
    shipper = f"http://localhost:{shipper_port}"
    hosts = [f"{host}={shipper}" for host in ("api.shipstation.com", "ssapi.shipstation.com")]
    hosts.append(f"*.myshopify.com=http://localhost:{shop_port}")
    try:
        with served(Double(), shop_port) as double:
            eventually(lambda: _answers(f"{shipper}/demo/log"), bool)
            stack.deploy(PlatformHosts=",".join(hosts), BridgeServiceUrl="", BridgeServices="")
            yield double, shipper
    finally:
        process.terminate()
        process.wait()
        stack.deploy()


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.ConnectionError:
        return False


def test_from_the_order_to_the_tracking_page(stack: Stack, platforms: tuple[Double, str]) -> None:
    double, shipper = platforms
    server = organization(stack, "Shippers", FEATURES)
    session = server("POST", "/sessions", {"externalId": f"merchant-{uuid.uuid4()}", "scopes": SCOPES})
    merchant = Caller(stack.base_url, session["data"]["token"])
    account = requests.get(f"{shipper}/demo/keys", timeout=10).json()

    def connect(kind: str, config: dict[str, str]) -> str:
        body = {"type": kind, "name": kind, "config": config}
        return str(merchant("POST", "/bridges", body)["data"]["id"])

    secrets = {"clientId": CLIENT["client_id"], "clientSecret": CLIENT["client_secret"]}
    shop_id = connect("shopify", {"shopDomain": DOMAIN, **secrets})
    connect("shipstation", {"apiKey": account["api_key"]})
    merchant("PATCH", f"/bridges/{shop_id}", {"push_fulfillments": True})
    # A hook that comes before its secret is stored is refused; Shopify would send it again.
    eventually(lambda: len(double.store.hooks), lambda count: count == len(TOPICS))
    eventually(lambda: merchant("GET", "/bridges")["data"], lambda found: not any(row["running"] for row in found))
    eventually(lambda: requests.get(f"{shipper}/demo/hooks", timeout=10).json(), bool)

    def orders() -> list[Any]:
        found: list[Any] = merchant("GET", "/orders")["data"]
        return found

    # An order is placed at the store.
    number = double.store.add(order([line("MUG-1", 2)], name="#1001"))
    (placed,) = eventually(orders, bool)
    assert (placed["order_number"], placed["status"]) == ("#1001", "confirmed")

    # Its label is bought at the shipper.
    form = {"order_number": "1001", "tracking_number": "1Z12345E0205271688", "carrier": "ups"}
    requests.post(f"{shipper}/demo/labels", data=form, timeout=10, allow_redirects=False).raise_for_status()
    (shipment,) = eventually(lambda: merchant("GET", "/shipments")["data"], bool)
    assert (shipment["order_id"], shipment["tracking_number"]) == (placed["id"], "1Z12345E0205271688")

    # The store is told, once, and the order says so.
    told = eventually(lambda: [entry for entry in double.store.log if entry.startswith("fulfilled")], bool)
    eventually(orders, lambda found: found[0]["status"] == "shipped")
    assert told == [f"fulfilled {number} 1Z12345E0205271688"]
    assert orders()[0]["status"] == "shipped"

    # So does the shopper's page.
    token = merchant("POST", "/tracking-pages", {"shipmentId": shipment["id"]})["data"]["token"]
    page = requests.get(f"{stack.base_url}/t/{token}", timeout=30)
    assert "1Z12345E0205271688" in page.text
    assert len([entry for entry in double.store.log if entry.startswith("fulfilled")]) == 1
