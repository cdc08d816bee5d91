"""Taking a customer out of an order. Amounts, statuses and history stay, and what a sync says later is left out."""

from dataclasses import dataclass

from chalicelib.customers.redaction import Traces, of_place_only
from chalicelib.orders import tokens
from chalicelib.orders.shape import (
    ERASED,
    Fields,
    customer_entry,
    customer_of,
    detail_document,
    facts_of,
    fields_of,
    new_detail,
    summary_item,
)
from chalicelib.orders.store import (
    ActivityItem,
    OrderDetailItem,
    OrderItem,
    OrderParts,
    list_of_customer,
    read_whole_order,
)
from chalicelib.search import service as search
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window
from chalicelib.table.transaction import Transaction, exists, until_undisturbed, update


@dataclass(frozen=True, slots=True)
class Told:
    """An order of the customer's as it was read, and what it says of them."""

    item: OrderItem
    detail: OrderDetailItem
    parts: OrderParts
    traces: Traces

    @property
    def fields(self) -> Fields:
        return fields_of(self.item, self.detail)

    @property
    def shipment_ids(self) -> list[str]:
        return [keys.last_part(row["sk"]["S"]) for row in self.parts.shipments]

    @property
    def request_ids(self) -> list[str]:
        return requests_of(self.parts)


def list_some(
    organization_id: str, customer: str, most: int, below: str | None
) -> tuple[list[tuple[str, str]], str | None]:
    """End user and id of orders that name the customer, or did a moment ago, and where to go on below."""
    entries = list_of_customer(organization_id, customer, Window(most, below=below))
    return [(row["u"]["S"], keys.last_part(row["sk"]["S"])) for row in entries.rows], entries.next


def told_of(organization_id: str, end_user_id: str, order_id: str, customer: str) -> Told | None:
    """None where it is no order of the customer's (any more)."""
    parts = read_whole_order(organization_id, end_user_id, order_id)
    if parts.summary is None or parts.detail is None:
        return None
    item, detail = OrderItem.of(parts.summary), OrderDetailItem.of(parts.detail)
    if customer_of(organization_id, item) != customer:
        return None
    return Told(item, detail, parts, Traces.of(fields_of(item, detail)))


def is_there(organization_id: str, end_user_id: str, order_id: str) -> bool:
    return read_whole_order(organization_id, end_user_id, order_id).summary is not None


def requests_of(parts: OrderParts) -> list[str]:
    """Ids of the action requests that the order's timeline tells of."""
    told = [ActivityItem.of(row).document.get("more") or {} for row in parts.activities]
    return sorted({more["action_request_id"] for more in told if "action_request_id" in more})


def erase(organization_id: str, told: Told, traces: Traces) -> None:
    """`traces`: what to look for in texts. ConditionFailed if the order has changed since it was read: it may say more
    of the customer by now, or be somebody else's."""
    item, detail, fields = told.item, told.detail, told.fields
    end_user_id, order_id = item.end_user_id, item.id
    # The timeline first. When the order is erased it is not the customer's any more, and nothing leads back here.
    _redact_activities(told.parts, traces)
    after = _forgotten(fields, traces)
    found = search.index(organization_id, end_user_id, item.bridge_id, order_id, fields, after, heads=())
    write_many(found.puts, found.deletes)
    new = summary_item(organization_id, end_user_id, item.bridge_id, order_id, after)
    new.version = item.version + 1
    new.source_updated_at, new.record_digest = item.source_updated_at, item.record_digest
    new.cancelled_here, new.erased = item.cancelled_here, 1
    # A new secret: links that were sent to the customer, or passed on by them, lead nowhere any more.
    new.tracking_secret = tokens.new_secret()
    transaction = Transaction()
    document = detail_document(after, {**facts_of(detail), ERASED: True})
    transaction.put(new_detail(organization_id, new, document))
    transaction.put(new, OrderItem.version == item.version)
    # Every writing of the detail goes, also those that never held.
    for row in told.parts.details:
        transaction.delete(Key(row["pk"]["S"], row["sk"]["S"]))
    entry = customer_entry(organization_id, end_user_id, order_id, fields)
    if entry is not None:
        transaction.delete(entry.key)
    transaction.commit()


def erase_rest(organization_id: str, end_user_id: str, order_id: str, traces: Traces) -> list[str]:
    """Of an order that is not the customer's any more, being erased or somebody else's: what the timeline and
    superseded writings still say of them; the ids of its requests. Names stay that are the present customer's as
    well."""
    parts = read_whole_order(organization_id, end_user_id, order_id)
    fields = _fields(parts)
    _redact_activities(parts, traces.besides(Traces.of(fields)) if fields is not None else traces)
    until_undisturbed(lambda: _drop_superseded(organization_id, end_user_id, order_id))
    return requests_of(parts)


def _drop_superseded(organization_id: str, end_user_id: str, order_id: str) -> None:
    """Writings of the detail that hold no more, or never did: mostly there are none."""
    parts = read_whole_order(organization_id, end_user_id, order_id)
    if parts.summary is None or len(parts.details) < 2:
        return
    item = OrderItem.of(parts.summary)
    transaction = Transaction()
    # Who has put another writing meanwhile, and not yet made it hold, is to begin again.
    transaction.update(item.key, [OrderItem.version.add(1)], OrderItem.version == item.version)
    for row in parts.details:
        if row is not parts.detail:
            transaction.delete(Key(row["pk"]["S"], row["sk"]["S"]))
    transaction.commit()


def _redact_activities(parts: OrderParts, traces: Traces) -> None:
    for row in parts.activities:
        activity = ActivityItem.of(row)
        told = traces.without_any(activity.document)
        if told != activity.document:
            update(activity.key, [ActivityItem.document.set(told)], exists())


def _forgotten(fields: Fields, traces: Traces) -> Fields:
    addresses = {name: of_place_only(fields[name]) for name in ("shipping_address", "billing_address")}
    texts = {"notes": traces.without_any(fields["notes"]), "tags": traces.without_any(fields["tags"])}
    rest: Fields = traces.without_email({**fields, "customer": {}, **addresses})
    return {**rest, **texts}


def _fields(parts: OrderParts) -> Fields | None:
    if parts.summary is None or parts.detail is None:
        return None
    return fields_of(OrderItem.of(parts.summary), OrderDetailItem.of(parts.detail))
