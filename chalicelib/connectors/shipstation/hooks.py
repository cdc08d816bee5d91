"""ShipStation's webhooks, which say that labels were made. They bring an address to look at; the list is read instead.

V1 signs nothing: our secret travels in the address. V2 sends a header of our choice along; its own signature would need
its keys, and so a call, before a hook can be answered.
"""

import hmac
from typing import Any

from chalicelib.connectors.faults import Forged
from chalicelib.connectors.platform import Hook
from chalicelib.connectors.shipstation.client import call_v1, call_v2, is_v1, objects
from chalicelib.connectors.shop import HookRequest, HookTarget, Shop
from chalicelib.kit import codec

HEADER = "x-orderly-hook"
V1_EVENT, V2_EVENT = "SHIP_NOTIFY", "label_created_v2"
NAME = "Orderly"


def keep_hooks(shop: Shop, target: HookTarget) -> str | None:
    if is_v1(shop):
        _keep_v1(shop, target)
    else:
        _keep_v2(shop, target)
    return target.secret


def _keep_v1(shop: Shop, target: HookTarget) -> None:
    wanted = _address_v1(target)
    is_registered = False
    for hook in objects(call_v1(shop, "GET", "/webhooks"), "webhooks"):
        if not str(hook.get("Url", "")).startswith(target.address):
            continue
        is_right = hook.get("Url") == wanted and hook.get("HookType") == V1_EVENT and hook.get("Active") is not False
        if is_right and not is_registered:
            is_registered = True
        else:
            call_v1(shop, "DELETE", f"/webhooks/{hook['WebHookID']}")
    if not is_registered:
        hook = {"target_url": wanted, "event": V1_EVENT, "store_id": None, "friendly_name": NAME}
        call_v1(shop, "POST", "/webhooks/subscribe", json=hook)


def _address_v1(target: HookTarget) -> str:
    return f"{target.address}?token={target.secret}"


def _keep_v2(shop: Shop, target: HookTarget) -> None:
    is_registered = False
    for hook in _list_v2(shop):
        if hook.get("url") != target.address:
            continue
        is_right = hook.get("event") == V2_EVENT and _headers(hook).get(HEADER) == target.secret
        if is_right and not is_registered:
            is_registered = True
        else:
            call_v2(shop, "DELETE", f"/environment/webhooks/{hook['webhook_id']}")
    if not is_registered:
        headers = [{"key": HEADER, "value": target.secret}]
        wanted = {"name": NAME, "event": V2_EVENT, "url": target.address, "headers": headers}
        call_v2(shop, "POST", "/environment/webhooks", json=wanted)


def _list_v2(shop: Shop) -> list[dict[str, Any]]:
    answer = call_v2(shop, "GET", "/environment/webhooks")
    return objects({"webhooks": answer} if isinstance(answer, list) else answer, "webhooks")


def _headers(hook: dict[str, Any]) -> dict[str, Any]:
    headers = hook.get("headers") or []
    return {str(each.get("key", "")).lower(): each.get("value") for each in headers if isinstance(each, dict)}


def remove_hooks(shop: Shop, target: HookTarget) -> None:
    if is_v1(shop):
        for hook in objects(call_v1(shop, "GET", "/webhooks"), "webhooks"):
            if str(hook.get("Url", "")).startswith(target.address):
                call_v1(shop, "DELETE", f"/webhooks/{hook['WebHookID']}")
    else:
        for hook in _list_v2(shop):
            if hook.get("url") == target.address:
                call_v2(shop, "DELETE", f"/environment/webhooks/{hook['webhook_id']}")


def read_hook(request: HookRequest) -> Hook:
    given = request.headers.get(HEADER) or request.query.get("token", "")
    if not request.secret or not hmac.compare_digest(given.encode(), request.secret.encode()):
        raise Forged("The hook does not bring the secret it was registered with.")
    try:
        body = codec.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    kind = str(body.get("resource_type", "")) if isinstance(body, dict) else ""
    return Hook(None, kind or "unknown", "grab_shipments")
