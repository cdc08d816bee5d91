"""Erasing a customer.

A request is one transaction: from then on, none of the customer's credentials is valid. Orders, shipments and the event
log are redacted in the background, started by that transaction's event.

Each message does a bounded part and returns where the next one continues. Every step can be repeated. Before anything
of an order changes, its traces (what to look for in texts) are saved in the customer's work list; the entry is deleted
when no trace is left anywhere. Orders that named the customer once are queued from the entries they left; see
`former_traces`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from chalicelib.customers import former_traces
from chalicelib.customers.store import CustomerItem, TracesItem
from chalicelib.erasure import orders as erased_orders
from chalicelib.erasure.store import find_customer, list_credentials_before, list_former, list_pending
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
BATCH_SIZE = 25
"""Orders per message."""
MAX_INDEX_ATTEMPTS = 3
"""How often an empty list of orders is read again."""
INDEX_DELAY_S = 12
"""The last read comes when no sync is running any more that began before the erasure was requested."""

# The names of steps travel in queue messages.
CREDENTIALS, ORDERS, FORMER_OWNERS, LOG, RESPONSES = "credentials", "orders", "parted", "log", "answers"
TRANSFER_EVENTS: tuple[EventType, ...] = ("bridge.deleted", "bridge.reassigned", "end_user.deleted")
"""After these events, an end user's log shows orders that were removed or belong to another end user."""
END_OF_LOG = "~"
"""Sorts after every event id."""


@dataclass(frozen=True, slots=True)
class State:
    step: str = CREDENTIALS
    looks: int = 0
    """How often the list of orders was empty."""
    end_user_id: str | None = None
    order_ids: tuple[str, ...] = ()
    """The orders whose traces are being removed; all of them belong to `end_user_id`."""
    low: str | None = None
    """Where to continue in the end user's log, or among the responses of receivers."""
    below: str | None = None
    """Where to continue in the list of the customer's orders."""
    bridge_ids: tuple[str, ...] = ()
    """Erase only from orders that came through these bridges; without any, from all of the organization's."""

    @property
    def wait_seconds(self) -> int:
        return INDEX_DELAY_S if self.looks and self.step == ORDERS else 0


def request_erasure(organization_id: str, email: str, by: Actor) -> None:
    customer = customer_id(organization_id, email)
    item = CustomerItem.at(
        keys.customer(organization_id, customer), erased_at=clock.timestamp(), erasure_id=ids.new_ordered_id()
    )
    transaction = Transaction()
    transaction.put(item)
    events.record(transaction, organization_id, None, CUSTOMER_ERASED, by=by, resource=("customer", customer))
    transaction.commit()


def request_erasure_at_bridges(organization_id: str, email: str, bridge_ids: Sequence[str], by: Actor) -> None:
    """As a shop asks for it: orders of these bridges alone. The customer's credentials and later orders are not
    concerned, as those of other shops are theirs too."""
    customer = customer_id(organization_id, email)
    transaction = Transaction()
    events.record(
        transaction,
        organization_id,
        None,
        CUSTOMER_ERASED,
        by=by,
        resource=("customer", customer),
        metadata={"bridge_ids": list(bridge_ids)},
    )
    transaction.commit()


def run_step(organization_id: str, customer: str, state: State) -> State | None:
    """Do the next part. Returns where to continue, None when the erasure is complete."""
    if state.step == CREDENTIALS and state.bridge_ids:
        return replace(state, step=ORDERS)
    if state.step == CREDENTIALS:
        more = _delete_credentials(organization_id, customer)
        return state if more else State(ORDERS)
    if state.step == ORDERS:
        return _erase_orders(organization_id, customer, state)
    if state.step == FORMER_OWNERS:
        return _search_former_owners(organization_id, customer, state)
    return _remove_traces(organization_id, customer, state)


def _delete_credentials(organization_id: str, customer: str) -> bool:
    """Delete credentials, which are invalid already. Returns whether there may be more."""
    item = find_customer(organization_id, customer)
    found, more = list_credentials_before(organization_id, customer, item.erased_at) if item else ([], False)
    write_many(deletes=found)
    return more


def _erase_orders(organization_id: str, customer: str, state: State) -> State | None:
    erased = 0
    order_ids, below = orders.list_order_ids(organization_id, customer, BATCH_SIZE, state.below)
    for order_id in order_ids:
        erased += retry_on_conflict(partial(_erase_order, organization_id, order_id, customer, state))
    if state.bridge_ids:
        # Orders of other bridges stay in the list, which is therefore read once from its top to its end.
        return replace(state, below=below) if below is not None else _next_traces(organization_id, customer, state)
    if below is not None:
        # Erased orders leave the list, so the next message reads it from the top. Otherwise all entries lead to orders
        # of other customers or are being written, and are skipped.
        return State(ORDERS) if erased else replace(state, below=below)
    if erased or _queue_former_orders(organization_id, customer):
        return State(ORDERS)
    if state.looks < MAX_INDEX_ATTEMPTS:
        return State(ORDERS, state.looks + 1)
    # Before any log loses the e-mail address: only the log shows that an order of a removed bridge was the customer's.
    return State(FORMER_OWNERS)


def _erase_order(organization_id: str, order_id: str, customer: str, state: State) -> bool:
    return erased_orders.erase(organization_id, order_id, customer, state.bridge_ids)


def _next_traces(organization_id: str, customer: str, state: State) -> State | None:
    pending = list_pending(organization_id, customer, BATCH_SIZE)
    if not pending:
        return None
    user = pending[0].end_user_id
    order_ids = tuple(item.order_id for item in pending if item.end_user_id == user)
    return State(LOG, 0, user, order_ids, bridge_ids=state.bridge_ids)


def _after_traces(organization_id: str, customer: str, state: State) -> State | None:
    return _next_traces(organization_id, customer, state) or (None if state.bridge_ids else State(ORDERS))


def _queue_former_orders(organization_id: str, customer: str) -> bool:
    """Queue orders that named the customer once. Returns whether there were any."""
    found = list_former(organization_id, customer, BATCH_SIZE)
    for item in found:
        user, order_id, traces = item.end_user_id, item.order_id, item.traces
        entry = TracesItem.at(
            keys.erased_order(organization_id, customer, order_id, user),
            end_user_id=user,
            order_id=order_id,
            shipment_ids=item.shipment_ids,
            request_ids=item.request_ids,
            emails=traces.emails,
            identifiers=traces.identifiers,
            since=item.since,
            # What names another customer is that one's, but only for as long as the end user has it.
            is_own=item.is_own or not orders.exists_for(organization_id, user, order_id),
        )
        erased_orders.save_entry(entry)
        delete(item.key)
    return bool(found)


def _search_former_owners(organization_id: str, customer: str, state: State) -> State | None:
    """Queue orders that no entry leads to: their bridge was deleted or given away by a version that left none, and only
    the log still shows them. One message reads the log of one end user who lost a bridge."""
    since = clock.in_seconds(-former_traces.RETENTION_S)
    for user in sorted(events.end_users_since(organization_id, TRANSFER_EVENTS, since)):
        is_current = user == state.end_user_id
        if state.end_user_id is not None and (user < state.end_user_id or (is_current and state.low == END_OF_LOG)):
            continue
        low = state.low if is_current else None
        found, low = events_redaction.orders_naming(
            organization_id, user, lambda email: customer_id(organization_id, email) == customer, since, low
        )
        for order_id, traces in found.items():
            _queue_order(organization_id, customer, user, order_id, traces)
        return State(FORMER_OWNERS, 0, user, low=low or END_OF_LOG)
    if (following := _next_traces(organization_id, customer, state)) is not None:
        return following
    _complete(organization_id, customer)
    return None


def _queue_order(organization_id: str, customer: str, user: str, order_id: str, traces: Traces) -> None:
    entry = TracesItem.at(
        keys.erased_order(organization_id, customer, order_id, user),
        end_user_id=user,
        order_id=order_id,
        shipment_ids=[],
        emails=traces.emails,
        identifiers=traces.identifiers,
        since=clock.in_seconds(-former_traces.RETENTION_S),
        is_own=not orders.exists_for(organization_id, user, order_id),
    )
    erased_orders.save_entry(entry)


def _remove_traces(organization_id: str, customer: str, state: State) -> State | None:
    """Redact what is recorded about orders of one end user: requests, the log, responses of receivers, notifications.
    Then delete their entries."""
    order_ids, user = set(state.order_ids), state.end_user_id
    entries = [item for item in list_pending(organization_id, customer, 2 * BATCH_SIZE) if item.order_id in order_ids]
    entries = [item for item in entries if item.end_user_id == user]
    if not entries or user is None:
        return _after_traces(organization_id, customer, state)
    if state.step == LOG and state.low is None:
        for entry in entries:
            erased_orders.erase_remainder(organization_id, entry)
    since = min(entry.since for entry in entries)
    scope = erased_orders.scope_of(entries)
    if state.step == LOG:
        low = events_redaction.redact(organization_id, user, scope, since, state.low)
        return replace(state, low=low) if low is not None else replace(state, step=RESPONSES, low=None)
    low = webhooks_redaction.redact(organization_id, user, scope, since, state.low)
    if low is not None:
        return replace(state, low=low)
    notifications_redaction.redact(organization_id, user, scope)
    write_many(deletes=[entry.key for entry in entries])
    return _after_traces(organization_id, customer, state)


def _complete(organization_id: str, customer: str) -> None:
    """Record the completion, once per request."""
    item = find_customer(organization_id, customer)
    if item is None or item.completed_at is not None:
        return
    transaction = Transaction()
    transaction.update(
        item.key,
        [CustomerItem.completed_at.set(clock.timestamp())],
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
