"""An order in its shapes: the fields that are merged, the items that are stored, the JSON that is answered.

The list's JSON is stored as text and served as it is; only what stands in the item's keys is put before it. Events
carry the same text.
"""

from typing import Any

from chalicelib import codec
from chalicelib.customers.identity import customer_id
from chalicelib.http.answers import JsonText
from chalicelib.orders.store import OrderDetailItem, OrderItem
from chalicelib.table import keys
from chalicelib.table.items import Row

Fields = dict[str, Any]
"""An order's content by field name, as records name them, with every field present."""

DEFAULTS: Fields = {
    "order_number": None,
    "status": "pending",
    "fulfillment_status": "unfulfilled",
    "payment_status": "unpaid",
    "customer": {},
    "line_items": [],
    "shipping_address": None,
    "billing_address": None,
    "totals": {},
    "currency": None,
    "tags": [],
    "notes": None,
}
ERASED = "erased"
"""The fact that the customer was taken out; see `erasing`."""
PERSONAL = ("customer", "shipping_address", "billing_address", "notes")
"""Fields that lead to the customer. Once they were taken out, no sync brings them back."""
IN_DETAIL = ("line_items", "shipping_address", "billing_address", "tags", "notes")


def list_text(row: Row) -> JsonText:
    """The list shape of a summary row."""
    return _text(row["pk"]["S"], row["hint"]["S"], row["g2pk"]["S"], row["g1sk"]["S"], row["s"]["S"])


def list_text_of(item: OrderItem) -> JsonText:
    return _text(item.pk, item.bridge_id, item.g2pk, item.g1sk, item.summary)


def _text(pk: str, bridge_id: str, status_key: str, list_key: str, rest: str) -> JsonText:
    order_id, status, ordered_at = keys.last_part(pk), keys.last_part(status_key), keys.first_part(list_key)
    return JsonText(
        f'{{"id":"{order_id}","status":"{status}","bridge_id":"{bridge_id}","ordered_at":"{ordered_at}",{rest}'
    )


def summary_item(organization_id: str, end_user_id: str, bridge_id: str, order_id: str, fields: Fields) -> OrderItem:
    customer = fields["customer"]
    rest = {
        "external_id": fields["external_id"],
        "order_number": fields["order_number"],
        "fulfillment_status": fields["fulfillment_status"],
        "payment_status": fields["payment_status"],
        "customer": {"name": customer.get("name"), "email": customer.get("email")},
        "totals": fields["totals"],
        "currency": fields["currency"],
        "created_at": fields["created_at"],
        "updated_at": fields["updated_at"],
    }
    item = OrderItem.at(keys.order(organization_id, end_user_id, order_id), summary=codec.dumps(rest)[1:])
    item.hint = bridge_id
    item.index_1(keys.order_list(organization_id, end_user_id, fields["ordered_at"], order_id))
    item.index_2(keys.order_status_list(organization_id, end_user_id, fields["status"], fields["ordered_at"], order_id))
    return item


def detail_item(
    organization_id: str, end_user_id: str, order_id: str, fields: Fields, facts: dict[str, Any], secret: str
) -> OrderDetailItem:
    """`facts`: what was true when the order was made (`first_status`, `source`)."""
    document = {name: fields[name] for name in IN_DETAIL if fields[name]}
    if phone := fields["customer"].get("phone"):
        document["phone"] = phone
    item = OrderDetailItem.at(
        keys.order_detail(organization_id, end_user_id, order_id),
        document={**document, **facts},
        tracking_secret=secret,
    )
    email = fields["customer"].get("email")
    if email:
        customer = customer_id(organization_id, email)
        item.index_1(keys.customer_order_list(organization_id, customer, fields["ordered_at"], order_id))
        item.hint = fields["order_number"] or fields["external_id"]
    return item


def fields_of(item: OrderItem, detail: OrderDetailItem) -> Fields:
    """What the two items of an order hold, as it was merged."""
    stored: Fields = codec.loads("{" + item.summary)
    document = detail.document
    customer = {name: value for name, value in stored["customer"].items() if value is not None}
    if "phone" in document:
        customer["phone"] = document["phone"]
    return {
        **DEFAULTS,
        **stored,
        **{name: document[name] for name in IN_DETAIL if name in document},
        "customer": customer,
        "status": item.status,
        "ordered_at": item.ordered_at,
    }


def facts_of(detail: OrderDetailItem) -> dict[str, Any]:
    return {name: detail.document[name] for name in ("first_status", "source", ERASED) if name in detail.document}


def document_of(item: OrderItem, detail: OrderDetailItem) -> Fields:
    """The order as its detail shows it, without activities and shipments."""
    document: Fields = codec.loads(list_text_of(item))
    stored = detail.document
    document["customer"]["phone"] = stored.get("phone")
    for name in IN_DETAIL:
        document[name] = stored.get(name, DEFAULTS[name])
    return document
