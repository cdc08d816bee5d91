import base64
import json as json_text
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from chalicelib.connectors.shop import Response, Shop
from local.demo.shipstation.account import Account
from local.demo.shipstation.api import Api, Call


class Double:
    """The demo shipper in process, behind both of ShipStation's hosts."""

    def __init__(self) -> None:
        self.account = Account()
        self.api = Api(self.account)
        self.calls: list[str] = []
        self.instead: Callable[[str], Response | None] = lambda path: None
        self.after: Callable[[str], Response | None] = lambda path: None

    def http(
        self,
        method: str,
        url: str,
        *,
        query: Any = None,
        headers: Any = None,
        json: Any = None,
        form: Any = None,
        basic_auth: tuple[str, str] | None = None,
    ) -> Response:
        parts = urlsplit(url)
        host = "api.shipstation.com" if parts.path.startswith("/v2/") else "ssapi.shipstation.com"
        assert (parts.scheme, parts.hostname) == ("https", host)
        self.calls.append(f"{method} {parts.path}")
        if (answer := self.instead(parts.path)) is not None:
            return answer
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        if basic_auth is not None:
            sent["authorization"] = f"Basic {base64.b64encode(':'.join(basic_auth).encode()).decode()}"
        texts = {name: str(value) for name, value in (query or {}).items()}
        found = self.api.answer(Call(method, parts.path, texts, json, sent))
        content = b"" if found.body is None else json_text.dumps(found.body).encode()
        answer = Response(found.status, {"content-type": "application/json", **found.headers}, content)
        return self.after(parts.path) or answer


@pytest.fixture
def double() -> Double:
    return Double()


def shop_of(double: Double, version: str) -> Shop:
    config = {"apiKey": double.account.data["api_key"]}
    if version == "v1":
        config["apiSecret"] = double.account.data["api_secret"]
    return Shop("bridge-1", config, double.http, {})


@pytest.fixture(params=["v1", "v2"])
def shop(double: Double, request: pytest.FixtureRequest) -> Shop:
    return shop_of(double, request.param)
