"""One order of a customer who is being forgotten: its entry, itself with its parcels, and what is left beside it."""

from chalicelib.action_requests import erasing as action_requests
from chalicelib.bridges import holdings
from chalicelib.customers.store import TracesItem
from chalicelib.erasure.store import count_erased, find_traces, past_of_order
from chalicelib.orders import erasing as orders
from chalicelib.orders.erasing import Named
from chalicelib.privacy.redaction import Reach, Traces
from chalicelib.shipments import erasing as shipments
from chalicelib.table import keys
from chalicelib.table.transaction import put, retry_on_conflict


def erase(organization_id: str, order_id: str, customer: str) -> bool:
    """Whether it was the customer's. ConditionFailed if it changed meanwhile."""
    found = orders.told_of(organization_id, order_id, customer)
    for told in found:
        user = told.item.end_user_id
        # With what it said before, which texts may still say.
        said = [told.traces, *(item.traces for item in past_of_order(organization_id, customer, order_id))]
        traces = Traces.joined(said)
        entry = TracesItem.at(
            keys.erased_order(organization_id, customer, order_id, user),
            end_user_id=user,
            order_id=order_id,
            shipment_ids=[*told.shipment_ids, *_waiting_for(organization_id, told.named)],
            request_ids=told.request_ids,
            emails=traces.emails,
            others=traces.others,
            since=told.fields["created_at"],
        )
        keep(entry)
        for shipment_id in entry.shipment_ids:
            shipments.erase(organization_id, shipment_id, entry.traces)
        orders.erase(organization_id, told, entry.traces)
        count_erased(organization_id, customer)
    return bool(found)


def _waiting_for(organization_id: str, order: Named) -> list[str]:
    """Parcels that are not linked to the order yet: a sync or a move died before. Where its bridge changes hands they
    are with the new owner before the order is."""
    owner = holdings.find_owner(order.bridge_id)
    users = {order.end_user_id, owner.end_user_id if owner is not None else None}
    waiting = [shipments.waiting(organization_id, user, order.external_id) for user in users if user]
    return [shipment_id for found in waiting for shipment_id in found]


def keep(entry: TracesItem) -> None:
    """On the list of what is being erased, with what is known of the order from elsewhere or from a try before."""
    if (also := find_traces(entry.key)) is not None:
        entry.add(also)
    put(entry)


def sweep(organization_id: str, entry: TracesItem) -> None:
    """An order's parcels, timeline and requests, once it is not the customer's any more. Where it was just erased this
    finds what came between reading and erasing it: nothing that names them comes after."""
    order_id, traces = entry.order_id, entry.traces
    rest = retry_on_conflict(lambda: orders.erase_rest(organization_id, order_id, traces))
    entry.request_ids = sorted({*entry.request_ids, *rest.request_ids})
    if entry.end_user_id in rest.others:
        # It became somebody else's before it could be erased: what is told of them stays.
        entry.whole = False
    waiting = [shipment_id for named in rest.named for shipment_id in _waiting_for(organization_id, named)]
    parcels = {*entry.shipment_ids, *rest.shipment_ids, *waiting}
    if entry.whole:
        entry.shipment_ids = sorted(parcels)
    if not rest.others:
        begun = [shipments.erase(organization_id, shipment_id, traces) for shipment_id in sorted(parcels)]
        # The log may tell of a parcel before its order came.
        entry.since = min([entry.since, *filter(None, begun)])
    put(entry)
    action_requests.erase(organization_id, entry.end_user_id, entry.request_ids, traces)


def reach(entries: list[TracesItem]) -> Reach:
    whole = [entry for entry in entries if entry.whole]
    own = {thing for entry in whole for thing in (entry.order_id, *entry.shipment_ids, *entry.request_ids)}
    return Reach(
        Traces.joined(entry.traces for entry in entries),
        frozenset(own),
        frozenset(entry.order_id for entry in entries if not entry.whole),
    )
