"""Shopify's double on a port, in a thread: it answers calls, and posts its hooks to the addresses registered there."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import requests

from local.demo.server import Handler
from tests.support.shopify.double import CLIENT, Double, signed_hook

TIMEOUT_S = 10


@contextmanager
def served(double: Double, port: int) -> Iterator[Double]:
    lock = threading.Lock()

    class Shopify(Handler):
        name = "shopify"

        def do_POST(self) -> None:  # noqa: N802 - the standard library's name
            content = self.body()
            headers = {name.lower(): value for name, value in self.headers.items()}
            with lock:
                answer = double.handle("POST", self.route, headers, _parsed(content, headers))
            self.respond(HTTPStatus(answer.status), answer.body, answer.headers["content-type"])

    def tell(topic: str, body: Any) -> None:
        wanted = topic.replace("/", "_").upper()
        for hook in [each for each in double.store.hooks if each["topic"] == wanted]:
            # As Shopify does, after its own answer.
            threading.Thread(target=_post, args=(hook["uri"], topic, body, next(deliveries)), daemon=True).start()

    deliveries = iter(f"delivery-{number}" for number in range(10**6))
    double.store.on_change = tell
    with ThreadingHTTPServer(("127.0.0.1", port), Shopify) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield double
        finally:
            server.shutdown()


def _post(address: str, topic: str, body: Any, delivery: str) -> None:
    headers, content = signed_hook(topic, body, CLIENT["client_secret"], delivery)
    requests.post(address, data=content, headers=headers, timeout=TIMEOUT_S)


def _parsed(content: bytes, headers: dict[str, str]) -> Any:
    if headers.get("content-type") == "application/x-www-form-urlencoded":
        return dict(parse_qsl(content.decode()))
    return json.loads(content) if content else None
