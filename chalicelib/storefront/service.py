"""A shopper's orders. The credential (customer session, token or code) determines whose they are."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from chalicelib.action_requests import shoppers
from chalicelib.action_requests.changes import NotAllowed
from chalicelib.kit.errors import BadRequest, NotFound
from chalicelib.orders import customer_orders
from chalicelib.orders import service as orders
from chalicelib.orders.service import StoredOrder
from chalicelib.organizations.principals import Actor, Customer
from chalicelib.organizations.store import ConfigItem
from chalicelib.privacy.identity import customer_id
from chalicelib.storefront import access, order_page_view, projection, statuses
from chalicelib.storefront.schemas import AddressChange
from chalicelib.table.pages import Window
from chalicelib.table.transaction import retry_on_conflict


class NotCancellable(BadRequest):
    code = "order_not_cancellable"
    message = "Only pending orders can be cancelled"


class AddressNotChangeable(BadRequest):
    code = "address_not_changeable"
    message = "The address of this order can no longer be changed here"


@dataclass(frozen=True, slots=True)
class CustomerOrder:
    """An order as its customer sees it. `customer_id` is None if the order names no e-mail address."""

    id: str
    end_user_id: str
    bridge_id: str
    customer_id: str | None
    ordered_at: str | None
    """None if the source did not send it."""
    detail: dict[str, Any]


def list_orders(customer: Customer, page: int, limit: int) -> dict[str, Any]:
    window = Window(limit, offset=(page - 1) * limit)
    found, total = customer_orders.list_page(customer.organization_id, customer.customer_id, window)
    return {
        "items": [projection.list_item(order.document) for order in found],
        "total": total,
        "page": page,
        "limit": limit,
        "totalPages": -(-total // limit),
    }


def get_order(customer: Customer, order_number: str) -> dict[str, Any]:
    return _detail(_get(customer, order_number))


def cancel_order(customer: Customer, order_number: str, by: Actor) -> dict[str, Any]:
    """Decides on what is stored at the time of writing, so a payment or cancellation that came first counts."""

    def attempt() -> StoredOrder:
        return cancel(_get(customer, order_number), customer.config, by)

    return _detail(retry_on_conflict(attempt))


def cancel(order: StoredOrder, config: ConfigItem, by: Actor, *, waits_for_people: bool = False) -> StoredOrder:
    """Cancel an order that awaits payment. Of a later one, ask the organization for it, if that is allowed, and return
    the order unchanged. Raises NotCancellable; ConditionFailed if the order has changed meanwhile."""
    if statuses.is_pending(order):
        return shoppers.cancel_at_once(order, by)
    try:
        shoppers.request_cancellation(order, config, by, waits_for_people=waits_for_people)
    except NotAllowed:
        raise NotCancellable from None
    return order


def cancel_by_link(organization_id: str, token: str, by: Actor) -> bool:
    """Cancel the order that the link opens, or ask for it, where its page offers that; it waits for people then. False
    if the link opens no order."""

    def attempt() -> bool:
        found = order_page_view.find_order(organization_id, token)
        if found is not None and order_page_view.cancelling_of(*found) in ("at_once", "by_request"):
            with suppress(NotCancellable):
                cancel(*found, by, waits_for_people=True)
        return found is not None

    return retry_on_conflict(attempt)


def request_address(customer: Customer, order_number: str, wanted: AddressChange, by: Actor) -> dict[str, Any]:
    """The order, unchanged."""
    order = _get(customer, order_number)
    try:
        shoppers.request(order, customer.config, "address_change", by, wanted.to_requested())
    except NotAllowed:
        raise AddressNotChangeable from None
    return _detail(order)


def track(organization_id: str, token: str) -> dict[str, Any]:
    order = orders.find_by_token(organization_id, token)
    if order is None:
        raise NotFound
    return projection.tracking_view(order.document)


def redeem(organization_id: str, order_number: str, email: str, code: Any, by: Actor) -> dict[str, Any]:
    token, grant = access.redeem_code(organization_id, order_number, email, code, by)
    seen = _order_of_grant(organization_id, grant)
    if seen is None:
        raise access.LookupInvalid
    return {"accessToken": token, "expiresIn": access.TOKEN_TTL_S, "order": seen.detail}


def get_by_token(organization_id: str, token: str) -> dict[str, Any]:
    seen = _order_of_grant(organization_id, access.resolve_token(organization_id, token))
    if seen is None:
        raise NotFound
    return seen.detail


def find_by_number(organization_id: str, customer: str, order_number: str) -> CustomerOrder | None:
    """The customer's newest order with that number."""
    order = customer_orders.find_newest(organization_id, customer, order_number)
    return _customer_order(order) if order is not None else None


def find_by_id(organization_id: str, order_id: str) -> CustomerOrder | None:
    order = orders.find_anywhere(organization_id, order_id)
    return _customer_order(order) if order is not None else None


def _get(customer: Customer, order_number: str) -> StoredOrder:
    order = customer_orders.find_newest(customer.organization_id, customer.customer_id, order_number)
    if order is None:
        raise NotFound
    return order


def _order_of_grant(organization_id: str, grant: access.Grant) -> CustomerOrder | None:
    """The order, unless it was removed or names another customer by now."""
    order = find_by_id(organization_id, grant.order_id)
    return order if order is not None and order.customer_id == grant.customer_id else None


def _customer_order(order: StoredOrder) -> CustomerOrder:
    ordered_at = order.document["ordered_at"] if order.is_dated else None
    return CustomerOrder(order.id, order.end_user_id, order.bridge_id, _customer_of(order), ordered_at, _detail(order))


def _customer_of(order: StoredOrder) -> str | None:
    email = (order.document.get("customer") or {}).get("email")
    return customer_id(order.organization_id, email) if email else None


def _detail(order: StoredOrder) -> dict[str, Any]:
    changes = [activity for activity in order.timeline() if activity["activity_type"] == "status_change"]
    return projection.detail(order.document, changes, order.tracking_token)
