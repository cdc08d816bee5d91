"""What the order page shows: the tracking view, the shipments, the status that follows from both, and the brand."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from chalicelib.action_requests import shoppers
from chalicelib.kit import ids
from chalicelib.orders import service as orders
from chalicelib.orders.service import StoredOrder
from chalicelib.organizations import configs, end_users
from chalicelib.organizations.action_policies import shopper_actions_of
from chalicelib.organizations.brands import ShopperBrand, shopper_brand
from chalicelib.organizations.store import ConfigItem, EndUserItem
from chalicelib.organizations.suspension import is_suspended
from chalicelib.shipments import service as shipments
from chalicelib.storefront import projection
from chalicelib.storefront.statuses import is_pending
from chalicelib.table import keys
from chalicelib.table.reads import run_concurrently

PARTIALLY_SHIPPED: Final = "PARTIALLY_SHIPPED"
ON_HOLD: Final = "ON_HOLD"
RETURNED: Final = "RETURNED"
MAX_SHIPMENTS: Final = 10
_FINAL: Final = {"DELIVERED", "CANCELLED", "REFUNDED"}
_SENT: Final = {
    "picked_up", "in_transit", "out_for_delivery", "available_for_pickup", "delivered", "attempt_failed", "exception",
    "returned",
}  # fmt: skip


Cancelling = Literal["at_once", "by_request", "requested"]
"""What the page offers: to cancel the order, to ask for it, or nothing more because that was asked for."""
_CANCELLABLE: Final = {"PENDING", "CONFIRMED", "PROCESSING", ON_HOLD}


class OpenedOrder(NamedTuple):
    view: dict[str, Any] | None
    """The storefront's tracking view; None where the link opens no order."""
    status: str
    """One of the keys of `order_page_texts.Texts.statuses`."""
    shipments: Sequence[Mapping[str, Any]]
    """In the list shape, at most `MAX_SHIPMENTS`."""
    brand: ShopperBrand
    cancelling: Cancelling | None = None


UNBRANDED: Final = ShopperBrand({}, {})


def open_order(organization_id: str, token: str) -> OpenedOrder:
    """Three round trips: the config is read with the order, end user and shipments with the check of its bridge."""
    if not ids.is_id(organization_id):
        return OpenedOrder(None, "", (), UNBRANDED)
    config, found = run_concurrently(
        lambda: configs.find(organization_id),
        lambda: orders.find_by_token_with(organization_id, token, _read_end_user_and_shipments),
    )
    if config is None or not config.is_active:
        return OpenedOrder(None, "", (), UNBRANDED)
    if found is None:
        return OpenedOrder(None, "", (), shopper_brand(config.branding, None))
    order, (end_user, sent) = found
    visible = _without_hidden(sent, end_user)
    view = projection.tracking_view(order.document)
    status = page_status(order.document, view["status"], visible)
    brand = shopper_brand(config.branding, end_user)
    return OpenedOrder(view, status, visible[:MAX_SHIPMENTS], brand, _cancelling(order, status, config))


def find_order(organization_id: str, token: str) -> tuple[StoredOrder, ConfigItem] | None:
    """The order that the link opens, to change it. Three round trips."""
    if not ids.is_id(organization_id):
        return None
    config, order = run_concurrently(
        lambda: configs.find(organization_id), lambda: orders.find_by_token(organization_id, token)
    )
    return (order, config) if order is not None and config is not None and config.is_active else None


def cancelling_of(order: StoredOrder, config: ConfigItem) -> Cancelling | None:
    """Only where the organization lets shoppers cancel: a link is opened by whoever has it."""
    if is_suspended(config) or not shopper_actions_of(config).cancel:
        return None
    if is_pending(order):
        return "at_once"
    if not shoppers.may_request(order, config, "cancel"):
        return None
    return "requested" if shoppers.is_requested(order, "cancel") else "by_request"


def _cancelling(order: StoredOrder, status: str, config: ConfigItem) -> Cancelling | None:
    # A shipment may be on its way although the shop has not said so.
    return cancelling_of(order, config) if status in _CANCELLABLE else None


def _read_end_user_and_shipments(order: StoredOrder) -> tuple[EndUserItem | None, list[dict[str, Any]]]:
    return run_concurrently(lambda: end_users.find(order.organization_id, order.end_user_id), lambda: _shipments(order))


def _shipments(order: StoredOrder) -> list[dict[str, Any]]:
    shipment_ids = [keys.part_after_separator(row["sk"]["S"]) for row in order.shipment_rows]
    found = shipments.list_documents(order.organization_id, order.end_user_id, order.id, shipment_ids)
    return sorted(found, key=lambda shipment: str(shipment["created_at"]))


def _without_hidden(sent: list[dict[str, Any]], end_user: EndUserItem | None) -> list[dict[str, Any]]:
    hidden = end_users.hidden_bridges(end_user)
    return [shipment for shipment in sent if shipment["bridge_id"] not in hidden]


def page_status(order: Mapping[str, Any], status: str, sent: Sequence[Mapping[str, Any]]) -> str:
    """The status from a shopper's point of view. `status` is the storefront's word for the order alone.

    Shops are often late to mark an order as shipped, so shipments that are on their way count more.
    """
    if order["status"] == "returned":
        return RETURNED
    if status in _FINAL:
        return status
    statuses = [shipment["status"] for shipment in sent if shipment["status"] != "cancelled"]
    moving = [shipment_status for shipment_status in statuses if shipment_status in _SENT]
    partly = order["status"] == "partially_shipped" or order.get("fulfillment_status") == "partially_fulfilled"
    if not moving:
        held = order["status"] == "on_hold"
        return ON_HOLD if held else PARTIALLY_SHIPPED if order["status"] == "partially_shipped" else status
    if partly or len(moving) < len(statuses):
        return PARTIALLY_SHIPPED
    if set(moving) == {"returned"}:
        return RETURNED
    return "DELIVERED" if set(moving) <= {"delivered", "returned"} else "SHIPPED"
