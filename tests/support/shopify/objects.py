"""Objects of the double's store, in the shape of Shopify's schema."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from chalicelib.kit import clock

Node = dict[str, Any]
_numbers = count(5_000_000_001)


def next_number() -> str:
    return str(next(_numbers))


def now() -> str:
    """Shopify's times have no fractions of a second."""
    return clock.timestamp()[:19] + "Z"


def bag(amount: str | float, currency: str = "EUR", presentment: str | None = None, rate: float = 1.0) -> Node:
    return {
        "shopMoney": {"amount": f"{float(amount):.2f}", "currencyCode": currency},
        "presentmentMoney": {"amount": f"{float(amount) * rate:.2f}", "currencyCode": presentment or currency},
    }


def address(**given: Any) -> Node:
    return {
        "name": "Ada Lovelace",
        "company": None,
        "address1": "Unter den Linden 1",
        "address2": None,
        "city": "Berlin",
        "province": "Berlin",
        "provinceCode": "BE",
        "zip": "10117",
        "country": "Germany",
        "countryCodeV2": "DE",
        "phone": None,
        **given,
    }


def line(sku: str | None = "MUG-1", quantity: int = 1, price: str = "10.00", **given: Any) -> Node:
    number = next_number()
    return {
        "id": f"gid://shopify/LineItem/{number}",
        "name": f"Mug {sku}",
        "sku": sku,
        "quantity": quantity,
        "currentQuantity": quantity,
        "originalUnitPriceSet": bag(price),
        "image": None,
        **given,
    }


def order(lines: Sequence[Node] | None = None, **given: Any) -> Node:
    """A paid order that waits to be fulfilled, with one fulfilment order for all its lines."""
    number = next_number()
    made: Node = {
        "id": f"gid://shopify/Order/{number}",
        "legacyResourceId": number,
        "name": f"#{int(number) - 5_000_000_000 + 1000}",
        "createdAt": now(),
        "processedAt": now(),
        "updatedAt": now(),
        "cancelledAt": None,
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "UNFULFILLED",
        "returnStatus": "NO_RETURN",
        "email": "ada@example.com",
        "phone": None,
        "note": None,
        "tags": [],
        "currencyCode": "EUR",
        "presentmentCurrencyCode": "EUR",
        "billingAddress": address(),
        "shippingAddress": address(),
        "lineItems": list(lines) if lines is not None else [line()],
        "fulfillments": [],
        **given,
    }
    goods = sum(_price(each) * each["quantity"] for each in made["lineItems"])
    for now_name, then_name, amount in (
        ("currentSubtotalPriceSet", "subtotalPriceSet", goods),
        ("currentTotalTaxSet", "totalTaxSet", 0.0),
        ("currentShippingPriceSet", "totalShippingPriceSet", 5.0),
        ("currentTotalPriceSet", "totalPriceSet", goods + 5),
    ):
        made.setdefault(now_name, bag(amount, made["currencyCode"]))
        made.setdefault(then_name, made[now_name])
    made.setdefault("fulfillmentOrders", [fulfillment_order(made["lineItems"])])
    return made


def _price(line_item: Node) -> float:
    return float(line_item["originalUnitPriceSet"]["shopMoney"]["amount"])


def fulfillment_order(lines: Sequence[Node], location: str = "Berlin", **given: Any) -> Node:
    number = next_number()
    return {
        "id": f"gid://shopify/FulfillmentOrder/{number}",
        "status": "OPEN",
        "assignedLocation": {"name": location, "address1": "Lagerweg 1", "zip": "10115"},
        "fulfillmentHolds": [],
        "lineItems": [
            {
                "id": f"gid://shopify/FulfillmentOrderLineItem/{next_number()}",
                "remainingQuantity": each["currentQuantity"],
                "lineItem": each,
            }
            for each in lines
        ],
        **given,
    }


def fulfillment(number: str | None = "1Z999", company: str | None = "UPS", **given: Any) -> Node:
    made = next_number()
    return {
        "id": f"gid://shopify/Fulfillment/{made}",
        "legacyResourceId": made,
        "status": "SUCCESS",
        "displayStatus": "FULFILLED",
        "createdAt": now(),
        "updatedAt": now(),
        "estimatedDeliveryAt": None,
        "deliveredAt": None,
        "trackingInfo": [{"number": number, "company": company, "url": None}] if number else [],
        **given,
    }
