"""What a visit to a shop consists of, in this order: prove the credentials, do what waits, look for changes."""

from collections.abc import Callable

from chalicelib.bridges import credentials
from chalicelib.connectors import applying, comparing, failures, fulfilling, grabbing, hook_keeping, single
from chalicelib.connectors.faults import Fault
from chalicelib.connectors.visit import Visit
from chalicelib.kit import clock
from chalicelib.tasks import execution as executions
from chalicelib.tasks.execution import Execution
from chalicelib.tasks.schemas import TaskName, Trigger

Do = Callable[[Visit, Execution], None]


def run(visit: Visit) -> None:
    """Raises faults, OutOfTime and LeaseLost; all that is done by then is stored."""
    work, config = visit.lease.work, visit.connection.fingerprint
    has_backed_off = work.retry_at is None or work.retry_at <= clock.timestamp()
    is_broken = work.refused == config or (visit.connection.bridge.status == "error" and work.proven == config)
    # What somebody asked for by hand does not wait until the shop may have recovered.
    is_asked = any(item.attempts == 0 and item.trigger in ("manual", "request") for item in visit.tasks)
    if is_broken and not has_backed_off and not is_asked:
        return
    if is_broken or work.proven != config:
        _prove(visit)
    for item in visit.tasks:
        if item.not_before is None or item.not_before <= clock.timestamp():
            _do(visit, executions.resume(visit.lease, item))
    if has_backed_off:
        _look(visit)
        hook_keeping.keep(visit)
        comparing.compare(visit)


def _prove(visit: Visit) -> None:
    """Keys hold only after a call to that very shop."""
    visit.connection.call(visit.platform.test)
    proven = visit.connection.fingerprint
    visit.lease.note(proven=proven, refused=None, retry_at=None, failures=0, failing_since=None)
    credentials.report_working(visit.connection.bridge)


def _look(visit: Visit) -> None:
    """Look for changes in each kind of record that is not already being read by a task."""
    work = visit.lease.work
    is_due = work.poll_at is None or work.poll_at <= clock.timestamp()
    stored = {item.task for item in visit.tasks}
    for task in visit.platform.polled:
        if task not in stored and (is_due or task not in work.marks):
            trigger: Trigger = "schedule" if task in work.marks else "connect"
            _do(visit, executions.begin(visit.lease, task, trigger))
    if is_due:
        visit.lease.note(poll_at=clock.in_seconds(visit.settings.sync_interval_minutes * 60))


def _do(visit: Visit, execution: Execution) -> None:
    visit.under_way = execution
    try:
        _DOERS[execution.task](visit, execution)
    except Fault as fault:
        if not failures.concerns_one(execution, fault):
            raise
        failures.fail_one(visit, fault)
    visit.under_way = None


_DOERS: dict[TaskName, Do] = {
    "grab_orders": grabbing.grab,
    "grab_shipments": grabbing.grab,
    "get_order": single.get_order,
    "push_fulfillment": fulfilling.push,
    "apply_request": applying.apply,
}
