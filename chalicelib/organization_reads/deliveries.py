"""Why something about an order did not arrive: its events, and what became of each at every webhook it concerns."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple, cast

from pynamodb.expressions.condition import Condition

from chalicelib.events import service as events
from chalicelib.events.store import EventItem
from chalicelib.http.pagination import pagination
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import NotFound
from chalicelib.orders import lookup
from chalicelib.orders.service import StoredOrder
from chalicelib.organization_reads.deliveries_schemas import (
    DeliveredEvent,
    DeliveriesOfNumberQuery,
    DeliveriesOfOrderQuery,
    OrderRef,
    ShipmentRef,
    SubscriberRead,
)
from chalicelib.organization_reads.service import find_order
from chalicelib.organizations.principals import ApiKey, Merchant
from chalicelib.shipments import service as shipments
from chalicelib.table import keys
from chalicelib.table.reads import Between, run_concurrently
from chalicelib.webhooks.explaining import explain, list_subscribers

ENDED: Final = frozenset({"delivered", "cancelled", "returned", "refunded"})
BEFORE: Final = timedelta(minutes=1)
"""The events of a record's first change are a moment older than the record says."""
AFTER: Final = timedelta(days=1)
"""What is recorded of an order after its last change, once it has come to its end."""
KEPT: Final = timedelta(days=90)
"""As long as events are."""
MAX_SHIPMENTS: Final = 50
"""Of an order with more, events are found by the order's id in their data alone."""


class Deliveries(NamedTuple):
    events: list[DeliveredEvent]
    order: OrderRef
    webhooks: list[SubscriberRead]
    pagination: dict[str, Any]


def read_of_number(caller: ApiKey, query: DeliveriesOfNumberQuery) -> Deliveries:
    """As `read`, of the end user's order with this number or external id."""
    order_id = lookup.find_id(caller.organization_id, query.end_user_id, query.order_number)
    if order_id is None:
        raise NotFound
    return read(caller, order_id, query)


def read(caller: ApiKey, order_id: str, query: DeliveriesOfOrderQuery) -> Deliveries:
    """NotFound if the organization has no such order."""
    organization_id = caller.organization_id
    found_order = find_order(organization_id, order_id)
    if found_order is None:
        raise NotFound
    order, merchant = found_order
    parcels = _shipments(order, merchant)
    about, (since, until) = _about(order, parcels), _period(order, parcels)
    span = Between(low=ids.ordered_prefix(since), high=f"{ids.ordered_prefix(until)}~" if until else None)
    (found, total, capped, following), subscribers = run_concurrently(
        lambda: events.list_about(organization_id, order.end_user_id, about, span, query.window),
        lambda: list_subscribers(organization_id, order.end_user_id, since),
    )
    explained = explain(caller.config, subscribers, found)
    return Deliveries(
        [DeliveredEvent.of_event(event, [each for each in explained if each.event is event]) for event in found],
        OrderRef.of(order, merchant, parcels),
        [SubscriberRead.of(one, order.end_user_id) for one in subscribers],
        pagination(query.window, total, following, capped=capped),
    )


def _shipments(order: StoredOrder, merchant: Merchant | None) -> list[ShipmentRef]:
    shipment_ids = [keys.part_after_separator(row["sk"]["S"]) for row in order.shipment_rows][:MAX_SHIPMENTS]
    hidden = merchant.hidden_bridges if merchant is not None else frozenset()
    listed = shipments.list_documents(order.organization_id, order.end_user_id, order.id, shipment_ids)
    return [ShipmentRef.model_validate(each) for each in listed if each["bridge_id"] not in hidden]


def _about(order: StoredOrder, parcels: Sequence[ShipmentRef]) -> Condition:
    """Events of the order and its shipments, and those whose data has the order's id, such as requests and alerts."""
    is_of: Condition = EventItem.resource_id.is_in(order.id, *(each.id for each in parcels))
    return cast(Condition, is_of | EventItem.data.contains(order.id))


def _period(order: StoredOrder, parcels: Sequence[ShipmentRef]) -> tuple[str, str | None]:
    """When the order's events were recorded. Reading costs by all that happened to the end user in this time."""
    document = order.document
    since = max(clock.parse(document["created_at"]) - BEFORE, clock.now() - KEPT)
    if order.status not in ENDED:
        return clock.timestamp(since), None
    changed = max([document["updated_at"], *(each.updated_at for each in parcels)])
    return clock.timestamp(since), clock.timestamp(clock.parse(changed) + AFTER)
