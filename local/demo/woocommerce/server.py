"""The demo shop on a port.

/                         its orders, to make and change by hand
/wp-json/wc/v3/…          WooCommerce's REST API
/wc-auth/v1/authorize     consent to an app's keys, which are then posted to the app
/demo/log                 what was done to the shop, oldest first: ?action=fulfillment.created
/demo/keys                its address and keys, as a bridge's config has them
/demo/hook-secrets        the secrets of its webhooks, by the last part of their address: a bridge's id
"""

import argparse
import json
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests

from local.demo.server import Handler, serve
from local.demo.woocommerce import pages
from local.demo.woocommerce.rest import Call, DemoShop, parse_body
from local.demo.woocommerce.sample import add_sample_orders
from local.demo.woocommerce.store import Store
from local.demo.woocommerce.webhooks import Webhooks

API = "/wp-json/"
SHOWN = 50
CONSENT = ("app_name", "user_id", "return_url", "callback_url", "scope")
TIMEOUT_S = 60


class WooCommerce(Handler):
    name = "demo shop"
    shop: DemoShop
    store_url: str

    def do_GET(self) -> None:
        match self.route.strip("/").split("/"):
            case [""]:
                orders = list(self.shop.store.all("order"))[-SHOWN:]
                self.respond_page(pages.orders_page(self.shop.name, reversed(orders)))
            case ["demo", "log"]:
                action = self.query.get("action")
                log = self.shop.store.all("log")
                self.respond_json([entry for entry in log if action in (None, entry["action"])])
            case ["demo", "keys"]:
                self.respond_json({"storeUrl": self.store_url, **self.shop.first_key()})
            case ["demo", "hook-secrets"]:
                self.respond_json(self.shop.webhooks.secrets())
            case ["wc-auth", "v1", "authorize"]:
                self.ask_for_consent()
            case _:
                self.answer()

    def do_POST(self) -> None:
        match self.route.strip("/").split("/"):
            case ["demo", "orders"]:
                self.order(self.form())
            case ["demo", "orders", order_id, what] if order_id.isdigit():
                self.change(order_id, what, self.form())
            case ["wc-auth", "v1", "access_granted"]:
                self.grant(self.form())
            case _:
                self.answer()

    def do_PUT(self) -> None:
        self.answer()

    def do_DELETE(self) -> None:
        self.answer()

    def answer(self) -> None:
        """As the REST API, or as WordPress where nothing is."""
        body = parse_body(self.body())
        if not self.route.startswith(API):
            self.respond_page("<title>Page not found</title><h1>Page not found</h1>", HTTPStatus.NOT_FOUND)
            return
        call = Call(self.command, self.route.removeprefix(API), self.query, body)
        answer = self.shop.answer(call, self.headers.get("Authorization", ""))
        if self.command != "GET":
            self.report(f"{self.command} {call.path}: {answer.status}")
        content = json.dumps(answer.body).encode()
        self.respond(HTTPStatus(answer.status), content, "application/json; charset=UTF-8", **answer.headers)

    def call(self, method: str, path: str, body: dict[str, Any]) -> None:
        """What the REST API would do, by hand of the shop's owner."""
        self.shop.by_owner(Call(method, f"wc/v3/{path}", {}, body))
        self.redirect("/")

    def order(self, form: dict[str, str]) -> None:
        first, _, last = form.get("name", "").rpartition(" ")
        address = {"address_1": "1 Demo Street", "city": "Berlin", "postcode": "10115", "country": "DE"}
        address |= {"first_name": first, "last_name": last}
        line = {"product_id": int(form.get("product_id", 101)), "quantity": int(form.get("quantity", 1))}
        body = {
            "set_paid": True,
            "payment_method": "demo-pay",
            "billing": {**address, "email": form.get("email", "")},
            "shipping": address,
            "line_items": [line],
            "shipping_lines": [{"method_title": "Parcel", "total": "4.90"}],
        }
        self.call("POST", "orders", body)

    def change(self, order_id: str, what: str, form: dict[str, str]) -> None:
        if what == "status" and form.get("status") == "trash":
            self.call("DELETE", f"orders/{order_id}", {})
        elif what == "status":
            self.call("PUT", f"orders/{order_id}", {"status": form.get("status", "")})
        elif what == "address":
            self.call("PUT", f"orders/{order_id}", {"shipping": {"address_1": form.get("address_1", "")}})
        elif what == "ship":
            self.shop.ship(int(order_id), form.get("number", ""))
            self.redirect("/")
        else:
            self.respond_json({"error": "not found"}, HTTPStatus.NOT_FOUND)

    def ask_for_consent(self) -> None:
        if missing := [name for name in CONSENT if not self.query.get(name)]:
            self.refuse(f"Missing parameter {missing[0]}")
        elif not is_callback(self.query["callback_url"]):
            self.refuse("The callback_url needs to be over SSL")
        else:
            self.respond_page(pages.consent_page(self.query))

    def grant(self, form: dict[str, str]) -> None:
        key, secret = self.shop.create_key(form.get("scope", "read"))
        body = {
            "key_id": 1,
            "user_id": form.get("user_id", ""),
            "consumer_key": key,
            "consumer_secret": secret,
            "key_permissions": form.get("scope", "read"),
        }
        address = form.get("callback_url", "")
        status = requests.post(address, json=body, timeout=TIMEOUT_S).status_code if is_callback(address) else 0
        self.report(f"gave keys to {form.get('app_name')}: {status}")
        if status != HTTPStatus.OK:
            self.refuse("An error occurred in the request and at the time were unable to send the consumer data")
            return
        return_url = form.get("return_url", "")
        outcome = urlencode({"success": 1, "user_id": form.get("user_id", "")})
        self.redirect(f"{return_url}{'&' if '?' in return_url else '?'}{outcome}")

    def refuse(self, reason: str) -> None:
        self.respond_page(f"<title>Access denied</title><p>Error: {reason}.</p>", HTTPStatus.UNAUTHORIZED)


def is_callback(address: str) -> bool:
    """Like WooCommerce, https only; beyond that, the local stack's own address."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1"))


def open_shop(folder: Path, tracking_by: Any = "core") -> DemoShop:
    """The shop whose data is in the folder; a new one has a few orders."""
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder / "shop.sqlite")
    shop = DemoShop(store, Webhooks(store), tracking_by=tracking_by)
    if not any(store.all("key")):
        add_sample_orders(store)
        shop.create_key()
    return shop


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="where the shop keeps its data")
    parser.add_argument("--store-url", required=True, help="the shop's address, as connectors know it")
    parser.add_argument("--tracking-by", choices=("core", "plugin", "none"), default="core")
    options = parser.parse_args()
    WooCommerce.shop = open_shop(options.folder, options.tracking_by)
    WooCommerce.store_url = options.store_url
    serve(WooCommerce, options.port)


if __name__ == "__main__":
    main()
