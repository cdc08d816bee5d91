"""Reading orders, and changing them from our side. `chalicelib.sync` brings them in; `customer_orders` lists a
shopper's."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar

from chalicelib.bridges import holdings
from chalicelib.http.responses import JsonText
from chalicelib.kit import clock, codec
from chalicelib.kit.errors import NotFound
from chalicelib.orders import activities, shape, tokens
from chalicelib.orders.merging import CANCELLED, record_event, status_change_title
from chalicelib.orders.schemas import OrderStatus
from chalicelib.orders.store import (
    MAX_ACTIVITIES,
    ActivityItem,
    OrderDetailItem,
    OrderItem,
    list_owners,
    read_order,
)
from chalicelib.organizations.principals import Actor
from chalicelib.security import crypto
from chalicelib.shipments import service as shipments_service
from chalicelib.shipments.store import OrderShipmentItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.reads import get_many, run_concurrently
from chalicelib.table.transaction import Transaction, exists
from chalicelib.totals import service as totals

T = TypeVar("T")

ACTOR_TYPES = {"session": "end_user", "api_key": "organization", "service": "system", "guest": "customer"}
"""The `actor_type` of activities by `Actor.type`, where the two differ."""


@dataclass(frozen=True, slots=True)
class StoredOrder:
    organization_id: str
    end_user_id: str
    item: OrderItem
    detail: OrderDetailItem
    activity_rows: list[Row] = field(default_factory=list)
    shipment_rows: list[Row] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def bridge_id(self) -> str:
        return self.item.bridge_id

    @property
    def status(self) -> str:
        return self.item.status

    @property
    def ordered_at(self) -> str:
        """UTC; when it came to us, if the source did not say."""
        return self.item.ordered_at

    @property
    def document(self) -> dict[str, Any]:
        """The detail shape without activities and shipments."""
        return shape.detail_response(self.item, self.detail)

    @property
    def summary(self) -> JsonText:
        """The list shape."""
        return shape.list_text_of(self.item)

    @property
    def is_cancelled_at_source(self) -> bool:
        """Whether its source has it as cancelled. An order cancelled here reads so before its source says it."""
        return self.item.status == CANCELLED and self.item.cancelled_here is None

    @property
    def is_dated(self) -> bool:
        """Whether the source sent when the order was placed."""
        return shape.UNDATED not in self.detail.document

    @property
    def tracking_token(self) -> str:
        return tokens.join(self.id, self.item.tracking_secret)

    def timeline(self, shipment_ids: Collection[str] = ()) -> list[dict[str, Any]]:
        """The newest fifty activities, newest first; of shipments only of those named. Empty for orders that were read
        without their history."""
        created = [OrderShipmentItem.of(row) for row in self.shipment_rows]
        timeline = [activities.to_response(ActivityItem.of(row)) for row in self.activity_rows]
        timeline += [
            activities.shipment_created(self.id, item)
            for item in created
            if keys.part_after_separator(item.sk) in shipment_ids
        ]
        timeline.sort(key=lambda activity: str(activity["created_at"]), reverse=True)
        created_at = self.item.summary.members()["created_at"]
        return [*timeline, activities.order_created(self.id, created_at, self.detail)][:MAX_ACTIVITIES]


def find(
    organization_id: str, end_user_id: str, order_id: str, hidden: frozenset[str] = frozenset()
) -> StoredOrder | None:
    """One end user's order with its history, in one round trip; None if it came through a `hidden` bridge."""
    parts = read_order(organization_id, end_user_id, order_id)
    if parts.summary is None or parts.detail is None:
        return None
    item = OrderItem.of(parts.summary)
    if item.bridge_id in hidden:
        return None
    detail = OrderDetailItem.of(parts.detail)
    return StoredOrder(organization_id, end_user_id, item, detail, parts.activities, parts.shipments)


def get(organization_id: str, end_user_id: str, order_id: str, hidden: frozenset[str] = frozenset()) -> StoredOrder:
    found = find(organization_id, end_user_id, order_id, hidden)
    if found is None:
        raise NotFound
    return found


def to_response(order: StoredOrder, hidden: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The whole detail shape, with shipments and activities."""
    shipment_ids = [keys.part_after_separator(row["sk"]["S"]) for row in order.shipment_rows]
    whose = order.organization_id, order.end_user_id
    shipments = shipments_service.list_for_order(*whose, order.id, shipment_ids, hidden)
    timeline = order.timeline({shipment["id"] for shipment in shipments})
    return {**order.document, "shipments": shipments, "activities": timeline}


def read_refs(organization_id: str, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The list shape of the orders that exist, by end user and order id. One round trip, none if nothing is wanted."""
    by_key = {keys.order(organization_id, user, order_id): (user, order_id) for user, order_id in wanted}
    rows = get_many(by_key) if by_key else {}
    return {by_key[key]: codec.loads(shape.list_text(row)) for key, row in rows.items()}


def list_holders(organization_id: str, order_id: str) -> list[str]:
    """The end users who have the order: one, or two while its bridge changes hands. One round trip."""
    return list_owners(organization_id, order_id)


def find_anywhere(organization_id: str, order_id: str) -> StoredOrder | None:
    """The organization's order with this id, whichever end user has it; None if its bridge was deleted."""
    for end_user_id in list_owners(organization_id, order_id):
        order = find(organization_id, end_user_id, order_id)
        if order is not None and is_held_by(order.bridge_id, end_user_id, holdings.owners([order.bridge_id])):
            return order
    return None


def find_by_token(organization_id: str, tracking_token: str) -> StoredOrder | None:
    """The order that a public tracking token opens."""
    parts = tokens.split(tracking_token)
    order = find_anywhere(organization_id, parts[0]) if parts else None
    return order if order is not None and crypto.constant_time_equals(order.tracking_token, tracking_token) else None


def find_by_token_with(
    organization_id: str, tracking_token: str, read_more: Callable[[StoredOrder], T]
) -> tuple[StoredOrder, T] | None:
    """The same, and what `read_more` reads concurrently with the check of the order's bridge. Three round trips."""
    parts = tokens.split(tracking_token)
    if parts is None:
        return None
    for end_user_id in list_owners(organization_id, parts[0]):
        order = find(organization_id, end_user_id, parts[0])
        if order is not None and crypto.constant_time_equals(order.tracking_token, tracking_token):
            return _with_more(order, read_more)
    return None


def _with_more(order: StoredOrder, read_more: Callable[[StoredOrder], T]) -> tuple[StoredOrder, T] | None:
    owners, more = run_concurrently(lambda: holdings.owners([order.bridge_id]), lambda: read_more(order))
    return (order, more) if is_held_by(order.bridge_id, order.end_user_id, owners) else None


def is_held_by(bridge_id: str, end_user_id: str, owners: dict[str, str | None]) -> bool:
    """Whether the bridge still exists and belongs to this end user or, after the end user was deleted, to no one:
    orders of a deleted end user stay with the organization. `owners` is read by `holdings.owners`."""
    return bridge_id in owners and owners[bridge_id] in (None, end_user_id)


def add_activity(
    transaction: Transaction,
    organization_id: str,
    end_user_id: str,
    order_id: str,
    by: Actor,
    *,
    activity_type: str,
    title: str,
    description: str | None = None,
    metadata: dict[str, Any] | None = None,
) -> None:
    """Add an activity to the transaction of the change it describes."""
    item = activities.new_activity(
        organization_id,
        end_user_id,
        order_id,
        activity_type=activity_type,
        title=title,
        description=description,
        actor_type=ACTOR_TYPES.get(by.type, by.type),
        at=clock.timestamp(),
        metadata=metadata,
    )
    transaction.put(item)


def require(transaction: Transaction, organization_id: str, end_user_id: str, order_id: str, error: Exception) -> None:
    """Make the transaction fail with `error` unless the order exists."""
    transaction.check(keys.order(organization_id, end_user_id, order_id), exists(), error)


def change_status(
    order: StoredOrder,
    status: OrderStatus,
    by: Actor,
    *,
    note: str | None = None,
    also: tuple[Transaction, totals.Counts] | None = None,
) -> StoredOrder:
    """Change the order's status from our side, with its activity, events and counters. `also`: further writes of the
    same transaction, and what they count for the order's end user and bridge; left out once the end user is deleted.

    ConditionFailed if the order has changed since it was read: read it again and decide anew. An order cancelled here
    stays cancelled until its source reports it as shipped or beyond.
    """
    item, before, version = order.item, order.item.status, order.item.version
    now = clock.timestamp()
    item.summary = item.summary.updated(updated_at=now)
    item.version = version + 1
    # Makes the next record be compared field by field, even if the source sends the same one again.
    item.record_digest = None
    item.cancelled_here = 1 if status == CANCELLED else None
    item.index_2(keys.order_status_list(order.organization_id, order.end_user_id, status, item.ordered_at, order.id))
    writes = Transaction()
    writes.rewrite(item, OrderItem.version == version)
    activity = activities.new_activity(
        order.organization_id,
        order.end_user_id,
        order.id,
        activity_type="status_change",
        title=status_change_title(status),
        description=note,
        actor_type=ACTOR_TYPES.get(by.type, by.type),
        at=now,
        metadata={"note": note} if note else None,
        before=before,
        after=status,
    )
    writes.put(activity)
    record_event(writes, order.organization_id, order.end_user_id, by, item, "order.status_changed", before)
    record_event(writes, order.organization_id, order.end_user_id, by, item, "order.updated")
    changes = {totals.order_counter(before): -1, totals.order_counter(status): 1}
    more, counted = also or (Transaction(), {})
    try:
        with_more = Transaction()
        with_more.extend(writes)
        with_more.extend(more)
        _commit_counted(order, with_more, {**changes, **counted}, totals.count_order_change)
    except totals.EndUserDeleted:
        _commit_counted(order, writes, changes, totals.count_for_bridge)
    return find(order.organization_id, order.end_user_id, order.id) or order


def follow_source(
    transaction: Transaction, organization_id: str, end_user_id: str, order_id: str, error: Exception
) -> None:
    """Let the next record of an order that was cancelled here say its status again. The transaction raises `error` if
    the order is gone."""
    actions = [OrderItem.cancelled_here.remove(), OrderItem.record_digest.remove(), OrderItem.version.add(1)]
    transaction.update(keys.order(organization_id, end_user_id, order_id), actions, exists(), error)


def _commit_counted(
    order: StoredOrder, writes: Transaction, changes: totals.Counts, count: Callable[..., None]
) -> None:
    transaction = Transaction()
    transaction.extend(writes)
    count(transaction, order.organization_id, order.end_user_id, order.bridge_id, changes)
    transaction.commit()
