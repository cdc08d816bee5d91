"""Creates the demo data: an organization with every feature, a merchant, bridges and orders. Prints commands to try.

Everything but the organization and the service keys is created through the public API. A later run keeps the data
(`.local/demo.json`) and only creates a new session.
"""

import argparse
import json
import os
import secrets
import sys
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from local.demo.orders import FOLLOWED_NUMBER, example_batch
from local.demo.tour import print_tour

FEATURES = ["bridges", "data_room", "action_requests", "smart_alerts", "end_user_webhooks", "branded_tracking"]
BRANDING = {"primary_color": "#4F46E5", "company_name": "Acme Fulfillment"}
SLUG = "acme-fulfillment"
MERCHANT = {"externalId": "merchant-1", "name": "Ada's Mugs", "email": "ada@example.com"}
TIMEOUT_S = 60
HOOKS_S = 60
HOOK = "/hooks/demo"


class Api:
    """Calls of the public API. An error response ends the seed and is printed."""

    def __init__(self, base_url: str, token: str) -> None:
        self.base_url = base_url
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        response = self.http.request(method, f"{self.base_url}{path}", json=body, timeout=TIMEOUT_S)
        if not response.ok:
            sys.exit(f"error: {method} {path} returned {response.status_code}: {response.text[:500]}")
        return response.json().get("data")


def patient(url: str) -> requests.Session:
    """A session that waits for the demo service at `url`, which may still be starting."""
    http = requests.Session()
    http.mount(url, HTTPAdapter(max_retries=Retry(connect=8, backoff_factor=0.1)))
    return http


def create_organization() -> dict[str, Any]:
    """The organization and the service keys, which only a command can create."""
    from chalicelib.api_keys import service
    from chalicelib.api_keys.service import create_service_key
    from chalicelib.catalog.bridge_types import catalog

    organization_id, api_key = service.create_organization("Acme Fulfillment")
    created = {bridge_type: create_service_key(bridge_type) for bridge_type in catalog()}
    return {
        "organization_id": organization_id,
        "api_key": api_key,
        "service_keys": {bridge_type: each.key for bridge_type, each in created.items()},
        "signing_secrets": {bridge_type: each.signing_secret for bridge_type, each in created.items()},
    }


def load_or_create(path: Path, base_url: str) -> dict[str, Any]:
    """The demo of an earlier run if the stack still has its data; otherwise a new organization."""
    if path.exists():
        text = path.read_text()
        # Links of a run at another port lead to this one.
        former = json.loads(text).get("base_url", base_url)
        demo: dict[str, Any] = json.loads(text.replace(f'"{former}/', f'"{base_url}/'))
        response = requests.get(
            f"{base_url}/api/v1/api-keys", headers={"Authorization": f"Bearer {demo['api_key']}"}, timeout=TIMEOUT_S
        )
        if response.status_code != HTTPStatus.UNAUTHORIZED:
            return demo
        # The cloud saves its state when it stops, so a killed one loses it.
        print("The last run was killed and its data is lost. Creating new demo data.", flush=True)
    return create_organization()


def configure(demo: dict[str, Any], server: Api) -> None:
    change = {"slug": SLUG, "enabled_features": FEATURES, "branding": BRANDING}
    config = server.call("PATCH", "/api/v1/embed/config", change)
    demo["slug"] = config["slug"]
    demo["publishable_key"] = config["publishable_key"]


def create_session(demo: dict[str, Any], server: Api) -> str:
    from chalicelib.organizations.features import scopes_of

    body = {**MERCHANT, "scopes": scopes_of(FEATURES), "ttlSeconds": 86400}
    session = server.call("POST", "/api/v1/embed/sessions", body)
    demo["session_token"] = session["token"]
    demo["end_user_id"] = session["endUser"]["id"]
    return str(session["token"])


def connect(demo: dict[str, Any], merchant: Api) -> None:
    """Create a shop and a shipper, and a webhook for their events."""
    receiver = os.environ["RECEIVER_URL"]
    events = merchant.call("GET", "/api/v1/embed/webhooks/event-types")
    webhook = merchant.call("POST", "/api/v1/embed/webhooks", {"url": f"{receiver}{HOOK}", "events": events})
    demo["webhook_id"], demo["webhook_secret"] = webhook["id"], webhook["secret"]
    shop = {
        "type": "shopify",
        "name": "Ada's shop",
        "config": {"shopDomain": "adas-mugs.myshopify.com", "accessToken": "demo"},
    }
    shipper = {"type": "shipstation", "name": "Ada's shipper", "config": {"apiKey": "demo", "apiSecret": "demo"}}
    demo["bridges"] = {
        bridge["type"]: merchant.call("POST", "/api/v1/embed/bridges", bridge)["id"] for bridge in (shop, shipper)
    }


def connect_shop(demo: dict[str, Any], merchant: Api) -> None:
    """Connect the demo shop, whose orders then come in by themselves."""
    shop = {"type": "woocommerce", "name": "Ada's WooCommerce shop", "config": demo["shop"]["config"]}
    demo["bridges"]["woocommerce"] = merchant.call("POST", "/api/v1/embed/bridges", shop)["id"]


def describe_shop(demo: dict[str, Any]) -> None:
    """Where the demo shop is, and what a bridge's config needs to connect it."""
    url = os.environ["DEMO_SHOP"]
    with patient(url) as http:
        keys = http.get(f"{url}/demo/keys", timeout=TIMEOUT_S).json()
        secrets = http.get(f"{url}/demo/hook-secrets", timeout=TIMEOUT_S).json()
    demo["shop"] = {"url": url, "log_url": f"{url}/demo/log", "config": keys}
    demo["hook_secrets"] = secrets


def feed_tracking(server: Api) -> None:
    """Have the demo of EasyPost follow the shipments, as docs/tracking-feeds.md says, and turn on letters."""
    url, secret = os.environ["DEMO_EASYPOST"], secrets.token_urlsafe(32)
    with patient(url) as http:
        key = http.get(f"{url}/demo/keys", timeout=TIMEOUT_S).json()["api_key"]
        provider = {"name": "easypost", "apiKey": key, "webhookSecret": secret}
        change = {"trackingProvider": provider, "shopperEmails": ["shipped", "delivered"]}
        config = server.call("PATCH", "/api/v1/embed/config", {"settings": change})
        webhook = {"url": config["tracking_webhook_url"], "webhook_secret": secret}
        created = http.post(f"{url}/v2/webhooks", json={"webhook": webhook}, auth=(key, ""), timeout=TIMEOUT_S)
        created.raise_for_status()


def wait_for_hooks(demo: dict[str, Any]) -> None:
    """Wait until the shop has the webhooks of its bridge, for their secret."""
    deadline = time.monotonic() + HOOKS_S
    while demo["bridges"]["woocommerce"] not in demo["hook_secrets"] and time.monotonic() < deadline:
        time.sleep(0.2)
        describe_shop(demo)


def send_orders(demo: dict[str, Any], base_url: str) -> None:
    orders, shipments = example_batch()
    for bridge_type, body in (
        ("shopify", {"orders": orders, "completed": True}),
        ("shipstation", {"shipments": shipments, "completed": True}),
    ):
        service = Api(base_url, demo["service_keys"][bridge_type])
        service.call("POST", f"/api/v1/bridges/{demo['bridges'][bridge_type]}/sync", body)


def share_tracking(demo: dict[str, Any], merchant: Api, base_url: str) -> None:
    """Create a tracking page for a shipment in every status, and for the one that is followed."""
    shipments = merchant.call("GET", "/api/v1/embed/shipments?limit=50")
    pages: dict[str, str] = {}
    for shipment in shipments:
        page = merchant.call("POST", "/api/v1/embed/tracking-pages", {"shipmentId": shipment["id"]})
        url = f"{base_url}/t/{page['token']}"
        if shipment["tracking_number"] == FOLLOWED_NUMBER:
            demo["followed_page"] = url
        else:
            pages.setdefault(shipment["status"], url)
    demo["tracking_pages"] = pages


def write(path: Path, demo: dict[str, Any]) -> None:
    path.write_text(json.dumps(demo, indent=2) + "\n")
    path.chmod(0o600)


def share_webhook_secret(demo: dict[str, Any]) -> None:
    """Give the receiver the secret, so that it can verify signatures."""
    url = f"{demo['receiver_url']}{HOOK}"
    requests.put(url, json={"secret": demo["webhook_secret"]}, timeout=TIMEOUT_S).raise_for_status()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="folder of demo.json")
    folder: Path = parser.parse_args().folder
    path = folder / "demo.json"
    base_url = os.environ["BASE_URL"]
    demo = load_or_create(path, base_url)
    demo["base_url"] = base_url
    demo["receiver_url"] = os.environ["RECEIVER_URL"]
    demo["easypost_url"] = os.environ["DEMO_EASYPOST"]
    demo["bridge_service_url"] = os.environ["DEMO_BRIDGE_SERVICE"]
    describe_shop(demo)
    demo["mail_command"] = f"curl -s {os.environ['AWS_ENDPOINT_URL']}/_ministack/ses/messages"
    write(path, demo)
    server = Api(base_url, demo["api_key"])
    configure(demo, server)
    merchant = Api(base_url, create_session(demo, server))
    if "tracking_pages" not in demo:
        connect(demo, merchant)
        connect_shop(demo, merchant)
        share_webhook_secret(demo)
        feed_tracking(server)
        send_orders(demo, base_url)
        share_tracking(demo, merchant, base_url)
        wait_for_hooks(demo)
    share_webhook_secret(demo)
    write(path, demo)
    print_tour(demo)


if __name__ == "__main__":
    main()
