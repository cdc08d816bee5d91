"""Orders of the demo shop: how they are made, changed and calculated. Amounts are text and contain no tax."""

import secrets
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from local.demo.woocommerce.store import Json, Store, now

PRODUCTS = {
    101: ("Mug", "MUG-1", "12.50"),
    102: ("Tea &amp; honey", "TEA-2", "7.49"),
    103: ("T-shirt - M, Red", "SHIRT-M-RED", "24.90"),
}
STATUSES = (
    "auto-draft",
    "pending",
    "processing",
    "on-hold",
    "completed",
    "cancelled",
    "refunded",
    "failed",
    "checkout-draft",
)
HIDDEN = ("trash", "auto-draft", "checkout-draft")
"""Not in lists of `any` status."""
TAX_RATES = {"DE": Decimal("0.19"), "FR": Decimal("0.20"), "US": Decimal("0.08")}
ADDRESS = ("first_name", "last_name", "company", "address_1", "address_2", "city", "state", "postcode", "country")
REFUNDING = "demo-pay"
"""The payment method that can refund."""
CENT = Decimal("0.01")


class Invalid(Exception):
    """What WooCommerce would refuse."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


def create(store: Store, sent: Json) -> Json:
    status = sent.get("status", "pending")
    if status not in STATUSES:
        raise Invalid("rest_invalid_param", "Invalid parameter(s): status")
    order = new_order(sent)
    with store.lock:
        store.add("order", order)
        order["number"] = str(order["id"])
        _take(store, order, sent)
        order["date_paid_gmt"] = order["date_created_gmt"] if sent.get("set_paid") else None
        set_status(store, order, "processing" if sent.get("set_paid") and status == "pending" else status)
        store.save(order)
    store.log("order.created", order["id"])
    return order


def new_order(sent: Json) -> Json:
    """An order without lines, as the REST API shows it."""
    created = sent.get("date_created_gmt") or now()
    return {
        "parent_id": 0,
        "status": "pending",
        "currency": sent.get("currency", "EUR"),
        "version": "11.0.1",
        "prices_include_tax": False,
        "date_created": created,
        "date_modified": created,
        "customer_id": 0,
        "order_key": f"wc_order_{secrets.token_hex(6)}",
        "billing": dict.fromkeys((*ADDRESS, "email", "phone"), ""),
        "shipping": dict.fromkeys((*ADDRESS, "phone"), ""),
        "payment_method": sent.get("payment_method", ""),
        "customer_note": sent.get("customer_note", ""),
        "date_completed": None,
        "date_paid": None,
        "number": "",
        "meta_data": [],
        "line_items": [],
        "tax_lines": [],
        "shipping_lines": [],
        "fee_lines": [],
        "coupon_lines": [],
        "refunds": [],
        "date_created_gmt": created,
        "date_modified_gmt": created,
        "date_completed_gmt": None,
        "date_paid_gmt": None,
        "discount_total": "0.00",
        "shipping_total": "0.00",
        "total": "0.00",
        "total_tax": "0.00",
    }


def change(store: Store, order_id: int, sent: Json) -> Json:
    with store.lock:
        order = find(store, order_id, "woocommerce_rest_shop_order_invalid_id", "ID is invalid.", 400)
        status = sent.get("status")
        if status is not None and status not in STATUSES:
            raise Invalid("rest_invalid_param", "Invalid parameter(s): status")
        before = {key: value for key, value in order.items() if key != "date_modified_gmt"}
        _take(store, order, sent)
        if status is not None:
            set_status(store, order, status)
        if before != {key: value for key, value in order.items() if key != "date_modified_gmt"}:
            touch(order)
        store.save(order)
    store.log("order.updated", order_id, fields=sorted(sent))
    return order


def find(store: Store, order_id: int, code: str, message: str, status: int = 404) -> Json:
    order = store.find("order", order_id)
    if order is None:
        raise Invalid(code, message, status)
    return order


def touch(order: Json) -> None:
    order["date_modified"] = order["date_modified_gmt"] = now()


def set_status(store: Store, order: Json, status: str) -> None:
    if order["status"] == status:
        return
    note(store, order["id"], f"Order status changed from {order['status']} to {status}.")
    order["status"] = status
    if status in ("processing", "completed") and not order["date_paid_gmt"]:
        order["date_paid"] = order["date_paid_gmt"] = now()
    if status == "completed":
        order["date_completed"] = order["date_completed_gmt"] = now()
    store.log("order.status", order["id"], status=status)


def note(store: Store, order_id: int, text: str, *, for_customer: bool = False) -> Json:
    body = {
        "author": "WooCommerce",
        "date_created": now(),
        "date_created_gmt": now(),
        "note": text.replace("&", "&amp;"),
        "customer_note": for_customer,
    }
    return store.add("note", body, parent=order_id)


def refund(store: Store, order_id: int, sent: Json) -> Json:
    with store.lock:
        order = find(store, order_id, "woocommerce_rest_invalid_order_id", "Invalid order ID.")
        amount = Decimal(str(sent.get("amount") or 0))
        refused = "woocommerce_rest_cannot_create_order_refund"
        if not 0 < amount <= Decimal(order["total"]) - refunded(order):
            raise Invalid(refused, "Invalid refund amount.", 500)
        if sent.get("api_refund", True) and order["payment_method"] != REFUNDING:
            reason = "The payment gateway for this order does not support automatic refunds."
            raise Invalid(refused, reason, 500)
        lines = [_refunded_line(order, line) for line in sent.get("line_items", [])]
        body = {
            "amount": money(amount),
            "reason": sent.get("reason", ""),
            "date_created_gmt": now(),
            "line_items": lines,
        }
        created = store.add("refund", body, parent=order_id)
        order["refunds"].append({"id": created["id"], "reason": created["reason"], "total": f"-{created['amount']}"})
        if refunded(order) >= Decimal(order["total"]):
            set_status(store, order, "refunded")
        touch(order)
        store.save(order)
    store.log("refund.created", order_id, amount=created["amount"])
    return created


def refunded(order: Json) -> Decimal:
    return sum((abs(Decimal(each["total"])) for each in order["refunds"]), Decimal(0))


def _refunded_line(order: Json, sent: Json) -> Json:
    line = next((each for each in order["line_items"] if each["id"] == sent.get("id")), None)
    if line is None:
        raise Invalid("woocommerce_rest_invalid_item_id", "Order item ID provided is not associated with order.")
    return {
        **{key: line[key] for key in ("name", "sku", "product_id")},
        "quantity": -int(sent.get("quantity", 0)),
        "meta_data": [{"key": "_refunded_item_id", "value": str(line["id"])}],
    }


def _take(store: Store, order: Json, sent: Json) -> None:
    """Take over what was sent, and calculate anew what follows from it."""
    for name in ("billing", "shipping"):
        order[name].update({key: str(value) for key, value in (sent.get(name) or {}).items() if key in order[name]})
    for key in ("currency", "customer_note", "payment_method"):
        order[key] = sent.get(key, order[key])
    for entry in sent.get("meta_data", []):
        order["meta_data"] = [each for each in order["meta_data"] if each["key"] != entry["key"]] + [entry]
    _change_lines(store, order, sent.get("line_items", []))
    for line in sent.get("shipping_lines", []):
        order["shipping_lines"].append(
            {"id": _item_id(store), "method_title": line.get("method_title", ""), **_cost(line)}
        )
    for line in sent.get("fee_lines", []):
        order["fee_lines"].append({"id": _item_id(store), "name": line.get("name", "Fee"), **_cost(line)})
    if {"billing", "shipping", "line_items", "shipping_lines", "fee_lines"} & sent.keys():
        calculate(order)


def _change_lines(store: Store, order: Json, sent: Iterable[Json]) -> None:
    for line in sent:
        known = next((each for each in order["line_items"] if each["id"] == line.get("id")), None)
        if line.get("id") and known is None:
            raise Invalid("woocommerce_rest_invalid_item_id", "Order item ID provided is not associated with order.")
        if known is None:
            order["line_items"].append(new_line(store, line))
        elif line.get("quantity") == 0:
            order["line_items"].remove(known)
        else:
            # As at the shop, a new quantity alone leaves the line's amounts as they are.
            known.update({key: line[key] for key in ("quantity", "subtotal", "total") if key in line})
            known["price"] = float(Decimal(known["total"]) / int(known["quantity"]))


def new_line(store: Store, sent: Json) -> Json:
    product_id = int(sent.get("product_id", 0))
    name, sku, price = PRODUCTS.get(product_id, (sent.get("name", "Item"), sent.get("sku"), sent.get("price", "1.00")))
    quantity = int(sent.get("quantity", 1))
    subtotal = sent.get("subtotal") or money(Decimal(str(price)) * quantity)
    total = sent.get("total") or subtotal
    return {
        "id": _item_id(store),
        "name": sent.get("name", name),
        "product_id": product_id,
        "variation_id": 0,
        "quantity": quantity,
        "subtotal": subtotal,
        "total": total,
        "meta_data": sent.get("meta_data", []),
        "sku": sent.get("sku", sku),
        "price": float(Decimal(total) / quantity),
        "image": {"id": "", "src": ""},
        "parent_name": None,
    }


def _item_id(store: Store) -> int:
    item_id: int = store.add("item", {})["id"]
    return item_id


def _cost(sent: Json) -> Json:
    return {"total": money(Decimal(str(sent.get("total") or 0))), "meta_data": []}


def calculate(order: Json) -> None:
    country = order["shipping"]["country"] or order["billing"]["country"]
    rate = TAX_RATES.get(country, Decimal(0))
    lines = [(Decimal(line["subtotal"]), Decimal(line["total"])) for line in order["line_items"]]
    shipping = _sum(order["shipping_lines"])
    net = sum((total for _, total in lines), Decimal(0)) + _sum(order["fee_lines"]) + shipping
    tax = (net * rate).quantize(CENT, ROUND_HALF_UP)
    order["discount_total"] = money(sum((subtotal - total for subtotal, total in lines), Decimal(0)))
    order["shipping_total"] = money(shipping)
    order["total_tax"] = money(tax)
    order["total"] = money(net + tax)


def _sum(lines: list[Any]) -> Decimal:
    return sum((Decimal(line["total"]) for line in lines), Decimal(0))


def money(amount: Decimal) -> str:
    return str(amount.quantize(CENT, ROUND_HALF_UP))
