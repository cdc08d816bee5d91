"""The demo of EasyPost on a port.

/                  the parcels it follows: make the next scan of one
/v2/trackers       EasyPost's API: follow a number
/v2/webhooks       and where to report
/demo/asked        the number of every request to follow one, oldest first; /demo/keys
POST /demo/scans   the next scan of `tracking_code`, reported `copies` times
"""

import argparse
import base64
import html
import json
import threading
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests

from local.demo.easypost.account import Account, Thing, event, signature
from local.demo.server import Handler, serve

TIMEOUT_S = 10
ATTEMPTS = 4
RETRY_S = 2
SHOWN = 50


class EasyPost(Handler):
    name = "demo EasyPost"
    account: Account

    def do_GET(self) -> None:
        match self.route.strip("/").split("/"):
            case [""]:
                self.respond_page(page(self.account))
            case ["demo", "keys"]:
                self.respond_json({"api_key": self.account.data["api_key"]})
            case ["demo", "asked"]:
                self.respond_json(self.account.data["asked"])
            case _:
                self.refuse(HTTPStatus.NOT_FOUND, "NOT_FOUND", "The requested resource could not be found.")

    def do_POST(self) -> None:
        match self.route.strip("/").split("/"):
            case ["demo", "scans"]:
                self.next_scan(self.form())
            case ["v2", "trackers"]:
                self.authorized(self.create_tracker)
            case ["v2", "webhooks"]:
                self.authorized(self.create_webhook)
            case _:
                self.refuse(HTTPStatus.NOT_FOUND, "NOT_FOUND", "The requested resource could not be found.")

    def authorized(self, answer: Any) -> None:
        """Pass on the object in the body, if the API key is the account's."""
        content = self.body()
        credentials = base64.b64encode(f"{self.account.data['api_key']}:".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {credentials}":
            self.refuse(HTTPStatus.UNAUTHORIZED, "APIKEY.INACTIVE", "This API key is no longer active.")
            return
        try:
            (given,) = json.loads(content).values()
        except (ValueError, AttributeError):
            self.refuse(HTTPStatus.BAD_REQUEST, "PARAMETER.INVALID", "The body is not one object.")
            return
        answer(given)

    def create_tracker(self, given: Thing) -> None:
        number = str(given.get("tracking_code") or "").strip()
        if not number:
            text = "tracking_code is required."
            self.refuse(HTTPStatus.UNPROCESSABLE_ENTITY, "PARAMETER.REQUIRED", text)
            return
        tracker, is_new = self.account.follow(number, given.get("carrier"))
        if is_new:
            self.report(f"follows {number}")
        self.respond_json(tracker, HTTPStatus.CREATED)

    def create_webhook(self, given: Thing) -> None:
        webhook = self.account.add_webhook(str(given.get("url") or ""), given.get("webhook_secret"))
        self.respond_json({name: value for name, value in webhook.items() if name != "secret"}, HTTPStatus.CREATED)

    def next_scan(self, form: dict[str, str]) -> None:
        """For the page and for tests: when it answers, every webhook has been told."""
        tracker = self.account.advance(form.get("tracking_code", ""))
        if tracker is None:
            self.refuse(HTTPStatus.NOT_FOUND, "NOT_FOUND", "Its journey is over, or nobody asked for it.")
            return
        tell(self.account, tracker, copies=int(form.get("copies", 1)))
        self.redirect("/")

    def refuse(self, status: HTTPStatus, code: str, message: str) -> None:
        self.respond_json({"error": {"code": code, "message": message, "errors": []}}, status)


def tell(account: Account, tracker: Thing, copies: int = 1) -> None:
    """Report a tracker to every webhook. Repeated for a while if one does not answer."""
    body = json.dumps(event(tracker)).encode()
    for webhook in account.data["webhooks"]:
        if webhook["disabled_at"] is not None:
            continue
        headers = {"Content-Type": "application/json"}
        if webhook["secret"]:
            headers["X-Hmac-Signature"] = signature(webhook["secret"], body)
        statuses = [post(webhook["url"], body, headers) for _ in range(copies)]
        told = f"told of {tracker['tracking_code']}: {tracker['status']}"
        print(f"[demo EasyPost] {told} ({', '.join(statuses)})\n", end="", flush=True)
        if str(HTTPStatus.NOT_FOUND.value) in statuses:
            account.disable(webhook)


def post(url: str, body: bytes, headers: dict[str, str]) -> str:
    """The status of the answer, or the name of what went wrong."""
    status = ""
    for attempt in range(ATTEMPTS):
        time.sleep(RETRY_S if attempt else 0)
        try:
            reply = requests.post(url, data=body, headers=headers, timeout=TIMEOUT_S)
        except requests.RequestException as error:
            status = type(error).__name__
            continue
        status = str(reply.status_code)
        if reply.status_code < HTTPStatus.INTERNAL_SERVER_ERROR and reply.status_code != HTTPStatus.TOO_MANY_REQUESTS:
            break
    return status


def move(account: Account, seconds: float) -> None:
    """Scan every test number that is on its way, again and again."""
    while True:
        time.sleep(seconds)
        for number in account.moving():
            tracker = account.advance(number)
            if tracker is not None:
                tell(account, tracker)


def page(account: Account) -> str:
    rows = ""
    for number, tracker in list(account.data["trackers"].items())[: -SHOWN - 1 : -1]:
        button = (
            "<form method=post action=/demo/scans>"
            f"<button name=tracking_code value='{html.escape(number)}'>Next scan</button></form>"
        )
        cells = (number, tracker["carrier"], tracker["status"], len(tracker["tracking_details"]))
        rows += "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells) + f"<td>{button}</td></tr>"
    return (
        "<title>Demo EasyPost</title><h1>Demo EasyPost</h1>"
        "<p>The parcels that it follows. Those whose number begins with EZ move by themselves.</p>"
        f"<table><tr><th>Number<th>Carrier<th>Status<th>Scans<th></tr>{rows}</table>"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--file", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=5, help="between two scans of a test number")
    arguments = parser.parse_args()
    EasyPost.account = Account(arguments.file)
    threading.Thread(target=move, args=(EasyPost.account, arguments.seconds), daemon=True).start()
    serve(EasyPost, arguments.port)


if __name__ == "__main__":
    main()
