"""The shapes of an order, and the ways between them: merged fields, stored items, response JSON.

The list's JSON is stored as text and served unparsed, completed with what the item's keys hold. Events carry the same
text.
"""

from typing import Any

from chalicelib.http.responses import JsonText
from chalicelib.kit import codec, ids
from chalicelib.orders.store import CustomerOrderItem, OrderDetailItem, OrderItem, detail_key
from chalicelib.privacy.identity import customer_id
from chalicelib.shipments import order_rows
from chalicelib.table import keys
from chalicelib.table.items import JsonTail, Row

Fields = dict[str, Any]
"""An order's content by the field names of records, every field present, and the `bridge_id` it came through."""

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
"""The fact that the customer was erased: keyed hashes of what named them, or True. See `erasing`."""
DETAIL_ID_BYTES = 9
UNDATED = "undated"
"""Set if the source sent no `ordered_at` for the new order, which then reads as the time of creation."""
SAME_AS_SHIPPING = "="
"""Stored in place of a billing address that equals the shipping address."""
IN_DETAIL = ("line_items", "shipping_address", "billing_address", "tags", "notes")


def list_text(row: Row) -> JsonText:
    """The list shape of a raw summary item."""
    return _complete(row["pk"]["S"], row["hint"]["S"], row["g2pk"]["S"], row["g1sk"]["S"], row["s"]["S"])


def row_text(row: Row, hidden: frozenset[str]) -> JsonText:
    """The list row of a raw summary item: the list shape and the order's shipments."""
    gone = f'"{row["sd"]["S"]}"' if "sd" in row else "null"
    shipments = order_rows.json_of(row, hidden)
    return JsonText(f'{str(list_text(row))[:-1]},"source_deleted_at":{gone},"shipments":{shipments}}}')


def list_text_of(item: OrderItem) -> JsonText:
    return _complete(item.pk, item.bridge_id, item.g2pk, item.g1sk, item.summary)


def _complete(pk: str, bridge_id: str, status_key: str, list_key: str, tail: str) -> JsonText:
    return JsonText(
        JsonTail(tail).complete(
            id=keys.part_after_separator(pk),
            status=keys.part_after_separator(status_key),
            bridge_id=bridge_id,
            ordered_at=keys.part_before_separator(list_key),
        )
    )


def new_summary(organization_id: str, end_user_id: str, bridge_id: str, order_id: str, fields: Fields) -> OrderItem:
    """A summary without what `fields` lack: version, digest, detail id and tracking secret."""
    customer = fields["customer"]
    members = {
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
    item = OrderItem.at(keys.order(organization_id, end_user_id, order_id), summary=JsonTail.of(members))
    item.hint = bridge_id
    item.index_1(keys.order_list(organization_id, end_user_id, fields["ordered_at"], order_id))
    item.index_2(keys.order_status_list(organization_id, end_user_id, fields["status"], fields["ordered_at"], order_id))
    return item


def detail_document(fields: Fields, facts: dict[str, Any]) -> dict[str, Any]:
    """What the detail item stores. `facts` are what merging never changes: see `facts_of`."""
    document = {name: fields[name] for name in IN_DETAIL if fields[name]}
    if document.get("billing_address") and document["billing_address"] == document.get("shipping_address"):
        document["billing_address"] = SAME_AS_SHIPPING
    if phone := fields["customer"].get("phone"):
        document["phone"] = phone
    return {**document, **facts}


def new_detail(organization_id: str, item: OrderItem, document: dict[str, Any]) -> OrderDetailItem:
    """A new detail version, which becomes current when `item`, that now names it, is written."""
    item.detail_id = ids.random_text(DETAIL_ID_BYTES)
    return OrderDetailItem.at(detail_key(organization_id, item), document=document)


def _detail_fields(document: dict[str, Any]) -> dict[str, Any]:
    """The non-empty fields of a stored document."""
    fields = {name: document[name] for name in IN_DETAIL if name in document}
    if fields.get("billing_address") == SAME_AS_SHIPPING:
        fields["billing_address"] = fields["shipping_address"]
    return fields


def customer_id_of(organization_id: str, item: OrderItem) -> str | None:
    """The id of the customer the order names."""
    email = item.summary.members()["customer"].get("email")
    return customer_id(organization_id, email) if email else None


def customer_entry(organization_id: str, end_user_id: str, order_id: str, fields: Fields) -> CustomerOrderItem | None:
    """The entry that lists the order under its customer; None if it names no e-mail address. It carries the bridge so
    that orders of a removed bridge are left out without reading them."""
    email = fields["customer"].get("email")
    if not email:
        return None
    customer = customer_id(organization_id, email)
    key = keys.customer_order(organization_id, customer, end_user_id, fields["ordered_at"], order_id)
    number = fields["order_number"] or fields["external_id"]
    return CustomerOrderItem.at(
        key, end_user_id=end_user_id, bridge_id=fields["bridge_id"], made_at=fields["created_at"], hint=number
    )


def fields_of(item: OrderItem, detail: OrderDetailItem) -> Fields:
    """The merged fields of a stored order."""
    stored: Fields = item.summary.members()
    document = detail.document
    customer = {name: value for name, value in stored["customer"].items() if value is not None}
    if "phone" in document:
        customer["phone"] = document["phone"]
    return {
        **DEFAULTS,
        **stored,
        **_detail_fields(document),
        "customer": customer,
        "bridge_id": item.bridge_id,
        "status": item.status,
        "ordered_at": item.ordered_at,
    }


def facts_of(detail: OrderDetailItem) -> dict[str, Any]:
    facts = ("first_status", "source", UNDATED, ERASED)
    return {name: detail.document[name] for name in facts if name in detail.document}


def detail_response(item: OrderItem, detail: OrderDetailItem) -> Fields:
    """The detail shape without activities and shipments."""
    document: Fields = codec.loads(list_text_of(item))
    stored = detail.document
    document["source_deleted_at"] = item.source_deleted_at
    document["customer"]["phone"] = stored.get("phone")
    fields = _detail_fields(stored)
    for name in IN_DETAIL:
        document[name] = fields.get(name, DEFAULTS[name])
    return document
