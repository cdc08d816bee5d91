"""Calls of the Admin API: the access token, what errors mean, and the cost of a call."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from chalicelib.connectors.faults import AuthFault, RateLimited, Refused, Unreachable
from chalicelib.connectors.shop import Response, Shop
from chalicelib.connectors.shopify.documents import API_VERSION, document
from chalicelib.kit import codec

MAX_MESSAGE = 300


class TooCostly(Refused):
    message = "Shopify allows less data in one call than this needs."


@dataclass(frozen=True, slots=True)
class Answer:
    data: dict[str, Any]
    cost: int | None
    """The points that Shopify reserved for the call, before it knew how much data there is."""


def call(shop: Shop, name: str, **variables: Any) -> Answer:
    """Run a document. Raises faults; fields that the app has no right to read are None where the schema allows it."""
    token = shop.config.get("accessToken")
    if not token:
        raise AuthFault("The bridge has no access token. Enter one, or connect the store again.")
    response = shop.http(
        "POST",
        f"https://{shop.config['shopDomain']}/admin/api/{API_VERSION}/graphql.json",
        headers={"X-Shopify-Access-Token": token},
        json={"query": document(name), "variables": variables},
    )
    _require_served(response)
    body = response.json()
    if not isinstance(body, dict) or not isinstance(body.get("data", {}), dict | None):
        raise response.invalid()
    extensions = body.get("extensions")
    cost = extensions.get("cost") if isinstance(extensions, dict) else None
    cost = cost if isinstance(cost, dict) else {}
    errors = body.get("errors")
    if errors:
        _raise_error(_messages(errors), body.get("data"), cost)
    if not isinstance(body.get("data"), dict):
        raise response.invalid()
    requested = codec.whole_number(cost.get("requestedQueryCost"))
    return Answer(body["data"], requested if isinstance(requested, int) else None)


def mutate(shop: Shop, name: str, **variables: Any) -> dict[str, Any]:
    """Run a mutation and return its payload. Raises Refused with what Shopify says if it did not do it."""
    (payload,) = call(shop, name, **variables).data.values()
    payload = payload if isinstance(payload, dict) else {}
    errors = payload.get("userErrors") or payload.get("orderCancelUserErrors")
    if errors:
        raise Refused(f"Shopify refused this: {_first_message(errors)}")
    return payload


def gid(kind: str, number: str) -> str:
    """`gid://shopify/Order/450789469`: how GraphQL names what the admin's address bar and hooks name by number."""
    return f"gid://shopify/{kind}/{number}"


def _require_served(response: Response) -> None:
    match response.status:
        case 402:
            raise Refused("The store is frozen at Shopify. Its owner has to choose a plan or pay Shopify's bill.")
        case 404:
            raise Refused("Shopify has no open store at this domain.")
        case 423:
            raise Refused("Shopify has locked the store.")
    response.require_ok()


def _messages(errors: Any) -> list[tuple[str, str]]:
    """Code and message of each error. Some errors of the gateway are mere text."""
    entries = errors if isinstance(errors, list) else [errors]
    found = []
    for entry in entries:
        if isinstance(entry, dict):
            extensions = entry.get("extensions")
            code = extensions.get("code") if isinstance(extensions, dict) else None
            found.append((str(code or ""), str(entry.get("message") or "")[:MAX_MESSAGE]))
        else:
            found.append(("", str(entry)[:MAX_MESSAGE]))
    return found


def _raise_error(errors: list[tuple[str, str]], data: Any, cost: Mapping[str, Any]) -> None:
    """Raise what the errors mean, unless they are only about fields that this app may not read beside data that it
    may."""
    by_code = dict(reversed(errors))
    if "THROTTLED" in by_code:
        raise RateLimited(_seconds_until_affordable(cost))
    if "MAX_COST_EXCEEDED" in by_code:
        raise TooCostly
    if "INTERNAL_SERVER_ERROR" in by_code or "TIMEOUT" in by_code:
        raise Unreachable("Shopify had an internal error.")
    if "ACCESS_DENIED" in by_code:
        if (
            isinstance(data, dict)
            and all(value is not None for value in data.values())
            and set(by_code) == {"ACCESS_DENIED"}
        ):
            return
        raise AuthFault(f"The connection lacks a right at Shopify: {by_code['ACCESS_DENIED']} Connect the store again.")
    raise Refused(f"Shopify refused this: {errors[0][1]}")


def _seconds_until_affordable(cost: Mapping[str, Any]) -> float | None:
    """The bucket's state tells exactly how long to wait. None if it is not told."""
    status = cost.get("throttleStatus")
    if not isinstance(status, dict):
        return None
    try:
        missing = float(cost["requestedQueryCost"]) - float(status["currentlyAvailable"])
        return float(ceil(max(missing, 0) / float(status["restoreRate"])))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None


def _first_message(errors: Any) -> str:
    return _messages(errors)[0][1] or "it gave no reason."
