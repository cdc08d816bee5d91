"""The demo shipper on a port.

/             its orders: buy a label for one, or void it
/v2/…         ShipStation's API V2
/shipments …  and V1
/demo/log     what was done, oldest first; /demo/hooks, /demo/keys
"""

import argparse
import html
import json
import secrets
import threading
from http import HTTPStatus
from pathlib import Path

import requests

from local.demo.server import Handler, serve
from local.demo.shipstation.account import SHIPPED, Account, Thing
from local.demo.shipstation.api import Api, Call

TIMEOUT_S = 10
SHOWN = 50


class Shipper(Handler):
    name = "demo shipper"
    api: Api
    hooks_to: str
    """The stack's address: hooks are registered for its public one, which nothing answers on this machine."""

    def do_GET(self) -> None:
        match self.route.strip("/").split("/"):
            case [""]:
                self.respond_page(page(self.api.account))
            case ["demo", ("log" | "hooks") as what]:
                self.respond_json(self.api.account.data[what])
            case ["demo", "keys"]:
                self.respond_json({name: self.api.account.data[name] for name in ("api_key", "api_secret")})
            case _:
                self.answer()

    def do_POST(self) -> None:
        match self.route.strip("/").split("/"):
            case ["demo", "labels"]:
                self.buy(self.form())
            case ["demo", "labels", label_id, "void"]:
                self.void(label_id)
            case _:
                self.answer()

    def do_PUT(self) -> None:
        self.answer()

    def do_DELETE(self) -> None:
        self.answer()

    def answer(self) -> None:
        content = self.body()
        try:
            body = json.loads(content) if content else None
        except ValueError:
            body = None
        headers = {name.lower(): value for name, value in self.headers.items()}
        found = self.api.answer(Call(self.command, self.route, self.query, body, headers))
        text = b"" if found.body is None else json.dumps(found.body).encode()
        self.respond(HTTPStatus(found.status), text, "application/json; charset=utf-8", **found.headers)

    def buy(self, form: dict[str, str]) -> None:
        account = self.api.account
        with account.lock:
            number, key = form.get("order_number", "").strip(), form.get("order_key", "").strip() or None
            order = next((each for each in account.data["orders"] if each["number"] == number), None)
            order = order or account.add_order(number, key)
            tracking = form.get("tracking_number", "").strip() or f"1Z{secrets.token_hex(8).upper()}"
            label = account.add_label(order, tracking, form.get("carrier", "ups"))
        self.report(f"label {tracking} for order {number}")
        self.notify(label)
        self.redirect("/")

    def void(self, label_id: str) -> None:
        account = self.api.account
        with account.lock:
            for label in account.data["labels"]:
                if str(label["id"]) == label_id and not label["voided_at"]:
                    account.void(label)
        self.redirect("/")

    def notify(self, label: Thing) -> None:
        for hook in self.api.account.data["hooks"]:
            threading.Thread(target=self.post_hook, args=(hook, label), daemon=True).start()

    def post_hook(self, hook: Thing, label: Thing) -> None:
        host = (
            "https://ssapi.shipstation.com/shipments"
            if hook["version"] == 1
            else "https://api.shipstation.com/v2/labels"
        )
        body = {"resource_url": f"{host}?batch_id=se-{label['batch']}", "resource_type": hook["event"].upper()}
        headers = {each["key"]: each["value"] for each in hook["headers"]}
        address = self.hooks_to + "/" + hook["url"].partition("://")[2].partition("/")[2]
        try:
            status = str(requests.post(address, json=body, headers=headers, timeout=TIMEOUT_S).status_code)
        except requests.RequestException as error:
            status = type(error).__name__
        self.report(f"told {address.partition('?')[0]} of a label: {status}")


def page(account: Account) -> str:
    rows = ""
    for label in reversed(account.data["labels"][-SHOWN:]):
        order = account.order(label["order_id"]) or {}
        state = "voided" if label["voided_at"] else "label bought"
        void = (
            ""
            if label["voided_at"]
            else f"<form method=post action=/demo/labels/{label['id']}/void><button>Void</button></form>"
        )
        cells = (order.get("number"), label["carrier"], label["number"], state)
        rows += "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells) + f"<td>{void}</td></tr>"
    waiting = [order["number"] for order in account.data["orders"] if order["status"] != SHIPPED]
    options = "".join(f"<option>{html.escape(number)}</option>" for number in waiting)
    return (
        "<title>Demo shipper</title><h1>Demo shipper</h1><p>Buy a label for an order of a connected shop:</p>"
        "<form method=post action=/demo/labels>"
        "<label>Order number <input name=order_number required list=waiting></label> "
        f"<datalist id=waiting>{options}</datalist>"
        "<label>Carrier <select name=carrier><option>ups<option>fedex<option>stamps_com</select></label> "
        f"<button>Buy a label</button></form><table>{rows}</table>"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--file", type=Path, required=True)
    parser.add_argument("--hooks-to", required=True)
    arguments = parser.parse_args()
    Shipper.api = Api(Account(arguments.file))
    Shipper.hooks_to = arguments.hooks_to
    serve(Shipper, arguments.port)


if __name__ == "__main__":
    main()
