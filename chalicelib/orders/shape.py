"""An order in its shapes: the fields that are merged, the items that are stored, the JSON that is answered.

The list's JSON is stored as text and served as it is; only what stands in the item's keys is put before it. Events
carry the same text.
"""

from typing import Any

from chalicelib.http.responses import JsonText
from chalicelib.kit import codec, ids
from chalicelib.orders.store import CustomerOrderItem, OrderDetailItem, OrderItem, detail_key
from chalicelib.privacy.identity import customer_id
from chalicelib.table import keys
from chalicelib.table.items import Row

Fields = dict[str, Any]
"""An order's content by field name, as records name them, with every field present; and the bridge it came through."""

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
WITH_TEXTS = ("external_id", "order_number", "tags", "line_items")
"""Fields of an order of nobody that are still taken from a sync, without what looks like an e-mail address."""
DETAIL_ID_BYTES = 9
SAME = "="
"""Stands for a billing address that is the shipping address."""
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
    """Without what is not in `fields`: version, detail and tracking secret."""
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


def detail_document(fields: Fields, facts: dict[str, Any]) -> dict[str, Any]:
    """What is stored beside the summary. `facts`: what was true when the order was made (`first_status`, `source`)."""
    document = {name: fields[name] for name in IN_DETAIL if fields[name]}
    if document.get("billing_address") and document["billing_address"] == document.get("shipping_address"):
        document["billing_address"] = SAME
    if phone := fields["customer"].get("phone"):
        document["phone"] = phone
    return {**document, **facts}


def new_detail(organization_id: str, item: OrderItem, document: dict[str, Any]) -> OrderDetailItem:
    """Another writing of the detail, which holds once the item, that names it now, does."""
    item.detail_id = ids.random_text(DETAIL_ID_BYTES)
    return OrderDetailItem.at(detail_key(organization_id, item), document=document)


def _unfolded(document: dict[str, Any]) -> dict[str, Any]:
    """The fields of a stored document, those that are not empty."""
    fields = {name: document[name] for name in IN_DETAIL if name in document}
    if fields.get("billing_address") == SAME:
        fields["billing_address"] = fields["shipping_address"]
    return fields


def customer_of(organization_id: str, item: OrderItem) -> str | None:
    """Whom the order names."""
    email = codec.loads("{" + item.summary)["customer"].get("email")
    return customer_id(organization_id, email) if email else None


def customer_entry(organization_id: str, end_user_id: str, order_id: str, fields: Fields) -> CustomerOrderItem | None:
    """The way from the customer to the order, if it names one. It says of itself through which bridge the order came,
    so that what a removed bridge brought is left out without reading it."""
    email = fields["customer"].get("email")
    if not email:
        return None
    customer = customer_id(organization_id, email)
    key = keys.customer_order(organization_id, customer, fields["ordered_at"], order_id)
    number = fields["order_number"] or fields["external_id"]
    return CustomerOrderItem.at(
        key, end_user_id=end_user_id, bridge_id=fields["bridge_id"], made_at=fields["created_at"], hint=number
    )


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
        **_unfolded(document),
        "customer": customer,
        "bridge_id": item.bridge_id,
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
    fields = _unfolded(stored)
    for name in IN_DETAIL:
        document[name] = fields.get(name, DEFAULTS[name])
    return document
