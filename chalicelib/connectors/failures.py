"""What a fault means for the bridge, its task and the next visit. Whatever is recorded here a merchant can read."""

from chalicelib.bridges import credentials
from chalicelib.connectors import applying
from chalicelib.connectors.faults import AuthFault, Fault, RateLimited
from chalicelib.connectors.visit import Visit
from chalicelib.kit import clock, log
from chalicelib.kit.said import Said
from chalicelib.tasks.execution import Execution
from chalicelib.tasks.schemas import RunError

MAX_MESSAGE = 500
FIRST_DELAY_S = 60
MAX_DELAY_S = 3600
REFUSED_DELAY_S = 6 * 3600
"""Credentials that were refused are tried again so rarely, in case the shop was mistaken."""
BROKEN_AFTER_S = 86400
"""Without one success for so long, the bridge is in error."""
OWN_CODE = "INTERNAL_ERROR"
OWN_MESSAGE = "Something went wrong on our side. It is tried again by itself."


def concerns_one(execution: Execution, fault: Fault) -> bool:
    """Whether the platform's no is about one order or shipment: then the rest goes on."""
    return execution.item.subject_is_one and not fault.retryable and not isinstance(fault, AuthFault)


def fail_one(visit: Visit, fault: Fault) -> None:
    """Record the fault with its task alone. Raises LeaseLost."""
    message = _message(visit, fault)
    _fail(visit, RunError(code=fault.code, message=message, retryable=False))


def _message(visit: Visit, fault: Fault) -> Said:
    masked = visit.connection.mask(fault.message).encode("utf-8", "replace").decode()
    return Said.of(fault.code, masked[:MAX_MESSAGE])


def record(visit: Visit, fault: Fault) -> None:
    """Record the fault, and when to try again. Raises LeaseLost."""
    work, connection = visit.lease.work, visit.connection
    message = _message(visit, fault)
    log.info("platform_fault", code=fault.code, task=visit.under_way.task if visit.under_way else "test")
    if isinstance(fault, RateLimited):
        # What is under way stays so, and goes on from its checkpoint.
        visit.lease.note(wait_until=clock.in_seconds(fault.retry_after))
        return
    has_worked = work.proven is not None
    if isinstance(fault, AuthFault):
        visit.lease.note(retry_at=clock.in_seconds(REFUSED_DELAY_S), refused=connection.fingerprint)
        credentials.report_broken(connection.bridge, message, reconnect=True)
    else:
        _back_off(visit)
        if not has_worked:
            visit.lease.note(refused=connection.fingerprint)
        if not has_worked or (work.failing_since or "~") <= clock.in_seconds(-BROKEN_AFTER_S):
            credentials.report_broken(connection.bridge, message, reconnect=False)
    _fail(visit, RunError(code=fault.code, message=message, retryable=fault.retryable))
    applying.tell_waiting(visit, message)


def record_own(visit: Visit, failure: Exception) -> None:
    """Record that we failed. The bridge is not at fault and keeps its status."""
    log.error("work_failed", failure)
    _back_off(visit, counts=False)
    _fail(visit, RunError(code=OWN_CODE, message=OWN_MESSAGE, retryable=True))
    visit.lease.let_go(next_visit(visit))


def _back_off(visit: Visit, *, counts: bool = True) -> None:
    work = visit.lease.work
    failures = work.failures + 1
    delay = min(FIRST_DELAY_S * 2 ** min(failures - 1, 10), MAX_DELAY_S)
    visit.lease.note(failures=failures, retry_at=clock.in_seconds(delay))
    if counts:
        visit.lease.note(failing_since=work.failing_since or clock.timestamp())


def _fail(visit: Visit, error: RunError) -> None:
    if visit.under_way is not None:
        visit.under_way.fail(error, visit.lease.work.retry_at)


def next_visit(visit: Visit) -> str:
    """When the next work is due."""
    work, now = visit.lease.work, clock.timestamp()
    if work.wait_until is not None and work.wait_until > now:
        return work.wait_until
    if work.retry_at is not None and work.retry_at > now:
        return work.retry_at
    is_complete = all(task in work.marks for task in visit.platform.polled)
    waiting = [item.not_before for item in visit.tasks if item.not_before is not None and item.not_before > now]
    return min([work.poll_at if work.poll_at is not None and is_complete else now, *waiting])
