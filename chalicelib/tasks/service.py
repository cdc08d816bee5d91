"""Asking for work, and reading what became of it. Who does the work is no matter of this room.

A task is asked for in the transaction of whatever needs it, and told to the log by an event, which starts the work
within seconds. Should the event be late, the due index finds the work within minutes.
"""

from dataclasses import replace
from typing import Any, NamedTuple

from chalicelib.events import service as events
from chalicelib.kit import clock, ids
from chalicelib.organizations.principals import Actor
from chalicelib.table import keys
from chalicelib.table.batch_write import delete_part
from chalicelib.table.due import due_key
from chalicelib.table.pages import Window
from chalicelib.table.reads import ALL, find, run_concurrently
from chalicelib.table.transaction import Transaction, absent, exists
from chalicelib.tasks.leases import WORK_DUE
from chalicelib.tasks.schemas import RunRead, TaskName, Trigger, WorkState
from chalicelib.tasks.store import (
    FulfilmentItem,
    HookItem,
    RunItem,
    TaskItem,
    WorkItem,
    count_runs,
    find_fulfilment,
    find_work,
    list_runs,
    list_tasks,
    new_run,
    partitions,
    read_works,
)

HOOKS_KNOWN_S = 3 * 86400
"""Longer than any platform delivers a hook again."""
START_NET_S = 120
"""When the due index starts work whose event did not."""
_RANKS: dict[TaskName, int] = {
    "apply_request": 0,
    "push_fulfillment": 1,
    "get_order": 2,
    "grab_orders": 3,
    "grab_shipments": 4,
}
"""What people wait for comes first."""


def name_of(task: TaskName, subject: str = "") -> str:
    """The name that makes a task the only one of its kind for its subject: an order, a shipment, a request. Names sort
    by urgency."""
    return f"{_RANKS[task]}~{task}~{subject}"


def subject_of(name: str) -> str:
    """The subject in the name of a task."""
    return name.split("~", 2)[2]


class HookKnown(Exception):
    """This delivery was taken in before."""


class BridgeRef(NamedTuple):
    """Whose work it is."""

    organization_id: str
    end_user_id: str | None
    bridge_id: str
    bridge_type: str


def begin(transaction: Transaction, bridge: BridgeRef, *, is_connected: bool) -> None:
    """Set up the work of a new bridge with a connector. It starts once the bridge is connected."""
    item = new_work(bridge)
    if is_connected:
        item.schedule(due_key(WORK_DUE, clock.in_seconds(START_NET_S), bridge.bridge_id))
    transaction.put(item, absent())


def new_work(bridge: BridgeRef) -> WorkItem:
    return WorkItem.at(keys.bridge_work(bridge.organization_id, bridge.bridge_id), **bridge._asdict())


def follow(transaction: Transaction, organization_id: str, bridge_id: str, end_user_id: str | None) -> None:
    """The bridge was assigned to another end user, or to none."""
    owner = WorkItem.end_user_id
    action = owner.set(end_user_id) if end_user_id else owner.remove()
    transaction.update(keys.bridge_work(organization_id, bridge_id), [action], exists())


def end(transaction: Transaction, organization_id: str, bridge_id: str) -> None:
    """The bridge is deleted: who works on it loses the lease. `remove_of_bridge` removes the rest."""
    transaction.delete(keys.bridge_work(organization_id, bridge_id))


def remove_of_bridge(organization_id: str, bridge_id: str) -> bool:
    """Remove a part of the tasks and runs of a deleted bridge. Returns whether there may be more."""
    left = [delete_part(pk, ALL) for pk in partitions(organization_id, bridge_id)]
    return any(left)


def ask(
    transaction: Transaction,
    bridge: BridgeRef,
    task: TaskName,
    trigger: Trigger,
    by: Actor,
    *,
    subject: str = "",
    order_external_id: str | None = None,
    request: dict[str, Any] | None = None,
    shipment: dict[str, Any] | None = None,
) -> str:
    """Ask for a task in the transaction of what needs it, with its event. Returns the run's id. A task that already
    waits for the same subject stays one task, and is done once more if it is under way. ConditionFailed if the task
    changed meanwhile."""
    run_id = _queue(
        transaction,
        bridge,
        task,
        trigger,
        subject,
        order_external_id=order_external_id,
        request=request,
        shipment=shipment,
    )
    events.record(
        transaction,
        bridge.organization_id,
        bridge.end_user_id,
        "bridge.task_queued",
        by=by,
        resource=("bridge", bridge.bridge_id),
        metadata={"type": bridge.bridge_type, "task": task, "trigger": trigger, "run_id": run_id},
    )
    return run_id


def take_hook(bridge: BridgeRef, delivery: str, task: TaskName, external_id: str | None) -> bool:
    """Ask for what a platform's hook is about, without an event: hooks are many. The caller sends the message. False if
    this delivery was taken in before. ConditionFailed if the task changed meanwhile."""
    transaction = Transaction()
    digest = ids.credential_hash(delivery)
    mark = HookItem.at(keys.bridge_hook(bridge.organization_id, bridge.bridge_id, digest))
    mark.expires = clock.epoch(clock.in_seconds(HOOKS_KNOWN_S))
    transaction.put(mark, absent(), error=HookKnown())
    _queue(transaction, bridge, task, "webhook", external_id or "", order_external_id=external_id)
    try:
        transaction.commit()
    except HookKnown:
        return False
    return True


def _queue(
    transaction: Transaction, bridge: BridgeRef, task: TaskName, trigger: Trigger, subject: str, **about: Any
) -> str:
    organization_id, bridge_id = bridge.organization_id, bridge.bridge_id
    key = keys.bridge_task(organization_id, bridge_id, name_of(task, subject))
    waiting = find(TaskItem, key)
    if waiting is not None and waiting.run_id is not None:
        run_id = waiting.run_id
        transaction.update(key, [TaskItem.asked.add(1)], TaskItem.run_id == run_id)
    else:
        run_id = ids.new_ordered_id()
        item = TaskItem.at(
            key,
            run_id=run_id,
            task=task,
            trigger=trigger,
            created_at=clock.timestamp(),
            asked=waiting.asked + 1 if waiting else 1,
            **about,
        )
        if waiting is not None and trigger != "manual":
            # It failed, and waits for its next attempt. Only a person makes it try earlier.
            item.attempts, item.not_before, item.created_at = waiting.attempts, waiting.not_before, waiting.created_at
        transaction.put(item, TaskItem.run_id.does_not_exist())
        transaction.put(new_run(organization_id, bridge_id, run_id, item, "queued", created_at=item.created_at))
    return run_id


def waiting(organization_id: str, bridge_id: str, most: int) -> list[TaskItem]:
    """What waits or is under way, the most urgent first."""
    return list_tasks(organization_id, bridge_id, most)


def has_worked(organization_id: str, bridge_id: str) -> bool:
    """Whether the bridge's connector has ever got through to the shop."""
    work = find_work(organization_id, bridge_id)
    return work is not None and work.proven is not None


def fulfilment_of(organization_id: str, bridge_id: str, shipment_id: str) -> FulfilmentItem | None:
    """What the bridge's shop was told of the shipment."""
    return find_fulfilment(organization_id, bridge_id, shipment_id)


def find_run(organization_id: str, bridge_id: str, run_id: str) -> RunRead | None:
    item = find(RunItem, keys.bridge_run(organization_id, bridge_id, run_id))
    return _read(item) if item is not None else None


def list_page(organization_id: str, bridge_id: str, window: Window) -> tuple[list[RunRead], int, bool, str | None]:
    """(runs newest first, total, whether the total is capped, the sort key to continue below)."""
    # From the first one on, because idle runs, which are kept with the work, may come before those of this page.
    end = window.offset + window.limit
    (entries, work), (total, capped) = run_concurrently(
        lambda: run_concurrently(
            lambda: list_runs(organization_id, bridge_id, replace(window, limit=end, offset=0)),
            lambda: find_work(organization_id, bridge_id),
        ),
        lambda: count_runs(organization_id, bridge_id),
    )
    idle = [RunRead(**run) for run in (work.idle_runs.values() if work is not None else ())]
    runs = [_read(RunItem.of(row)) for row in entries.rows]
    runs += [run for run in idle if run.id < (window.below or "~") and run.id > (entries.next or "")]
    runs.sort(key=lambda run: run.id, reverse=True)
    shown = runs[window.offset : end]
    more = len(runs) > end or entries.next is not None
    return shown, total + len(idle), capped, shown[-1].id if more and shown else None


def _read(item: RunItem) -> RunRead:
    return RunRead.model_validate(
        {
            "id": item.id,
            "task": item.task,
            "trigger": item.trigger,
            "status": item.status,
            "started_at": item.started_at,
            "finished_at": item.finished_at,
            "counts": item.counts,
            "error": item.error,
        }
    )


def state_of(work: WorkItem | None) -> WorkState:
    if work is None:
        return WorkState()
    running = work.is_leased
    return WorkState(
        next_run_at=None if running else work.next_at,
        running=running,
        progress=work.progress,
        last_sync_at=work.last_sync_at,
    )


def states(organization_id: str, bridge_ids: list[str]) -> dict[str, WorkState]:
    """By bridge id, in one round trip per hundred."""
    return {bridge_id: state_of(work) for bridge_id, work in read_works(organization_id, bridge_ids).items()}
