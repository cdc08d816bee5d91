"""How action requests are stored, and how lists stay right between a request's expiry and the job that records it.

A request is one item in a partition of its own, with two list entries: one in the end user's list of its status and one
in the organization's. They move in the transaction that changes the status, so that every list is a consistent read of
a base partition.

Ids sort by time and every request lives equally long. Requests that are stored as pending but are overdue are therefore
the oldest pending entries: one range of keys, which lists of `expired` include and lists of `pending` exclude. That
costs by the number of overdue requests, which is small unless the job is late.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from chalicelib.kit import clock, ids
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Entries, Window, fetch_items, is_none_of, list_entries, list_merged
from chalicelib.table.reads import (
    ALL,
    Between,
    Part,
    count,
    find,
    find_row,
    get_many,
    map_concurrently,
    query,
    run_concurrently,
)
from chalicelib.totals.service import request_counter

STATUSES: Final = ("pending", "approved", "denied", "cancelled", "expired")
LIFETIME: Final = timedelta(days=7)
MAX_EXCLUDED: Final = 500
"""As many values as one expression can hold; more bridges are hardly ever being removed at once."""

Partition = Callable[[str], str]
"""Maps a status to the partition of its list."""


class ActionRequestItem(Item):
    id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()
    order_id = UnicodeAttribute()
    bridge_id = UnicodeAttribute()
    action_type = UnicodeAttribute()
    title = UnicodeAttribute()
    description = UnicodeAttribute(null=True)
    requested_changes = DocumentAttribute(null=True)
    status = UnicodeAttribute()
    """As last written. Read it through `status_at`, which knows about expiry."""
    resolution_note = UnicodeAttribute(null=True)
    resolved_by = UnicodeAttribute(null=True)
    resolved_at = UnicodeAttribute(null=True)
    expires_at = UnicodeAttribute()
    created_at = UnicodeAttribute()
    options = DocumentAttribute(null=True)
    """`{refund, restock, notify_customer}`: how an approved cancellation is to be carried out."""
    application_status = UnicodeAttribute(null=True)
    application_message = UnicodeAttribute(null=True)
    application_code = UnicodeAttribute(null=True)
    applied_at = UnicodeAttribute(null=True)
    at_once = IntegerAttribute(null=True)
    """1: the order was cancelled here together with the request, before its source said so."""

    @property
    def application(self) -> dict[str, str | None] | None:
        """What became of the approved request at the order's source."""
        if self.application_status is None:
            return None
        return {
            "status": self.application_status,
            "message": self.application_message,
            "message_code": self.application_code,
            "applied_at": self.applied_at,
        }

    def status_at(self, now: str) -> str:
        return "expired" if self.status == "pending" and self.expires_at <= now else self.status


class ListEntryItem(Item):
    """A row of the end user's list, complete, so that a page takes one read."""

    order_id = UnicodeAttribute()
    bridge_id = UnicodeAttribute()
    action_type = UnicodeAttribute()
    title = UnicodeAttribute()
    application = DocumentAttribute(null=True)


class QueueEntryItem(Item):
    end_user_id = UnicodeAttribute()
    order_id = UnicodeAttribute(null=True)
    """Lets a page read its orders together with its requests. Entries of the first versions lack it."""
    holding = UnicodeAttribute(attr_name="held")
    """`totals.holding_name` of bridge and end user, by which the entry is hidden until it is removed."""


class PendingItem(Item):
    """Exists while a request of its type is pending for an order. It no longer counts after `expires_at`."""

    request_id = UnicodeAttribute()
    expires_at = UnicodeAttribute()


@dataclass(frozen=True, slots=True)
class Listing:
    entries: Entries
    overdue: int
    """How many are stored as pending but have expired. Counted only if the total of the status filter depends on it."""
    overdue_until: str
    """Upper bound of the ids of overdue requests."""

    def status_of(self, row: Row) -> str:
        """The status of an entry, from the name of its partition."""
        stored: str = row["pk"]["S"].rsplit("#", 1)[1]
        return "expired" if stored == "pending" and row["sk"]["S"] <= self.overdue_until else stored


def end_user_partition(organization_id: str, end_user_id: str) -> Partition:
    return lambda status: keys.action_request_list(organization_id, end_user_id, status, "").pk


def organization_partition(organization_id: str) -> Partition:
    return lambda status: keys.action_request_queue(organization_id, status, "").pk


def find_request(organization_id: str, end_user_id: str, request_id: str) -> ActionRequestItem | None:
    return find(ActionRequestItem, keys.action_request(organization_id, end_user_id, request_id))


def find_in_organization(organization_id: str, request_id: str) -> ActionRequestItem | None:
    partition = keys.action_request(organization_id, "", request_id).pk
    rows = query(partition, limit=1, consistent=True).rows
    return ActionRequestItem.of(rows[0]) if rows else None


def find_many(wanted: Sequence[Key]) -> list[ActionRequestItem]:
    found = get_many(wanted)
    return [ActionRequestItem.of(found[key]) for key in wanted if key in found]


def list_for_bridge(
    organization_id: str, bridge_id: str, end_user_id: str | None, most: int
) -> tuple[list[ActionRequestItem], bool]:
    """Some requests for orders of a bridge, of one end user or all, and whether the index listed any: it may still list
    requests that were just removed."""
    partition = keys.requests_of_bridge(organization_id, bridge_id, "").pk
    condition = (
        None if end_user_id is None else Path(["sk"]) == keys.action_request(organization_id, end_user_id, "").sk
    )
    entries = list_entries(partition, Window(most), index="gsi2", where=condition).rows
    return [ActionRequestItem.of(row) for row in fetch_items(entries, consistent=True)], bool(entries)


def list_requests(
    partition: Partition, status: str | None, window: Window, condition: Condition | None = None
) -> Listing:
    """Entries of one status, or of all, newest first. `condition` leaves out hidden ones."""
    overdue_until = _overdue_until()
    parts = _parts(partition, status, overdue_until)
    if status not in ("pending", "expired"):
        return Listing(list_merged(parts, window, where=condition, consistent=True), 0, overdue_until)
    entries, overdue = run_concurrently(
        lambda: list_merged(parts, window, where=condition, consistent=True),
        lambda: _count([(partition("pending"), Between(high=overdue_until))], condition),
    )
    return Listing(entries, overdue, overdue_until)


def without_bridges(hidden: Collection[str]) -> Condition | None:
    """Of an end user's list: for the moments in which a removed bridge's requests still stand among the others."""
    return is_none_of(ListEntryItem.bridge_id, hidden)


def without_holdings(hidden: Collection[str]) -> Condition | None:
    """The same of the organization's queue."""
    return is_none_of(QueueEntryItem.holding, sorted(hidden)[:MAX_EXCLUDED])


def _overdue_until() -> str:
    # Includes ids of the very millisecond LIFETIME ago, which continue with `-7`: a request expires at that moment.
    return f"{ids.ordered_prefix(clock.timestamp(clock.now() - LIFETIME))}~"


def _parts(partition: Partition, status: str | None, overdue_until: str) -> list[tuple[str, Part]]:
    match status:
        case None:
            return [(partition(each), ALL) for each in STATUSES]
        case "pending":
            return [(partition("pending"), Between(low=overdue_until))]
        case "expired":
            return [(partition("expired"), ALL), (partition("pending"), Between(high=overdue_until))]
        case _:
            return [(partition(status), ALL)]


def _count(parts: Sequence[tuple[str, Part]], condition: Condition | None) -> int:
    totals = map_concurrently(
        lambda at: count(at[0], at[1], where=condition, limit=10**9, consistent=True)[0], list(parts)
    )
    return sum(totals)


def increment(status: str, by: int) -> Action:
    """Changes the counter of a status, of an end user or of the organization."""
    return Path([request_counter(status)]).add(by)


def counts_of(row: Row) -> dict[str, int]:
    """The number of requests by stored status, without those of hidden bridges."""
    return {status: int(row.get(request_counter(status), {"N": "0"})["N"]) for status in STATUSES}


def read_organization_stats(organization_id: str) -> tuple[dict[str, int], frozenset[str]]:
    """The organization's number of requests by stored status, and the names of hidden holdings."""
    row = find_row(keys.action_request_stats(organization_id)) or {}
    return counts_of(row), frozenset(row.get("hidden", {"SS": []})["SS"])
