"""What becomes of an approved request at the order's source: its `application`.

It is `pending` from the approval on, with a task for the bridge's connector or service in the same transaction;
`applying` once a connector has begun; then `applied` or `failed`, with the order, its activity and event. What nobody
can do from here is `manual`.
"""

import re
from typing import Any, Final

from chalicelib.action_requests import changes, reasons
from chalicelib.action_requests.schemas import CancellationOptions
from chalicelib.action_requests.store import (
    ActionRequestItem,
    ListEntryItem,
    find_in_organization,
    find_many,
    find_request,
)
from chalicelib.bridges import service as bridges
from chalicelib.bridges.store import BridgeItem
from chalicelib.catalog.bridge_types import catalog
from chalicelib.kit import clock
from chalicelib.kit.errors import Conflict, NotFound
from chalicelib.kit.said import Said, code_of
from chalicelib.notifications import service as notifications
from chalicelib.orders import service as orders
from chalicelib.orders.service import StoredOrder
from chalicelib.organizations.principals import Actor
from chalicelib.table import keys
from chalicelib.table.reads import run_concurrently
from chalicelib.table.transaction import Transaction, exists, retry_on_conflict
from chalicelib.tasks import service as tasks

TASK: Final = "apply_request"
OPEN = ("pending", "applying")
MAX_MESSAGE = 500
SHIPPERS = "shipping"
"""The category of bridge types that make labels."""
TITLES = {"applied": "Request carried out", "failed": "Request could not be carried out"}


class WrongApplication(Conflict):
    code = "application_conflict"


class ApplicationEnded(Exception):
    """Somebody else ended the application meanwhile, or the request is gone."""


def start(transaction: Transaction, item: ActionRequestItem, by: Actor) -> None:
    """Begin the application of a request that the transaction approves: set what the request shows, and ask for the
    tasks. ConditionFailed if the same task changed meanwhile."""
    owned, external_id = _read(item)
    source = next((bridge for bridge in owned if bridge.id == item.bridge_id), None)
    manual = reasons.why_manual(item, source)
    item.application_status = "pending" if manual is None else "manual"
    item.application_message, item.application_code = manual, code_of(manual)
    if external_id is None:
        return
    if source is not None and manual is None:
        waiting = reasons.WAITING.get(source.status)
        item.application_message, item.application_code = waiting, code_of(waiting)
        _ask(transaction, item, source, external_id, by)
    for bridge in owned:
        if bridge.id != item.bridge_id and _can_stop_parcels(bridge, item.action_type):
            _ask(transaction, item, bridge, external_id, by)


def _read(item: ActionRequestItem) -> tuple[list[BridgeItem], str | None]:
    """The end user's bridges, and the order's id at its source. One round trip."""
    wanted = (item.end_user_id, item.order_id)
    owned, refs = run_concurrently(
        lambda: bridges.list_of_end_user(item.organization_id, item.end_user_id),
        lambda: orders.read_refs(item.organization_id, [wanted]),
    )
    return owned, refs[wanted]["external_id"] if wanted in refs else None


def _ask(
    transaction: Transaction, item: ActionRequestItem, bridge: BridgeItem, order_external_id: str, by: Actor
) -> None:
    tasks.ask(
        transaction,
        bridges.ref_of(bridge),
        TASK,
        "request",
        by,
        subject=item.id,
        order_external_id=order_external_id,
        # Without texts, which an erasure would have to find here.
        request={"id": item.id, "action_type": item.action_type},
    )


def _can_stop_parcels(bridge: BridgeItem, action_type: str) -> bool:
    """Whether the bridge is to a shipper that the change should reach as well, before it makes a label."""
    bridge_type = catalog().get(bridge.type)
    return (
        bridge_type is not None
        and bridge_type.category == SHIPPERS
        and bridge_type.is_bundled
        and bridge_type.can_apply(action_type)
        and bridge.is_open
    )


def options_of(item: ActionRequestItem) -> CancellationOptions:
    return CancellationOptions.model_validate(item.options or {})


def text_of(item: ActionRequestItem) -> str | None:
    """The words for the source: a note's text, a hold's or a cancellation's reason."""
    wanted = item.requested_changes or {}
    match item.action_type:
        case "note":
            return wanted.get("note") or item.description or item.title
        case "hold":
            return wanted.get("reason") or item.description
    return item.description


def find_open(organization_id: str, end_user_id: str, request_id: str) -> ActionRequestItem | None:
    """The approved request, if its application has not ended."""
    item = find_request(organization_id, end_user_id, request_id)
    return item if item is not None and item.application_status in OPEN else None


def find_approved(organization_id: str, end_user_id: str, request_id: str) -> ActionRequestItem | None:
    item = find_request(organization_id, end_user_id, request_id)
    return item if item is not None and item.status == "approved" else None


def find_many_open(organization_id: str, end_user_id: str, request_ids: list[str]) -> dict[str, ActionRequestItem]:
    """By id, in one round trip."""
    found = find_many([keys.action_request(organization_id, end_user_id, request_id) for request_id in request_ids])
    return {item.id: item for item in found if item.application_status in OPEN}


def is_seen(item: ActionRequestItem, order: StoredOrder) -> bool:
    """Whether the order, as its source last sent it, shows what was requested. A note leaves no trace in an order."""
    status, wanted = order.status, item.requested_changes or {}
    match item.action_type:
        case "cancel":
            return order.is_cancelled_at_source or status == "refunded"
        case "hold":
            return bool(status == "on_hold")
        case "release":
            return bool(status != "on_hold")
        case "address_change":
            shown = order.document["shipping_address"] or {}
            return all(_plain(shown.get(name)) == _plain(value) for name, value in wanted.items())
    return True


def _plain(value: Any) -> str:
    """Letter case, spaces and punctuation are the shop's to choose."""
    return re.sub(r"[\W_]+", "", str(value or "")).casefold()


def note(transaction: Transaction, item: ActionRequestItem, message: str) -> None:
    """It is tried again; this is why it took longer."""
    _write(transaction, item, str(item.application_status), message)


def begin(transaction: Transaction, item: ActionRequestItem) -> None:
    """The connector begins now."""
    if item.application_status == "pending":
        _write(transaction, item, "applying", None)


def succeed(transaction: Transaction, item: ActionRequestItem, message: str | None, by: Actor) -> None:
    """The change was seen at the source, or made by hand. The transaction raises ApplicationEnded."""
    item.applied_at = clock.timestamp()
    _write(transaction, item, "applied", message)
    changes.record(transaction, item, "applied", TITLES["applied"], by, message)


def fail(transaction: Transaction, item: ActionRequestItem, message: str, by: Actor) -> None:
    """The change was not made, and is not tried again by itself. Both sides are told: the end user by a notification,
    the organization by the event. An order that was cancelled here already has its source's status again with the next
    record. The transaction raises ApplicationEnded."""
    _write(transaction, item, "failed", message)
    if item.at_once:
        _ask_source(transaction, item, by)
    changes.record(transaction, item, "failed", TITLES["failed"], by, message)
    notifications.add(
        transaction,
        item.organization_id,
        item.end_user_id,
        rule_id=None,
        event_type="action_request.failed",
        severity="warning",
        title=TITLES["failed"],
        message=Said.of(
            "action_request.failed",
            f"{item.title}: {message}",
            action_type=item.action_type,
            reason=message,
            reason_code=code_of(message),
        ),
        metadata={"resource_type": "action_request", "resource_id": item.id, "order_id": item.order_id},
    )


def _message(item: ActionRequestItem) -> str | None:
    """As it is stored, with its code."""
    if item.application_message is None or item.application_code is None:
        return item.application_message
    return Said.of(item.application_code, item.application_message)


def _ask_source(transaction: Transaction, item: ActionRequestItem, by: Actor) -> None:
    owned, external_id = _read(item)
    orders.follow_source(transaction, item.organization_id, item.end_user_id, item.order_id, ApplicationEnded())
    for bridge in owned:
        if bridge.id == item.bridge_id and external_id is not None:
            ref = bridges.ref_of(bridge)
            tasks.ask(transaction, ref, "get_order", "request", by, subject=external_id, order_external_id=external_id)


def explain(item: ActionRequestItem, message: str) -> None:
    """Say why an open application still waits."""
    if item.application_status not in OPEN or item.application_message == message:
        return
    transaction = Transaction()
    note(transaction, item, message)
    try:
        transaction.commit()
    except ApplicationEnded:
        return


def retry(organization_id: str, request_id: str, by: Actor) -> ActionRequestItem:
    """Try a failed application once more. Raises WrongApplication."""

    def attempt() -> ActionRequestItem:
        item = _get(organization_id, request_id, ("failed",), "Only a request that could not be carried out")
        transaction = Transaction()
        transaction.check(keys.bridge_owner(item.bridge_id), exists(), error=NotFound())
        start(transaction, item, by)
        _write(transaction, item, str(item.application_status), _message(item), before="failed")
        _commit(transaction)
        return item

    return retry_on_conflict(attempt)


def mark_applied(organization_id: str, request_id: str, message: str | None, by: Actor) -> ActionRequestItem:
    """The organization carried it out. Raises WrongApplication."""
    item = _get(organization_id, request_id, ("manual", "failed"), "Only a request that is not carried out from here")
    transaction = Transaction()
    transaction.check(keys.bridge_owner(item.bridge_id), exists(), error=NotFound())
    succeed(transaction, item, message, by)
    _commit(transaction)
    return item


def _get(organization_id: str, request_id: str, wanted: tuple[str, ...], which: str) -> ActionRequestItem:
    item = find_in_organization(organization_id, request_id)
    if item is None:
        raise NotFound
    if item.application_status not in wanted:
        state = item.application_status or item.status_at(clock.timestamp())
        raise WrongApplication(f"{which} can be changed so. This one is {state}.")
    return item


def _commit(transaction: Transaction) -> None:
    try:
        transaction.commit()
    except ApplicationEnded:
        raise WrongApplication("The application of this request has changed meanwhile.") from None


def _write(
    transaction: Transaction, item: ActionRequestItem, status: str, message: str | None, before: str | None = None
) -> None:
    """Change what the request and its list entry show. `before`: the stored status, where `item` no longer has it."""
    condition = ActionRequestItem.application_status == (before or item.application_status)
    item.application_status = status
    item.application_message = message[:MAX_MESSAGE] if message else None
    item.application_code = code_of(message) if message else None
    actions = [
        attribute.set(value) if value is not None else attribute.remove()
        for attribute, value in (
            (ActionRequestItem.application_status, item.application_status),
            (ActionRequestItem.application_message, item.application_message),
            (ActionRequestItem.application_code, item.application_code),
            (ActionRequestItem.applied_at, item.applied_at),
        )
    ]
    transaction.update(item.key, actions, condition, error=ApplicationEnded())
    entry = keys.action_request_list(item.organization_id, item.end_user_id, item.status, item.id)
    transaction.update(entry, [ListEntryItem.application.set(item.application)], exists(), error=ApplicationEnded())
