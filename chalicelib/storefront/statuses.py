"""Statuses as shoppers read them, one table for each type of status."""

from typing import Any

from chalicelib.orders.service import StoredOrder

PENDING = "PENDING"

_ORDER = {
    "pending": PENDING,
    "confirmed": "CONFIRMED",
    "processing": "PROCESSING",
    "partially_shipped": "PROCESSING",
    "shipped": "SHIPPED",
    "delivered": "DELIVERED",
    "cancelled": "CANCELLED",
    "returned": "DELIVERED",
    "refunded": "REFUNDED",
    "on_hold": "PROCESSING",
}
_PAYMENT = {
    "unpaid": "UNPAID",
    "paid": "PAID",
    "partially_refunded": "PARTIALLY_REFUNDED",
    "refunded": "REFUNDED",
}
_FULFILLMENT = {
    "unfulfilled": "UNFULFILLED",
    "partially_fulfilled": "PARTIALLY_FULFILLED",
    "fulfilled": "FULFILLED",
}
_ACTORS = {"customer": "customer", "guest": "customer", "system": "system"}


def order_status(status: Any, payment_status: Any = None) -> str:
    """`PENDING` means awaiting payment: a pending order that was paid, even if refunded since, is confirmed."""
    word = _ORDER.get(status, "PROCESSING")
    return "CONFIRMED" if word == PENDING and payment(payment_status) != "UNPAID" else word


def is_pending(order: StoredOrder) -> bool:
    return order_status(order.document["status"], order.document["payment_status"]) == PENDING


def payment(status: Any) -> str:
    """An unknown or absent status counts as unpaid."""
    return _PAYMENT.get(status, "UNPAID")


def fulfillment(status: Any) -> str:
    return _FULFILLMENT.get(status, "UNFULFILLED")


def changed_by(actor: Any) -> str:
    """Which side made a change, without revealing which person or program."""
    return _ACTORS.get(actor, "store")
