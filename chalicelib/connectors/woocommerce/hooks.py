"""The shop's webhooks: registered once for each topic, switched on again where the shop switched them off.

WooCommerce never shows a webhook's secret. So that ours is known to be the right one, it is written anew to webhooks
that we find and don't remember having made.
"""

import base64
import hashlib
import hmac
import re

from chalicelib.connectors.faults import Forged, Refused
from chalicelib.connectors.platform import Hook
from chalicelib.connectors.shop import HookRequest, HookTarget, Shop
from chalicelib.connectors.woocommerce.client import WC, Client, as_list
from chalicelib.connectors.woocommerce.tracking import PLUGIN
from chalicelib.connectors.woocommerce.values import identifier, mapping
from chalicelib.kit import codec

TOPICS = ("order.created", "order.updated", "order.deleted", "order.restored")
MAX_PAGES = 5
_PATH = f"{WC}/webhooks"
_PING = re.compile(rb"webhook_id=\d{1,20}", re.ASCII)


def keep_hooks(shop: Shop, target: HookTarget) -> str | None:
    client = Client(shop)
    _look_for_plugin(client)
    try:
        found = _registered(client, target.address)
        for topic in TOPICS:
            _keep(client, target, topic, [hook for hook in found if hook.get("topic") == topic])
    except Refused:
        # A key that may only read, or a shop that can't reach the address: it is polled.
        return None
    shop.memory["hooks"] = _fingerprint(target)
    return target.secret


def remove_hooks(shop: Shop, target: HookTarget) -> None:
    client = Client(shop)
    for hook in _registered(client, target.address):
        client.call("DELETE", f"{_PATH}/{hook.get('id')}", query={"force": "true"})


def read_hook(request: HookRequest) -> Hook:
    headers, body = request.headers, request.body
    if "x-wc-webhook-signature" not in headers and _PING.fullmatch(body):
        # What WooCommerce posts when a webhook is saved has no signature, and does nothing here.
        return Hook(delivery_id=None, topic="ping", task=None)
    digest = base64.b64encode(hmac.new(request.secret.encode(), body, hashlib.sha256).digest())
    if not hmac.compare_digest(digest, headers.get("x-wc-webhook-signature", "").encode()):
        raise Forged
    topic = headers.get("x-wc-webhook-topic", "")
    external_id = _order_of(body)
    is_wanted = topic in TOPICS and external_id is not None
    return Hook(
        # The delivery's id of WooCommerce is the same for all that a webhook delivers within a second.
        delivery_id=f"{headers.get('x-wc-webhook-delivery-id', '')}-{hashlib.sha256(body).hexdigest()[:32]}",
        topic=topic,
        task="get_order" if is_wanted else None,
        external_id=external_id if is_wanted else None,
    )


def _order_of(body: bytes) -> str | None:
    try:
        return identifier(mapping(codec.loads(body)).get("id"))
    except (ValueError, RecursionError):
        return None


def _registered(client: Client, address: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for page in range(1, MAX_PAGES + 1):
        query: dict[str, str | int] = {"per_page": 100, "page": page, "_fields": "id,topic,status,delivery_url"}
        listed = as_list(client.call("GET", _PATH, query=query))
        found += [hook for hook in listed if hook.get("delivery_url") == address]
        if len(listed) < 100:
            break
    return found


def _keep(client: Client, target: HookTarget, topic: str, found: list[dict[str, object]]) -> None:
    if not found:
        body = {"name": f"Orderly {topic}", "topic": topic, "delivery_url": target.address, "secret": target.secret}
        client.write("POST", _PATH, body)
        return
    first, *doubles = found
    if first.get("status") != "active" or client.shop.memory.get("hooks") != _fingerprint(target):
        client.write("PUT", f"{_PATH}/{first.get('id')}", {"status": "active", "secret": target.secret})
    for double in doubles:
        client.write("DELETE", f"{_PATH}/{double.get('id')}", query={"force": "true"})


def _look_for_plugin(client: Client) -> None:
    """Remember whether the shop has a plugin for tracking."""
    response = client.call("GET", "", query={"_fields": "namespaces"})
    if response.status == 200:
        client.shop.memory["tracking_plugin"] = PLUGIN in (mapping(response.json()).get("namespaces") or [])


def _fingerprint(target: HookTarget) -> str:
    """Tells the target apart from others, and nothing of its secret."""
    return hashlib.sha256(f"{target.address} {target.secret}".encode()).hexdigest()[:16]
