"""Calls of a shop's REST API (wc/v3), and what its refusals mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from chalicelib.connectors.faults import AuthFault, Fault, InvalidAnswer, Refused, Unreachable, for_status
from chalicelib.connectors.shop import Response, Shop
from chalicelib.connectors.woocommerce.values import plain

WC = "wc/v3"
NO_ROUTE = "rest_no_route"
_ORDER_IS_GONE = "woocommerce_rest_shop_order_invalid_id"
_AFTER_STORE = re.compile(r"/(?:wp-admin|wp-json|wp-login\.php|index\.php)(?:/|$)")
_MAX_MESSAGE = 200
Query = Mapping[str, str | int]


def store_url(text: str) -> str:
    """The https address of a store as a merchant typed it, without what only leads to its pages. Raises Refused."""
    address = text.strip()
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in ("http", "https") or "@" in parts.netloc or re.search(r"\s", parts.netloc):
        raise Refused("The store URL must be the address of a shop, such as https://shop.example.")
    path = _AFTER_STORE.split(parts.path)[0].rstrip("/")
    return f"https://{f'[{host}]' if ':' in host else host}{f':{port}' if port not in (None, 80, 443) else ''}{path}"


@dataclass(frozen=True, slots=True)
class Client:
    shop: Shop

    def call(self, method: str, path: str, query: Query | None = None, *, json: Any = None) -> Response:
        """Any answer of the shop. `path` follows `/wp-json/`."""
        config = self.shop.config
        return self.shop.http(
            method,
            f"{store_url(config.get('storeUrl', ''))}/wp-json/{path}",
            query=query,
            json=json,
            basic_auth=(config.get("consumerKey", ""), config.get("consumerSecret", "")),
        )

    def find_order(self, order_id: str, fields: str) -> dict[str, Any] | None:
        """None if the shop says that it has no such order: another 404 says nothing about the order."""
        response = self.call("GET", f"{WC}/orders/{order_id}", query={"_fields": fields})
        if response.status == 404 and error_code(response) == _ORDER_IS_GONE:
            return None
        return as_object(response)

    def write(self, method: str, path: str, json: Any = None, query: Query | None = None) -> Response:
        """A call that changes something, answered with a status of 2xx. Otherwise it raises a fault: Refused, and not
        an AuthFault, if the key may only read, because the connection still holds."""
        response = self.call(method, path, json=json, query=query)
        if response.status in (401, 403) and error_code(response) and self.may_read():
            raise Refused("The API key may only read. Create a key with the permission Read/Write and connect it.")
        raise_fault(response)
        return response

    def may_read(self) -> bool:
        return self.call("GET", f"{WC}/orders", query={"per_page": 1, "_fields": "id"}).status == HTTPStatus.OK


def as_list(response: Response) -> list[dict[str, Any]]:
    """Raises a fault unless it is a list of objects."""
    raise_fault(response)
    found = response.json()
    if not isinstance(found, list):
        raise response.invalid()
    return [entry for entry in found if isinstance(entry, dict)]


def as_object(response: Response) -> dict[str, Any]:
    """Raises a fault unless it is an object."""
    raise_fault(response)
    found = response.json()
    if not isinstance(found, dict):
        raise response.invalid()
    return found


def raise_fault(response: Response) -> None:
    if not 200 <= response.status < 300:
        raise _fault_of(response)


def _fault_of(response: Response) -> Fault:
    status, message = response.status, error_message(response)
    if 300 <= status < 400:
        return _moved(response)
    if status in (401, 403) and message is None:
        # WooCommerce refuses in JSON. A page of HTML comes from what stands before it.
        return Unreachable("A firewall or a security plugin of the shop refused the call. Allow calls to /wp-json/wc/.")
    if status == 401:
        return AuthFault("The shop does not accept this API key. Create a new one and connect the shop again.")
    if status == 403:
        return AuthFault("The user of this API key may not manage orders. Create a key for a shop manager.")
    if status == 404 and error_code(response) in (None, NO_ROUTE):
        return Unreachable(
            "The shop has no WooCommerce API at this address. WooCommerce must be active, and the permalinks of "
            "WordPress must not be set to Plain."
        )
    if status < 500 and status != 429 and message is not None:
        return Refused(f"The shop refused this: {message}")
    return for_status(status, response.headers)


def _moved(response: Response) -> Fault:
    location = urlsplit(response.headers.get("location", ""))
    if location.hostname and "wp-login" not in location.path:
        return Refused(f"The shop answers at {location.hostname}. Use that address as the store URL.")
    return response.invalid()


def error_code(response: Response) -> str | None:
    """The code of an error in WordPress's form. None for any other answer."""
    code = _error(response).get("code")
    return str(code) if code is not None else None


def error_message(response: Response) -> str | None:
    error = _error(response)
    return (plain(error.get("message")) or "no reason given")[:_MAX_MESSAGE] if "code" in error else None


def _error(response: Response) -> dict[str, Any]:
    try:
        found = response.json()
    except InvalidAnswer:
        return {}
    return found if isinstance(found, dict) else {}
