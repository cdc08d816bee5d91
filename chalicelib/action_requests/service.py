"""Action requests: creating and listing them, deciding on them, expiring them, and following deletions elsewhere."""

from collections.abc import Sequence
from concurrent.futures import Future

from chalicelib.action_requests import applications, changes, creating
from chalicelib.action_requests.changes import Counts, NotPending
from chalicelib.action_requests.listing import fields_of, is_hidden, total_of
from chalicelib.action_requests.schemas import (
    ActionRequestCreate,
    ActionRequestCreated,
    ActionRequestQuery,
    ActionRequestRead,
    ActionRequestResolved,
    ActionRequestRow,
    Resolution,
)
from chalicelib.action_requests.store import (
    ActionRequestItem,
    ListEntryItem,
    Listing,
    counts_of,
    end_user_partition,
    find_in_organization,
    find_many,
    find_request,
    list_for_bridge,
    list_requests,
    without_bridges,
)
from chalicelib.bridges import holdings
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import NotFound
from chalicelib.orders import service as orders
from chalicelib.organizations.action_policies import policies_of
from chalicelib.organizations.principals import SYSTEM, Actor, EmbedSession
from chalicelib.privacy.identity import customer_id
from chalicelib.table import keys
from chalicelib.table.due import DueItem, Run, run_due_batches
from chalicelib.table.items import Row
from chalicelib.table.pages import Window
from chalicelib.table.transaction import ConditionFailed, Transaction, exists, retry_on_conflict

EXPIRY_BATCH_SIZE = 11
"""Requests in one transaction of a hundred writes: seven each, and one each for its end user and its bridge."""
MAX_EXPIRED_PER_RUN = 50_000
CASCADE_BATCH_SIZE = 50


def create(session: EmbedSession, body: ActionRequestCreate, by: Actor) -> tuple[ActionRequestCreated, str | None]:
    """The request, and the id of the order's customer, whom its texts may name."""
    organization_id, end_user_id = session.organization_id, session.end_user_id
    order = orders.get(organization_id, end_user_id, body.order_id, session.hidden_bridges)
    policy = policies_of(session.config)[body.action_type]
    asked = body.model_dump(include={"title", "description", "requested_changes"})
    item = creating.create(order, body.action_type, policy, by, **asked)
    email = (order.document.get("customer") or {}).get("email")
    created = ActionRequestCreated(**fields_of(item, ActionRequestCreated), status=item.status)
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
    return rows, total_of(counts_of(session.stats), query.status, listing.overdue), listing.entries.next


def _row(entry: Row, status: str) -> ActionRequestRow:
    request_id = entry["sk"]["S"]
    return ActionRequestRow(
        id=request_id,
        order_id=entry["order_id"]["S"],
        action_type=entry["action_type"]["S"],
        title=entry["title"]["S"],
        status=status,
        created_at=ids.time_of(request_id),
        application=ListEntryItem.of(entry).application if "application" in entry else None,
    )


def get(session: EmbedSession, request_id: str) -> ActionRequestRead:
    item = _get_item(session, request_id)
    return ActionRequestRead(**fields_of(item, ActionRequestRead), status=item.status_at(clock.timestamp()))


def cancel(session: EmbedSession, request_id: str, by: Actor) -> None:
    _end(_get_item(session, request_id), "cancelled", by)


def resolve(organization_id: str, request_id: str, resolution: Resolution, by: Actor) -> ActionRequestResolved:
    def attempt() -> ActionRequestItem:
        item = find_in_organization(organization_id, request_id)
        if item is None:
            raise NotFound
        item.resolution_note = resolution.resolution_note
        item.resolved_by, item.resolved_at = by.id, clock.timestamp()
        item.options = resolution.application.model_dump() if resolution.application is not None else None
        transaction = Transaction()
        # A session knows which bridges are hidden. For the organization the transaction checks it, without a round
        # trip.
        transaction.check(keys.bridge_owner(item.bridge_id), exists(), error=NotFound())
        if resolution.status == "approved" and item.status_at(clock.timestamp()) == "pending":
            applications.start(transaction, item, by)
        _end(item, resolution.status, by, transaction)
        return item

    return to_resolved(retry_on_conflict(attempt))


def to_resolved(item: ActionRequestItem) -> ActionRequestResolved:
    return ActionRequestResolved(**fields_of(item, ActionRequestResolved), status=item.status)


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
    if item is None or is_hidden(item, session.end_user):
        raise NotFound
    return item


def _end(item: ActionRequestItem, status: str, by: Actor, transaction: Transaction | None = None) -> None:
    if item.status_at(clock.timestamp()) != "pending":
        raise NotPending
    transaction = transaction or Transaction()
    counts = changes.end(transaction, item, status, by)
    changes.count(transaction, item.organization_id, counts)
    transaction.commit()
