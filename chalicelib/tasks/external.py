"""Tasks that a bridge's own service does: it lists them, does them, and says what became of each."""

from collections.abc import Callable

from chalicelib.kit import clock
from chalicelib.kit.errors import Conflict, NotFound
from chalicelib.table import keys
from chalicelib.table.pages import Window
from chalicelib.table.reads import Between, count, find, query, run_concurrently
from chalicelib.table.transaction import Transaction, exists, retry_on_conflict
from chalicelib.tasks.schemas import RunRead, TaskRead, TaskResult
from chalicelib.tasks.service import find_run
from chalicelib.tasks.store import MAX_COUNTED, RunItem, TaskItem


class OtherResult(Conflict):
    code = "task_already_ended"
    message = "This task already has the other result."


def list_queued(organization_id: str, bridge_id: str, window: Window) -> tuple[list[TaskRead], int, str | None]:
    """Tasks that wait, the most urgent first and of these the oldest; their number (at most MAX_COUNTED); and the sort
    key to continue after."""
    partition = keys.bridge_task(organization_id, bridge_id, "").pk
    end = window.offset + window.limit
    # A bound includes its own key, which the page before has shown.
    page, (total, _) = run_concurrently(
        lambda: query(partition, Between(low=window.below), limit=end + 2, consistent=True),
        lambda: count(partition, limit=MAX_COUNTED),
    )
    found = [item for item in map(TaskItem.of, page.rows) if item.sk != window.below]
    shown = found[window.offset : end]
    following = shown[-1].sk if shown and len(found) > end else None
    return [_read(item) for item in shown if item.run_id is not None], total, following


def _read(item: TaskItem) -> TaskRead:
    return TaskRead.model_validate(
        {
            "id": item.run_id,
            "task": item.task,
            "created_at": item.created_at,
            "order_external_id": item.order_external_id,
            "request": item.request,
            "shipment": item.shipment,
        }
    )


Also = Callable[[Transaction, RunItem], None]
"""Adds to the transaction that ends a run what follows from its result."""


def record_result(organization_id: str, bridge_id: str, run_id: str, result: TaskResult, also: Also) -> RunRead:
    """End a task. The same result again changes nothing; the other one is OtherResult. NotFound."""

    def attempt() -> None:
        run = find(RunItem, keys.bridge_run(organization_id, bridge_id, run_id))
        if run is None:
            raise NotFound
        if run.finished_at is None:
            _end(organization_id, bridge_id, run, result, also)

    retry_on_conflict(attempt)
    ended = find_run(organization_id, bridge_id, run_id)
    if ended is None or ended.status != result.status:
        raise OtherResult
    return ended


def _end(organization_id: str, bridge_id: str, run: RunItem, result: TaskResult, also: Also) -> None:
    """ConditionFailed if another call was faster, or a task that follows from this one changed meanwhile."""
    now = clock.timestamp()
    error = {**result.error.model_dump(), "retryable": False} if result.error is not None else None
    actions = [RunItem.status.set(result.status), RunItem.started_at.set(run.created_at), RunItem.finished_at.set(now)]
    if error is not None:
        actions.append(RunItem.error.set(error))
    transaction = Transaction()
    transaction.update(run.key, actions, exists() & RunItem.finished_at.does_not_exist())
    # What was asked for again meanwhile is a run of its own.
    transaction.delete(keys.bridge_task(organization_id, bridge_id, run.name), TaskItem.run_id == run.id)
    also(transaction, run)
    transaction.commit()
