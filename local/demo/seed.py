"""The demonstration: an organization with every feature on, merchants, bridges, orders; and what to try with it.

Everything goes through the public API, but for the organization and the service keys, which are made by command.
Run again, it keeps what it made (`.local/demo.json`) and only opens a new session.
"""

import argparse
import json
import os
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests

from local.demo.orders import example_batch
from local.demo.tour import print_tour

FEATURES = ["bridges", "data_room", "action_requests", "smart_alerts", "end_user_webhooks", "branded_tracking"]
BRANDING = {"primary_color": "#4F46E5", "company_name": "Acme Fulfillment"}
SLUG = "acme-fulfillment"
MERCHANT = {"externalId": "merchant-1", "name": "Ada's Mugs", "email": "ada@example.com"}
TIMEOUT_S = 60
HOOK = "/hooks/demo"


class Api:
    """Calls of the public API; a refusal ends the seed with its own words."""

    def __init__(self, base_url: str, token: str) -> None:
        self.base_url = base_url
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.http.request(method, f"{self.base_url}{path}", json=body, timeout=TIMEOUT_S)
        if not answer.ok:
            sys.exit(f"error: {method} {path} answered {answer.status_code}: {answer.text[:500]}")
        return answer.json().get("data")


def make_organization() -> dict[str, Any]:
    """What only a command can make."""
    from chalicelib.api_keys import service
    from chalicelib.api_keys.service import create_service_key
    from chalicelib.catalog.bridge_types import catalog

    organization_id, api_key = service.create_organization("Acme Fulfillment")
    made = {kind: create_service_key(kind) for kind in catalog()}
    return {
        "organization_id": organization_id,
        "api_key": api_key,
        "service_keys": {kind: each.key for kind, each in made.items()},
        "signing_secrets": {kind: each.signing_secret for kind, each in made.items()},
    }


def begin(path: Path, base_url: str) -> dict[str, Any]:
    """What was made before, as long as the stack still knows it; otherwise a new organization."""
    if path.exists():
        demo: dict[str, Any] = json.loads(path.read_text())
        known = requests.get(
            f"{base_url}/api/v1/api-keys", headers={"Authorization": f"Bearer {demo['api_key']}"}, timeout=TIMEOUT_S
        )
        if known.status_code != HTTPStatus.UNAUTHORIZED:
            return demo
        # The cloud writes its state when it ends: what is killed, or loses its power, forgets.
        print("The last run did not end in order, and its data is gone: the demonstration begins anew.", flush=True)
    return make_organization()


def configure(demo: dict[str, Any], server: Api) -> None:
    change = {"slug": SLUG, "enabled_features": FEATURES, "branding": BRANDING}
    config = server.call("PATCH", "/api/v1/embed/config", change)
    demo["slug"] = config["slug"]
    demo["publishable_key"] = config["publishable_key"]


def open_session(demo: dict[str, Any], server: Api) -> str:
    from chalicelib.organizations.features import scopes_of

    wanted = {**MERCHANT, "scopes": scopes_of(FEATURES), "ttlSeconds": 86400}
    session = server.call("POST", "/api/v1/embed/sessions", wanted)
    demo["session_token"] = session["token"]
    demo["end_user_id"] = session["endUser"]["id"]
    return str(session["token"])


def connect(demo: dict[str, Any], merchant: Api) -> None:
    """A shop and a shipper, with a webhook that receives what they bring."""
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
        kind["type"]: merchant.call("POST", "/api/v1/embed/bridges", kind)["id"] for kind in (shop, shipper)
    }


def send_orders(demo: dict[str, Any], base_url: str) -> None:
    orders, shipments = example_batch()
    for kind, body in (
        ("shopify", {"orders": orders, "completed": True}),
        ("shipstation", {"shipments": shipments, "completed": True}),
    ):
        service = Api(base_url, demo["service_keys"][kind])
        service.call("POST", f"/api/v1/bridges/{demo['bridges'][kind]}/sync", body)


def share_tracking(demo: dict[str, Any], merchant: Api, base_url: str) -> None:
    """A tracking page for a shipment in every state."""
    shipments = merchant.call("GET", "/api/v1/embed/shipments?limit=50")
    pages: dict[str, str] = {}
    for shipment in shipments:
        page = merchant.call("POST", "/api/v1/embed/tracking-pages", {"shipmentId": shipment["id"]})
        pages.setdefault(shipment["status"], f"{base_url}/t/{page['token']}")
    demo["tracking_pages"] = pages


def write(path: Path, demo: dict[str, Any]) -> None:
    path.write_text(json.dumps(demo, indent=2) + "\n")
    path.chmod(0o600)


def share_webhook_secret(demo: dict[str, Any]) -> None:
    """The receiver says of each webhook whether its signature is right."""
    url = f"{demo['receiver_url']}{HOOK}"
    requests.put(url, json={"secret": demo["webhook_secret"]}, timeout=TIMEOUT_S).raise_for_status()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where demo.json is kept")
    folder: Path = parser.parse_args().folder
    path = folder / "demo.json"
    base_url = os.environ["BASE_URL"]
    demo = begin(path, base_url)
    demo["base_url"] = base_url
    demo["receiver_url"] = os.environ["RECEIVER_URL"]
    demo["mail_command"] = f"curl -s {os.environ['AWS_ENDPOINT_URL']}/_ministack/ses/messages"
    write(path, demo)
    server = Api(base_url, demo["api_key"])
    configure(demo, server)
    merchant = Api(base_url, open_session(demo, server))
    if "tracking_pages" not in demo:
        connect(demo, merchant)
        share_webhook_secret(demo)
        send_orders(demo, base_url)
        share_tracking(demo, merchant, base_url)
    share_webhook_secret(demo)
    write(path, demo)
    print_tour(demo)


if __name__ == "__main__":
    main()
