"""Forgetting a customer.

Asking for it is one transaction: from then on no credential of the customer's opens anything. What stands in orders,
shipments and the log is removed in the background, which begins with that transaction's event.

One message does a bounded part and says how to go on. Every step may be repeated: an order is put on the customer's
list of what is being erased before anything of it changes, and leaves it when no trace is left anywhere. The list holds
what the order says of the customer, since that has to be looked for in texts; it is gone when the work is done. Orders
that were the customer's earlier come onto it from the entries they left (see `past`).
"""

from dataclasses import dataclass, replace
from functools import partial

from chalicelib.customers import past
from chalicelib.customers.store import CustomerItem, TracesItem
from chalicelib.erasure import orders as erased_orders
from chalicelib.erasure.store import credentials_before, find_customer, list_erasing, list_past
from chalicelib.events import redaction as events_redaction
from chalicelib.events import service as events
from chalicelib.events.types import CUSTOMER_ERASED, EventType
from chalicelib.kit import clock, ids
from chalicelib.notifications import redaction as notifications_redaction
from chalicelib.orders import erasing as orders
from chalicelib.organizations.principals import SYSTEM, Actor
from chalicelib.privacy.identity import customer_id
from chalicelib.privacy.redaction import Traces
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.transaction import ConditionFailed, Transaction, delete, retry_on_conflict
from chalicelib.webhooks import redaction as webhooks_redaction

COMPLETED = "customer.erasure_completed"
AT_ONCE = 25
"""Orders of one message."""
LOOKS = 3
"""How often the index is asked for more orders after it had none: it may lag behind the last one that was written."""
WAIT_S = 5

CREDENTIALS, ORDERS, LOG, ANSWERS, PARTED = "credentials", "orders", "log", "answers", "parted"
PARTINGS: tuple[EventType, ...] = ("bridge.deleted", "bridge.reassigned", "end_user.deleted")
"""Events after which an end user's log tells of orders that are not the end user's any more, or are gone."""
END = "~"
"""Sorts above every event."""


@dataclass(frozen=True, slots=True)
class State:
    step: str = CREDENTIALS
    looks: int = 0
    end_user_id: str | None = None
    order_ids: tuple[str, ...] = ()
    """While traces are removed: of which orders, all of one end user."""
    low: str | None = None
    """Where in that end user's log, or among the answers of receivers, to go on."""
    below: str | None = None
    """Where among the customer's orders to go on."""

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
    if state.step == PARTED:
        return _look_in_logs(organization_id, customer, state)
    return _remove_traces(organization_id, customer, state)


def _drop_credentials(organization_id: str, customer: str) -> bool:
    """They open nothing any more; here they go. Whether there may be more."""
    item = find_customer(organization_id, customer)
    found, more = credentials_before(organization_id, customer, item.erased_at) if item else ([], False)
    write_many(deletes=found)
    return more


def _erase_orders(organization_id: str, customer: str, state: State) -> State | None:
    found = 0
    listed, below = orders.list_some(organization_id, customer, AT_ONCE, state.below)
    for order_id in listed:
        found += retry_on_conflict(partial(erased_orders.erase, organization_id, order_id, customer))
    if below is not None:
        # From the top where entries went, past them where they are another's or being written.
        return State(ORDERS) if found else replace(state, below=below)
    if found or _take_past(organization_id, customer):
        return State(ORDERS)
    if state.looks < LOOKS:
        return State(ORDERS, state.looks + 1)
    # Before any log loses an e-mail: by that it tells whose an order was that nothing else leads to.
    return State(PARTED)


def _next_traces(organization_id: str, customer: str) -> State | None:
    waiting = list_erasing(organization_id, customer, AT_ONCE)
    if not waiting:
        return None
    user = waiting[0].end_user_id
    return State(LOG, 0, user, tuple(item.order_id for item in waiting if item.end_user_id == user))


def _take_past(organization_id: str, customer: str) -> bool:
    """Orders that are not the customer's any more: their traces go with the others'."""
    taken = list_past(organization_id, customer, AT_ONCE)
    for item in taken:
        user, order_id, traces = item.end_user_id, item.order_id, item.traces
        entry = TracesItem.at(
            keys.erased_order(organization_id, customer, order_id, user),
            end_user_id=user,
            order_id=order_id,
            shipment_ids=item.shipment_ids,
            emails=traces.emails,
            others=traces.others,
            since=item.since,
            whole=item.whole,
        )
        erased_orders.keep(entry)
        delete(item.key)
    return bool(taken)


def _look_in_logs(organization_id: str, customer: str, state: State) -> State | None:
    """Orders that no entry leads to any more, since their bridge was deleted or taken away: the log alone still tells
    of them. One end user of those whose bridges were, in one message."""
    since = clock.in_seconds(-past.KEPT_S)
    for user in sorted(events.end_users_of(organization_id, PARTINGS, since)):
        begun = user == state.end_user_id
        if state.end_user_id is not None and (user < state.end_user_id or (begun and state.low == END)):
            continue
        low = state.low if begun else None
        found, low = events_redaction.orders_of(
            organization_id, user, lambda email: customer_id(organization_id, email) == customer, since, low
        )
        for order_id, traces in found.items():
            _note_found(organization_id, customer, user, order_id, traces)
        return State(PARTED, 0, user, low=low or END)
    if (following := _next_traces(organization_id, customer)) is not None:
        return following
    _complete(organization_id, customer)
    return None


def _note_found(organization_id: str, customer: str, user: str, order_id: str, traces: Traces) -> None:
    entry = TracesItem.at(
        keys.erased_order(organization_id, customer, order_id, user),
        end_user_id=user,
        order_id=order_id,
        shipment_ids=[],
        emails=traces.emails,
        others=traces.others,
        since=clock.in_seconds(-past.KEPT_S),
        whole=not orders.is_there(organization_id, user, order_id),
    )
    erased_orders.keep(entry)


def _remove_traces(organization_id: str, customer: str, state: State) -> State | None:
    """Requests and the log of one end user, what receivers answered, notifications; then the entries. The log goes on
    where the message before stopped."""
    wanted, user = set(state.order_ids), state.end_user_id
    entries = [item for item in list_erasing(organization_id, customer, 2 * AT_ONCE) if item.order_id in wanted]
    entries = [item for item in entries if item.end_user_id == user]
    if not entries or user is None:
        return _next_traces(organization_id, customer) or State(ORDERS)
    if state.step == LOG and state.low is None:
        for entry in entries:
            erased_orders.sweep(organization_id, entry)
    since = min(entry.since for entry in entries)
    reach = erased_orders.reach(entries)
    if state.step == LOG:
        low = events_redaction.redact(organization_id, user, reach, since, state.low)
        return replace(state, low=low) if low is not None else replace(state, step=ANSWERS, low=None)
    low = webhooks_redaction.redact(organization_id, user, reach, since, state.low)
    if low is not None:
        return replace(state, low=low)
    notifications_redaction.redact(organization_id, user, reach)
    write_many(deletes=[entry.key for entry in entries])
    return _next_traces(organization_id, customer) or State(ORDERS)


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
