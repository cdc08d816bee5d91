"""Action requests as lists show them: the end user's own, and the organization's queue."""

from typing import Any

from pydantic import BaseModel

from chalicelib.action_requests.schemas import QueueEndUser, QueueOrder, QueueQuery, QueueRow
from chalicelib.action_requests.store import (
    ActionRequestItem,
    find_many,
    list_requests,
    organization_partition,
    read_organization_stats,
    without_holdings,
)
from chalicelib.kit import clock
from chalicelib.orders import service as orders
from chalicelib.organizations import end_users
from chalicelib.organizations.store import EndUserItem
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.reads import run_concurrently


def total_of(counts: dict[str, int], status: str | None, overdue: int) -> int:
    if status is None:
        return sum(counts.values())
    if status == "pending":
        return max(0, counts["pending"] - overdue)
    return counts[status] + (overdue if status == "expired" else 0)


def is_hidden(item: ActionRequestItem, owner: EndUserItem | None) -> bool:
    return item.bridge_id in end_users.hidden_bridges(owner)


def fields_of(item: ActionRequestItem, model: type[BaseModel]) -> dict[str, Any]:
    """The item's values for the model's fields."""
    return {name: getattr(item, name) for name in model.model_fields if name not in ("status", "end_users", "order")}


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
        if status in (None, item.status_at(now)) and not is_hidden(item, owners.get(item.end_user_id))
    ]
    return rows, total_of(counts, status, listing.overdue), listing.entries.next


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


def _queue_row(
    item: ActionRequestItem, status: str, owner: EndUserItem | None, order: dict[str, Any] | None
) -> QueueRow:
    end_user = QueueEndUser(external_id=owner.external_id, name=owner.name, email=owner.email) if owner else None
    shown = QueueOrder.model_validate(order) if order is not None else None
    return QueueRow(**fields_of(item, QueueRow), status=status, end_users=end_user, order=shown)
