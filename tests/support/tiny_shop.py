"""A platform for tests of the runtime: a shop in memory, and a package that does what the contract asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from chalicelib.catalog import bridge_types
from chalicelib.connectors import platforms
from chalicelib.connectors.faults import AuthFault, Forged, Refused
from chalicelib.connectors.platform import Applied, Hook, IdPage, Page, Platform, Tested
from chalicelib.connectors.shop import Change, Consent, ConsentAnswer, Fulfilment, HookRequest, HookTarget, Shop
from chalicelib.kit import clock, codec

TYPE = "tinyshop"
CONFIG = {"shopUrl": "https://tiny.example", "apiKey": "key-one"}
ENTRY = {
    "id": TYPE,
    "name": "Tiny shop",
    "description": "A shop in memory",
    "icon": "tiny",
    "category": "ecommerce",
    "auth_methods": ["api_key"],
    "config_fields": [
        {"name": "shopUrl", "label": "Address", "type": "url", "required": True},
        {"name": "apiKey", "label": "Key", "type": "password", "required": True},
    ],
    "webhook_support": True,
    "docs_url": "https://tiny.example/docs",
    "connector": True,
    "changes": ["cancel", "hold", "release", "address_change"],
}


@dataclass
class TinyShop:
    page_size: int = 2
    api_key: str = "key-one"
    orders: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    """By external id: when it was changed, and the record."""
    calls: list[str] = field(default_factory=list)
    faults: list[BaseException | None] = field(default_factory=list)
    """Raised by the next calls, one each; None lets a call pass."""

    fulfilments: list[Fulfilment] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    """The shop's own log of what was changed."""
    hooks: HookTarget | None = None
    """Where hooks go."""

    def add(self, external_id: str, **fields: Any) -> None:
        record = {"external_id": external_id, "order_number": external_id, "status": "processing", **fields}
        self.orders[external_id] = clock.timestamp(), record

    def add_many(self, count: int, **fields: Any) -> None:
        for number in range(count):
            self.add(f"T-{number:04d}", **fields)

    @property
    def platform(self) -> Platform:
        return Platform(
            TYPE,
            test=self._test,
            orders=self._list_orders,
            order=self._order,
            keep_hooks=self._keep_hooks,
            remove_hooks=self._remove_hooks,
            read_hook=read_hook,
            authorize_url=authorize_url,
            complete=complete,
            fulfil=self._fulfil,
            order_ids=self._order_ids,
            apply=self._apply,
            changes=frozenset({"cancel", "hold", "release", "address_change"}),
        )

    def _called(self, shop: Shop, what: str) -> None:
        self.calls.append(what)
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault
        if shop.config["apiKey"] != self.api_key:
            raise AuthFault(f"The key {shop.config['apiKey']} is not valid here.")

    def _test(self, shop: Shop) -> Tested:
        self._called(shop, "test")
        return Tested("Connected to Tiny.", "Tiny")

    def _list_orders(self, shop: Shop, since: str, cursor: str | None) -> Page:
        self._called(shop, f"orders {cursor or ''}".strip())
        changed = sorted((at, name) for name, (at, _) in self.orders.items() if at >= since)
        left = [entry for entry in changed if cursor is None or f"{entry[0]} {entry[1]}" > cursor]
        shown = left[: self.page_size]
        following = f"{shown[-1][0]} {shown[-1][1]}" if len(left) > len(shown) else None
        return Page([self.orders[name][1] for _, name in shown], next=following, total=len(changed))

    def _keep_hooks(self, shop: Shop, target: HookTarget) -> str | None:
        self._called(shop, "hooks")
        self.hooks = target
        return target.secret

    def _remove_hooks(self, shop: Shop, target: HookTarget) -> None:
        self._called(shop, "remove hooks")
        if self.hooks is not None and self.hooks.address == target.address:
            self.hooks = None

    def _fulfil(self, shop: Shop, order_external_id: str, wanted: Fulfilment) -> str:
        """Looks first, then acts. `fulfilments` is the shop's own log."""
        self._called(shop, f"look {order_external_id}")
        known = next((at for at, made in enumerate(self.fulfilments) if made.shipment_id == wanted.shipment_id), None)
        if known is None:
            self.fulfilments.append(wanted)
            known = len(self.fulfilments) - 1
        self.fulfilments[known] = wanted
        self._called(shop, f"fulfil {order_external_id}")
        return f"f-{known}"

    def _apply(self, shop: Shop, external_id: str, change: Change) -> Applied:
        """Looks first, then acts, then reads back."""
        changes: dict[str, dict[str, Any]] = {
            "cancel": {"status": "cancelled"},
            "hold": {"status": "on_hold"},
            "release": {"status": "processing"},
            "address_change": {"shipping_address": change.address},
        }
        wanted = changes[change.kind]
        self._called(shop, f"look {external_id}")
        _, record = self.orders[external_id]
        if record["status"] == "shipped":
            raise Refused("The order is shipped at the shop, so it can no longer be changed.")
        if {**record, **wanted} != record:
            self.changes.append(change)
            self.add(**{**record, **wanted})
        self._called(shop, f"{change.kind} {external_id}")
        self._called(shop, f"read {external_id}")
        return Applied(self.orders[external_id][1])

    def _order_ids(self, shop: Shop, since: str, cursor: str | None) -> IdPage:
        self._called(shop, "ids")
        return IdPage([name for name, (_, record) in self.orders.items() if record.get("ordered_at", since) >= since])

    def _order(self, shop: Shop, external_id: str) -> Page | None:
        self._called(shop, f"order {external_id}")
        found = self.orders.get(external_id)
        return Page([found[1]]) if found is not None else None


def read_hook(request: HookRequest) -> Hook:
    if request.headers.get("x-tiny-key") != request.secret:
        raise Forged
    told = codec.loads(request.body)
    return Hook(told.get("delivery"), told["topic"], told.get("task"), told.get("order"), told.get("gone", False))


def authorize_url(consent: Consent) -> str:
    return f"https://{consent.shop}/agree?{urlencode({'back': consent.return_url, 'post': consent.callback_url})}"


def complete(consent: Consent, answer: ConsentAnswer) -> dict[str, str]:
    told = codec.loads(answer.body or b"{}")
    if "key" not in told:
        raise Forged
    return {"shopUrl": f"https://{consent.shop}", "apiKey": told["key"]}


@contextmanager
def installed(shop: TinyShop) -> Iterator[TinyShop]:
    """The catalog has the type, and its connector is the shop's."""
    whole, find = bridge_types._entries, platforms.find
    bridge_types.catalog.cache_clear()
    with (
        patch.object(bridge_types, "_entries", lambda: {**whole(), TYPE: {**ENTRY}}),
        patch.object(platforms, "find", lambda kind: shop.platform if kind == TYPE else find(kind)),
        patch.dict("os.environ", {"BRIDGE_SERVICE_URL": ""}),
    ):
        yield shop
    bridge_types.catalog.cache_clear()
