"""Forgetting a customer.

Asking for it is one transaction: from then on no credential of the customer's opens anything. What stands in orders,
shipments and the log is removed in the background, which begins with that transaction's event.

One message does a bounded part and says how to go on. Every step may be repeated: an order is put on the customer's
list of what is being erased before anything of it changes, and leaves it when no trace is left anywhere. The list holds
what the order says of the customer, since that has to be looked for in texts; it is gone when the work is done.
"""

from dataclasses import dataclass, replace

from chalicelib import clock, ids
from chalicelib.customers.identity import customer_id
from chalicelib.customers.redaction import Traces
from chalicelib.customers.store import (
    CustomerItem,
    ErasedOrderItem,
    count_erased,
    credentials_before,
    find_customer,
    list_erasing,
)
from chalicelib.events import redaction as events_redaction
from chalicelib.events import service as events
from chalicelib.events.types import CUSTOMER_ERASED
from chalicelib.orders import erasing as orders
from chalicelib.principals import SYSTEM, Actor
from chalicelib.shipments import erasing as shipments
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.transaction import ConditionFailed, Transaction, put
from chalicelib.webhooks import redaction as webhooks_redaction

COMPLETED = "customer.erasure_completed"
AT_ONCE = 25
"""Orders of one message."""
LOOKS = 3
"""How often the index is asked for more orders after it had none: it may lag behind the last one that was written."""
WAIT_S = 5

CREDENTIALS, ORDERS, TRACES = "credentials", "orders", "traces"


@dataclass(frozen=True, slots=True)
class State:
    step: str = CREDENTIALS
    looks: int = 0
    end_user_id: str | None = None
    order_ids: tuple[str, ...] = ()
    """While traces are removed: of which orders, all of one end user."""
    low: str | None = None
    """Where in that end user's log to go on."""

    @property
    def wait_seconds(self) -> int:
        return WAIT_S if self.looks and self.step == ORDERS else 0


def request(organization_id: str, email: str, by: Actor) -> None:
    customer = customer_id(organization_id, email)
    item = CustomerItem.at(
        keys.customer(organization_id, customer), erased_at=clock.timestamp(), erasure_id=ids.new_ordered_id()
    )
    transaction = Transaction()
    transaction.put(item)
    events.record(transaction, organization_id, None, CUSTOMER_ERASED, by=by, resource=("customer", customer))
    transaction.commit()


def go_on(organization_id: str, customer: str, state: State) -> State | None:
    """Do the next part; None when all is done."""
    if state.step == CREDENTIALS:
        more = _drop_credentials(organization_id, customer)
        return state if more else State(ORDERS)
    if state.step == ORDERS:
        return _erase_orders(organization_id, customer, state)
    return _remove_traces(organization_id, customer, state)


def _drop_credentials(organization_id: str, customer: str) -> bool:
    """They open nothing any more; here they go. Whether there may be more."""
    item = find_customer(organization_id, customer)
    found, more = credentials_before(organization_id, customer, item.erased_at) if item else ([], False)
    write_many(deletes=found)
    return more


def _erase_orders(organization_id: str, customer: str, state: State) -> State | None:
    found = 0
    for end_user_id, order_id in orders.list_some(organization_id, customer, AT_ONCE):
        told = orders.traces_of(organization_id, end_user_id, order_id, customer)
        if told is not None:
            _erase_order(organization_id, end_user_id, order_id, customer, *told)
            found += 1
    if found:
        return State(ORDERS)
    waiting = list_erasing(organization_id, customer, AT_ONCE)
    if waiting:
        user = waiting[0].end_user_id
        return State(TRACES, 0, user, tuple(item.order_id for item in waiting if item.end_user_id == user))
    if state.looks < LOOKS:
        return State(ORDERS, state.looks + 1)
    _complete(organization_id, customer)
    return None


def _erase_order(
    organization_id: str, end_user_id: str, order_id: str, customer: str, traces: Traces, since: str
) -> None:
    parcels = orders.shipments_of(organization_id, end_user_id, order_id)
    entry = ErasedOrderItem.at(
        keys.erased_order(organization_id, customer, order_id),
        end_user_id=end_user_id,
        order_id=order_id,
        shipment_ids=parcels,
        emails=traces.emails,
        others=traces.others,
        since=since,
    )
    put(entry)
    for shipment_id in parcels:
        shipments.erase(organization_id, end_user_id, shipment_id, traces)
    orders.erase(organization_id, end_user_id, order_id, customer, traces)
    count_erased(organization_id, customer)


def _remove_traces(organization_id: str, customer: str, state: State) -> State | None:
    """The log of one end user, from where the message before stopped; what receivers answered; then the entries."""
    wanted = set(state.order_ids)
    entries = [item for item in list_erasing(organization_id, customer, 2 * AT_ONCE) if item.order_id in wanted]
    if not entries or state.end_user_id is None:
        return State(ORDERS)
    traces = Traces.joined(entry.traces for entry in entries)
    about = {*state.order_ids, *(shipment_id for entry in entries for shipment_id in entry.shipment_ids)}
    since = min(entry.since for entry in entries)
    low = events_redaction.redact(organization_id, state.end_user_id, about, traces, since, state.low)
    if low is not None:
        return replace(state, low=low)
    webhooks_redaction.redact(organization_id, state.end_user_id, traces)
    write_many(deletes=[entry.key for entry in entries])
    return State(ORDERS)


def _complete(organization_id: str, customer: str) -> None:
    """Say once that nothing is left."""
    item = find_customer(organization_id, customer)
    if item is None or item.completed_at is not None:
        return
    transaction = Transaction()
    transaction.update(
        item.key,
        [
            CustomerItem.completed_at.set(clock.timestamp()),
            # Longer than any credential from before could have lived.
            CustomerItem.expires.set(clock.epoch(clock.in_seconds(2 * 86400))),
        ],
        (CustomerItem.erasure_id == item.erasure_id) & CustomerItem.completed_at.does_not_exist(),
    )
    events.record(
        transaction,
        organization_id,
        None,
        COMPLETED,
        by=SYSTEM,
        resource=("customer", customer),
        metadata={"orders": item.orders},
    )
    try:
        transaction.commit()
    except ConditionFailed:
        return
