"""Removes the data of a deleted bridge, or moves it to the bridge's new owner.

Each message does a bounded part and returns where the next one continues. If a run dies, the next one finds what is
left through the lists that the data itself keeps; the holding's counters tell when nothing is.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from chalicelib.bridges import holdings
from chalicelib.bridges.holdings import Holding
from chalicelib.cleanup import hooks
from chalicelib.kit import clock, log
from chalicelib.orders import removal as orders
from chalicelib.organizations import end_users
from chalicelib.organizations.principals import SYSTEM
from chalicelib.records.source import Source
from chalicelib.shipments import removal as shipments
from chalicelib.sync.shipments import link_unlinked
from chalicelib.table.transaction import ConditionFailed, Transaction, retry_on_conflict

BATCH_SIZE = 18
"""Orders or shipments per transaction: moving one takes five items."""
MAX_PER_MESSAGE = 400
"""Orders or shipments per message."""
MAX_PASSES = 20
MAX_DELAY_S = 60

# The names of steps travel in queue messages.
DEPENDENTS, SHIPMENTS, ORDERS, END = "besides", "shipments", "orders", "end"


@dataclass(frozen=True, slots=True)
class State:
    """Where to continue."""

    step: str = DEPENDENTS
    below: str | None = None
    """The sort key in the step's list."""
    looks: int = 0
    """How many passes through all lists left something."""

    @property
    def wait_seconds(self) -> int:
        starts_pass = self.looks and self.step == SHIPMENTS and self.below is None
        return min(MAX_DELAY_S, 2**self.looks) if starts_pass else 0


@dataclass(frozen=True, slots=True)
class Task:
    holding: Holding
    owner_exists: bool
    """Whether the holding's end user still exists."""
    new_owner: str | None
    """Who receives the data; None to remove it."""
    bridge_type: str


def run_step(organization_id: str, bridge_id: str, state: State) -> State | None:
    """Do the next part. Returns where to continue, None when everything is done."""
    owner = holdings.find_owner(bridge_id)
    if state.step == DEPENDENTS:
        more = owner is None and hooks.run_hooks(hooks.AFTER_BRIDGE_DELETION, organization_id, bridge_id)
        return state if more else State(SHIPMENTS)
    if owner is not None and owner.end_user_id is None:
        # An orphaned bridge keeps its data, out of everyone's reach.
        return None
    for holding in holdings.holdings(organization_id, bridge_id):
        if owner is None or holding.end_user_id != owner.end_user_id:
            owner_exists = end_users.find(organization_id, holding.end_user_id) is not None
            new_owner, bridge_type = (owner.end_user_id, owner.type) if owner is not None else (None, "")
            return _continue(Task(holding, owner_exists, new_owner, bridge_type), state)
        if holding.closed:
            _reopen(holding)
    return None


def _continue(task: Task, state: State) -> State:
    holding = task.holding
    if not holding.closed:
        with suppress(ConditionFailed):
            holdings.close_of_deleted_user(holding)
        return state
    if state.step == SHIPMENTS:
        below = _process(task, shipments.list_shipment_ids, _process_shipments, state.below)
        return replace(state, below=below) if below else replace(state, step=ORDERS, below=None)
    if state.step == ORDERS:
        below = _process(task, orders.list_order_ids, _process_orders, state.below)
        return replace(state, below=below) if below else replace(state, step=END, below=None)
    # Deleted bridges once more: an index may have lagged when the first step read it.
    if hooks.run_hooks(hooks.AFTER_BRIDGE_TRANSFER, holding.organization_id, holding.bridge_id, holding.end_user_id):
        return state
    return _finish(task, state)


def _process(
    task: Task,
    list_ids: Callable[[str, str, str, int, str | None], tuple[list[str], str | None]],
    process: Callable[[Task, list[str]], None],
    below: str | None,
) -> str | None:
    """Process one message's share of a list. Returns the sort key to continue below."""
    holding = task.holding
    # One read for the whole share: every read passes over the entries of other bridges again.
    found, below = list_ids(holding.organization_id, holding.end_user_id, holding.bridge_id, MAX_PER_MESSAGE, below)
    for start in range(0, len(found), BATCH_SIZE):
        process(task, found[start : start + BATCH_SIZE])
    return below


def _process_shipments(task: Task, shipment_ids: list[str]) -> None:
    new_owner = task.new_owner
    if new_owner is None:
        retry_on_conflict(lambda: shipments.remove(task.holding, shipment_ids, task.owner_exists))
    else:
        retry_on_conflict(lambda: shipments.move(task.holding, shipment_ids, task.owner_exists, new_owner))


def _process_orders(task: Task, order_ids: list[str]) -> None:
    holding, new_owner = task.holding, task.new_owner
    if new_owner is None:
        retry_on_conflict(lambda: orders.remove(holding, order_ids, task.owner_exists))
        return
    external_ids = retry_on_conflict(lambda: orders.move(holding, order_ids, task.owner_exists, new_owner))
    source = Source(holding.organization_id, new_owner, holding.bridge_id, task.bridge_type, SYSTEM, clock.timestamp())
    link_unlinked(source, external_ids)


def _finish(task: Task, state: State) -> State:
    """The lists are empty. If the counters say otherwise, the index lagged, and another pass starts."""
    holding = task.holding
    if holding.left and state.looks < MAX_PASSES:
        return State(SHIPMENTS, looks=state.looks + 1)
    if holding.left:
        log.error("cleanup_gave_up", bridge_id=holding.bridge_id, left=holding.left)
    # One transaction: without the counters, the next message would find nothing to do, and the bridge stay hidden.
    transaction = Transaction()
    holdings.delete(transaction, holding)
    if task.owner_exists:
        end_users.unhide_bridge(transaction, holding.organization_id, holding.end_user_id, holding.bridge_id)
    with suppress(ConditionFailed):
        transaction.commit()
    # An earlier owner may have another holding.
    return State(SHIPMENTS)


def _reopen(holding: Holding) -> None:
    """The bridge returned to its former owner before its data was gone."""
    transaction = Transaction()
    holdings.reopen(transaction, holding)
    end_users.unhide_bridge(transaction, holding.organization_id, holding.end_user_id, holding.bridge_id)
    transaction.commit()
