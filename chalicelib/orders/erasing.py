"""Taking a customer out of an order. Amounts, statuses and history stay, and what a sync says later is left out."""

from chalicelib.customers.identity import customer_id
from chalicelib.customers.redaction import Traces, of_place_only
from chalicelib.orders import tokens
from chalicelib.orders.shape import (
    ERASED,
    Fields,
    customer_entry,
    detail_document,
    facts_of,
    fields_of,
    new_detail,
    summary_item,
)
from chalicelib.orders.store import ActivityItem, OrderDetailItem, OrderItem, list_of_customer, read_whole_order
from chalicelib.search import service as search
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window
from chalicelib.table.transaction import Transaction, exists, until_undisturbed, update


def list_some(organization_id: str, customer: str, most: int) -> list[tuple[str, str]]:
    """End user and id of orders that name the customer."""
    entries = list_of_customer(organization_id, customer, Window(most)).rows
    return [(row["u"]["S"], keys.last_part(row["sk"]["S"])) for row in entries]


def traces_of(organization_id: str, end_user_id: str, order_id: str, customer: str) -> tuple[Traces, str] | None:
    """What the order says of the customer, and since when; None where it is no order of theirs (any more)."""
    read = _read(organization_id, end_user_id, order_id)
    if read is None or not _is_of(organization_id, read[2], customer):
        return None
    return Traces.of(read[2]), read[2]["created_at"]


def shipments_of(organization_id: str, end_user_id: str, order_id: str) -> list[str]:
    parts = read_whole_order(organization_id, end_user_id, order_id)
    return [keys.last_part(row["sk"]["S"]) for row in parts.shipments]


def erase(organization_id: str, end_user_id: str, order_id: str, customer: str, traces: Traces) -> None:
    """Nothing happens to an order that is not, or no longer, the customer's."""
    until_undisturbed(lambda: _erase(organization_id, end_user_id, order_id, customer, traces))
    for row in read_whole_order(organization_id, end_user_id, order_id).activities:
        activity = ActivityItem.of(row)
        told = traces.without_any(activity.document)
        if told != activity.document:
            update(activity.key, [ActivityItem.document.set(told)], exists())


def _erase(organization_id: str, end_user_id: str, order_id: str, customer: str, traces: Traces) -> None:
    read = _read(organization_id, end_user_id, order_id)
    if read is None or not _is_of(organization_id, read[2], customer):
        return
    item, detail, fields = read
    after = _forgotten(fields, traces)
    found = search.index(organization_id, end_user_id, item.bridge_id, order_id, fields, after, heads=())
    write_many(found.puts, found.deletes)
    new = summary_item(organization_id, end_user_id, item.bridge_id, order_id, after)
    new.version = item.version + 1
    new.source_updated_at, new.record_digest = item.source_updated_at, item.record_digest
    new.cancelled_here = item.cancelled_here
    # A new secret: links that were sent to the customer, or passed on by them, lead nowhere any more.
    new.tracking_secret = tokens.new_secret()
    transaction = Transaction()
    document = detail_document(after, {**facts_of(detail), ERASED: True})
    transaction.put(new_detail(organization_id, new, document))
    transaction.put(new, OrderItem.version == item.version)
    # Every writing of the detail goes, also those that never held.
    for row in read_whole_order(organization_id, end_user_id, order_id).details:
        transaction.delete(Key(row["pk"]["S"], row["sk"]["S"]))
    entry = customer_entry(organization_id, end_user_id, order_id, fields)
    if entry is not None:
        transaction.delete(entry.key)
    transaction.commit()


def _forgotten(fields: Fields, traces: Traces) -> Fields:
    addresses = {name: of_place_only(fields[name]) for name in ("shipping_address", "billing_address")}
    texts = {"notes": traces.without_any(fields["notes"]), "tags": traces.without_any(fields["tags"])}
    rest: Fields = traces.without_email({**fields, "customer": {}, **addresses})
    return {**rest, **texts}


def _read(organization_id: str, end_user_id: str, order_id: str) -> tuple[OrderItem, OrderDetailItem, Fields] | None:
    parts = read_whole_order(organization_id, end_user_id, order_id)
    if parts.summary is None or parts.detail is None:
        return None
    item, detail = OrderItem.of(parts.summary), OrderDetailItem.of(parts.detail)
    return item, detail, fields_of(item, detail)


def _is_of(organization_id: str, fields: Fields, customer: str) -> bool:
    email = fields["customer"].get("email")
    return bool(email) and customer_id(organization_id, email) == customer
