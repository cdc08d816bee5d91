"""Where action requests lie, and how a list reads right between the moment a request expires and the job's writing it.

A request is one item in a partition of its own. Beside it stand two entries, one in the end user's list of its status
and one in the organization's; they move in the transaction that changes the status, so that every list is a consistent
read of a base partition. Ids sort by time and every request lives equally long, so those that are pending but overdue
are the oldest end of the pending entries: a range of keys, which reading `expired` adds and reading `pending` leaves
out. It costs by what is overdue, which is little unless the job is late.
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
from chalicelib.table.items import DocumentAttribute, Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.pages import Entries, Window, items_of, list_entries, list_merged, without
from chalicelib.table.reads import (
    ALL,
    Between,
    Part,
    count,
    find,
    get,
    get_many,
    map_concurrently,
    query,
    run_concurrently,
)
from chalicelib.totals.service import request_counter

STATUSES: Final = ("pending", "approved", "denied", "cancelled", "expired")
LIFETIME: Final = timedelta(days=7)
MOST_LEFT_OUT: Final = 500
"""What one expression can name; more bridges are hardly ever removed at once."""

Partition = Callable[[str], str]
"""The partition of a list by status."""


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
    """As last written; `status_at` knows better."""
    resolution_note = UnicodeAttribute(null=True)
    resolved_by = UnicodeAttribute(null=True)
    resolved_at = UnicodeAttribute(null=True)
    expires_at = UnicodeAttribute()
    created_at = UnicodeAttribute()

    def status_at(self, now: str) -> str:
        return "expired" if self.status == "pending" and self.expires_at <= now else self.status


class ListEntryItem(Item):
    """A row of the end user's list, whole, so that a page is read in one go."""

    order_id = UnicodeAttribute()
    bridge_id = UnicodeAttribute()
    action_type = UnicodeAttribute()
    title = UnicodeAttribute()


class QueueEntryItem(Item):
    end_user_id = UnicodeAttribute()
    held = UnicodeAttribute()
    """Bridge and end user, by which it is hidden while it waits to be removed."""


class PendingItem(Item):
    """Stands while a request of its type is pending for an order. Past `expires_at` it is void, whoever has seen it."""

    request_id = UnicodeAttribute()
    expires_at = UnicodeAttribute()


@dataclass(frozen=True, slots=True)
class Listing:
    entries: Entries
    overdue: int
    """How many are stored as pending and have expired; counted only where the filter's total depends on it."""
    lasting: str
    """What the ids of overdue requests do not exceed."""

    def status_of(self, row: Row) -> str:
        """The status of an entry, which its partition is named after."""
        stored: str = row["pk"]["S"].rsplit("#", 1)[1]
        return "expired" if stored == "pending" and row["sk"]["S"] <= self.lasting else stored


def of_end_user(organization_id: str, end_user_id: str) -> Partition:
    return lambda status: keys.action_request_list(organization_id, end_user_id, status, "").pk


def of_organization(organization_id: str) -> Partition:
    return lambda status: keys.action_request_queue(organization_id, status, "").pk


def find_request(organization_id: str, end_user_id: str, request_id: str) -> ActionRequestItem | None:
    return find(ActionRequestItem, keys.action_request(organization_id, end_user_id, request_id))


def find_in_organization(organization_id: str, request_id: str) -> ActionRequestItem | None:
    partition = keys.action_request(organization_id, "", request_id).pk
    rows = query(partition, limit=1, consistent=True).rows
    return ActionRequestItem.of(rows[0]) if rows else None


def find_all(wanted: Sequence[Key]) -> list[ActionRequestItem]:
    found = get_many(wanted)
    return [ActionRequestItem.of(found[key]) for key in wanted if key in found]


def list_of_bridge(
    organization_id: str, bridge_id: str, end_user_id: str | None, most: int
) -> tuple[list[ActionRequestItem], bool]:
    """Some requests about orders of a bridge, of one end user or all, and whether the index named any: it may lag
    behind removals."""
    partition = keys.requests_of_bridge(organization_id, bridge_id, "").pk
    where = None if end_user_id is None else Path(["sk"]) == keys.action_request(organization_id, end_user_id, "").sk
    entries = list_entries(partition, Window(most), index="gsi2", where=where).rows
    return [ActionRequestItem.of(row) for row in items_of(entries, consistent=True)], bool(entries)


def read_list(partition: Partition, status: str | None, window: Window, where: Condition | None = None) -> Listing:
    """Entries of one status (of all, without one), newest first; `where`: which are not hidden."""
    lasting = _last_overdue()
    parts = _parts(partition, status, lasting)
    if status not in ("pending", "expired"):
        return Listing(list_merged(parts, window, where=where, consistent=True), 0, lasting)
    entries, overdue = run_concurrently(
        lambda: list_merged(parts, window, where=where, consistent=True),
        lambda: _count([(partition("pending"), Between(high=lasting))], where),
    )
    return Listing(entries, overdue, lasting)


def without_bridges(hidden: Collection[str]) -> Condition | None:
    """Of an end user's list: for the moments in which a removed bridge's requests still stand among the others."""
    return without(ListEntryItem.bridge_id, hidden)


def without_holdings(hidden: Collection[str]) -> Condition | None:
    """The same of the organization's queue."""
    return without(QueueEntryItem.held, sorted(hidden)[:MOST_LEFT_OUT])


def _last_overdue() -> str:
    # The ids of the millisecond seven days ago go on with `-7`: a request expires at its moment, not after it.
    return f"{ids.ordered_prefix(clock.timestamp(clock.now() - LIFETIME))}~"


def _parts(partition: Partition, status: str | None, lasting: str) -> list[tuple[str, Part]]:
    match status:
        case None:
            return [(partition(each), ALL) for each in STATUSES]
        case "pending":
            return [(partition("pending"), Between(low=lasting))]
        case "expired":
            return [(partition("expired"), ALL), (partition("pending"), Between(high=lasting))]
        case _:
            return [(partition(status), ALL)]


def _count(parts: Sequence[tuple[str, Part]], where: Condition | None) -> int:
    totals = map_concurrently(lambda at: count(at[0], at[1], where=where, most=10**9, consistent=True)[0], list(parts))
    return sum(totals)


def counted(status: str, by: int) -> Action:
    """One more or less of a status, in an end user's counters or the organization's."""
    return Path([request_counter(status)]).add(by)


def counts_in(row: Row) -> dict[str, int]:
    """How many requests there are by status as stored, without those of bridges that are hidden."""
    return {status: int(row.get(request_counter(status), {"N": "0"})["N"]) for status in STATUSES}


def stats_of_organization(organization_id: str) -> tuple[dict[str, int], frozenset[str]]:
    """The same of all end users, and what of them is hidden."""
    row = get(keys.action_request_stats(organization_id)) or {}
    return counts_in(row), frozenset(row.get("hidden", {"SS": []})["SS"])
