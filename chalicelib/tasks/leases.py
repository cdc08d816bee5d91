"""Who works on a bridge: one process at a time, until it lets go or its lease expires.

Whoever finds the lease taken counts itself in `woken` and goes away; the holder sees that when it lets go, and looks
once more. So no request for work is lost between two processes, and none waits in a queue. While the lease is held, the
due key is its end: if the holder dies, the due index starts the work again.
"""

from dataclasses import dataclass, field
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.kit import clock, ids
from chalicelib.table import keys
from chalicelib.table.due import due_key
from chalicelib.table.items import assign
from chalicelib.table.keys import Key
from chalicelib.table.reads import find
from chalicelib.table.transaction import Transaction, exists, update
from chalicelib.tasks.store import WorkItem

WORK_DUE = "bridge_work"
"""The job in the due index."""
LEASE_S = 120
RENEW_S = 75
"""A lease with fewer seconds left is renewed before a call, which takes 30 at most."""
MAX_ATTEMPTS = 5


class NoWork(Exception):
    """There is no such work: the bridge has no connector, is deleted, or is older than its connector."""


class LeaseLost(Exception):
    """Somebody else has the lease, or the bridge is gone. What is under way must stop."""


@dataclass(slots=True)
class Lease:
    work: WorkItem
    id: str
    notes: dict[str, Any] = field(default_factory=dict)
    """Attributes of the work to be written with the next write."""

    @property
    def key(self) -> Key:
        return self.work.key

    @property
    def is_held(self) -> Condition:
        held: Condition = WorkItem.lease_id == self.id
        return held

    def note(self, **values: Any) -> None:
        """Remember values of the work. They are read at once, and written with the next write."""
        for name, value in values.items():
            setattr(self.work, name, value)
        self.notes |= values

    def _take_notes(self) -> list[Action]:
        actions, self.notes = assign(self.work, self.notes), {}
        return actions

    def extend(self, transaction: Transaction) -> None:
        """Renew the lease and write the notes in the transaction. It raises LeaseLost if the lease is lost."""
        transaction.update(self.key, [*self._take_notes(), *_until(self.work)], self.is_held, error=LeaseLost())

    def renew(self) -> None:
        """Renew the lease if it ends soon. Raises LeaseLost."""
        if (self.work.lease_until or "") > clock.in_seconds(RENEW_S):
            return
        if update(self.key, [*self._take_notes(), *_until(self.work)], self.is_held) is None:
            raise LeaseLost

    def release(self, next_at: str | None) -> bool:
        """Write the notes and let go, with the next work due at `next_at`. False if somebody asked for work meanwhile:
        then the lease is still held, and the work is as they left it. Raises LeaseLost."""
        due = due_key(WORK_DUE, next_at, self.work.bridge_id) if next_at is not None else None
        actions = [*assign(self.work, self.notes), WorkItem.lease_id.remove(), WorkItem.lease_until.remove()]
        if due is None:
            actions += [WorkItem.duepk.remove(), WorkItem.duesk.remove()]
        else:
            actions += [WorkItem.duepk.set(due.pk), WorkItem.duesk.set(due.sk)]
        if update(self.key, actions, self.is_held & (WorkItem.woken == self.work.woken)) is not None:
            self.notes = {}
            return True
        current = find(WorkItem, self.key)
        if current is None or current.lease_id != self.id:
            raise LeaseLost
        self.work.woken = current.woken
        return False

    def let_go(self, next_at: str) -> None:
        """As `release`, whatever anybody asked for meanwhile: it is due at `next_at`. Raises LeaseLost."""
        while not self.release(next_at):
            pass


def acquire(organization_id: str, bridge_id: str) -> Lease | None:
    """The lease, or None if somebody else has it and now knows that there is work. Raises NoWork."""
    key = keys.bridge_work(organization_id, bridge_id)
    for _ in range(MAX_ATTEMPTS):
        now, lease_id = clock.timestamp(), ids.new_id()
        until = clock.in_seconds(LEASE_S)
        due = due_key(WORK_DUE, until, bridge_id)
        is_free = WorkItem.lease_until.does_not_exist() | (WorkItem.lease_until < now)
        actions = [
            WorkItem.lease_id.set(lease_id),
            WorkItem.lease_until.set(until),
            WorkItem.duepk.set(due.pk),
            WorkItem.duesk.set(due.sk),
        ]
        row = update(key, actions, exists() & is_free)
        if row is not None:
            return Lease(WorkItem.of(row), lease_id)
        if update(key, [WorkItem.woken.add(1)], WorkItem.lease_until >= now) is not None:
            return None
        if find(WorkItem, key) is None:
            raise NoWork
    return None


def _until(work: WorkItem) -> list[Action]:
    until = clock.in_seconds(LEASE_S)
    due = due_key(WORK_DUE, until, work.bridge_id)
    return assign(work, {"lease_until": until, "duepk": due.pk, "duesk": due.sk})
