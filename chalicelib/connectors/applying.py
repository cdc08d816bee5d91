"""Carries out approved requests at the order's source: once each, and read back before it counts.

The platform's package looks first, acts, and reads back, so that a repeated attempt finds what an earlier one did. The
order as it then is, the end of the task and the request's application are one transaction.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from chalicelib.action_requests import applications
from chalicelib.action_requests.applications import ApplicationEnded
from chalicelib.action_requests.store import ActionRequestItem
from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import catalog
from chalicelib.connectors.faults import Fault, InvalidAnswer, OutOfTime, Unreachable
from chalicelib.connectors.platform import Applied
from chalicelib.connectors.shop import Change, Record
from chalicelib.connectors.storing import source_of
from chalicelib.connectors.visit import Visit
from chalicelib.kit import clock, log
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.said import Said
from chalicelib.orders import service as orders
from chalicelib.organizations.principals import SYSTEM
from chalicelib.sync.service import sync_page
from chalicelib.table.transaction import Transaction, together_with
from chalicelib.tasks import execution as executions
from chalicelib.tasks.execution import GIVE_UP_S, Execution, OnFailure
from chalicelib.tasks.schemas import RunError
from chalicelib.tasks.service import subject_of

PLATFORM_LIMIT_S = 120
"""So long a platform may still work on a call whose answer we never had. Looking earlier could find the old state, and
the change would be made twice."""


def apply(visit: Visit, execution: Execution) -> None:
    bridge, act, external_id = visit.connection.bridge, visit.platform.apply, execution.item.order_external_id
    assert bridge.end_user_id is not None
    request_id = str((execution.item.request or {}).get("id"))
    request = applications.find_approved(bridge.organization_id, bridge.end_user_id, request_id)
    is_source = request is not None and request.bridge_id == bridge.id
    is_ended = request is None or (is_source and request.application_status not in applications.OPEN)
    if request is None or is_ended or act is None or external_id is None:
        execution.succeed()
        return
    called_at = (execution.item.checkpoint or {}).get("called_at")
    if called_at is not None and called_at > clock.in_seconds(-PLATFORM_LIMIT_S):
        execution.postpone(clock.timestamp(clock.parse(called_at) + timedelta(seconds=PLATFORM_LIMIT_S)))
        return
    execution.on_failure = _on_failure(bridge, request)
    _begin(execution, request if is_source else None)
    order = orders.find(bridge.organization_id, bridge.end_user_id, request.order_id)
    change = to_change(request, order.document["order_number"] if order is not None else None)
    try:
        applied = visit.connection.call(lambda shop: act(shop, external_id, change))
    except (Unreachable, InvalidAnswer):
        # Its last call, which may be the one that acts, was made later than the first.
        execution.checkpoint({"called_at": clock.timestamp()})
        raise
    except (Fault, OutOfTime):
        # The platform has answered, so nothing is under way there.
        execution.checkpoint({})
        raise
    execution.count(updated=1)
    if is_source:
        _succeed(visit, execution, request, applied)
    else:
        _stopped(execution, request, bridge)


def _begin(execution: Execution, request: ActionRequestItem | None) -> None:
    beginning = Transaction()
    if request is not None:
        applications.begin(beginning, request)
    with together_with(beginning):
        execution.checkpoint({"called_at": clock.timestamp()})


def _succeed(visit: Visit, execution: Execution, request: ActionRequestItem, applied: Applied) -> None:
    end = Transaction()
    execution.end_with(end)
    applications.succeed(end, request, applied.message, SYSTEM)
    try:
        with together_with(end):
            _store(visit, applied.order)
    except ApplicationEnded:
        # The request was removed, or ended by hand, while the shop was asked.
        _store(visit, applied.order)
        execution.succeed()


def _stopped(execution: Execution, request: ActionRequestItem, bridge: BridgeItem) -> None:
    """A shipper has the change too. The request's application tells of the order's source alone."""
    end = Transaction()
    execution.end_with(end)
    _add_activity(end, request, f"Also carried out at {catalog()[bridge.type].name}", None)
    end.commit()


def _not_stopped(
    request: ActionRequestItem, bridge: BridgeItem, transaction: Transaction, error: RunError, is_final: bool
) -> None:
    if is_final:
        _add_activity(transaction, request, f"Not carried out at {catalog()[bridge.type].name}", error.message)


def _add_activity(transaction: Transaction, request: ActionRequestItem, title: str, message: str | None) -> None:
    orders.add_activity(
        transaction,
        request.organization_id,
        request.end_user_id,
        request.order_id,
        SYSTEM,
        activity_type="action_request",
        title=title,
        description=message,
        metadata={"action_request_id": request.id, "action_type": request.action_type},
    )


def _store(visit: Visit, order: Record | None) -> None:
    if order is None:
        return
    result = sync_page(source_of(visit), [order], [])
    if result.errors:
        # The change is made, so that this is no failure of the request: the next attempt finds it there.
        log.warning("record_failed", external_id=order["external_id"], message=result.errors[0].message)
        raise Unavailable


def to_change(request: ActionRequestItem, order_number: str | None) -> Change:
    wanted: dict[str, Any] = request.requested_changes or {}
    options = applications.options_of(request)
    return Change(
        kind=request.action_type,  # type: ignore[arg-type] # others are done by hand
        request_id=request.id,
        order_number=order_number,
        address=wanted if request.action_type == "address_change" else None,
        text=applications.text_of(request),
        until=wanted.get("until") if request.action_type == "hold" else None,
        refund=options.refund,
        restock=options.restock,
        notify_customer=options.notify_customer,
    )


def _on_failure(bridge: BridgeItem, request: ActionRequestItem) -> OnFailure:
    if request.bridge_id == bridge.id:
        return partial(_fail, request)
    return partial(_not_stopped, request, bridge)


def _fail(asked: ActionRequestItem, transaction: Transaction, error: RunError, is_final: bool) -> None:
    request = applications.find_open(asked.organization_id, asked.end_user_id, asked.id)
    if request is None:
        return
    message = Said.of(error.code, error.message)
    if is_final:
        applications.fail(transaction, request, message, SYSTEM)
    else:
        applications.note(transaction, request, message)


def tell_waiting(visit: Visit, message: str) -> None:
    """Say in the requests that wait for this shop why they do, and give up those that have waited for too long."""
    bridge = visit.connection.bridge
    assert bridge.end_user_id is not None
    for item in visit.tasks:
        is_under_way = visit.under_way is not None and visit.under_way.item is item
        if item.task != applications.TASK or is_under_way:
            continue
        request = applications.find_approved(bridge.organization_id, bridge.end_user_id, subject_of(item.sk))
        if request is None:
            continue
        is_source = request.bridge_id == bridge.id
        if item.created_at < clock.in_seconds(-GIVE_UP_S):
            execution = executions.resume(visit.lease, item)
            execution.on_failure = _on_failure(bridge, request)
            execution.fail(RunError(code="GIVEN_UP", message=message, retryable=False), None)
        elif is_source:
            applications.explain(request, message)
