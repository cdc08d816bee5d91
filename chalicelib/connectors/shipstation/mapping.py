"""A label (V2) or shipment (V1), which are the same thing, as a shipment of the Sync API."""

from decimal import Decimal
from typing import Any

from chalicelib.catalog.carriers import find_carrier
from chalicelib.connectors.shipstation.pacific import from_pacific
from chalicelib.connectors.shop import Record

Label = dict[str, Any]

CARRIERS = {
    "dhl_express_australia": "DHL Express",
    "dhl_express_canada": "DHL Express",
    "dhl_express_uk": "DHL Express",
    "dhl_express_worldwide": "DHL Express",
    "endicia": "USPS",
    "express_1": "USPS",
    "fedex_walleted": "FedEx",
    "stamps_com": "USPS",
    "ups_walleted": "UPS",
}
"""ShipStation's accounts with a carrier, where their code is not the carrier's name."""

UNITS = {
    "centimeter": "cm",
    "centimeters": "cm",
    "gram": "g",
    "grams": "g",
    "inch": "in",
    "inches": "in",
    "kilogram": "kg",
    "ounce": "oz",
    "ounces": "oz",
    "pound": "lb",
    "pounds": "lb",
}
"""V2's words are singular, V1's plural. A unit that is not here stays as it is."""

MOVING = {"delivered": "delivered", "in_transit": "in_transit"}
"""V2's `tracking_status` → `status`. Other labels are `label_created`, and voided ones `cancelled`."""


def is_parcel(label: Label) -> bool:
    """Not labels for returns or tests, nor those that are being made or failed."""
    is_return = label.get("is_return_label") or label.get("isReturnLabel")
    return not is_return and not label.get("test_label") and label.get("status") not in ("processing", "error")


def external_id(label: Label) -> str:
    """Without V2's prefix, so that a bridge that changes from V1 to V2 keeps its shipments. KeyError."""
    return str(label["label_id"] if "label_id" in label else label["shipmentId"]).removeprefix("se-")


def from_v2(label: Label) -> Record:
    shipment = label.get("shipment") or {}
    packages = label.get("packages") or []
    return {
        "external_id": external_id(label),
        "order_external_id": _order_id(label, shipment),
        "order_number": shipment.get("shipment_number"),
        "tracking_number": label.get("tracking_number"),
        "carrier": _carrier(label.get("carrier_code")),
        "service": label.get("service_code"),
        "status": "cancelled" if label.get("voided") else MOVING.get(label.get("tracking_status", ""), "label_created"),
        "ship_date": label.get("ship_date"),
        "weight": _total_weight([package.get("weight") or {} for package in packages]),
        "dimensions": _dimensions(packages[0].get("dimensions"), "unit") if packages else None,
        "line_items": _lines(shipment.get("items")),
        "ship_to": _address_v2(label.get("ship_to") or shipment.get("ship_to")),
        "updated_at": label.get("voided_at") or label.get("created_at"),
    }


def _order_id(label: Label, shipment: Label) -> str | None:
    """The order's id at its source, or else its key, which ShipStation invents for shipments that have none."""
    found = label.get("external_order_id") or shipment.get("external_order_id")
    key = label.get("external_shipment_id") or shipment.get("external_shipment_id")
    return found or (key if key and not str(key).startswith("se-") else None)


def from_v1(shipment: Label) -> Record:
    weight = shipment.get("weight") or {}
    changed = shipment.get("voidDate") or shipment.get("createDate")
    return {
        "external_id": external_id(shipment),
        "order_external_id": shipment.get("orderKey"),
        "order_number": shipment.get("orderNumber"),
        "tracking_number": shipment.get("trackingNumber"),
        "carrier": _carrier(shipment.get("carrierCode")),
        "service": shipment.get("serviceCode"),
        "status": "cancelled" if shipment.get("voided") else "label_created",
        "ship_date": shipment.get("shipDate"),
        "weight": {"value": weight.get("value"), "unit": _unit(weight.get("units"))} if weight else None,
        "dimensions": _dimensions(shipment.get("dimensions"), "units"),
        "line_items": _lines(shipment.get("shipmentItems")),
        "ship_to": _address_v1(shipment.get("shipTo")),
        "updated_at": from_pacific(changed) if changed else None,
    }


def _carrier(code: str | None) -> str | None:
    """`stamps_com` is an account with USPS; `ups_ground` stays what it is."""
    if code is None:
        return None
    carrier = find_carrier(code)
    return CARRIERS.get(code) or (carrier.name if carrier else code)


def _unit(word: str | None) -> str | None:
    return UNITS.get(word.lower(), word) if word else None


def _total_weight(weights: list[Label]) -> Record | None:
    """Of all packages, if they are weighed in one unit."""
    units = {weight.get("unit") for weight in weights}
    if len(units) != 1:
        return None
    values = [Decimal(str(weight["value"])) for weight in weights if weight.get("value") is not None]
    return {"value": sum(values, Decimal(0)), "unit": _unit(units.pop())} if values else None


def _dimensions(given: Label | None, unit: str) -> Record | None:
    if not given:
        return None
    return {**{side: given.get(side) for side in ("length", "width", "height")}, "unit": _unit(given.get(unit))}


def _lines(items: list[Label] | None) -> list[Record] | None:
    """None where ShipStation doesn't say. Its adjustments are discounts."""
    lines = [
        {"sku": item.get("sku") or None, "title": item.get("name"), "quantity": item.get("quantity")}
        for item in items or []
        if not item.get("adjustment")
    ]
    return lines or None


def _address_v1(given: Label | None) -> Record | None:
    names = {"address1": "street1", "address2": "street2", "zip": "postalCode"}
    return _address(given, "company", "street3", names) if given else None


def _address_v2(given: Label | None) -> Record | None:
    names = {
        "address1": "address_line1",
        "address2": "address_line2",
        "city": "city_locality",
        "state": "state_province",
        "zip": "postal_code",
        "country": "country_code",
    }
    return _address(given, "company_name", "address_line3", names) if given else None


def _address(given: Label, company: str, third_line: str, names: dict[str, str]) -> Record:
    ours = ("address1", "address2", "city", "state", "zip", "country", "phone")
    address: Record = {name: given.get(names.get(name, name)) or None for name in ours}
    address["address2"] = ", ".join(part for part in (address["address2"], given.get(third_line)) if part) or None
    address["name"] = ", ".join(part for part in (given.get("name"), given.get(company)) if part) or None
    return address
