"""Shopify's words and ours. docs/connectors/shopify.md shows these tables; tests compare them with the page, and the
words on the left with the published schemas."""

PAYMENT = {
    "AUTHORIZED": "unpaid",
    "EXPIRED": "unpaid",
    "PAID": "paid",
    "PARTIALLY_PAID": "unpaid",
    "PARTIALLY_REFUNDED": "partially_refunded",
    "PENDING": "unpaid",
    "REFUNDED": "refunded",
    "VOIDED": "unpaid",
}
"""`displayFinancialStatus` → `payment_status`."""

FULFILLMENT = {
    "FULFILLED": "fulfilled",
    "FULFILLMENT_NOT_REQUIRED": "fulfilled",
    "IN_PROGRESS": "unfulfilled",
    "ON_HOLD": "unfulfilled",
    "OPEN": "unfulfilled",
    "PARTIALLY_FULFILLED": "partially_fulfilled",
    "PENDING_FULFILLMENT": "unfulfilled",
    "REQUEST_DECLINED": "unfulfilled",
    "RESTOCKED": "unfulfilled",
    "SCHEDULED": "unfulfilled",
    "UNFULFILLED": "unfulfilled",
}
"""`displayFulfillmentStatus` → `fulfillment_status`; `unfulfilled` becomes `partially_fulfilled` where there is a
fulfilment."""

ORDER = {
    "FULFILLED": "shipped",
    "IN_PROGRESS": "processing",
    "ON_HOLD": "on_hold",
    "PARTIALLY_FULFILLED": "partially_shipped",
    "PENDING_FULFILLMENT": "processing",
}
"""`displayFulfillmentStatus` → `status`, for orders that are neither cancelled nor refunded. Others are `confirmed`
once they are paid or authorized, and `pending` before."""

CONFIRMED = frozenset({"AUTHORIZED", "PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED"})

SHIPMENT = {
    "ATTEMPTED_DELIVERY": "attempt_failed",
    "CANCELED": "cancelled",
    "CARRIER_PICKED_UP": "picked_up",
    "CONFIRMED": "label_created",
    "DELAYED": "in_transit",
    "DELIVERED": "delivered",
    "FAILURE": "exception",
    "FULFILLED": "in_transit",
    "IN_TRANSIT": "in_transit",
    "LABEL_PRINTED": "label_created",
    "LABEL_PURCHASED": "label_created",
    "LABEL_VOIDED": "cancelled",
    "MARKED_AS_FULFILLED": "in_transit",
    "NOT_DELIVERED": "exception",
    "OUT_FOR_DELIVERY": "out_for_delivery",
    "PICKED_UP": "delivered",
    "READY_FOR_PICKUP": "available_for_pickup",
    "SUBMITTED": "pending",
}
"""A fulfilment's `displayStatus` → a shipment's `status`."""

BROKEN = {"CANCELLED": "cancelled", "ERROR": "exception", "FAILURE": "exception"}
"""A fulfilment's `status` comes before its `displayStatus` if it is one of these."""
