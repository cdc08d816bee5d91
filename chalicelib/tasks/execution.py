"""A task while it is done: begun, from page to page, to its end. Every write holds the lease.

A scheduled look at a shop usually finds nothing, so it is written down only if it changed something, failed, or has
more than one page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chalicelib.kit import clock, ids
from chalicelib.table import keys
from chalicelib.table.transaction import ConditionFailed, Transaction, absent
from chalicelib.tasks.leases import Lease
from chalicelib.tasks.schemas import RunCounts, RunError, RunRead, TaskName, Trigger
from chalicelib.tasks.service import name_of
from chalicelib.tasks.store import TaskItem, new_run

GIVE_UP_S = 86400
"""A task for one order or request that fails for so long is given up. Looking at the shop goes on."""


OnFailure = Callable[[Transaction, RunError, bool], None]


@dataclass(slots=True)
class Execution:
    lease: Lease
    item: TaskItem
    is_stored: bool
    """Whether the task's item is in the table."""
    run_id: str
    started_at: str
    counts: RunCounts = field(default_factory=RunCounts)
    on_failure: OnFailure | None = None
    """Adds to the transaction that records a failure what else follows from it. True: the task is given up."""

    @property
    def task(self) -> TaskName:
        return self.item.task  # type: ignore[return-value]

    def count(self, **counts: int) -> None:
        for name, number in counts.items():
            setattr(self.counts, name, getattr(self.counts, name) + number)

    def checkpoint(self, state: dict[str, Any]) -> None:
        """Write what is done, before anything more is asked of the source. Raises LeaseLost."""
        transaction = Transaction()
        self.lease.extend(transaction)
        saved = {**state, "counts": self.counts.model_dump(), "started_at": self.started_at}
        self.item.checkpoint = saved
        if self.is_stored:
            transaction.update(self.item.key, [TaskItem.checkpoint.set(saved)])
        else:
            transaction.put(self.item, absent())
            self._put_run(transaction, "running")
        transaction.commit()
        self.is_stored = True

    def succeed(self) -> None:
        """The task is done. Raises LeaseLost."""
        is_idle = not (self.counts.created or self.counts.updated or self.counts.failed)
        if not self.is_stored and self.item.trigger == "schedule" and is_idle:
            # Written when the lease is released.
            idle = {**self.lease.work.idle_runs, self.task: self._read("succeeded", None).model_dump()}
            self.lease.note(idle_runs=idle)
            return
        transaction = Transaction()
        self.lease.extend(transaction)
        self._put_run(transaction, "succeeded")
        if self.is_stored:
            transaction.delete(self.item.key, TaskItem.asked == self.item.asked)
        try:
            transaction.commit()
        except ConditionFailed:
            self._begin_again()

    def end_with(self, transaction: Transaction) -> None:
        """Add the end of a stored task, which succeeded, to the transaction of what it did."""
        self.lease.extend(transaction)
        self._put_run(transaction, "succeeded")
        transaction.delete(self.item.key)

    def postpone(self, until: str) -> None:
        """Go on with the task at that time. Raises LeaseLost."""
        self.item.not_before = until
        transaction = Transaction()
        self.lease.extend(transaction)
        transaction.update(self.item.key, [TaskItem.not_before.set(until)])
        transaction.commit()

    def _begin_again(self) -> None:
        """Somebody asked for the same while it was done: perhaps for what came after our reading."""
        transaction = Transaction()
        self.lease.extend(transaction)
        self._put_run(transaction, "succeeded")
        again = [TaskItem.run_id.remove(), TaskItem.checkpoint.remove(), TaskItem.not_before.remove()]
        transaction.update(self.item.key, again)
        transaction.commit()
        # Whoever asked has counted itself in `woken` or sends a message, which finds the task.

    def fail(self, error: RunError, retry_at: str | None) -> None:
        """The run failed. The task is tried again at `retry_at` from its checkpoint, or given up. Raises LeaseLost."""
        transaction = Transaction()
        self.lease.extend(transaction)
        is_late = self.item.created_at < clock.in_seconds(-GIVE_UP_S)
        is_final = self.item.subject_is_one and (is_late or not error.retryable)
        if is_final:
            error = error.model_copy(update={"retryable": False})
        self._put_run(transaction, "failed", error)
        if self.is_stored and is_final:
            transaction.delete(self.item.key)
        elif self.is_stored:
            actions = [TaskItem.run_id.remove(), TaskItem.attempts.add(1)]
            actions.append(TaskItem.not_before.set(retry_at) if retry_at else TaskItem.not_before.remove())
            transaction.update(self.item.key, actions)
        if self.on_failure is not None:
            self.on_failure(transaction, error, is_final)
        transaction.commit()

    def _put_run(self, transaction: Transaction, status: str, error: RunError | None = None) -> None:
        work, shown = self.lease.work, self._read(status, error)
        run = new_run(
            work.organization_id,
            work.bridge_id,
            self.run_id,
            self.item,
            status,
            created_at=self.item.created_at,
            started_at=shown.started_at,
            finished_at=shown.finished_at,
            counts=shown.counts.model_dump(),
            error=error.model_dump() if error is not None else None,
        )
        transaction.put(run)

    def _read(self, status: str, error: RunError | None) -> RunRead:
        return RunRead.model_validate(
            {
                "id": self.run_id,
                "task": self.task,
                "trigger": self.item.trigger,
                "status": status,
                "started_at": self.started_at,
                "finished_at": None if status == "running" else clock.timestamp(),
                "counts": self.counts,
                "error": error,
            }
        )


def resume(lease: Lease, item: TaskItem) -> Execution:
    """Begin or continue a stored task. Its run is shown as running from now on. Raises LeaseLost."""
    checkpoint = item.checkpoint or {}
    is_under_way = item.run_id is not None and bool(checkpoint)
    run_id = item.run_id or ids.new_ordered_id()
    started_at = checkpoint["started_at"] if is_under_way else clock.timestamp()
    counts = RunCounts.model_validate(checkpoint.get("counts", {})) if is_under_way else RunCounts()
    execution = Execution(lease, item, True, run_id, started_at, counts)
    if not is_under_way:
        transaction = Transaction()
        lease.extend(transaction)
        execution._put_run(transaction, "running")
        if item.run_id is None:
            transaction.update(item.key, [TaskItem.run_id.set(run_id)])
            item.run_id = run_id
        transaction.commit()
    return execution


def begin(lease: Lease, task: TaskName, trigger: Trigger) -> Execution:
    """Begin a task that nobody asked for in the table. A first sync is written down at once, so that it is seen."""
    work = lease.work
    run_id = ids.new_ordered_id()
    item = TaskItem.at(
        keys.bridge_task(work.organization_id, work.bridge_id, name_of(task)),
        run_id=run_id,
        task=task,
        trigger=trigger,
        created_at=clock.timestamp(),
    )
    execution = Execution(lease, item, False, run_id, item.created_at)
    if trigger != "schedule":
        transaction = Transaction()
        lease.extend(transaction)
        transaction.put(item, absent())
        execution._put_run(transaction, "running")
        transaction.commit()
        execution.is_stored = True
    return execution
