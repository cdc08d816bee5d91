"""Action requests as end users and the organization use them, their expiry, and what deletions elsewhere do to them."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from pydantic import BaseModel

from chalicelib.action_requests import changes
from chalicelib.action_requests.changes import Counts, NotPending
from chalicelib.action_requests.schemas import (
    ActionRequestCreate,
    ActionRequestCreated,
    ActionRequestQuery,
    ActionRequestRead,
    ActionRequestResolved,
    ActionRequestRow,
    QueueEndUser,
    QueueQuery,
    QueueRow,
    Resolution,
)
from chalicelib.action_requests.store import (
    LIFETIME,
    ActionRequestItem,
    Listing,
    counts_in,
    find_all,
    find_in_organization,
    find_request,
    list_of_bridge,
    of_end_user,
    of_organization,
    read_list,
    stats_of_organization,
    without_bridges,
    without_holdings,
)
from chalicelib.bridges import holdings
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import NotFound, Unauthorized
from chalicelib.orders import service as orders
from chalicelib.organizations import end_users
from chalicelib.organizations.principals import SYSTEM, Actor, EmbedSession
from chalicelib.organizations.store import EndUserItem
from chalicelib.table import keys
from chalicelib.table.due import DueItem, Run, run_due_together
from chalicelib.table.items import Row
from chalicelib.table.pages import Window
from chalicelib.table.reads import run_concurrently
from chalicelib.table.transaction import ConditionFailed, Transaction, exists

EXPIRED_AT_ONCE = 11
"""Seven writes each, and one for its end user and one for its bridge, in one transaction of a hundred."""
MOST_EXPIRED = 50_000
ENDED_AT_ONCE = 50


def create(session: EmbedSession, wanted: ActionRequestCreate, by: Actor) -> ActionRequestCreated:
    organization_id, end_user_id = session.organization_id, session.end_user_id
    order = orders.get(organization_id, end_user_id, wanted.order_id, session.hidden_bridges)
    request_id = ids.new_ordered_id()
    created_at = ids.time_of(request_id)
    item = ActionRequestItem.at(
        keys.action_request(organization_id, end_user_id, request_id),
        id=request_id,
        organization_id=organization_id,
        end_user_id=end_user_id,
        bridge_id=order.bridge_id,
        status="pending",
        created_at=created_at,
        expires_at=clock.timestamp(clock.parse(created_at) + LIFETIME),
        **wanted.model_dump(),
    )
    transaction = Transaction()
    orders.require(transaction, organization_id, end_user_id, order.id, NotFound())
    transaction.check(keys.end_user(organization_id, end_user_id), exists(), error=Unauthorized())
    changes.insert(transaction, item, by)
    transaction.commit()
    return ActionRequestCreated(**_fields(item, ActionRequestCreated), status=item.status)


def read_page(organization_id: str, end_user_id: str, query: ActionRequestQuery) -> Listing:
    """What a list consists of, without the session: it may be read while that is being verified."""
    return read_list(of_end_user(organization_id, end_user_id), query.status, query.window)


def list_of_end_user(
    session: EmbedSession, query: ActionRequestQuery, reading: "Future[Listing] | None"
) -> tuple[list[ActionRequestRow], int, str | None]:
    """Rows newest first, their number, and the sort key to go on below."""
    hidden = session.hidden_bridges
    if not hidden and reading is not None:
        listing: Listing = reading.result()
    else:
        of_user = of_end_user(session.organization_id, session.end_user_id)
        listing = read_list(of_user, query.status, query.window, without_bridges(hidden))
    rows = [_row(row, listing.status_of(row)) for row in listing.entries.rows]
    return rows, _total(counts_in(session.stats), query.status, listing.overdue), listing.entries.next


def _row(entry: Row, status: str) -> ActionRequestRow:
    request_id = entry["sk"]["S"]
    return ActionRequestRow(
        id=request_id,
        order_id=entry["order_id"]["S"],
        action_type=entry["action_type"]["S"],
        title=entry["title"]["S"],
        status=status,
        created_at=ids.time_of(request_id),
    )


def _total(counts: dict[str, int], status: str | None, overdue: int) -> int:
    if status is None:
        return sum(counts.values())
    if status == "pending":
        return max(0, counts["pending"] - overdue)
    return counts[status] + (overdue if status == "expired" else 0)


def get(session: EmbedSession, request_id: str) -> ActionRequestRead:
    item = _need(session, request_id)
    return ActionRequestRead(**_fields(item, ActionRequestRead), status=item.status_at(clock.timestamp()))


def cancel(session: EmbedSession, request_id: str, by: Actor) -> None:
    _end(_need(session, request_id), "cancelled", by)


def list_queue(organization_id: str, query: QueueQuery) -> tuple[list[QueueRow], int, str | None]:
    """The organization's requests newest first, their number, and the sort key to go on below."""
    status = None if query.status == "all" else query.status
    partition = of_organization(organization_id)
    listing, (counts, hidden) = run_concurrently(
        lambda: read_list(partition, status, query.window), lambda: stats_of_organization(organization_id)
    )
    if hidden:
        # For the moments in which a removed bridge's requests still stand among the others.
        listing = read_list(partition, status, query.window, without_holdings(hidden))
    entries = [(row["sk"]["S"], row["end_user_id"]["S"]) for row in listing.entries.rows]
    items, owners = run_concurrently(
        lambda: find_all([keys.action_request(organization_id, user, request_id) for request_id, user in entries]),
        lambda: end_users.find_many(organization_id, {user for _, user in entries}),
    )
    now = clock.timestamp()
    rows = [
        _queue_row(item, item.status_at(now), owners.get(item.end_user_id))
        for item in items
        if status in (None, item.status_at(now)) and not _is_hidden(item, owners.get(item.end_user_id))
    ]
    return rows, _total(counts, status, listing.overdue), listing.entries.next


def resolve(organization_id: str, request_id: str, resolution: Resolution, by: Actor) -> ActionRequestResolved:
    item = find_in_organization(organization_id, request_id)
    if item is None:
        raise NotFound
    item.resolution_note = resolution.resolution_note
    item.resolved_by, item.resolved_at = by.id, clock.timestamp()
    transaction = Transaction()
    # A session knows which bridges are gone; for the organization it is looked up, at no trip's cost.
    transaction.check(keys.bridge_owner(item.bridge_id), exists(), error=NotFound())
    _end(item, resolution.status, by, transaction)
    return ActionRequestResolved(**_fields(item, ActionRequestResolved), status=item.status)


def expire(due: Sequence[DueItem]) -> None:
    """Write that requests have expired: all of one organization, all in one transaction, or none of them."""
    now = clock.timestamp()
    items = [item for item in find_all([each.key for each in due]) if item.status == "pending"]
    items = [item for item in items if item.status_at(now) == "expired"]
    if not items:
        return
    transaction = Transaction()
    counts = Counts()
    for item in items:
        counts.update(changes.end(transaction, item, "expired", SYSTEM))
    changes.count(transaction, items[0].organization_id, counts)
    try:
        transaction.commit()
    except (NotPending, NotFound):
        # Somebody else ended one of them, or its bridge is gone and it goes as well. Alone, it is done with; among
        # others, they are to be tried one by one.
        if len(due) > 1:
            raise


def expire_due() -> Run:
    return run_due_together(
        changes.DUE,
        expire,
        group=lambda due: keys.organization_of_request(due.key),
        size=EXPIRED_AT_ONCE,
        most=MOST_EXPIRED,
    )


def cancel_of_end_user(organization_id: str, end_user_id: str) -> bool:
    """Cancel some of the pending requests of an end user who was deleted; whether there may be more."""
    listing = read_list(of_end_user(organization_id, end_user_id), "pending", Window(ENDED_AT_ONCE))
    wanted = [keys.action_request(organization_id, end_user_id, row["sk"]["S"]) for row in listing.entries.rows]
    for item in find_all(wanted):
        try:
            _end(item, "cancelled", SYSTEM)
        except (NotPending, NotFound):
            continue
    return listing.entries.next is not None


def remove_of_bridge(organization_id: str, bridge_id: str, end_user_id: str | None = None) -> bool:
    """Remove some of the requests about orders of a bridge that was deleted, or that `end_user_id` no longer has;
    whether there may be more."""
    items, more = list_of_bridge(organization_id, bridge_id, end_user_id, ENDED_AT_ONCE)
    hidden = {
        user: holdings.is_closed(organization_id, user, bridge_id) for user in {item.end_user_id for item in items}
    }
    for item in items:
        # Before the request, by which it is found.
        changes.clear_void_mark(item)
        transaction = Transaction()
        changes.remove(transaction, item, hidden=hidden[item.end_user_id])
        try:
            transaction.commit()
        except ConditionFailed:
            continue
    return more


def _need(session: EmbedSession, request_id: str) -> ActionRequestItem:
    item = find_request(session.organization_id, session.end_user_id, request_id)
    if item is None or _is_hidden(item, session.end_user):
        raise NotFound
    return item


def _is_hidden(item: ActionRequestItem, owner: EndUserItem | None) -> bool:
    return item.bridge_id in end_users.hidden_bridges(owner)


def _end(item: ActionRequestItem, status: str, by: Actor, transaction: Transaction | None = None) -> None:
    if item.status_at(clock.timestamp()) != "pending":
        raise NotPending
    transaction = transaction or Transaction()
    counts = changes.end(transaction, item, status, by)
    changes.count(transaction, item.organization_id, counts)
    transaction.commit()


def _queue_row(item: ActionRequestItem, status: str, owner: EndUserItem | None) -> QueueRow:
    shown = QueueEndUser(external_id=owner.external_id, name=owner.name, email=owner.email) if owner else None
    return QueueRow(**_fields(item, QueueRow), status=status, end_users=shown)


def _fields(item: ActionRequestItem, model: type[BaseModel]) -> dict[str, Any]:
    """What the item has of the model's fields."""
    return {name: getattr(item, name) for name in model.model_fields if name not in ("status", "end_users")}
