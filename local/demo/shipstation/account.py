"""An account with orders and labels, in one JSON file.

What V1 calls an order is a shipment to V2, and V1's shipment is V2's label. Each is stored once.
"""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from local.demo.server import SavedData

PACIFIC = ZoneInfo("America/Los_Angeles")
SHIPPED, HELD, CANCELLED, WAITING = "shipped", "on_hold", "cancelled", "awaiting_shipment"
V2_STATUS = {WAITING: "pending", SHIPPED: "label_purchased"}
Thing = dict[str, Any]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Account(SavedData):
    """`log` says what was done, oldest first, such as `held 1001`."""

    def __init__(self, file: Path | None = None) -> None:
        new: Thing = {
            "api_key": f"ss_{secrets.token_hex(8)}",
            "api_secret": secrets.token_hex(8),
            "orders": [],
            "labels": [],
            "hooks": [],
            "log": [],
            "next_id": 43_945_660,
        }
        super().__init__(file, new)

    def next_id(self) -> int:
        self.data["next_id"] += 1
        return int(self.data["next_id"])

    def log(self, text: str) -> None:
        self.data["log"].append(text)
        self.save()

    def add_order(self, number: str, key: str | None = None, **given: Any) -> Thing:
        """`key`: the order's id at its source."""
        order_id = self.next_id()
        order = {
            "id": order_id,
            "number": number,
            "key": key,
            "status": WAITING,
            "hold_until": None,
            "items": [],
            **given,
        }
        self.data["orders"].append(order)
        self.save()
        return order

    def order(self, order_id: int) -> Thing | None:
        return next((order for order in self.data["orders"] if order["id"] == order_id), None)

    def add_label(self, order: Thing, tracking_number: str, carrier: str = "ups", **given: Any) -> Thing:
        label = {
            "id": self.next_id(),
            "order_id": order["id"],
            "number": tracking_number,
            "carrier": carrier,
            "service": f"{carrier}_ground",
            "created_at": now(),
            "voided_at": None,
            "tracking_status": "unknown",
            "ounces": 12.5,
            "is_return": False,
            "batch": self.next_id(),
            **given,
        }
        order["status"] = SHIPPED
        self.data["labels"].append(label)
        self.log(f"label {order['number']} {tracking_number}")
        return label

    def void(self, label: Thing) -> None:
        label["voided_at"] = now()
        self.log(f"voided {label['number']}")

    def set_status(self, order: Thing, status: str, hold_until: str | None = None) -> None:
        order["status"], order["hold_until"] = status, hold_until
        self.log(f"{status} {order['number']}")


def pacific(moment: str | None) -> str | None:
    """V1's times are Pacific, with seven digits after the second and without an offset."""
    if moment is None:
        return None
    local = datetime.fromisoformat(moment).astimezone(PACIFIC)
    return local.strftime("%Y-%m-%dT%H:%M:%S.%f0")


def from_pacific(text: str) -> str:
    local = datetime.fromisoformat(text).replace(tzinfo=PACIFIC)
    return local.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def order_v1(order: Thing) -> Thing:
    return {
        "orderId": order["id"],
        "orderNumber": order["number"],
        "orderKey": order["key"] or f"manual-{order['id']}",
        "orderStatus": order["status"],
        "holdUntilDate": order["hold_until"],
        "items": order["items"],
    }


def shipment_v1(label: Thing, order: Thing) -> Thing:
    return {
        "shipmentId": label["id"],
        "orderId": order["id"],
        "orderKey": order_v1(order)["orderKey"],
        "orderNumber": order["number"],
        "createDate": pacific(label["created_at"]),
        "shipDate": label["created_at"][:10],
        "trackingNumber": label["number"],
        "isReturnLabel": label["is_return"],
        "carrierCode": label["carrier"],
        "serviceCode": label["service"],
        "voided": label["voided_at"] is not None,
        "voidDate": pacific(label["voided_at"]),
        "weight": {"value": label["ounces"], "units": "ounces"},
        "dimensions": {"length": 10.0, "width": 8.0, "height": 4.0, "units": "inches"},
        "shipTo": {
            "name": "Ada Lovelace",
            "company": "",
            "street1": "1 Demo Street",
            "street2": None,
            "city": "Berlin",
        },
        "shipmentItems": order["items"],
    }


def shipment_v2(order: Thing) -> Thing:
    return {
        "shipment_id": f"se-{order['id']}",
        "external_shipment_id": order.get("external_shipment_id") or f"se-{order['id']}",
        "external_order_id": order["key"],
        "shipment_number": order["number"],
        "shipment_status": V2_STATUS.get(order["status"], order["status"]),
        "hold_until_date": order["hold_until"],
        "items": order["items"],
    }


def label_v2(label: Thing, order: Thing) -> Thing:
    return {
        "label_id": f"se-{label['id']}",
        "status": "voided" if label["voided_at"] else "completed",
        "shipment_id": f"se-{order['id']}",
        "external_shipment_id": shipment_v2(order)["external_shipment_id"],
        "external_order_id": order["key"],
        "ship_date": label["created_at"][:10] + "T00:00:00Z",
        "created_at": label["created_at"],
        "tracking_number": label["number"],
        "is_return_label": label["is_return"],
        "batch_id": f"se-{label['batch']}",
        "service_code": label["service"],
        "carrier_code": label["carrier"],
        "test_label": False,
        "voided": label["voided_at"] is not None,
        "voided_at": label["voided_at"],
        "tracking_status": label["tracking_status"],
        "packages": [
            {
                "weight": {"value": label["ounces"], "unit": "ounce"},
                "dimensions": {"unit": "inch", "length": 10.0, "width": 8.0, "height": 4.0},
            }
        ],
        "ship_to": {"name": "Ada Lovelace", "address_line1": "1 Demo Street", "city_locality": "Berlin"},
    }
