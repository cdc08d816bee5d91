"""A bridge service that pretends to be every platform at once. It speaks the service protocol of the contract, §5.

    POST /{type}/test              signed by Orderly; fails when the bridge's config has "fail": "some words"
    GET  /{type}/oauth/authorize   the merchant's consent; `auto=1` consents without a person
    POST /demo/sync/{bridge_id}    sends a few orders of that bridge through the Sync API: ?type=shopify&count=3

Its keys and secrets come from the demonstration's file, read again for each request: it may start before the seed.
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


def signed_by(secret: str, timestamp: str, body: bytes, signature: str) -> bool:
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
                self.answer_json({"error": "not found"}, HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        match self.route.strip("/").split("/"):
            case [bridge_type, "test"]:
                self.test(bridge_type)
            case [bridge_type, "oauth", "approve"]:
                self.approve(bridge_type, dict(parse_qsl(self.body().decode())))
            case ["demo", "sync", bridge_id]:
                self.sync(bridge_id)
            case _:
                self.answer_json({"error": "not found"}, HTTPStatus.NOT_FOUND)

    def test(self, bridge_type: str) -> None:
        body = self.body()
        timestamp = self.headers.get("X-Orderly-Timestamp", "")
        secret = self.demo().get("signing_secrets", {}).get(bridge_type, "")
        right = signed_by(secret, timestamp, body, self.headers.get("X-Orderly-Signature", ""))
        if not (secret and right and is_fresh(timestamp)):
            self.say(f"test of a {bridge_type} bridge refused: signature wrong")
            self.answer_json({"success": False, "message": "signature wrong"}, HTTPStatus.UNAUTHORIZED)
            return
        asked = json.loads(body)
        wrong = asked["config"].get("fail")
        self.say(f"test of {bridge_type} bridge {asked['bridgeId']}: {wrong or 'fine'}")
        self.answer_json({"success": not wrong, "message": wrong or "Connected"})

    def authorize(self, bridge_type: str) -> None:
        asked = {name: self.query.get(name, "") for name in ("shop", "state", "return_url")}
        if self.query.get("auto"):
            self.approve(bridge_type, asked)
            return
        shop = html.escape(asked["shop"])
        fields = (f"<input type=hidden name={name} value='{html.escape(value)}'>" for name, value in asked.items())
        self.answer_page(
            f"<title>Connect {shop}</title><h1>Connect {shop}</h1>"
            f"<p>The demo platform asks: may Orderly read the orders of {shop}?</p>"
            f"<form method=post action='/{html.escape(bridge_type)}/oauth/approve'>"
            f"{''.join(fields)}<button>Allow</button></form>"
        )

    def approve(self, bridge_type: str, asked: dict[str, str]) -> None:
        completed = requests.post(
            f"{self.base_url}/api/v1/bridges/{bridge_type}/oauth/complete",
            headers=self.bearer(bridge_type),
            json={
                "state": asked.get("state", ""),
                "shop": asked.get("shop", ""),
                "config": {"accessToken": f"demo_{secrets.token_hex(8)}"},
            },
            timeout=30,
        )
        self.say(f"OAuth of {asked.get('shop')}: {completed.status_code}")
        return_url = asked.get("return_url")
        if return_url:
            outcome = {"connected": "true"} if completed.ok else {"error": "invalid_state"}
            self.redirect(f"{return_url}{'&' if '?' in return_url else '?'}{urlencode(outcome)}")
            return
        words = "Connected. You can close this page." if completed.ok else f"Refused: {html.escape(completed.text)}"
        self.answer_page(f"<title>Connect</title><p>{words}</p>", HTTPStatus(completed.status_code))

    def sync(self, bridge_id: str) -> None:
        bridge_type = self.query.get("type", "shopify")
        orders = [example_order(index) for index in range(int(self.query.get("count", 3)))]
        sent = requests.post(
            f"{self.base_url}/api/v1/bridges/{bridge_id}/sync",
            headers=self.bearer(bridge_type),
            json={"orders": orders, "completed": True},
            timeout=30,
        )
        self.say(f"sent {len(orders)} orders of bridge {bridge_id}: {sent.status_code}")
        self.answer_json(sent.json(), HTTPStatus(sent.status_code))


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
