"""Action requests: creating and listing them, deciding on them, expiring them, and following deletions elsewhere."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from pydantic import BaseModel

from chalicelib.action_requests import changes
from chalicelib.action_requests.changes import Counts, NotAllowed, NotPending
from chalicelib.action_requests.schemas import (
    ActionRequestCreate,
    ActionRequestCreated,
    ActionRequestQuery,
    ActionRequestRead,
    ActionRequestResolved,
    ActionRequestRow,
    QueueEndUser,
    QueueOrder,
    QueueQuery,
    QueueRow,
    Resolution,
)
from chalicelib.action_requests.store import (
    LIFETIME,
    ActionRequestItem,
    Listing,
    counts_of,
    end_user_partition,
    find_in_organization,
    find_many,
    find_request,
    list_for_bridge,
    list_requests,
    organization_partition,
    read_organization_stats,
    without_bridges,
    without_holdings,
)
from chalicelib.bridges import holdings
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import NotFound, Unauthorized
from chalicelib.orders import requestable
from chalicelib.orders import service as orders
from chalicelib.organizations import end_users
from chalicelib.organizations.action_policies import policies_of
from chalicelib.organizations.principals import SYSTEM, Actor, EmbedSession
from chalicelib.organizations.store import EndUserItem
from chalicelib.privacy.identity import customer_id
from chalicelib.table import keys
from chalicelib.table.due import DueItem, Run, run_due_batches
from chalicelib.table.items import Row
from chalicelib.table.pages import Window
from chalicelib.table.reads import run_concurrently
from chalicelib.table.transaction import ConditionFailed, Transaction, exists

EXPIRY_BATCH_SIZE = 11
"""Requests in one transaction of a hundred writes: seven each, and one each for its end user and its bridge."""
MAX_EXPIRED_PER_RUN = 50_000
CASCADE_BATCH_SIZE = 50


def create(session: EmbedSession, body: ActionRequestCreate, by: Actor) -> tuple[ActionRequestCreated, str | None]:
    """The request, and the id of the order's customer, whom its texts may name."""
    organization_id, end_user_id = session.organization_id, session.end_user_id
    order = orders.get(organization_id, end_user_id, body.order_id, session.hidden_bridges)
    policy = policies_of(session.config)[body.action_type]
    if (obstacle := requestable.find_obstacle(order, body.action_type, policy)) is not None:
        raise NotAllowed(obstacle)
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
        **body.model_dump(),
    )
    transaction = Transaction()
    orders.require(transaction, organization_id, end_user_id, order.id, NotFound())
    transaction.check(keys.end_user(organization_id, end_user_id), exists(), error=Unauthorized())
    changes.insert(transaction, item, by)
    transaction.commit()
    email = (order.document.get("customer") or {}).get("email")
    created = ActionRequestCreated(**_fields(item, ActionRequestCreated), status=item.status)
    return created, customer_id(organization_id, email) if email else None


def prefetch_page(organization_id: str, end_user_id: str, query: ActionRequestQuery) -> Listing:
    """Runs during authentication, before it is known which bridges are hidden."""
    return list_requests(end_user_partition(organization_id, end_user_id), query.status, query.window)


def list_page(
    session: EmbedSession, query: ActionRequestQuery, prefetched: "Future[Listing] | None"
) -> tuple[list[ActionRequestRow], int, str | None]:
    """Rows newest first, their total number, and the sort key to continue below."""
    hidden = session.hidden_bridges
    if not hidden and prefetched is not None:
        listing: Listing = prefetched.result()
    else:
        of_user = end_user_partition(session.organization_id, session.end_user_id)
        listing = list_requests(of_user, query.status, query.window, without_bridges(hidden))
    rows = [_row(row, listing.status_of(row)) for row in listing.entries.rows]
    return rows, _total(counts_of(session.stats), query.status, listing.overdue), listing.entries.next


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
    item = _get_item(session, request_id)
    return ActionRequestRead(**_fields(item, ActionRequestRead), status=item.status_at(clock.timestamp()))


def cancel(session: EmbedSession, request_id: str, by: Actor) -> None:
    _end(_get_item(session, request_id), "cancelled", by)


def list_queue(organization_id: str, query: QueueQuery) -> tuple[list[QueueRow], int, str | None]:
    """The organization's requests newest first, their total number, and the sort key to continue below."""
    status = None if query.status == "all" else query.status
    partition = organization_partition(organization_id)
    listing, (counts, hidden) = run_concurrently(
        lambda: list_requests(partition, status, query.window), lambda: read_organization_stats(organization_id)
    )
    if hidden:
        # Entries of a deleted bridge are listed until the cleanup has removed them.
        listing = list_requests(partition, status, query.window, without_holdings(hidden))
    items, owners, refs = _read_queue(organization_id, listing.entries.rows)
    now = clock.timestamp()
    rows = [
        _queue_row(item, item.status_at(now), owners.get(item.end_user_id), refs.get((item.end_user_id, item.order_id)))
        for item in items
        if status in (None, item.status_at(now)) and not _is_hidden(item, owners.get(item.end_user_id))
    ]
    return rows, _total(counts, status, listing.overdue), listing.entries.next


def _read_queue(
    organization_id: str, entries: list[Row]
) -> tuple[list[ActionRequestItem], dict[str, EndUserItem], dict[tuple[str, str], dict[str, Any]]]:
    """The requests of these entries, their end users and their orders. One round trip, and one more for entries that
    don't name their order."""
    users = [row["end_user_id"]["S"] for row in entries]
    request_keys = [
        keys.action_request(organization_id, user, row["sk"]["S"]) for user, row in zip(users, entries, strict=True)
    ]
    named = [(user, row["order_id"]["S"]) for user, row in zip(users, entries, strict=True) if "order_id" in row]
    items, (owners, refs) = run_concurrently(
        lambda: find_many(request_keys),
        lambda: run_concurrently(
            lambda: end_users.find_many(organization_id, set(users)),
            lambda: orders.read_refs(organization_id, named),
        ),
    )
    unnamed = {(item.end_user_id, item.order_id) for item in items}.difference(named)
    return items, owners, refs | orders.read_refs(organization_id, unnamed)


def resolve(organization_id: str, request_id: str, resolution: Resolution, by: Actor) -> ActionRequestResolved:
    item = find_in_organization(organization_id, request_id)
    if item is None:
        raise NotFound
    item.resolution_note = resolution.resolution_note
    item.resolved_by, item.resolved_at = by.id, clock.timestamp()
    transaction = Transaction()
    # A session knows which bridges are hidden. For the organization the transaction checks it, without a round trip.
    transaction.check(keys.bridge_owner(item.bridge_id), exists(), error=NotFound())
    _end(item, resolution.status, by, transaction)
    return ActionRequestResolved(**_fields(item, ActionRequestResolved), status=item.status)


def expire(due: Sequence[DueItem]) -> None:
    """Record that requests of one organization have expired, in one transaction."""
    now = clock.timestamp()
    items = [item for item in find_many([each.key for each in due]) if item.status == "pending"]
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
        # One of them was ended, or its bridge deleted, meanwhile. A single request is settled by that; of a batch, the
        # caller retries each alone.
        if len(due) > 1:
            raise


def expire_due() -> Run:
    return run_due_batches(
        changes.DUE,
        expire,
        group=lambda due: keys.organization_of_request(due.key),
        size=EXPIRY_BATCH_SIZE,
        limit=MAX_EXPIRED_PER_RUN,
    )


def cancel_for_end_user(organization_id: str, end_user_id: str) -> bool:
    """Cancel some of a deleted end user's pending requests; returns whether there may be more."""
    listing = list_requests(end_user_partition(organization_id, end_user_id), "pending", Window(CASCADE_BATCH_SIZE))
    request_keys = [keys.action_request(organization_id, end_user_id, row["sk"]["S"]) for row in listing.entries.rows]
    for item in find_many(request_keys):
        try:
            _end(item, "cancelled", SYSTEM)
        except (NotPending, NotFound):
            continue
    return listing.entries.next is not None


def remove_for_bridge(organization_id: str, bridge_id: str, end_user_id: str | None = None) -> bool:
    """Remove some of the requests for orders of a bridge that was deleted, or that `end_user_id` no longer holds;
    returns whether there may be more."""
    items, more = list_for_bridge(organization_id, bridge_id, end_user_id, CASCADE_BATCH_SIZE)
    hidden = {
        user: holdings.is_closed(organization_id, user, bridge_id) for user in {item.end_user_id for item in items}
    }
    for item in items:
        # Before the request itself, from which the marker's key is derived.
        changes.delete_expired_marker(item)
        transaction = Transaction()
        changes.remove(transaction, item, hidden=hidden[item.end_user_id])
        try:
            transaction.commit()
        except ConditionFailed:
            continue
    return more


def _get_item(session: EmbedSession, request_id: str) -> ActionRequestItem:
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


def _queue_row(
    item: ActionRequestItem, status: str, owner: EndUserItem | None, order: dict[str, Any] | None
) -> QueueRow:
    end_user = QueueEndUser(external_id=owner.external_id, name=owner.name, email=owner.email) if owner else None
    shown = QueueOrder.model_validate(order) if order is not None else None
    return QueueRow(**_fields(item, QueueRow), status=status, end_users=end_user, order=shown)


def _fields(item: ActionRequestItem, model: type[BaseModel]) -> dict[str, Any]:
    """The item's values for the model's fields."""
    return {name: getattr(item, name) for name in model.model_fields if name not in ("status", "end_users", "order")}
