"""From an order of WooCommerce to ours. `ORDER`, `LINE`, `ADDRESS` and `STATUSES` are the whole of it; the tables of
docs/connectors/woocommerce.md are compared with them.

The amounts of a WooCommerce order never contain tax, whether or not its shop shows prices with tax. So does this hold:
subtotal - discount + shipping + tax = total.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, NamedTuple

from chalicelib.connectors.shop import Record
from chalicelib.connectors.woocommerce.values import (
    PRICE_PLACES,
    amount,
    identifier,
    mapping,
    mappings,
    meta,
    moment,
    plain,
    text,
    total,
)

FULFILMENT_STATUS = "_fulfillment_status"
"""Where WooCommerce itself keeps how much of an order its fulfilments cover."""
DRAFTS = frozenset({"checkout-draft", "auto-draft", "draft"})
"""Carts that are not yet orders."""
TRASH = "trash"

STATUSES = {
    "pending": "pending",
    "failed": "pending",
    "on-hold": "on_hold",
    "processing": "processing",
    "completed": "shipped",
    "cancelled": "cancelled",
    "refunded": "refunded",
    "shipped": "shipped",
    "delivered": "delivered",
    "partial-shipped": "partially_shipped",
    "partially-shipped": "partially_shipped",
    "backordered": "on_hold",
    "returned": "returned",
}
"""The last six are statuses that common plugins add."""
SHIPPED = frozenset({"completed", "shipped", "delivered"})
FULFILMENT_STATUSES = {
    "fulfilled": "fulfilled",
    "partially_fulfilled": "partially_fulfilled",
    "unfulfilled": "unfulfilled",
}
_STATUS_BY_FULFILMENT = {"fulfilled": "shipped", "partially_fulfilled": "partially_shipped"}


class Field(NamedTuple):
    source: str
    """Which of the platform's fields it comes from, for people."""
    read: Callable[[dict[str, Any]], Any]


def status_of(order: dict[str, Any]) -> str:
    """WooCommerce's status, empty if the order has none."""
    return text(order.get("status")) or ""


def _status(order: dict[str, Any]) -> str:
    found = STATUSES.get(status_of(order))
    if found is None:
        found = "processing" if _is_paid(order) else "pending"
    return _STATUS_BY_FULFILMENT.get(_fulfilment_status(order), found) if found == "processing" else found


def _tags(order: dict[str, Any]) -> list[str]:
    status = text(order.get("status"))
    return [] if status is None or status in STATUSES else [status[:100]]


def _fulfilment_status(order: dict[str, Any]) -> str:
    if status_of(order) in SHIPPED:
        return "fulfilled"
    if status_of(order) in ("partial-shipped", "partially-shipped"):
        return "partially_fulfilled"
    return FULFILMENT_STATUSES.get(str(meta(order, FULFILMENT_STATUS)), "unfulfilled")


def _is_paid(order: dict[str, Any]) -> bool:
    return bool(order.get("date_paid_gmt") or order.get("date_paid") or status_of(order) in SHIPPED)


def refunded_amount(order: dict[str, Any]) -> Decimal:
    return abs(total(refund.get("total") for refund in mappings(order.get("refunds"))))


def _payment_status(order: dict[str, Any]) -> str:
    refunded = refunded_amount(order)
    if order.get("status") == "refunded" or 0 < refunded >= (amount(order.get("total")) or 0):
        return "refunded"
    if refunded:
        return "partially_refunded"
    return "paid" if _is_paid(order) else "unpaid"


def _join(*parts: Any, by: str = " ") -> str | None:
    return by.join(filter(None, map(text, parts))) or None


def _name(address: dict[str, Any]) -> str | None:
    return _join(address.get("first_name"), address.get("last_name"))


def _customer(order: dict[str, Any]) -> Record | None:
    billing, shipping = mapping(order.get("billing")), mapping(order.get("shipping"))
    found = {
        "name": _name(billing) or text(billing.get("company")) or _name(shipping),
        "email": text(billing.get("email")),
        "phone": text(billing.get("phone")) or text(shipping.get("phone")),
    }
    return found if any(found.values()) else None


ADDRESS = {
    "name": Field("`first_name` `last_name`, `company`", lambda a: _join(_name(a), a.get("company"), by=", ")),
    "address1": Field("`address_1`", lambda a: text(a.get("address_1"))),
    "address2": Field("`address_2`", lambda a: text(a.get("address_2"))),
    "city": Field("`city`", lambda a: text(a.get("city"))),
    "state": Field("`state`, as WooCommerce codes it", lambda a: text(a.get("state"))),
    "zip": Field("`postcode`", lambda a: text(a.get("postcode"))),
    "country": Field("`country`", lambda a: text(a.get("country"))),
    "phone": Field("`phone`", lambda a: text(a.get("phone"))),
}


def read_address(value: Any) -> Record | None:
    """None for an address of which nothing but the country is filled in, as WooCommerce presets it."""
    found = {name: field.read(mapping(value)) for name, field in ADDRESS.items()}
    return found if any(found[name] for name in ("name", "address1", "address2", "city", "zip")) else None


def _details(line: dict[str, Any]) -> list[str]:
    """What was chosen or entered for a line and isn't in its name: `Engraving: For Ada`."""
    name = plain(line.get("name")) or ""
    pairs = [
        (plain(entry.get("display_key")), plain(entry.get("display_value")))
        for entry in mappings(line.get("meta_data"))
        if not str(entry.get("key", "_")).startswith("_")
    ]
    return [f"{key}: {value}" for key, value in pairs if key and value and value not in name]


def _title(line: dict[str, Any]) -> str | None:
    details = ", ".join(_details(line))
    name = plain(line.get("name"))
    return f"{name} ({details})" if name and details else name


def _price(line: dict[str, Any]) -> Decimal | None:
    """`price` itself is a binary float, and after discounts."""
    quantity, subtotal = amount(line.get("quantity")), amount(line.get("subtotal"))
    if not quantity or subtotal is None:
        return amount(line.get("price"))
    try:
        return (subtotal / quantity).quantize(PRICE_PLACES, ROUND_HALF_EVEN).normalize() + 0
    except ArithmeticError:
        return None


LINE = {
    "title": Field("`name`, and what `meta_data` shows to shoppers", _title),
    "sku": Field("`sku`", lambda line: text(line.get("sku"))),
    "quantity": Field("`quantity`", lambda line: amount(line.get("quantity"))),
    "price": Field("`subtotal` / `quantity`: before discounts, without tax", _price),
    "image_url": Field("`image.src`", lambda line: text(mapping(line.get("image")).get("src"))),
}


def _lines(order: dict[str, Any]) -> list[Record]:
    lines = mappings(order.get("line_items"))
    return [{name: field.read(line) for name, field in LINE.items()} for line in lines]


def _fees(order: dict[str, Any]) -> list[Decimal]:
    return [amount(fee.get("total")) or Decimal(0) for fee in mappings(order.get("fee_lines"))]


def _subtotal(order: dict[str, Any]) -> Decimal:
    lines = total(line.get("subtotal") for line in mappings(order.get("line_items")))
    return lines + sum(fee for fee in _fees(order) if fee > 0)


def _discount(order: dict[str, Any]) -> Decimal:
    return (amount(order.get("discount_total")) or Decimal(0)) - sum(fee for fee in _fees(order) if fee < 0)


TOTALS = {
    "subtotal": Field("`line_items[].subtotal` and positive `fee_lines[].total`", _subtotal),
    "tax": Field("`total_tax`", lambda order: amount(order.get("total_tax"))),
    "shipping": Field("`shipping_total`", lambda order: amount(order.get("shipping_total"))),
    "discount": Field("`discount_total` and negative `fee_lines[].total`", _discount),
    "total": Field("`total`, refunds not deducted", lambda order: amount(order.get("total"))),
}

ORDER = {
    "external_id": Field("`id`", lambda order: identifier(order.get("id"))),
    "order_number": Field("`number`", lambda order: text(order.get("number"))),
    "status": Field("`status`, `_fulfillment_status` of `meta_data`", _status),
    "fulfillment_status": Field("`status`, `_fulfillment_status` of `meta_data`", _fulfilment_status),
    "payment_status": Field("`date_paid_gmt`, `refunds`, `total`", _payment_status),
    "customer": Field("`billing`: name or company, `email`, `phone`", _customer),
    "line_items": Field("`line_items`", _lines),
    "shipping_address": Field("`shipping`", lambda order: read_address(order.get("shipping"))),
    "billing_address": Field("`billing`", lambda order: read_address(order.get("billing"))),
    "totals": Field("see below", lambda order: {name: field.read(order) for name, field in TOTALS.items()}),
    "currency": Field("`currency`", lambda order: text(order.get("currency"))),
    "tags": Field("`status`, if it is none of those below", _tags),
    "notes": Field("`customer_note`", lambda order: text(order.get("customer_note"))),
    "ordered_at": Field("`date_created_gmt`", lambda order: moment(order.get("date_created_gmt"))),
    "updated_at": Field("`date_modified_gmt`", lambda order: moment(order.get("date_modified_gmt"))),
}
NEEDED = (
    "id,number,status,currency,total,total_tax,discount_total,shipping_total,date_created_gmt,date_modified_gmt,"
    "date_paid,date_paid_gmt,customer_note,billing,shipping,line_items,fee_lines,refunds,meta_data"
)
"""The fields to ask for: those above, and no more."""


def read_order(order: dict[str, Any]) -> Record:
    """The order as the Sync API takes it. Whatever it contains, this raises nothing."""
    return {name: field.read(order) for name, field in ORDER.items()}
