"""The writes that insert, end and remove an action request, with its list entries, counters, timeline and event.

A request ends exactly once: whatever ends it does so on the condition that it is pending and not yet expired (or, for
`expired`, that it is).
"""

from collections import Counter, defaultdict

from pynamodb.expressions.condition import Condition

from chalicelib.action_requests.schemas import ActionRequestRow, Application
from chalicelib.action_requests.store import (
    ActionRequestItem,
    ListEntryItem,
    PendingItem,
    QueueEntryItem,
    increment,
)
from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import clock
from chalicelib.kit.errors import Conflict, NotFound
from chalicelib.orders import service as orders
from chalicelib.organizations.principals import POLICY, Actor
from chalicelib.table import keys
from chalicelib.table.due import due_key
from chalicelib.table.keys import Key
from chalicelib.table.transaction import Transaction, absent, delete
from chalicelib.totals import service as totals

DUE = "action_request"
"""The due index's name for requests that expire."""

Counts = Counter[tuple[str, str, str]]
"""Counter increments by end user, bridge and status."""

CREATED_TITLES = {
    "cancel": "Cancellation requested",
    "hold": "Hold requested",
    "release": "Release requested",
    "expedite": "Expedited handling requested",
    "address_change": "Address change requested",
    "note": "Note sent",
    "other": "Request sent",
}
EVENT_TYPES: dict[str, EventType] = {
    "created": "action_request.created",
    "cancelled": "action_request.cancelled",
    "approved": "action_request.approved",
    "denied": "action_request.denied",
    "expired": "action_request.expired",
    "applied": "action_request.applied",
    "failed": "action_request.failed",
}
ENDED_TITLES = {
    "approved": "Request approved",
    "denied": "Request denied",
    "cancelled": "Request withdrawn",
    "expired": "Request expired",
}


RESOLUTION = (
    "resolution_note",
    "resolved_by",
    "resolved_at",
    "options",
    "application_status",
    "application_message",
    "application_code",
)
"""What is written with the decision."""


class DuplicateRequest(Conflict):
    code = "duplicate_request"
    message = "A request of this type is already pending for this order."


class NotAllowed(Conflict):
    code = "action_not_allowed"


class NotPending(Conflict):
    code = "not_pending"
    message = "This request is no longer pending."


def insert(transaction: Transaction, item: ActionRequestItem, by: Actor) -> None:
    item.index_2(keys.requests_of_bridge(item.organization_id, item.bridge_id, item.id))
    item.schedule(due_key(DUE, item.expires_at, item.id))
    transaction.put(item, absent())
    transaction.put(
        PendingItem.at(
            _pending_key(item),
            request_id=item.id,
            expires_at=item.expires_at,
            expires=clock.epoch(item.expires_at),
        ),
        absent() | (PendingItem.expires_at <= clock.timestamp()),
        error=DuplicateRequest(),
    )
    _list(transaction, item)
    count(transaction, item.organization_id, counts(item, "pending", 1))
    record(transaction, item, "created", CREATED_TITLES[item.action_type], by)


def insert_approved(transaction: Transaction, item: ActionRequestItem, by: Actor) -> None:
    """Insert a request that the organization's policy approves at once."""
    _put_approved(transaction, item, by)
    count(transaction, item.organization_id, counts(item, "approved", 1))


def insert_with_order(transaction: Transaction, item: ActionRequestItem, by: Actor) -> dict[str, int]:
    """The same in a transaction that also changes the order. The caller adds the returned counts to those of the order:
    they stand in the same items."""
    _put_approved(transaction, item, by)
    transaction.update(keys.action_request_stats(item.organization_id), [increment("approved", 1)])
    return {totals.request_counter("approved"): 1}


def _put_approved(transaction: Transaction, item: ActionRequestItem, by: Actor) -> None:
    item.index_2(keys.requests_of_bridge(item.organization_id, item.bridge_id, item.id))
    transaction.put(item, absent())
    _list(transaction, item)
    record(transaction, item, "created", CREATED_TITLES[item.action_type], by)
    record(transaction, item, "approved", ENDED_TITLES["approved"], POLICY)


def end(transaction: Transaction, item: ActionRequestItem, status: str, by: Actor) -> Counts:
    """Resolve, cancel or expire a pending request. The caller adds the returned counts, once for all requests of the
    transaction."""
    now = clock.timestamp()
    item.status = status
    actions = [
        ActionRequestItem.status.set(status),
        ActionRequestItem.duepk.remove(),
        ActionRequestItem.duesk.remove(),
    ]
    resolution = {name: getattr(item, name) for name in RESOLUTION}
    actions += [getattr(ActionRequestItem, name).set(value) for name, value in resolution.items() if value is not None]
    in_time = ActionRequestItem.expires_at > now
    condition = _is_pending() & (in_time if status != "expired" else ~in_time)
    transaction.update(item.key, actions, condition, error=NotPending())
    if status != "expired":
        # An expired marker no longer counts, and may belong to another request by now.
        transaction.delete(_pending_key(item), _is_own_or_absent(item), error=NotPending())
    _unlist(transaction, item, "pending")
    _list(transaction, item)
    record(transaction, item, status, ENDED_TITLES[status], by)
    return Counts({**counts(item, "pending", -1), **counts(item, status, 1)})


def remove(transaction: Transaction, item: ActionRequestItem, *, hidden: bool) -> None:
    """Remove a request with its entries and counters, on the condition that its status and its bridge have not changed.
    `hidden`: the bridge's data is hidden, so that only the bridge's own counters still include the request."""
    transaction.delete(item.key, ActionRequestItem.status == item.status)
    if item.status_at(clock.timestamp()) == "pending":
        transaction.delete(_pending_key(item), _is_own_or_absent(item))
    _unlist(transaction, item, item.status)
    removed = counts(item, item.status, -1)
    _count_by_bridge(transaction, item.organization_id, removed, closed=hidden)
    if not hidden:
        _count_by_owner(transaction, item.organization_id, removed)


def counts(item: ActionRequestItem, status: str, by: int) -> Counts:
    return Counts({(item.end_user_id, item.bridge_id, status): by})


def count(transaction: Transaction, organization_id: str, changed: Counts) -> None:
    """The transaction raises NotFound if a bridge's data is hidden: its requests no longer count, and can't change."""
    _count_by_bridge(transaction, organization_id, changed, closed=False, error=NotFound())
    _count_by_owner(transaction, organization_id, changed)


def _count_by_bridge(
    transaction: Transaction,
    organization_id: str,
    changed: Counts,
    *,
    closed: bool,
    error: Exception | None = None,
) -> None:
    for user, bridge_id in sorted({(user, bridge_id) for user, bridge_id, _ in changed}):
        of_bridge = {
            totals.request_counter(status): by
            for (owner, bridge, status), by in changed.items()
            if (owner, bridge) == (user, bridge_id)
        }
        totals.count_requests(transaction, organization_id, user, bridge_id, of_bridge, closed=closed, error=error)


def _count_by_owner(transaction: Transaction, organization_id: str, changed: Counts) -> None:
    by_status: Counter[str] = Counter()
    by_user: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (user, _, status), by in changed.items():
        by_user[user][status] += by
        by_status[status] += by
    for user, of_user in sorted(by_user.items()):
        transaction.update(keys.end_user_stats(organization_id, user), [increment(*each) for each in of_user.items()])
    transaction.update(keys.action_request_stats(organization_id), [increment(*each) for each in by_status.items()])


def delete_expired_marker(item: ActionRequestItem) -> None:
    """Delete the pending marker of an expired request, unless it belongs to another request by now."""
    if item.status_at(clock.timestamp()) == "expired":
        delete(_pending_key(item), PendingItem.request_id == item.id)


def _is_pending() -> Condition:
    return ActionRequestItem.status == "pending"


def _is_own_or_absent(item: ActionRequestItem) -> Condition:
    own_or_absent: Condition = absent() | (PendingItem.request_id == item.id)
    return own_or_absent


def _pending_key(item: ActionRequestItem) -> Key:
    return keys.pending_request(item.organization_id, item.end_user_id, item.order_id, item.action_type)


def _list(transaction: Transaction, item: ActionRequestItem) -> None:
    transaction.put(
        ListEntryItem.at(
            keys.action_request_list(item.organization_id, item.end_user_id, item.status, item.id),
            order_id=item.order_id,
            bridge_id=item.bridge_id,
            action_type=item.action_type,
            title=item.title,
            application=item.application,
        )
    )
    transaction.put(
        QueueEntryItem.at(
            keys.action_request_queue(item.organization_id, item.status, item.id),
            end_user_id=item.end_user_id,
            order_id=item.order_id,
            holding=totals.holding_name(item.bridge_id, item.end_user_id),
        )
    )


def _unlist(transaction: Transaction, item: ActionRequestItem, status: str) -> None:
    transaction.delete(keys.action_request_list(item.organization_id, item.end_user_id, status, item.id))
    transaction.delete(keys.action_request_queue(item.organization_id, status, item.id))


def record(
    transaction: Transaction, item: ActionRequestItem, step: str, title: str, by: Actor, message: str | None = None
) -> None:
    """Add an activity to the order's timeline, and an event."""
    metadata = {"action_request_id": item.id, "action_type": item.action_type, "status": item.status}
    if step in ("applied", "failed"):
        metadata["application"] = step
    orders.add_activity(
        transaction,
        item.organization_id,
        item.end_user_id,
        item.order_id,
        by,
        activity_type="action_request",
        title=title,
        description=": ".join(filter(None, (item.title, message))),
        metadata=metadata,
    )
    about = {"order_id": item.order_id, "action_type": item.action_type}
    events.record(
        transaction,
        item.organization_id,
        item.end_user_id,
        EVENT_TYPES[step],
        by=by,
        resource=("action_request", item.id),
        metadata={**about, "actor": by.type} if by == POLICY else about,
        data=row(item, item.status).model_dump(),
    )


def row(item: ActionRequestItem, status: str) -> ActionRequestRow:
    return ActionRequestRow(
        id=item.id,
        order_id=item.order_id,
        action_type=item.action_type,
        title=item.title,
        status=status,
        created_at=item.created_at,
        application=Application.model_validate(item.application) if item.application is not None else None,
    )
