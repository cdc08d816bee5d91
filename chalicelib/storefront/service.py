"""A shopper's orders. Whose they are follows from the credential: a customer's session, a token, or a code."""

from dataclasses import dataclass
from typing import Any

from chalicelib.kit import ids
from chalicelib.kit.errors import BadRequest, NotFound
from chalicelib.orders import of_customer
from chalicelib.orders import service as orders
from chalicelib.orders.service import StoredOrder
from chalicelib.organizations import configs
from chalicelib.organizations.principals import Actor, Customer
from chalicelib.privacy.identity import customer_id
from chalicelib.storefront import access, projection, words
from chalicelib.table.pages import Window
from chalicelib.table.transaction import retry_on_conflict

CANCEL_NOTE = "Cancelled by the customer"


class NotCancellable(BadRequest):
    code = "order_not_cancellable"
    message = "Only pending orders can be cancelled"


@dataclass(frozen=True, slots=True)
class Seen:
    """An order as its customer sees it. `customer_id` is None where the order names nobody."""

    id: str
    customer_id: str | None
    ordered_at: str
    detail: dict[str, Any]


def list_orders(customer: Customer, page: int, limit: int) -> dict[str, Any]:
    window = Window(limit, offset=(page - 1) * limit)
    found, total = of_customer.list_page(customer.organization_id, customer.customer_id, window)
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
    """Judged on what is stored at the moment of writing: whoever was faster, a payment or another cancel, is seen."""
    return retry_on_conflict(lambda: _cancel(customer, order_number, by))


def _cancel(customer: Customer, order_number: str, by: Actor) -> dict[str, Any]:
    order = _get(customer, order_number)
    if words.order_status(order.document["status"], order.document["payment_status"]) != words.PENDING:
        raise NotCancellable
    return _detail(orders.change_status(order, "cancelled", by, note=CANCEL_NOTE))


def track(organization_id: str, token: str) -> dict[str, Any]:
    order = orders.find_by_token(organization_id, token)
    if order is None:
        raise NotFound
    return projection.tracking_view(order.document)


def redeem(organization_id: str, order_number: str, email: str, code: Any, by: Actor) -> dict[str, Any]:
    token, grant = access.redeem_code(organization_id, order_number, email, code, by)
    seen = _granted(organization_id, grant)
    if seen is None:
        raise access.LookupInvalid
    return {"accessToken": token, "expiresIn": access.TOKEN_TTL_S, "order": seen.detail}


def get_by_token(organization_id: str, token: str) -> dict[str, Any]:
    seen = _granted(organization_id, access.open_with(organization_id, token))
    if seen is None:
        raise NotFound
    return seen.detail


def find_of_customer(organization_id: str, customer: str, order_number: str) -> Seen | None:
    """The newest order with that number among this customer's."""
    order = of_customer.find_newest(organization_id, customer, order_number)
    return _seen(order) if order is not None else None


def find(organization_id: str, order_id: str) -> Seen | None:
    order = orders.find_anywhere(organization_id, order_id)
    return _seen(order) if order is not None else None


def branding_of(organization_id: str) -> dict[str, Any] | None:
    """How the organization looks to the public; None where it does not show itself."""
    config = configs.find(organization_id) if ids.is_id(organization_id) else None
    return config.branding if config is not None and config.is_active else None


def _get(customer: Customer, order_number: str) -> StoredOrder:
    order = of_customer.find_newest(customer.organization_id, customer.customer_id, order_number)
    if order is None:
        raise NotFound
    return order


def _granted(organization_id: str, grant: access.Grant) -> Seen | None:
    """The order, unless it is gone or has become somebody else's since."""
    seen = find(organization_id, grant.order_id)
    return seen if seen is not None and seen.customer_id == grant.customer_id else None


def _seen(order: StoredOrder) -> Seen:
    document = order.document
    return Seen(order.id, _customer_of(order), document["ordered_at"], _detail(order))


def _customer_of(order: StoredOrder) -> str | None:
    email = (order.document.get("customer") or {}).get("email")
    return customer_id(order.organization_id, email) if email else None


def _detail(order: StoredOrder) -> dict[str, Any]:
    changes = [activity for activity in order.activities if activity["activity_type"] == "status_change"]
    return projection.detail(order.document, changes, order.tracking_token)
