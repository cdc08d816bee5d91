"""Orders as shoppers see them: pure functions from an order's document, as the Embed API shows it, to the
storefront's responses."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.kit import clock
from chalicelib.storefront import statuses
from chalicelib.storefront.amounts import amount, discount, grand_total, line_total, shares, subtotal, units

Document = Mapping[str, Any]
HIDDEN = "***"


def list_item(order: Document) -> dict[str, Any]:
    """OrderListItem. `order` has its lines."""
    lines = order.get("line_items") or []
    return {
        "id": order["id"],
        # Some sources have no order numbers.
        "orderNumber": order["order_number"] or order["external_id"],
        "status": statuses.order_status(order.get("status"), order.get("payment_status")),
        "paymentStatus": statuses.payment(order.get("payment_status")),
        "grandTotal": grand_total(order.get("totals") or {}, lines),
        "currency": order.get("currency"),
        "itemCount": sum(map(units, lines)),
        "createdAt": clock.epoch_milliseconds(order["ordered_at"]),
    }


def detail(order: Document, status_changes: Sequence[Document], tracking_token: str | None) -> dict[str, Any]:
    """OrderDetail. `status_changes` are the order's activities of that type, in any order."""
    customer = order.get("customer") or {}
    totals = order.get("totals") or {}
    shipping = order.get("shipping_address") or {}
    lines = order.get("line_items") or []
    return {
        **list_item(order),
        "items": _items(order),
        "shippingAddress": _address(order.get("shipping_address"), customer),
        "billingAddress": _address(order.get("billing_address"), customer),
        "email": customer.get("email"),
        "phone": customer.get("phone") or shipping.get("phone"),
        "customerNote": order.get("notes"),
        "subtotal": subtotal(totals, lines),
        "taxTotal": amount(totals.get("tax")),
        "taxBreakdown": _taxes(totals),
        "shippingTotal": amount(totals.get("shipping")),
        "discountTotal": discount(totals),
        "fulfillmentStatus": statuses.fulfillment(order.get("fulfillment_status")),
        "statusHistory": _history(status_changes),
        "trackingToken": tracking_token,
        "downloads": [],
    }


def tracking_view(order: Document) -> dict[str, Any]:
    """What a tracking token shows: these eleven fields and no others, because such tokens travel in URLs."""
    shipping = order.get("shipping_address") or {}
    item = list_item(order)
    return {
        "orderNumber": item["orderNumber"],
        "status": item["status"],
        "paymentStatus": item["paymentStatus"],
        "fulfillmentStatus": statuses.fulfillment(order.get("fulfillment_status")),
        "currency": item["currency"],
        "grandTotal": item["grandTotal"],
        "emailMasked": masked((order.get("customer") or {}).get("email")),
        "shippingCity": shipping.get("city"),
        "shippingCountry": shipping.get("country"),
        "items": _items(order),
        "createdAt": item["createdAt"],
    }


def masked(email: str | None) -> str | None:
    """`jane@example.com` as `j***@e***.com`: always three stars, so that not even lengths show."""
    if not email:
        return None
    local, _, domain = email.strip().rpartition("@")
    host, dot, ending = domain.rpartition(".")
    shown = f"{host[:1]}{HIDDEN}.{ending}" if dot else f"{ending[:1]}{HIDDEN}"
    return f"{local[:1]}{HIDDEN}@{shown}"


def _items(order: Document) -> list[dict[str, Any]]:
    lines = order.get("line_items") or []
    totals = [line_total(line) for line in lines]
    taxes = shares(amount((order.get("totals") or {}).get("tax")), totals, order.get("currency"))
    return [_item(line, total, tax) for line, total, tax in zip(lines, totals, taxes, strict=True)]


def _item(line: Document, total: Any, tax: Any) -> dict[str, Any]:
    item = {
        "productName": line.get("title"),
        "sku": line.get("sku"),
        "quantity": units(line),
        "unitPrice": amount(line.get("price")),
        "totalPrice": total,
        "totalPriceWithTax": total + tax,
    }
    return item | {"imageUrl": line["image_url"]} if line.get("image_url") else item


def _address(address: Document | None, customer: Document) -> dict[str, Any] | None:
    if not address:
        return None
    first, _, last = (address.get("name") or customer.get("name") or "").strip().partition(" ")
    street = [part for part in (address.get("address1"), address.get("address2")) if part]
    return {
        "firstName": first or None,
        "lastName": last.strip() or None,
        "street": ", ".join(street) or None,
        **{name: address.get(name) for name in ("city", "zip", "state", "country", "phone")},
    }


def _taxes(totals: Document) -> list[dict[str, Any]]:
    """Sources send one sum and no rate."""
    tax = amount(totals.get("tax"))
    return [{"name": "Tax", "rate": None, "amount": tax}] if tax else []


def _history(changes: Sequence[Document]) -> list[dict[str, Any]]:
    """Oldest first. Changes between statuses that read the same (`processing` to `on_hold`) are left out."""
    history = []
    for change in sorted(changes, key=lambda activity: str(activity["created_at"])):
        before, after = change.get("from"), change.get("to")
        if after is None or (before is not None and statuses.order_status(before) == statuses.order_status(after)):
            continue
        history.append(
            {
                "fromStatus": statuses.order_status(before) if before is not None else None,
                "toStatus": statuses.order_status(after),
                "note": (change.get("metadata") or {}).get("note"),
                "changedBy": statuses.changed_by(change.get("actor_type")),
                "createdAt": clock.epoch_milliseconds(change["created_at"]),
            }
        )
    return history
