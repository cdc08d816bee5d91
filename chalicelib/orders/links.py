"""The shipments of an order. Each is one small item in the order's partition, which is an activity as well."""

from typing import Any, cast

from pynamodb.expressions.condition import Condition

from chalicelib.orders.store import OrderItem, OrderShipmentItem
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, exists


def not_erased() -> Condition:
    """The order is there, and its customer was not taken out."""
    return cast(Condition, exists() & OrderItem.erased.does_not_exist())


def add_shipment(
    transaction: Transaction,
    organization_id: str,
    end_user_id: str,
    order_id: str,
    shipment_id: str,
    facts: dict[str, Any],
) -> None:
    """`facts`: when (`at`) and, for the activity, `carrier_name` and `tracking_number`."""
    key = keys.order_shipment(organization_id, end_user_id, order_id, shipment_id)
    transaction.put(OrderShipmentItem.at(key, document=facts))


def remove_shipment(
    transaction: Transaction, organization_id: str, end_user_id: str, order_id: str, shipment_id: str
) -> None:
    transaction.delete(keys.order_shipment(organization_id, end_user_id, order_id, shipment_id))
