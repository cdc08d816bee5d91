"""The demo shop in this process, and an `Http` for connectors that calls it."""

import base64
import json as json_module
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from chalicelib.connectors.shop import Response, Shop
from local.demo.woocommerce.rest import Call, DemoShop, TrackingBy
from local.demo.woocommerce.store import Store
from local.demo.woocommerce.webhooks import Webhooks

STORE_URL = "https://shop.example/store"

Fault = Callable[[Call], Response | None]
"""What happens to a call before the shop sees it. It may raise."""


@dataclass
class Merchant:
    """A demo shop with its keys, the calls that were made to it, and the webhooks that it posted."""

    demo: DemoShop
    config: dict[str, str]
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    """Each for one call, in this order."""
    lose_answer: bool = False
    """The next call that changes something is done, and its answer is lost."""
    posted: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)
    post_status: int = 200
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        return self.demo.store

    @property
    def shop(self) -> Shop:
        """A fresh connection, as every task has one."""
        return Shop("brd_1", self.config, self.http, self.memory)

    def owner(self, method: str, path: str, body: dict[str, Any] | None = None, **query: str) -> Any:
        """What the shop's owner does."""
        answer = self.demo.by_owner(Call(method, f"wc/v3/{path}", query, body or {}))
        assert answer.status < 400, answer
        return answer.body

    def order(self, **fields: Any) -> Any:
        body = {
            "set_paid": True,
            "billing": {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com", "country": "DE"},
            "shipping": {"first_name": "Ada", "last_name": "Lovelace", "address_1": "1 Way", "city": "Berlin"},
            "line_items": [{"product_id": 101, "quantity": 3}, {"product_id": 102, "quantity": 2}],
        }
        return self.owner("POST", "orders", body | fields)

    def logged(self, action: str) -> int:
        """How often the shop was told to do this."""
        return sum(entry["action"] == action for entry in self.store.all("log"))

    def http(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        basic_auth: tuple[str, str] | None = None,
    ) -> Response:
        from chalicelib.connectors.faults import Unreachable

        assert headers is None
        assert form is None
        parts = urlsplit(url)
        assert url.startswith(f"{STORE_URL}/wp-json/"), url
        path = parts.path.removeprefix("/store/wp-json/")
        # As on the way to a shop: text in the query, JSON in the body.
        body = json_module.loads(json_module.dumps(json or {}, default=str))
        call = Call(method, path, {name: str(value) for name, value in (query or {}).items()}, body)
        self.calls.append(call)
        if self.faults and (response := self.faults.pop(0)(call)) is not None:
            return response
        authorization = base64.b64encode(":".join(basic_auth or ("", "")).encode()).decode()
        answer = self.demo.answer(call, f"Basic {authorization}")
        if self.lose_answer and method != "GET":
            self.lose_answer = False
            raise Unreachable
        names = {name.lower(): value for name, value in answer.headers.items()}
        content = json_module.dumps(answer.body).encode()
        return Response(answer.status, {"content-type": "application/json; charset=UTF-8"} | names, content)


def open_demo_shop(tracking_by: TrackingBy = "core", permissions: str = "read_write") -> Merchant:
    store = Store(":memory:")
    merchant: Merchant

    def post(address: str, body: bytes, headers: Mapping[str, str]) -> int:
        merchant.posted.append((address, body, headers))
        return merchant.post_status

    demo = DemoShop(store, Webhooks(store, post, in_background=False), tracking_by=tracking_by)
    key, secret = demo.create_key(permissions)
    merchant = Merchant(demo, {"storeUrl": STORE_URL, "consumerKey": key, "consumerSecret": secret})
    return merchant
