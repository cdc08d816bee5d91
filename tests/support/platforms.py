"""The published samples of platforms, mapped to records as the author of a bridge service would map them: one line a
field, values passed on as they are."""

from pathlib import Path
from typing import Any

from chalicelib.kit import codec

SAMPLES = Path(__file__).parent / "samples"
Batch = dict[str, list[dict[str, Any]]]


def _sample(name: str, member: str) -> Any:
    return codec.loads((SAMPLES / f"{name}.json").read_text())[member]


def shopify() -> Batch:
    order = _sample("shopify", "order")
    record = {
        "external_id": order["id"],
        "order_number": order["name"],
        "status": "processing",
        "payment_status": order["financial_status"],
        "fulfillment_status": order["fulfillment_status"] or "unfulfilled",
        "customer": {
            "name": f"{order['customer']['first_name']} {order['customer']['last_name']}",
            "email": order["email"],
            "phone": order["phone"],
        },
        "line_items": [
            {"title": line["title"], "sku": line["sku"], "quantity": line["quantity"], "price": line["price"]}
            for line in order["line_items"]
        ],
        "shipping_address": _shopify_address(order["shipping_address"]),
        "billing_address": _shopify_address(order["billing_address"]),
        "totals": {
            "subtotal": order["subtotal_price"],
            "tax": order["total_tax"],
            "shipping": order["total_shipping_price_set"]["shop_money"]["amount"],
            "discount": order["total_discounts"],
            "total": order["total_price"],
        },
        "currency": order["currency"],
        "tags": [tag for tag in order["tags"].split(", ") if tag],
        "notes": order["note"],
        "ordered_at": order["processed_at"],
        "updated_at": order["updated_at"],
    }
    shipments = [
        {
            "external_id": fulfillment["id"],
            "order_external_id": fulfillment["order_id"],
            "tracking_number": fulfillment["tracking_number"],
            "carrier": fulfillment["tracking_company"],
            "status": fulfillment["shipment_status"] or "label_created",
            "ship_date": fulfillment["created_at"],
            "updated_at": fulfillment["updated_at"],
        }
        for fulfillment in order["fulfillments"]
    ]
    return {"orders": [record], "shipments": shipments}


def _shopify_address(address: dict[str, Any]) -> dict[str, Any]:
    names = {"state": "province_code", "country": "country_code"}
    fields = ("name", "address1", "address2", "city", "state", "zip", "country", "phone")
    return {name: address[names.get(name, name)] for name in fields}


def woocommerce() -> Batch:
    order = _sample("woocommerce", "order")
    record = {
        "external_id": order["id"],
        "order_number": order["number"],
        "status": order["status"].replace("-", "_"),
        "payment_status": "paid" if order["date_paid"] else "unpaid",
        "customer": {
            "name": f"{order['billing']['first_name']} {order['billing']['last_name']}",
            "email": order["billing"]["email"],
            "phone": order["billing"]["phone"],
        },
        "line_items": [
            {"title": line["name"], "sku": line["sku"], "quantity": line["quantity"], "price": line["price"]}
            for line in order["line_items"]
        ],
        "shipping_address": _woocommerce_address(order["shipping"]),
        "billing_address": _woocommerce_address(order["billing"]),
        "totals": {
            "tax": order["total_tax"],
            "shipping": order["shipping_total"],
            "discount": order["discount_total"],
            "total": order["total"],
        },
        "currency": order["currency"],
        "notes": order["customer_note"],
        "ordered_at": order["date_created_gmt"],
        "updated_at": order["date_modified_gmt"],
    }
    return {"orders": [record], "shipments": []}


def _woocommerce_address(address: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": f"{address['first_name']} {address['last_name']}",
        "address1": address["address_1"],
        "address2": address["address_2"],
        "city": address["city"],
        "state": address["state"],
        "zip": address["postcode"],
        "country": address["country"],
        "phone": address.get("phone"),
    }


def shipstation() -> Batch:
    shipment, to = _sample("shipstation", "shipment"), _sample("shipstation", "shipment")["shipTo"]
    record = {
        "external_id": shipment["shipmentId"],
        "order_external_id": shipment["orderKey"],
        "tracking_number": shipment["trackingNumber"],
        "carrier": shipment["carrierCode"],
        "service": shipment["serviceCode"],
        "status": "cancelled" if shipment["voided"] else "label_created",
        "ship_date": shipment["shipDate"],
        "weight": {"value": shipment["weight"]["value"], "unit": shipment["weight"]["units"]},
        "dimensions": shipment["dimensions"],
        "ship_to": {
            "name": to["name"],
            "address1": to["street1"],
            "address2": to["street2"],
            "city": to["city"],
            "state": to["state"],
            "zip": to["postalCode"],
            "country": to["country"],
            "phone": to["phone"],
        },
        "updated_at": shipment["createDate"],
    }
    return {"orders": [], "shipments": [record]}


def easypost() -> Batch:
    tracker = _sample("easypost", "tracker")
    record = {
        "external_id": tracker["id"],
        "tracking_number": tracker["tracking_code"],
        "carrier": tracker["carrier"],
        "service": tracker["carrier_detail"]["service"],
        "status": tracker["status"],
        "estimated_delivery": tracker["est_delivery_date"],
        "weight": {"value": tracker["weight"], "unit": "oz"},
        "updated_at": tracker["updated_at"],
        "checkpoints": [
            {
                "status": detail["status"],
                "status_detail": detail["message"],
                "city": detail["tracking_location"]["city"],
                "state": detail["tracking_location"]["state"],
                "country": detail["tracking_location"]["country"],
                "postal_code": detail["tracking_location"]["zip"],
                "checkpoint_time": detail["datetime"],
                "carrier_status_code": detail["status_detail"],
            }
            for detail in tracker["tracking_details"]
        ],
    }
    return {"orders": [], "shipments": [record]}


AFTERSHIP_STATUSES = {"InTransit": "in_transit", "Delivered": "delivered"}


def aftership() -> Batch:
    tracking = _sample("aftership", "tracking")
    record = {
        "external_id": tracking["id"],
        "order_external_id": tracking["order_id"],
        "tracking_number": tracking["tracking_number"],
        "carrier": tracking["slug"],
        "status": AFTERSHIP_STATUSES[tracking["tag"]],
        "estimated_delivery": tracking["expected_delivery"],
        "weight": {"value": tracking["shipment_weight"], "unit": tracking["shipment_weight_unit"]},
        "updated_at": tracking["updated_at"],
        "checkpoints": [
            {
                "status": AFTERSHIP_STATUSES[checkpoint["tag"]],
                "status_detail": checkpoint["message"],
                "location": checkpoint["country_name"],
                "city": checkpoint["city"],
                "state": checkpoint["state"],
                "country": checkpoint["country_iso3"],
                "postal_code": checkpoint["zip"],
                "longitude": checkpoint["coordinates"][0] if checkpoint["coordinates"] else None,
                "latitude": checkpoint["coordinates"][1] if checkpoint["coordinates"] else None,
                "checkpoint_time": checkpoint["checkpoint_time"],
            }
            for checkpoint in tracking["checkpoints"]
        ],
    }
    return {"orders": [], "shipments": [record]}


ALL = {
    "shopify": shopify,
    "woocommerce": woocommerce,
    "shipstation": shipstation,
    "easypost": easypost,
    "aftership": aftership,
}
