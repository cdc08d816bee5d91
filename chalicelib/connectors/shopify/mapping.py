"""An order of the Admin API as records of the Sync API.

Lines and totals are what the order has now: without units that were refunded or removed by an edit. An order of which
nothing is left, as after a full cancellation, shows what was ordered.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from chalicelib.connectors.shop import Record
from chalicelib.connectors.shopify import words

Node = dict[str, Any]

SHOWN_LINES = 1000
"""What the Sync API takes."""


def to_order(node: Node, lines: list[Node], fulfilments: list[Node]) -> Record:
    """`lines` and `fulfilments`: all of them, however many calls that took."""
    record: Record = {
        "external_id": str(node["legacyResourceId"]),
        "order_number": node["name"],
        "status": _status(node, fulfilments),
        "payment_status": words.PAYMENT.get(node.get("displayFinancialStatus") or ""),
        "fulfillment_status": _fulfilment_status(node, fulfilments),
        "customer": _customer(node),
        "shipping_address": to_address(node.get("shippingAddress")),
        "billing_address": to_address(node.get("billingAddress")),
        "currency": node.get("currencyCode"),
        "tags": node.get("tags") or [],
        "ordered_at": node.get("processedAt") or node.get("createdAt"),
        "updated_at": node["updatedAt"],
    }
    is_gone = not any(line["currentQuantity"] for line in lines)
    record["line_items"] = [_line(line, is_gone) for line in lines if is_gone or line["currentQuantity"]][:SHOWN_LINES]
    record["totals"] = _totals(node, record["line_items"], is_gone)
    record["notes"] = _notes(node, "totalPriceSet" if is_gone else "currentTotalPriceSet")
    # A word that a later version adds leaves what is stored; null would clear it.
    return {
        name: value
        for name, value in record.items()
        if value is not None or name not in ("status", "payment_status", "fulfillment_status")
    }


def to_shipments(node: Node, fulfilments: list[Node]) -> list[Record]:
    """One for each tracking number of each fulfilment, and one for a fulfilment that has none."""
    return [
        shipment for fulfilment in fulfilments for shipment in _shipments_of(str(node["legacyResourceId"]), fulfilment)
    ]


def _shipments_of(order_id: str, fulfilment: Node) -> list[Record]:
    found = [info for info in fulfilment.get("trackingInfo") or [] if info and info.get("number")] or [{}]
    number = str(fulfilment["legacyResourceId"])
    shared: Record = {
        "order_external_id": order_id,
        "status": shipment_status(fulfilment),
        "ship_date": fulfilment.get("createdAt"),
        "estimated_delivery": fulfilment.get("estimatedDeliveryAt"),
        "actual_delivery": fulfilment.get("deliveredAt"),
        "updated_at": fulfilment.get("updatedAt"),
    }
    if shared["status"] is None:
        del shared["status"]
    return [
        {
            "external_id": number if position == 0 else f"{number}-{position + 1}",
            "tracking_number": info.get("number"),
            "carrier": info.get("company"),
            **shared,
        }
        for position, info in enumerate(found)
    ]


def shipment_status(fulfilment: Node) -> str | None:
    broken = words.BROKEN.get(fulfilment.get("status") or "")
    return broken or words.SHIPMENT.get(fulfilment.get("displayStatus") or "FULFILLED")


def to_address(node: Node | None) -> Record | None:
    if not node:
        return None
    company, address1, address2 = node.get("company"), node.get("address1"), node.get("address2")
    return {
        "name": ", ".join(part for part in (node.get("name"), company) if part) or None,
        "address1": address1,
        "address2": address2,
        "city": node.get("city"),
        "state": node.get("provinceCode") or node.get("province"),
        "zip": node.get("zip"),
        "country": node.get("countryCodeV2") or node.get("country"),
        "phone": node.get("phone"),
    }


def _customer(node: Node) -> Record:
    """Without the customer's account, which needs another right: orders have all that shipping needs."""
    addresses = [node.get("shippingAddress") or {}, node.get("billingAddress") or {}]
    return {
        "name": next((address["name"] for address in addresses if address.get("name")), None),
        "email": node.get("email"),
        "phone": node.get("phone") or next((a["phone"] for a in addresses if a.get("phone")), None),
    }


def _line(line: Node, is_gone: bool) -> Record:
    return {
        "title": line.get("name"),
        "sku": line.get("sku"),
        "quantity": line["quantity"] if is_gone else line["currentQuantity"],
        "price": _amount(line.get("originalUnitPriceSet")),
        "image_url": (line.get("image") or {}).get("url"),
    }


def _totals(node: Node, lines: list[Record], is_gone: bool) -> Record:
    """Shopify's subtotal is after discounts on goods, ours before: the difference is the discount. A discount on
    shipping is in the price of shipping already."""
    goods = sum((_decimal(line["price"]) * line["quantity"] for line in lines), Decimal(0))
    after_discounts = _decimal(_amount(node.get("subtotalPriceSet" if is_gone else "currentSubtotalPriceSet")))
    return {
        "subtotal": format(goods, "f"),
        "discount": format(max(goods - after_discounts, Decimal(0)), "f"),
        "tax": _amount(node.get("totalTaxSet" if is_gone else "currentTotalTaxSet")),
        "shipping": _amount(node.get("totalShippingPriceSet" if is_gone else "currentShippingPriceSet")),
        "total": _amount(node.get("totalPriceSet" if is_gone else "currentTotalPriceSet")),
    }


def _notes(node: Node, total: str) -> str | None:
    """The order's note, and what the customer paid where that was another currency than the shop's."""
    paid = ((node.get(total) or {}).get("presentmentMoney") or {}).get("amount")
    currency = node.get("presentmentCurrencyCode")
    told = f"The customer's total is {paid} {currency}." if paid and currency != node.get("currencyCode") else None
    return "\n\n".join(part for part in (node.get("note"), told) if part) or None


def _status(node: Node, fulfilments: list[Node]) -> str:
    if node.get("cancelledAt"):
        return "cancelled"
    if node.get("displayFinancialStatus") == "REFUNDED":
        return "returned" if node.get("returnStatus") == "RETURNED" else "refunded"
    status = words.ORDER.get(node.get("displayFulfillmentStatus") or "")
    if status == "shipped":
        kept = [found for each in fulfilments if (found := shipment_status(each)) != "cancelled"]
        return "delivered" if kept and all(each == "delivered" for each in kept) else "shipped"
    if status is not None:
        return status
    return "confirmed" if node.get("displayFinancialStatus") in words.CONFIRMED else "pending"


def _fulfilment_status(node: Node, fulfilments: list[Node]) -> str | None:
    status = words.FULFILLMENT.get(node.get("displayFulfillmentStatus") or "")
    has_begun = any(each.get("status") == "SUCCESS" for each in fulfilments)
    return "partially_fulfilled" if status == "unfulfilled" and has_begun else status


def _amount(bag: Any) -> str | None:
    """The amount in the shop's own currency, as Shopify writes it."""
    money = bag.get("shopMoney") if isinstance(bag, dict) else None
    return money.get("amount") if isinstance(money, dict) else None


def _decimal(text: str | None) -> Decimal:
    try:
        return Decimal(text or "0")
    except InvalidOperation:
        return Decimal(0)
