"""Taking a customer out of an order. Amounts, statuses and history stay, and what a sync says later is left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

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
    read_by_owner,
    read_whole_order,
)
from chalicelib.privacy.redaction import Traces, of_place_only
from chalicelib.search import service as search
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window
from chalicelib.table.transaction import ConditionFailed, Transaction, exists, update


class Named(NamedTuple):
    """Where an order is, and how parcels name it."""

    end_user_id: str
    bridge_id: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Told:
    """An order of the customer's as it was read, and all that lies beside it, under whomever: while its bridge changes
    hands, the new owner has copies of its timeline already."""

    item: OrderItem
    detail: OrderDetailItem
    fields: Fields
    lying: list[OrderParts]

    @property
    def named(self) -> Named:
        return _named(self.item.end_user_id, self.fields)

    @property
    def traces(self) -> Traces:
        return Traces.of(self.fields)

    @property
    def shipment_ids(self) -> list[str]:
        return _shipments_of(self.lying)

    @property
    def request_ids(self) -> list[str]:
        return _requests_of(self.lying)


@dataclass(frozen=True, slots=True)
class Rest:
    """What is known of an order that is not the customer's any more."""

    shipment_ids: list[str]
    request_ids: list[str]
    others: list[str]
    """The end users who have it as somebody else's now."""
    named: list[Named]


def list_some(organization_id: str, customer: str, most: int, below: str | None) -> tuple[list[str], str | None]:
    """Ids of orders that name the customer, or did a moment ago, and where to go on below."""
    entries = list_of_customer(organization_id, customer, Window(most, below=below))
    return [keys.last_part(row["sk"]["S"]) for row in entries.rows], entries.next


def told_of(organization_id: str, order_id: str, customer: str) -> list[Told]:
    """The order, by end user, where it is the customer's. The entry that led here may name an owner who has not got it
    yet. ConditionFailed where it changed while it was read."""
    by_owner = read_by_owner(organization_id, order_id)
    found = [pair for parts in by_owner.values() if (pair := _pair(parts)) is not None]
    return [
        Told(item, detail, fields_of(item, detail), list(by_owner.values()))
        for item, detail in found
        if customer_of(organization_id, item) == customer
    ]


def is_there(organization_id: str, end_user_id: str, order_id: str) -> bool:
    return read_whole_order(organization_id, end_user_id, order_id).summary is not None


def erase(organization_id: str, told: Told, traces: Traces) -> None:
    """`traces`: what to look for in texts. ConditionFailed if the order has changed since it was read: it may say more
    of the customer by now, or be somebody else's."""
    item, detail, fields = told.item, told.detail, told.fields
    end_user_id, order_id = item.end_user_id, item.id
    # The timeline first. When the order is erased it is not the customer's any more, and nothing leads back here.
    _redact_activities(told.lying, traces)
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
    for row in (row for parts in told.lying for row in parts.details):
        if keys.first_part(row["sk"]["S"]) == end_user_id:
            transaction.delete(Key(row["pk"]["S"], row["sk"]["S"]))
    entry = customer_entry(organization_id, end_user_id, order_id, fields)
    if entry is not None:
        transaction.delete(entry.key)
    transaction.commit()


def erase_rest(organization_id: str, order_id: str, traces: Traces) -> Rest:
    """Of an order that is not the customer's any more, being erased or somebody else's: what the timeline and
    superseded writings still say of them. Names stay that are the present customer's as well. ConditionFailed where it
    changed meanwhile."""
    by_owner = read_by_owner(organization_id, order_id)
    lying = list(by_owner.values())
    present = {owner: fields_of(*pair) for owner, parts in by_owner.items() if (pair := _pair(parts)) is not None}
    _redact_activities(lying, traces.besides(Traces.joined(map(Traces.of, present.values()))))
    for parts in lying:
        _drop_superseded(parts)
    others = [owner for owner, fields in present.items() if fields["customer"].get("email")]
    named = [_named(owner, fields) for owner, fields in present.items()]
    return Rest(_shipments_of(lying), _requests_of(lying), others, named)


def _named(end_user_id: str, fields: Fields) -> Named:
    return Named(end_user_id, fields["bridge_id"], fields["external_id"])


def _drop_superseded(parts: OrderParts) -> None:
    """Writings of the detail that hold no more, or never did: mostly there are none."""
    if parts.summary is None or len(parts.details) < 2:
        return
    item = OrderItem.of(parts.summary)
    transaction = Transaction()
    # Another writing may have come to hold meanwhile: then this is to begin again.
    transaction.update(item.key, [OrderItem.version.add(1)], OrderItem.version == item.version)
    for row in parts.details:
        if row is not parts.detail:
            transaction.delete(Key(row["pk"]["S"], row["sk"]["S"]))
    transaction.commit()


def _redact_activities(lying: Iterable[OrderParts], traces: Traces) -> None:
    for row in (row for parts in lying for row in parts.activities):
        activity = ActivityItem.of(row)
        told = traces.without_any(activity.document)
        if told != activity.document:
            update(activity.key, [ActivityItem.document.set(told)], exists())


def _pair(parts: OrderParts) -> tuple[OrderItem, OrderDetailItem] | None:
    if parts.summary is None:
        return None
    item = OrderItem.of(parts.summary)
    if parts.detail is None:
        # It got another detail while this was read, and the one it had is gone.
        raise ConditionFailed([item.key])
    return item, OrderDetailItem.of(parts.detail)


def _shipments_of(lying: Iterable[OrderParts]) -> list[str]:
    return sorted({keys.last_part(row["sk"]["S"]) for parts in lying for row in parts.shipments})


def _requests_of(lying: Iterable[OrderParts]) -> list[str]:
    """Ids of the action requests that the order's timeline tells of."""
    told = [ActivityItem.of(row).document.get("more") or {} for parts in lying for row in parts.activities]
    return sorted({more["action_request_id"] for more in told if "action_request_id" in more})


def _forgotten(fields: Fields, traces: Traces) -> Fields:
    addresses = {name: of_place_only(fields[name]) for name in ("shipping_address", "billing_address")}
    texts = {"notes": traces.without_any(fields["notes"]), "tags": traces.without_any(fields["tags"])}
    rest: Fields = traces.without_email({**fields, "customer": {}, **addresses})
    return {**rest, **texts}
