"""Approved requests that a bridge's own service carries out."""

from typing import Any

from chalicelib.action_requests import applications
from chalicelib.action_requests.store import ActionRequestItem
from chalicelib.bridges.store import BridgeItem
from chalicelib.kit.said import Said
from chalicelib.orders import service as orders
from chalicelib.organizations.principals import SYSTEM
from chalicelib.table.transaction import Transaction
from chalicelib.tasks.schemas import TaskRead, TaskResult
from chalicelib.tasks.service import subject_of
from chalicelib.tasks.store import RunItem

NOT_SEEN = "The service reported success, but the order does not show the change."


def with_changes(bridge: BridgeItem, waiting: list[TaskRead]) -> list[TaskRead]:
    """The tasks as a service gets them: with what is requested, which is stored with the request alone."""
    asked = [each.request["id"] for each in waiting if each.task == applications.TASK and each.request is not None]
    if not asked or bridge.end_user_id is None:
        return waiting
    found = applications.find_many_open(bridge.organization_id, bridge.end_user_id, asked)
    return [
        each.model_copy(update={"request": for_service(found[each.request["id"]])})
        if each.request is not None and each.request["id"] in found
        else each
        for each in waiting
    ]


def for_service(request: ActionRequestItem) -> dict[str, Any]:
    wanted = {**(request.requested_changes or {})}
    if request.action_type == "note":
        wanted["note"] = applications.text_of(request)
    options = applications.options_of(request).model_dump() if request.action_type == "cancel" else None
    return {
        "id": request.id,
        "action_type": request.action_type,
        "requested_changes": wanted or None,
        "application": options,
    }


def settle_by_service(bridge: BridgeItem, result: TaskResult, transaction: Transaction, run: RunItem) -> None:
    """What a service's result means for the request. It has synced the order before: what the order does not show was
    not done."""
    if run.task != applications.TASK or bridge.end_user_id is None:
        return
    request = applications.find_open(bridge.organization_id, bridge.end_user_id, subject_of(run.name))
    if request is None:
        return
    if result.status == "failed":
        applications.fail(transaction, request, result.error.message if result.error else "The service failed.", SYSTEM)
        return
    order = orders.find(bridge.organization_id, bridge.end_user_id, request.order_id)
    if order is not None and applications.is_seen(request, order):
        applications.succeed(transaction, request, None, SYSTEM)
    else:
        applications.fail(transaction, request, Said.of("NOT_SEEN", NOT_SEEN), SYSTEM)
