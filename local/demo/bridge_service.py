"""A demo bridge service that simulates every platform.

    POST /{type}/test              signed by Orderly; fails if the bridge's config has "fail": "some message"
    GET  /{type}/oauth/authorize   asks for the merchant's consent; `auto=1` gives it without a person
    POST /demo/sync/{bridge_id}    sends orders of that bridge through the Sync API: ?type=shopify&count=3

It reads its keys and secrets from demo.json for each request, so it may start before the seed has written them.
"""

import argparse
import base64
import hashlib
import hmac
import html
import json
import secrets
import time
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import requests

from local.demo.server import Handler, serve

FIVE_MINUTES = 300
FIRST_NAMES = ("Ada", "Grace", "Alan", "Edsger", "Barbara")


def is_signed_by(secret: str, timestamp: str, body: bytes, signature: str) -> bool:
    expected = base64.b64encode(hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).digest())
    return hmac.compare_digest(expected.decode(), signature)


def is_fresh(timestamp: str) -> bool:
    return timestamp.isdigit() and abs(time.time() - int(timestamp)) < FIVE_MINUTES


def example_order(index: int) -> dict[str, Any]:
    number = secrets.token_hex(3)
    name = FIRST_NAMES[index % len(FIRST_NAMES)]
    return {
        "external_id": f"demo-{number}",
        "order_number": f"DEMO-{number.upper()}",
        "status": "confirmed",
        "payment_status": "paid",
        "fulfillment_status": "unfulfilled",
        "customer": {"name": f"{name} Example", "email": f"{name.lower()}@example.com", "phone": None},
        "line_items": [{"title": "Demo mug", "sku": "MUG-1", "quantity": index + 1, "price": 12.5}],
        "shipping_address": {
            "address1": "1 Demo Street",
            "city": "Berlin",
            "state": "BE",
            "zip": "10115",
            "country": "DE",
        },
        "totals": {
            "subtotal": 12.5 * (index + 1),
            "tax": 0,
            "shipping": 5,
            "discount": 0,
            "total": 12.5 * (index + 1) + 5,
        },
        "currency": "EUR",
        "ordered_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


class BridgeService(Handler):
    name = "bridge service"
    base_url: str
    demo_file: Path

    def demo(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.demo_file.read_text()) if self.demo_file.exists() else {}
        return found

    def bearer(self, bridge_type: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.demo().get('service_keys', {}).get(bridge_type, '')}"}

    def do_GET(self) -> None:
        match self.route.strip("/").split("/"):
            case [bridge_type, "oauth", "authorize"]:
                self.authorize(bridge_type)
            case _:
                self.respond_json({"error": "not found"}, HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        match self.route.strip("/").split("/"):
            case [bridge_type, "test"]:
                self.test(bridge_type)
            case [bridge_type, "oauth", "approve"]:
                self.approve(bridge_type, dict(parse_qsl(self.body().decode())))
            case ["demo", "sync", bridge_id]:
                self.sync(bridge_id)
            case _:
                self.respond_json({"error": "not found"}, HTTPStatus.NOT_FOUND)

    def test(self, bridge_type: str) -> None:
        body = self.body()
        timestamp = self.headers.get("X-Orderly-Timestamp", "")
        secret = self.demo().get("signing_secrets", {}).get(bridge_type, "")
        signed = is_signed_by(secret, timestamp, body, self.headers.get("X-Orderly-Signature", ""))
        if not (secret and signed and is_fresh(timestamp)):
            self.report(f"refused the test of a {bridge_type} bridge: invalid signature")
            self.respond_json({"success": False, "message": "Invalid signature"}, HTTPStatus.UNAUTHORIZED)
            return
        request = json.loads(body)
        failure = request["config"].get("fail")
        self.report(f"tested {bridge_type} bridge {request['bridgeId']}: {failure or 'connected'}")
        self.respond_json({"success": not failure, "message": failure or "Connected"})

    def authorize(self, bridge_type: str) -> None:
        request = {name: self.query.get(name, "") for name in ("shop", "state", "return_url")}
        if self.query.get("auto"):
            self.approve(bridge_type, request)
            return
        shop = html.escape(request["shop"])
        fields = (f"<input type=hidden name={name} value='{html.escape(value)}'>" for name, value in request.items())
        self.respond_page(
            f"<title>Connect {shop}</title><h1>Connect {shop}</h1>"
            f"<p>Orderly would like to read the orders of {shop}.</p>"
            f"<form method=post action='/{html.escape(bridge_type)}/oauth/approve'>"
            f"{''.join(fields)}<button>Allow</button></form>"
        )

    def approve(self, bridge_type: str, request: dict[str, str]) -> None:
        completed = requests.post(
            f"{self.base_url}/api/v1/bridges/{bridge_type}/oauth/complete",
            headers=self.bearer(bridge_type),
            json={
                "state": request.get("state", ""),
                "shop": request.get("shop", ""),
                "config": {"accessToken": f"demo_{secrets.token_hex(8)}"},
            },
            timeout=30,
        )
        self.report(f"completed OAuth of {request.get('shop')}: {completed.status_code}")
        return_url = request.get("return_url")
        if return_url:
            outcome = {"connected": "true"} if completed.ok else {"error": "invalid_state"}
            self.redirect(f"{return_url}{'&' if '?' in return_url else '?'}{urlencode(outcome)}")
            return
        message = "Connected. You can close this page." if completed.ok else f"Refused: {html.escape(completed.text)}"
        self.respond_page(f"<title>Connect</title><p>{message}</p>", HTTPStatus(completed.status_code))

    def sync(self, bridge_id: str) -> None:
        bridge_type = self.query.get("type", "shopify")
        orders = [example_order(index) for index in range(int(self.query.get("count", 3)))]
        sent = requests.post(
            f"{self.base_url}/api/v1/bridges/{bridge_id}/sync",
            headers=self.bearer(bridge_type),
            json={"orders": orders, "completed": True},
            timeout=30,
        )
        self.report(f"sent {len(orders)} orders of bridge {bridge_id}: {sent.status_code}")
        self.respond_json(sent.json(), HTTPStatus(sent.status_code))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--demo-file", type=Path, required=True)
    options = parser.parse_args()
    BridgeService.base_url = options.base_url
    BridgeService.demo_file = options.demo_file
    serve(BridgeService, options.port)


if __name__ == "__main__":
    main()
