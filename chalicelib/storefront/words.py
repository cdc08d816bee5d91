"""The words a shopper reads, one table for each kind of status."""

from typing import Any

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
    """`PENDING` is what awaits payment: a pending order that has been paid, whatever came of it, is confirmed."""
    word = _ORDER.get(status, "PROCESSING")
    return "CONFIRMED" if word == PENDING and payment(payment_status) != "UNPAID" else word


def payment(status: Any) -> str:
    """A source that says nothing of payment has not been paid."""
    return _PAYMENT.get(status, "UNPAID")


def fulfillment(status: Any) -> str:
    return _FULFILLMENT.get(status, "UNFULFILLED")


def changed_by(actor: Any) -> str:
    """Which side made a change. Who of the staff, or which program, is not the shopper's to know."""
    return _ACTORS.get(actor, "store")
