"""Lists of a webhook's deliveries, newest first: its last attempts, or whatever matches a filter.

A row is an attempt, or a delivery without one to show: pending (to be retried, or deferred) or skipped. Attempts are
read from their partition, the others from the lists of unfinished deliveries, and merged by the time they show.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, NamedTuple

from pynamodb.expressions.condition import Condition

from chalicelib.http import responses
from chalicelib.http.pagination import pagination
from chalicelib.http.responses import Response
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Invalid
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.pages import Entries, Window, fetch_items, list_entries
from chalicelib.table.reads import Between, count, map_concurrently, run_concurrently
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.references import has_status, matching
from chalicelib.webhooks.schemas import DeliveryQuery, DeliveryRow
from chalicelib.webhooks.store import (
    ATTEMPTS_KEPT_S,
    DEFERRED,
    PENDING,
    SKIPPED,
    AttemptItem,
    DeliveryItem,
    list_last_attempts,
)

UNFILTERED_ROWS: Final = 50
MAX_COUNTED: Final = 10_000
MAX_PAGES: Final = 3
"""Of 1 MB each, for one page of a filtered list and for its total."""

_POSITION = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[0-9a-f-]{36}", re.ASCII)

SourceName = Literal["attempts", "pending", "skipped"]


class DeliveryPage(NamedTuple):
    rows: list[DeliveryRow]
    total: int
    capped: bool
    next: str | None


@dataclass(frozen=True, slots=True)
class _Source:
    """A partition or index list that holds part of the rows. Positions are `created_at#id` of a row."""

    name: SourceName
    partition: str
    index: str | None
    where: Condition | None

    def part(self, low: str, high: str | None) -> Between:
        if self.name == "attempts":
            return Between(low=ids.ordered_prefix(low), high=f"{ids.ordered_prefix(high)}~" if high else None)
        return Between(low=low, high=f"{high}~" if high else None)

    def position(self, sort_key: str) -> str:
        return f"{ids.time_of(sort_key)}#{sort_key}" if self.name == "attempts" else sort_key

    def sort_key(self, position: str) -> str:
        """The sort key below which all rows are that come after `position` in the merged list."""
        if self.name != "attempts":
            return position
        created_at, _, row_id = position.partition("#")
        first = ids.ordered_prefix(created_at)
        if row_id.startswith(first):
            return row_id
        # A row of another source. All attempts of that millisecond begin alike, and so are on the same side of it.
        return f"{first}~" if first < row_id else first

    def sort_key_of(self, row: Row) -> str:
        return str(row[{None: "sk", "gsi1": "g1sk", "gsi2": "g2sk"}[self.index]]["S"])


def list_page(destination: Destination, query: DeliveryQuery) -> DeliveryPage:
    if not query.is_filtered:
        attempts = list_last_attempts(destination.organization_id, destination.webhook_id, UNFILTERED_ROWS)
        return DeliveryPage([DeliveryRow.of_attempt(item) for item in attempts], len(attempts), False, None)
    if query.window.below is not None and not _POSITION.fullmatch(query.window.below):
        raise Invalid([("cursor", "is not a cursor of this list")])
    sources = _sources(destination, query)
    kept_since = clock.in_seconds(-ATTEMPTS_KEPT_S)
    low, high = max(query.from_time or kept_since, kept_since), query.to_time
    if high is not None and high < low:
        return DeliveryPage([], 0, False, None)
    (total, capped), (rows, following) = run_concurrently(
        lambda: _count(sources, low, high), lambda: _read(sources, query.window, low, high)
    )
    return DeliveryPage(rows, total, capped, following)


def respond(query: DeliveryQuery, page: DeliveryPage) -> Response:
    """Paged only if the request has parameters."""
    if not query.is_filtered:
        return responses.data(page.rows)
    return responses.page(page.rows, pagination(query.window, page.total, page.next, capped=page.capped))


def _sources(destination: Destination, query: DeliveryQuery) -> list[_Source]:
    organization_id, webhook_id = destination.organization_id, destination.webhook_id
    references = matching(query.event_type, query.order_number, query.tracking_number)
    attempts_where = references
    if query.status in ("succeeded", "failed"):
        succeeded: Condition = AttemptItem.success == (query.status == "succeeded")
        attempts_where = succeeded if references is None else references & succeeded
    skipped: Condition = has_status(SKIPPED)
    if references is None:
        # Entries from before there were hints; those that failed are left out once their items are read.
        skipped |= DeliveryItem.hint.does_not_exist()
    else:
        skipped &= references
    sources = {
        "succeeded": ("attempts",),
        "failed": ("attempts",),
        "pending": ("pending",),
        "skipped": ("skipped",),
        None: ("attempts", "pending", "skipped"),
    }[query.status]
    known = (
        _Source("attempts", keys.delivery_attempt(organization_id, webhook_id, "").pk, None, attempts_where),
        _Source("pending", keys.pending_delivery(organization_id, webhook_id, "", "").pk, "gsi2", references),
        _Source("skipped", keys.failed_delivery(organization_id, webhook_id, "", "").pk, "gsi1", skipped),
    )
    return [source for source in known if source.name in sources]


def _count(sources: Sequence[_Source], low: str, high: str | None) -> tuple[int, bool]:
    counts = map_concurrently(
        lambda source: count(
            source.partition,
            source.part(low, high),
            index=source.index,
            where=source.where,
            limit=MAX_COUNTED,
            max_pages=MAX_PAGES,
        ),
        sources,
    )
    total = sum(number for number, _ in counts)
    return min(total, MAX_COUNTED), total > MAX_COUNTED or any(capped for _, capped in counts)


def _read(
    sources: Sequence[_Source], window: Window, low: str, high: str | None
) -> tuple[list[DeliveryRow], str | None]:
    """The window's rows, and the position to continue below."""
    needed = window.offset + window.limit
    found = map_concurrently(partial(_entries, window=window, needed=needed, low=low, high=high), sources)
    # What a source has beyond the point down to which it was read is not known, so rows below that must wait.
    floor = max(
        (source.position(entries.next) for source, entries in zip(sources, found, strict=True) if entries.next),
        default="",
    )
    positioned = sorted(
        (
            (position, source.name, row)
            for source, entries in zip(sources, found, strict=True)
            for row in entries.rows
            if (position := source.position(source.sort_key_of(row))) >= floor
        ),
        key=lambda entry: entry[0],
        reverse=True,
    )
    page = positioned[window.offset : needed]
    following = floor or None
    if len(positioned) > needed:
        following = page[-1][0]
    return _rows(page), following


def _entries(source: _Source, window: Window, needed: int, low: str, high: str | None) -> Entries:
    below = None if window.below is None else source.sort_key(window.below)
    part = source.part(low, high)
    if below is not None and part.low is not None and below < part.low:
        return Entries([], None)
    return list_entries(
        source.partition,
        Window(needed, below=below),
        index=source.index,
        part=part,
        where=source.where,
        max_pages=MAX_PAGES,
    )


def _rows(page: Sequence[tuple[str, SourceName, Row]]) -> list[DeliveryRow]:
    listed = [row for _, name, row in page if name != "attempts"]
    deliveries = {item.sk: item for item in map(DeliveryItem.of, fetch_items(listed))}
    rows = []
    for position, name, row in page:
        if name == "attempts":
            rows.append(DeliveryRow.of_attempt(AttemptItem.of(row)))
            continue
        item = deliveries.get(row["sk"]["S"])
        states = (PENDING, DEFERRED) if name == "pending" else (SKIPPED,)
        # The index may lag behind the delivery, which then has an attempt to show instead.
        if item is not None and item.state in states:
            rows.append(DeliveryRow.of_delivery(item, name, keys.list_time(position)))
    return rows
