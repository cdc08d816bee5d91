"""Orders and shipments of the demo: one shipment in every status, with the checkpoints that lead to it, and one
that a tracking provider follows."""

from datetime import UTC, datetime, timedelta
from typing import Any

PRODUCTS = (
    ("Speckled mug", "MUG-SPK-01", "18.50"),
    ("Tea towel", "TWL-LIN-02", "12.00"),
    ("Enamel pot", "POT-ENA-07", "49.90"),
)
CUSTOMERS = (("Jane Doe", "jane@example.com"), ("Max Muster", "max@example.com"), ("Inês Silva", "ines@example.com"))
ROUTE = (("Los Angeles", "CA"), ("Phoenix", "AZ"), ("Denver", "CO"), ("Chicago", "IL"), ("New York", "NY"))
JOURNEYS: dict[str, tuple[str, ...]] = {
    "pending": (),
    "label_created": (),
    "picked_up": ("picked_up",),
    "in_transit": ("picked_up", "in_transit", "in_transit"),
    "out_for_delivery": ("picked_up", "in_transit", "in_transit", "out_for_delivery"),
    "available_for_pickup": ("picked_up", "in_transit", "in_transit", "available_for_pickup"),
    "delivered": ("picked_up", "in_transit", "in_transit", "out_for_delivery", "delivered"),
    "attempt_failed": ("picked_up", "in_transit", "out_for_delivery", "attempt_failed"),
    "exception": ("picked_up", "in_transit", "exception"),
    "returned": ("picked_up", "in_transit", "exception", "returned"),
    "cancelled": (),
}
STATUS_DETAILS = {
    "picked_up": "Picked up by carrier",
    "in_transit": "Departed facility",
    "out_for_delivery": "With the courier",
    "available_for_pickup": "Ready at the pickup point",
    "delivered": "Delivered, signed by J DOE",
    "attempt_failed": "Nobody at the address",
    "exception": "Weather delay",
    "returned": "Returned to sender",
}
FOLLOWED_NUMBER = "EZ4000000004"
"""The number of a parcel that only the demo of EasyPost knows of: it begins to move once it is followed."""
ORDER_STATUS = {"delivered": "delivered", "cancelled": "cancelled", "returned": "returned"}


def _timestamp(time: datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%S}.000Z"


def example_batch() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Orders and shipments as records of the Sync API, with the same external ids every time."""
    now = datetime.now(UTC).replace(microsecond=0)
    orders: list[dict[str, Any]] = []
    shipments: list[dict[str, Any]] = []
    for number, (status, journey) in enumerate(JOURNEYS.items()):
        ordered_at = now - timedelta(days=6, hours=number)
        orders.append(_order(number, "pending" if not journey else ORDER_STATUS.get(status, "shipped"), ordered_at))
        shipments.append(_shipment(number, status, journey, now))
    number = len(JOURNEYS)
    orders.append(_order(number, "processing", now - timedelta(hours=2)))
    followed = {"tracking_number": FOLLOWED_NUMBER, "carrier": "USPS", "estimated_delivery": None}
    shipments.append({**_shipment(number, "label_created", (), now), **followed})
    return orders, shipments


def _order(number: int, status: str, ordered_at: datetime) -> dict[str, Any]:
    title, sku, price = PRODUCTS[number % len(PRODUCTS)]
    name, email = CUSTOMERS[number % len(CUSTOMERS)]
    quantity = number % 3 + 1
    subtotal = round(float(price) * quantity, 2)
    return {
        "external_id": f"demo-{1001 + number}",
        "order_number": f"ORD-{1001 + number}",
        "status": status,
        "payment_status": "unpaid" if status == "pending" else "paid",
        "fulfillment_status": "unfulfilled" if status in ("pending", "cancelled") else "fulfilled",
        "customer": {"name": name, "email": email, "phone": None},
        "line_items": [{"title": title, "sku": sku, "quantity": quantity, "price": float(price)}],
        "shipping_address": {
            "name": name,
            "address1": "123 Main St",
            "city": "New York",
            "state": "NY",
            "zip": "10001",
            "country": "US",
        },
        "totals": {
            "subtotal": subtotal,
            "tax": 4.99,
            "shipping": 9.99,
            "discount": 0,
            "total": round(subtotal + 14.98, 2),
        },
        "currency": "USD",
        "tags": ["demo"],
        "ordered_at": _timestamp(ordered_at),
    }


def _shipment(number: int, status: str, journey: tuple[str, ...], now: datetime) -> dict[str, Any]:
    start = now - timedelta(days=4)
    step = timedelta(hours=19)
    checkpoints = [
        {
            "status": stop,
            "status_detail": STATUS_DETAILS[stop],
            "location": ", ".join(ROUTE[min(place, len(ROUTE) - 1)]),
            "city": ROUTE[min(place, len(ROUTE) - 1)][0],
            "state": ROUTE[min(place, len(ROUTE) - 1)][1],
            "country": "US",
            "checkpoint_time": _timestamp(start + step * place),
        }
        for place, stop in enumerate(journey)
    ]
    arrival = now + timedelta(days=1)
    return {
        "external_id": f"demo-shipment-{1001 + number}",
        "order_external_id": f"demo-{1001 + number}",
        "tracking_number": f"1Z999AA10123456{784 + number}",
        "carrier": "UPS",
        "service": "ground",
        "status": status,
        "ship_date": f"{start:%Y-%m-%d}" if journey else None,
        "estimated_delivery": f"{arrival:%Y-%m-%d}",
        "actual_delivery": _timestamp(start + step * (len(journey) - 1)) if status == "delivered" else None,
        "weight": {"value": 2.5, "unit": "lb"},
        "dimensions": {"length": 12, "width": 8, "height": 6, "unit": "in"},
        "ship_from": {"city": "Los Angeles", "state": "CA", "country": "US"},
        "ship_to": {"name": "Jane Doe", "city": "New York", "state": "NY", "country": "US"},
        "checkpoints": checkpoints,
    }
