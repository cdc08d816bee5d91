"""Orders, read and changed. What brings them in is `chalicelib.sync`.

For other domains: `get` and `find` one end user's order, `find_anywhere` an organization's; `change_status`,
`add_activity`. A shopper's are in `of_customer`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chalicelib.bridges import holdings
from chalicelib.http.responses import JsonText
from chalicelib.kit import clock, codec
from chalicelib.kit.errors import NotFound
from chalicelib.orders import activities, shape, tokens
from chalicelib.orders.merging import CANCELLED, record_event, title_of
from chalicelib.orders.schemas import OrderStatus
from chalicelib.orders.store import (
    MAX_ACTIVITIES,
    ActivityItem,
    OrderDetailItem,
    OrderItem,
    owners_of,
    read_order,
)
from chalicelib.organizations.principals import Actor
from chalicelib.security import crypto
from chalicelib.shipments import references
from chalicelib.shipments.store import OrderShipmentItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.transaction import Transaction, exists
from chalicelib.totals import service as totals

ACTOR_TYPES = {"session": "end_user", "api_key": "organization", "service": "system", "guest": "customer"}
"""How an activity names who acted, where that differs from `Actor.kind`."""


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
    def document(self) -> dict[str, Any]:
        """The detail shape without activities and shipments."""
        return shape.document_of(self.item, self.detail)

    @property
    def summary(self) -> JsonText:
        """The list shape."""
        return shape.list_text_of(self.item)

    @property
    def tracking_token(self) -> str:
        return tokens.join(self.id, self.item.tracking_secret)

    @property
    def activities(self) -> list[dict[str, Any]]:
        """The newest fifty, newest first. Only orders that were read by themselves have any."""
        shown = [activities.shown(ActivityItem.of(row)) for row in self.activity_rows]
        shown += [activities.shipment_created(self.id, OrderShipmentItem.of(row)) for row in self.shipment_rows]
        shown.sort(key=lambda activity: str(activity["created_at"]), reverse=True)
        created_at = codec.loads("{" + self.item.summary)["created_at"]
        return [*shown, activities.creation(self.id, created_at, self.detail)][:MAX_ACTIVITIES]


def find(
    organization_id: str, end_user_id: str, order_id: str, hidden: frozenset[str] = frozenset()
) -> StoredOrder | None:
    """One end user's order with its history, in one round trip; not one that came through a bridge in `hidden`."""
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


def shown(order: StoredOrder, hidden: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The order as its detail answers: with shipments and activities."""
    shipment_ids = [keys.last_part(row["sk"]["S"]) for row in order.shipment_rows]
    shipments = references.of_order(order.organization_id, order.end_user_id, shipment_ids, hidden)
    return {**order.document, "shipments": shipments, "activities": order.activities}


def find_anywhere(organization_id: str, order_id: str) -> StoredOrder | None:
    """An organization's order, whoever's it is; None where its bridge is gone."""
    for end_user_id in owners_of(organization_id, order_id):
        order = find(organization_id, end_user_id, order_id)
        if order is not None and is_in_place(order.bridge_id, end_user_id, holdings.owners([order.bridge_id])):
            return order
    return None


def find_by_token(organization_id: str, tracking_token: str) -> StoredOrder | None:
    """The order of a public tracking token."""
    named = tokens.split(tracking_token)
    order = find_anywhere(organization_id, named[0]) if named else None
    return order if order is not None and crypto.same(order.tracking_token, tracking_token) else None


def is_in_place(bridge_id: str, end_user_id: str, owners: dict[str, str | None]) -> bool:
    """Not where a bridge has left an order that was deleted or given to somebody else. What came through a bridge of an
    end user who is gone stays the organization's."""
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
    """Put an activity into the transaction of what it tells of."""
    item = activities.new_activity(
        organization_id,
        end_user_id,
        order_id,
        activity_type=activity_type,
        title=title,
        description=description,
        actor_type=ACTOR_TYPES.get(by.kind, by.kind),
        at=clock.timestamp(),
        metadata=metadata,
    )
    transaction.put(item)


def require(transaction: Transaction, organization_id: str, end_user_id: str, order_id: str, error: Exception) -> None:
    """The transaction holds only while the order is there."""
    transaction.check(keys.order(organization_id, end_user_id, order_id), exists(), error)


def change_status(
    order: StoredOrder,
    status: OrderStatus,
    by: Actor,
    *,
    note: str | None = None,
) -> StoredOrder:
    """Give the order a status from our side, with its activity, events and counters.

    ConditionFailed if the order has changed since it was read: look again whether the change is still wanted. An order
    cancelled here stays cancelled whatever its source goes on to say before shipping.
    """
    item, before, seen = order.item, order.item.status, order.item.version
    now = clock.timestamp()
    stored = codec.loads("{" + item.summary)
    item.summary = codec.dumps({**stored, "updated_at": now})[1:]
    item.version = seen + 1
    # The next record of the source is compared field by field, not taken for the one we have.
    item.record_digest = None
    item.cancelled_here = 1 if status == CANCELLED else None
    item.index_2(keys.order_status_list(order.organization_id, order.end_user_id, status, item.ordered_at, order.id))
    writes = Transaction()
    writes.put(item, OrderItem.version == seen)
    activity = activities.new_activity(
        order.organization_id,
        order.end_user_id,
        order.id,
        activity_type="status_change",
        title=title_of(status),
        description=note,
        actor_type=ACTOR_TYPES.get(by.kind, by.kind),
        at=now,
        metadata={"note": note} if note else None,
        before=before,
        after=status,
    )
    writes.put(activity)
    record_event(writes, order.organization_id, order.end_user_id, by, item, "order.status_changed", before)
    record_event(writes, order.organization_id, order.end_user_id, by, item, "order.updated")
    changes = {totals.order_counter(before): -1, totals.order_counter(status): 1}
    try:
        _commit_counted(order, writes, changes, totals.count_of_order)
    except totals.EndUserForgotten:
        _commit_counted(order, writes, changes, totals.count_for_bridge)
    return find(order.organization_id, order.end_user_id, order.id) or order


def _commit_counted(
    order: StoredOrder, writes: Transaction, changes: totals.Counts, count: Callable[..., None]
) -> None:
    transaction = Transaction()
    transaction.extend(writes)
    count(transaction, order.organization_id, order.end_user_id, order.bridge_id, changes)
    transaction.commit()
