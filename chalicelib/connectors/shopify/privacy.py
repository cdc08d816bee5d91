"""The three topics that every app has to take, at one address for all of its stores."""

from typing import Any, Literal

from chalicelib.connectors.faults import Refused
from chalicelib.connectors.platform import AppHook
from chalicelib.connectors.shop import HookRequest
from chalicelib.connectors.shopify.consent import shop_of
from chalicelib.connectors.shopify.hooks import body_of, require_signature

KINDS: dict[str, Literal["erase_customer", "export_customer", "delete_shop"]] = {
    "customers/data_request": "export_customer",
    "customers/redact": "erase_customer",
    "shop/redact": "delete_shop",
}
MAX_ORDERS = 1000


def read_app_hook(request: HookRequest) -> AppHook:
    require_signature(request.headers, request.body, request.app.get("client_secret", ""))
    topic, delivery_id = request.headers.get("x-shopify-topic", ""), request.headers.get("x-shopify-webhook-id")
    body = body_of(request.body)
    try:
        shop = shop_of({"shopDomain": str(body.get("shop_domain") or "")})
    except Refused:
        return AppHook(delivery_id, topic, None, "")
    customer = body.get("customer")
    email = customer.get("email") if isinstance(customer, dict) else None
    orders = _ids(body.get("orders_to_redact")) + _ids(body.get("orders_requested"))
    return AppHook(
        delivery_id, topic, KINDS.get(topic), shop, email if isinstance(email, str) and email else None, orders
    )


def _ids(value: Any) -> tuple[str, ...]:
    found = value if isinstance(value, list) else []
    return tuple(str(each) for each in found if isinstance(each, int) and not isinstance(each, bool))[:MAX_ORDERS]
