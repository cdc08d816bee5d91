"""The doubles of Shopify and ShipStation behind the runtime's own transport, in process."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from chalicelib.catalog import bridge_types
from chalicelib.connectors import apps, transport
from chalicelib.outbound.caller import Answer
from local.demo.shipstation.account import Account
from local.demo.shipstation.api import Api, Call
from tests.support.shopify.double import CLIENT, Double

SHIPSTATION_HOSTS = ("api.shipstation.com", "ssapi.shipstation.com")


class Platforms:
    """What answers at the platforms' hosts."""

    def __init__(self) -> None:
        self.shopify = Double()
        self.shipper = Api(Account())
        self.calls: list[str] = []
        """Method and URL of each call, without its query."""

    def call(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], seconds: float) -> Answer:
        assert seconds > 0
        parts = urlsplit(url)
        self.calls.append(f"{method} {parts.hostname}{parts.path}")
        sent = {name.lower(): value for name, value in headers.items()}
        if parts.hostname in SHIPSTATION_HOSTS:
            content = json.loads(body) if body else None
            found = self.shipper.answer(Call(method, parts.path, dict(parse_qsl(parts.query)), content, sent))
            text = b"" if found.body is None else json.dumps(found.body).encode()
            return Answer(found.status, {"content-type": "application/json", **found.headers}, text)
        assert parts.hostname == self.shopify.store.domain, url
        response = self.shopify.handle(method, parts.path, sent, _parsed(body or b"", sent))
        return Answer(response.status, dict(response.headers), response.body)


def _parsed(body: bytes, headers: Mapping[str, str]) -> Any:
    if headers.get("content-type") == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode()))
    return json.loads(body) if body else None


@contextmanager
def installed(platforms: Platforms) -> Iterator[Platforms]:
    """The deployment names no services, so that the project's own connectors do the work."""
    bridge_types.catalog.cache_clear()
    with (
        patch.object(transport, "caller", lambda: platforms),
        patch.object(apps, "credentials", lambda kind: CLIENT if kind == "shopify" else {}),
        patch.dict("os.environ", {"BRIDGE_SERVICE_URL": ""}),
    ):
        yield platforms
    bridge_types.catalog.cache_clear()
