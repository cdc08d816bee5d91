"""The data of a bridge that was deleted or given to somebody else: removed, or moved to the new owner.

One message does a bounded part and says how to go on. Where a run dies, the next one finds what is left by the lists
that the data itself keeps; the holding's own counters say when that is nothing.
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
from chalicelib.sync.shipments import link_waiting
from chalicelib.table.transaction import ConditionFailed, Transaction, retry_on_conflict

AT_ONCE = 18
"""Orders or shipments of one transaction: five items each, where they move."""
MOST = 400
"""Orders or shipments that one message takes care of."""
MOST_LOOKS = 20
LONGEST_WAIT_S = 60

BESIDES, SHIPMENTS, ORDERS, END = "besides", "shipments", "orders", "end"


@dataclass(frozen=True, slots=True)
class State:
    """Where to go on: at which step, in its list below which sort key; and how often all was looked through in vain."""

    step: str = BESIDES
    below: str | None = None
    looks: int = 0

    @property
    def wait_seconds(self) -> int:
        begins_again = self.looks and self.step == SHIPMENTS and self.below is None
        return min(LONGEST_WAIT_S, 2**self.looks) if begins_again else 0


@dataclass(frozen=True, slots=True)
class Task:
    holding: Holding
    alive: bool
    """Whether there still is the end user whose it was."""
    to: str | None
    """Who gets it; None where it goes for good."""
    bridge_type: str


def settle(organization_id: str, bridge_id: str, state: State) -> State | None:
    """Do the next part; None when all is done."""
    owner = holdings.find_owner(bridge_id)
    if state.step == BESIDES:
        more = owner is None and hooks.run(hooks.OF_BRIDGE, organization_id, bridge_id)
        return state if more else State(SHIPMENTS)
    if owner is not None and owner.end_user_id is None:
        # Nobody's, for now. What came through it stays where it is, and nobody can reach it.
        return None
    for holding in holdings.holdings(organization_id, bridge_id):
        if owner is None or holding.end_user_id != owner.end_user_id:
            alive = end_users.find(organization_id, holding.end_user_id) is not None
            to, bridge_type = (owner.end_user_id, owner.type) if owner is not None else (None, "")
            return _go_on(Task(holding, alive, to, bridge_type), state)
        if holding.closed:
            _reopen(holding)
    return None


def _go_on(task: Task, state: State) -> State:
    if not task.holding.closed:
        with suppress(ConditionFailed):
            holdings.close_forgotten(task.holding)
        return state
    if state.step == SHIPMENTS:
        below = _each(task, shipments.list_of_bridge, _clear_shipments, state.below)
        return replace(state, below=below) if below else replace(state, step=ORDERS, below=None)
    if state.step == ORDERS:
        below = _each(task, orders.list_of_bridge, _clear_orders, state.below)
        return replace(state, below=below) if below else replace(state, step=END, below=None)
    holding = task.holding
    subject = (holding.organization_id, holding.bridge_id, holding.end_user_id)
    # Once more where the bridge is gone too: an index may have been behind when `besides` was looked through.
    if hooks.run(hooks.OF_FORMER_OWNER, *subject):
        return state
    return _finish(task, state)


def _each(
    task: Task,
    list_some: Callable[[str, str, str, int, str | None], tuple[list[str], str | None]],
    clear: Callable[[Task, list[str]], None],
    below: str | None,
) -> str | None:
    """Clear what the list has, up to a message's share; the sort key to go on below."""
    holding = task.holding
    # All of them in one look: it reads past those of other bridges, and each look would do so again.
    found, below = list_some(holding.organization_id, holding.end_user_id, holding.bridge_id, MOST, below)
    for start in range(0, len(found), AT_ONCE):
        clear(task, found[start : start + AT_ONCE])
    return below


def _clear_shipments(task: Task, found: list[str]) -> None:
    to = task.to
    if to is None:
        retry_on_conflict(lambda: shipments.remove(task.holding, found, task.alive))
    else:
        retry_on_conflict(lambda: shipments.move(task.holding, found, task.alive, to))


def _clear_orders(task: Task, found: list[str]) -> None:
    holding, to = task.holding, task.to
    if to is None:
        retry_on_conflict(lambda: orders.remove(holding, found, task.alive))
    else:
        names = retry_on_conflict(lambda: orders.move(holding, found, task.alive, to))
        source = Source(holding.organization_id, to, holding.bridge_id, task.bridge_type, SYSTEM, clock.timestamp())
        link_waiting(source, names)


def _finish(task: Task, state: State) -> State:
    """Nothing is listed any more. If the counters say that something is left, the index was behind: look again."""
    holding = task.holding
    if holding.left and state.looks < MOST_LOOKS:
        return State(SHIPMENTS, looks=state.looks + 1)
    if holding.left:
        log.error("cleanup_gave_up", bridge_id=holding.bridge_id, left=holding.left)
    # In one: without the counters the next message would find nothing to do, and what is hidden stay so for ever.
    transaction = Transaction()
    holdings.forget(transaction, holding)
    if task.alive:
        end_users.show_bridge(transaction, holding.organization_id, holding.end_user_id, holding.bridge_id)
    with suppress(ConditionFailed):
        transaction.commit()
    # There may be another holding, of an owner before.
    return State(SHIPMENTS)


def _reopen(holding: Holding) -> None:
    """The bridge came back to whom it was taken from, before its data was gone."""
    transaction = Transaction()
    holdings.reopen(transaction, holding)
    end_users.show_bridge(transaction, holding.organization_id, holding.end_user_id, holding.bridge_id)
    transaction.commit()
