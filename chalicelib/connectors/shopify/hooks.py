"""Shopify's webhooks: which are registered, and what a genuine one is about.

Shopify signs them with the secret of the app that registered them: the deployment's app, or the store's own custom app,
whose secret is in the bridge's config. A store with nothing but a permanent token is polled.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from chalicelib.connectors.faults import Forged
from chalicelib.connectors.platform import Hook
from chalicelib.connectors.shop import HookRequest, HookTarget, Shop
from chalicelib.connectors.shopify.client import call, mutate
from chalicelib.kit import codec

BY_APP = "app"
"""The stored secret of bridges whose hooks are signed by the deployment's app: that secret is never stored."""

TOPICS: dict[str, tuple[str, ...]] = {
    "ORDERS_CREATE": ("id",),
    "ORDERS_UPDATED": ("id",),
    "ORDERS_CANCELLED": ("id",),
    "ORDERS_DELETE": ("id",),
    "ORDERS_EDITED": ("order_edit",),
    "FULFILLMENTS_CREATE": ("order_id",),
    "FULFILLMENTS_UPDATE": ("order_id",),
    "REFUNDS_CREATE": ("order_id",),
    "FULFILLMENT_HOLDS_ADDED": (),
    "FULFILLMENT_HOLDS_RELEASED": (),
    "APP_UNINSTALLED": (),
}
"""Topic → the only fields that its hooks bring, so that personal data stays at Shopify. Without any they come whole."""


def keep_hooks(shop: Shop, target: HookTarget) -> str | None:
    secret = _signing_secret(shop)
    if secret is None:
        return None
    registered = {}
    for hook in _list(shop):
        if hook["uri"] != target.address:
            continue
        if hook["topic"] in registered or not _is_right(hook):
            mutate(shop, "delete_hook", id=hook["id"])
        else:
            registered[hook["topic"]] = hook
    for topic in TOPICS:
        if topic not in registered:
            mutate(shop, "create_hook", topic=topic, hook=_wanted(topic, target.address))
    return secret


def remove_hooks(shop: Shop, target: HookTarget) -> None:
    for hook in _list(shop):
        if hook["uri"] == target.address:
            mutate(shop, "delete_hook", id=hook["id"])


def _signing_secret(shop: Shop) -> str | None:
    if shop.config.get("clientSecret"):
        return shop.config["clientSecret"]
    return BY_APP if shop.config.get("refreshToken") and shop.app else None


def _list(shop: Shop) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        connection = call(shop, "hooks", after=after).data["webhookSubscriptions"]
        found += connection["nodes"]
        if not connection["pageInfo"]["hasNextPage"]:
            return found
        after = connection["pageInfo"]["endCursor"]


def _is_right(hook: Mapping[str, Any]) -> bool:
    fields = TOPICS.get(hook["topic"])
    return fields is not None and hook["format"] == "JSON" and sorted(hook["includeFields"]) == sorted(fields)


def _wanted(topic: str, address: str) -> dict[str, Any]:
    wanted: dict[str, Any] = {"uri": address, "format": "JSON"}
    if TOPICS[topic]:
        wanted["includeFields"] = list(TOPICS[topic])
    return wanted


def read_hook(request: HookRequest) -> Hook:
    secret = request.app.get("client_secret", "") if request.secret == BY_APP else request.secret
    require_signature(request.headers, request.body, secret)
    topic = request.headers.get("x-shopify-topic", "")
    delivery_id = request.headers.get("x-shopify-webhook-id")
    body = body_of(request.body)
    if topic == "app/uninstalled":
        return Hook(delivery_id, topic, None, is_disconnected=True)
    if order_id := _order_id(topic, body):
        return Hook(delivery_id, topic, "get_order", order_id)
    is_of_interest = topic.split("/")[0] in ("orders", "fulfillments", "fulfillment_holds", "refunds")
    return Hook(delivery_id, topic, "grab_orders" if is_of_interest else None)


def require_signature(headers: Mapping[str, str], body: bytes, secret: str) -> None:
    expected = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    given = headers.get("x-shopify-hmac-sha256", "").encode("ascii", "replace").decode()
    if not secret or not hmac.compare_digest(expected, given):
        raise Forged("The hook is not signed by Shopify.")


def body_of(body: bytes) -> dict[str, Any]:
    try:
        value = codec.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _order_id(topic: str, body: Mapping[str, Any]) -> str | None:
    match topic.split("/")[0]:
        case "orders" if topic == "orders/edited":
            edit = body.get("order_edit")
            value = edit.get("order_id") if isinstance(edit, dict) else None
        case "orders":
            value = body.get("id")
        case "fulfillments" | "refunds":
            value = body.get("order_id")
        case _:
            value = None
    is_id = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**30
    return str(value) if is_id else None
