"""Reads what changed at a source. Each page is stored, then its checkpoint, before the next page is asked for."""

from dataclasses import asdict, dataclass
from typing import Any

from chalicelib.bridges import credentials
from chalicelib.connectors.platform import Page
from chalicelib.connectors.storing import store
from chalicelib.connectors.visit import Visit
from chalicelib.kit import clock
from chalicelib.tasks.execution import Execution

OVERLAP_S = 600
"""Looks overlap by this much, because a source may show a change late."""


@dataclass(slots=True)
class Checkpoint:
    since: str
    first: bool
    """No sync of this kind has ever been completed."""
    mark: str | None = None
    """The source's time when this sync began: the next one begins there."""
    cursor: str | None = None
    done: int = 0
    total: int | None = None


def grab(visit: Visit, execution: Execution) -> None:
    platform = visit.platform
    read = platform.orders if execution.task == "grab_orders" else platform.shipments
    assert read is not None
    at = _checkpoint(visit, execution)
    while True:
        page = visit.connection.call(lambda shop: read(shop, at.since, at.cursor))
        store(visit, execution, page)
        _advance(visit, execution, at, page)
        if page.next is None:
            break
        execution.checkpoint(asdict(at))
    _finish(visit, execution, at)


def _checkpoint(visit: Visit, execution: Execution) -> Checkpoint:
    if execution.item.checkpoint is not None:
        stored = execution.item.checkpoint
        return Checkpoint(**{name: stored[name] for name in Checkpoint.__slots__})
    mark = visit.lease.work.marks.get(execution.task)
    if mark is not None:
        overlap = clock.parse(mark).timestamp() - clock.now().timestamp() - OVERLAP_S
        return Checkpoint(clock.in_seconds(overlap), first=False)
    return Checkpoint(clock.in_seconds(-visit.settings.initial_sync_days * 86400), first=True)


def _advance(visit: Visit, execution: Execution, at: Checkpoint, page: Page) -> None:
    if at.mark is None:
        # A source whose clock is behind ours would otherwise hide changes from the next look.
        at.mark = min(filter(None, (execution.started_at, visit.connection.http.clock)))
    at.cursor = page.next
    at.done += len(page.orders) or len(page.shipments)
    at.total = page.total if page.total is not None else at.total
    if at.first:
        visit.lease.note(progress={"done": at.done, "total": at.total})


def _finish(visit: Visit, execution: Execution, at: Checkpoint) -> None:
    lease, counts = visit.lease, execution.counts
    is_awaited = execution.item.trigger != "schedule"
    if is_awaited or counts.created or counts.updated:
        told: dict[str, Any] = {"task": execution.task, "counts": counts.model_dump()}
        credentials.complete_sync(visit.connection.bridge, told)
    lease.note(
        marks={**lease.work.marks, execution.task: at.mark},
        last_sync_at=clock.timestamp(),
        failures=0,
        failing_since=None,
        retry_at=None,
        wait_until=None,
        progress=None,
    )
    execution.succeed()
