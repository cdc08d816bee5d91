"""Paging along an index or a partition: first the keys, then only the items on the page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.kit.errors import Invalid
from chalicelib.table.connection import INDEXES
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import (
    ALL,
    PAGE_ENTRIES,
    Between,
    Part,
    Prefix,
    bounded_range,
    get_many,
    map_concurrently,
    query,
)

LAST_CHARACTER = "\U0010ffff"
MAX_IN_OPERANDS = 100
"""DynamoDB's limit for one IN."""


class PageTooDeep(Invalid):
    def __init__(self) -> None:
        super().__init__([("page", "is too deep for page numbers; pass the previous page's nextCursor as cursor")])


@dataclass(frozen=True, slots=True)
class Window:
    """The requested part of a list: `limit` entries from `offset`, or from below the sort key `below`."""

    limit: int
    offset: int = 0
    below: str | None = None

    @property
    def page(self) -> int:
        return self.offset // self.limit + 1


@dataclass(frozen=True, slots=True)
class Entries:
    """Index entries of one window. The next window starts below the sort key `next`, which is None at the end."""

    rows: list[Row]
    next: str | None


def list_entries(
    pk: str,
    window: Window,
    *,
    index: str | None = None,
    part: Part = ALL,
    where: Condition | None = None,
    consistent: bool = False,
    max_pages: int | None = None,
    entry_limits: Sequence[int] | None = None,
) -> Entries:
    """The window's entries, newest (highest sort key) first.

    Entries that are skipped or filtered out by `where` are read and paid for; each 1 MB is a round trip. After
    `max_pages` of these there may be fewer entries than the limit, or none, although `next` is set. Raises PageTooDeep
    if the window was not reached by then. `entry_limits`: the entries that a filtered read looks at in each of its
    round trips, which bounds it instead of `max_pages`.
    """
    sort = INDEXES[index][1] if index else "sk"
    if window.below is not None:
        part = _below(part, window.below)
    to_skip = window.offset
    rows: list[Row] = []
    after: Row | None = None
    for filtered_limit in entry_limits or (PAGE_ENTRIES for _ in bounded_range(max_pages)):
        page = query(
            pk,
            part,
            index=index,
            where=where,
            limit=filtered_limit if where is not None else min(PAGE_ENTRIES, to_skip + window.limit + 1 - len(rows)),
            descending=True,
            consistent=consistent,
            after=after,
        )
        found = [row for row in page.rows if row[sort]["S"] != window.below]
        rows += found[to_skip:]
        to_skip = max(0, to_skip - len(found))
        after = page.last
        if after is None or len(rows) > window.limit:
            break
    shown = rows[: window.limit]
    if len(rows) > window.limit:
        return Entries(shown, shown[-1][sort]["S"])
    if to_skip and after is not None:
        raise PageTooDeep
    return Entries(shown, after[sort]["S"] if after is not None else None)


def list_merged(
    parts: Sequence[tuple[str, Part]], window: Window, *, where: Condition | None = None, consistent: bool = False
) -> Entries:
    """One list that is spread over several partitions, read concurrently. Skipped entries are read in each of them."""
    from_start = replace(window, limit=window.offset + window.limit, offset=0)
    found = map_concurrently(
        lambda at: list_entries(at[0], from_start, part=at[1], where=where, consistent=consistent), list(parts)
    )
    rows = sorted((row for entries in found for row in entries.rows), key=lambda row: str(row["sk"]["S"]), reverse=True)
    shown = rows[window.offset : from_start.limit]
    more = len(rows) > from_start.limit or any(entries.next for entries in found)
    return Entries(shown, shown[-1]["sk"]["S"] if more and shown else None)


def is_none_of(attribute: Any, values: Collection[str]) -> Condition | None:
    """The condition that `attribute` is none of `values`; None if there are no values."""
    excluded = sorted(values)
    conditions = [
        ~attribute.is_in(*excluded[i : i + MAX_IN_OPERANDS]) for i in range(0, len(excluded), MAX_IN_OPERANDS)
    ]
    return reduce(lambda one, other: one & other, conditions) if conditions else None


def _below(part: Part, bound: str) -> Between:
    # DynamoDB allows one condition on the sort key. With a lower bound that is BETWEEN, which includes `bound` itself.
    if isinstance(part, Prefix):
        return Between(low=part.text, high=min(bound, f"{part.text}{LAST_CHARACTER}"))
    if part.low is not None:
        return Between(low=part.low, high=min(bound, part.high or bound))
    return Between(below=bound) if part.high is None else Between(high=min(bound, part.high))


def fetch_items(entries: Sequence[Row], *, consistent: bool = False) -> list[Row]:
    """The items behind index entries, in the entries' order, without those deleted meanwhile."""
    item_keys = [Key(row["pk"]["S"], row["sk"]["S"]) for row in entries]
    found = get_many(item_keys, consistent=consistent)
    return [found[key] for key in item_keys if key in found]
