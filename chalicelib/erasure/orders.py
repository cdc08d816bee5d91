"""Erasing one order: the order with its shipments first, then everything recorded about it."""

from collections.abc import Collection

from chalicelib.action_requests import erasing as action_requests
from chalicelib.bridges import holdings
from chalicelib.customers.store import TracesItem
from chalicelib.erasure.store import count_erased, find_traces, list_former_of_order
from chalicelib.orders import erasing as orders
from chalicelib.orders.erasing import OrderRef
from chalicelib.privacy.redaction import RedactionScope, Traces
from chalicelib.shipments import erasing as shipments
from chalicelib.table import keys
from chalicelib.table.transaction import put, retry_on_conflict


def erase(organization_id: str, order_id: str, customer: str, bridge_ids: Collection[str] = ()) -> bool:
    """Whether the order was the customer's and, where bridges are given, came through one of them. Raises
    ConditionFailed if it changed meanwhile."""
    found = orders.read_snapshots(organization_id, order_id, customer)
    found = [snapshot for snapshot in found if not bridge_ids or snapshot.item.bridge_id in bridge_ids]
    for snapshot in found:
        user = snapshot.item.end_user_id
        # Texts may still show what the order said before.
        former = [item.traces for item in list_former_of_order(organization_id, customer, order_id)]
        traces = Traces.union([snapshot.traces, *former])
        entry = TracesItem.at(
            keys.erased_order(organization_id, customer, order_id, user),
            end_user_id=user,
            order_id=order_id,
            shipment_ids=[*snapshot.shipment_ids, *_list_unlinked(organization_id, snapshot.ref)],
            request_ids=snapshot.request_ids,
            emails=traces.emails,
            identifiers=traces.identifiers,
            since=snapshot.fields["created_at"],
        )
        save_entry(entry)
        for shipment_id in entry.shipment_ids:
            shipments.erase(organization_id, shipment_id, entry.traces)
        orders.erase(organization_id, snapshot, entry.traces)
        count_erased(organization_id, customer)
    return bool(found)


def _list_unlinked(organization_id: str, order: OrderRef) -> list[str]:
    """Shipments that name the order but were never linked, since a sync or a move died before. While its bridge changes
    hands, they reach the new owner before the order does."""
    owner = holdings.find_owner(order.bridge_id)
    users = {order.end_user_id, owner.end_user_id if owner is not None else None}
    found = [shipments.list_unlinked_ids(organization_id, user, order.external_id) for user in users if user]
    return [shipment_id for shipment_ids in found for shipment_id in shipment_ids]


def save_entry(entry: TracesItem) -> None:
    """Queue an order for erasure, together with what an earlier attempt or another source knew about it."""
    if (known := find_traces(entry.key)) is not None:
        entry.merge(known)
    put(entry)


def erase_remainder(organization_id: str, entry: TracesItem) -> None:
    """Erase the shipments, timeline and requests of an order that no longer names the customer.

    For an order that was just erased, this finds what arrived between reading and erasing it. Nothing that names the
    customer arrives later.
    """
    order_id, traces = entry.order_id, entry.traces
    remainder = retry_on_conflict(lambda: orders.erase_remainder(organization_id, order_id, traces))
    entry.request_ids = sorted({*entry.request_ids, *remainder.request_ids})
    if entry.end_user_id in remainder.reassigned_to:
        # The order became another customer's before it could be erased. What is recorded about them stays.
        entry.is_own = False
    unlinked = [shipment_id for ref in remainder.refs for shipment_id in _list_unlinked(organization_id, ref)]
    shipment_ids = {*entry.shipment_ids, *remainder.shipment_ids, *unlinked}
    if entry.is_own:
        entry.shipment_ids = sorted(shipment_ids)
    if not remainder.reassigned_to:
        created = [shipments.erase(organization_id, shipment_id, traces) for shipment_id in sorted(shipment_ids)]
        # A shipment may have events from before its order was created.
        entry.since = min([entry.since, *filter(None, created)])
    put(entry)
    action_requests.erase(organization_id, entry.end_user_id, entry.request_ids, traces)


def scope_of(entries: list[TracesItem]) -> RedactionScope:
    own = [entry for entry in entries if entry.is_own]
    return RedactionScope(
        Traces.union(entry.traces for entry in entries),
        own_ids=frozenset(
            own_id for entry in own for own_id in (entry.order_id, *entry.shipment_ids, *entry.request_ids)
        ),
        reassigned_ids=frozenset(entry.order_id for entry in entries if not entry.is_own),
    )
