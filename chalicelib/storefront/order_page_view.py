"""What the order page shows: the tracking view, the shipments, the status that follows from both, and the brand."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from chalicelib.kit import ids
from chalicelib.orders import service as orders
from chalicelib.orders.service import StoredOrder
from chalicelib.organizations import configs, end_users
from chalicelib.organizations.brands import ShopperBrand, shopper_brand
from chalicelib.organizations.store import EndUserItem
from chalicelib.shipments import service as shipments
from chalicelib.storefront import projection
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


class OpenedOrder(NamedTuple):
    view: dict[str, Any] | None
    """The storefront's tracking view; None where the link opens no order."""
    status: str
    """One of the keys of `order_page_texts.Texts.statuses`."""
    shipments: Sequence[Mapping[str, Any]]
    """In the list shape, at most `MAX_SHIPMENTS`."""
    brand: ShopperBrand


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
    return OpenedOrder(view, status, visible[:MAX_SHIPMENTS], shopper_brand(config.branding, end_user))


def _read_end_user_and_shipments(order: StoredOrder) -> tuple[EndUserItem | None, list[dict[str, Any]]]:
    return run_concurrently(lambda: end_users.find(order.organization_id, order.end_user_id), lambda: _shipments(order))


def _shipments(order: StoredOrder) -> list[dict[str, Any]]:
    shipment_ids = [keys.part_after_separator(row["sk"]["S"]) for row in order.shipment_rows]
    found = shipments.list_documents(order.organization_id, order.end_user_id, shipment_ids)
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
