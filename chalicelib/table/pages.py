"""Paging along an index or a partition: keys first, then only the items of the page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.kit.errors import Invalid
from chalicelib.table.connection import INDEXES
from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import ALL, READ_AT_ONCE, Between, Part, Prefix, get_many, map_concurrently, query, up_to

LAST_CHARACTER = "\U0010ffff"
MOST_OPERANDS = 100
"""That DynamoDB takes in one IN."""


class TooFarDown(Invalid):
    def __init__(self) -> None:
        super().__init__([("page", "is further down than is read by number; go on from the page before by nextCursor")])


@dataclass(frozen=True, slots=True)
class Window:
    """What part of a list is asked for: `limit` entries from `offset`, or from below the sort key `below`."""

    limit: int
    offset: int = 0
    below: str | None = None

    @property
    def page(self) -> int:
        return self.offset // self.limit + 1


@dataclass(frozen=True, slots=True)
class Entries:
    """Index entries of one window; `next` is the sort key to go on below, None at the end."""

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
    trips: int | None = None,
) -> Entries:
    """The window's entries, newest (highest sort key) first. Costs the entries passed over, and those that `where`
    leaves out; one trip for each 1 MB. After so many trips there may be fewer entries than asked for, or none, and
    `next` says where to go on; TooFarDown where the window has not been reached by then."""
    sort = INDEXES[index][1] if index else "sk"
    if window.below is not None:
        part = _below(part, window.below)
    to_pass = window.offset
    rows: list[Row] = []
    after: Row | None = None
    for _ in up_to(trips):
        page = query(
            pk,
            part,
            index=index,
            where=where,
            limit=READ_AT_ONCE if where is not None else min(READ_AT_ONCE, to_pass + window.limit + 1 - len(rows)),
            descending=True,
            consistent=consistent,
            after=after,
        )
        found = [row for row in page.rows if row[sort]["S"] != window.below]
        rows += found[to_pass:]
        to_pass = max(0, to_pass - len(found))
        after = page.last
        if after is None or len(rows) > window.limit:
            break
    shown = rows[: window.limit]
    if len(rows) > window.limit:
        return Entries(shown, shown[-1][sort]["S"])
    if to_pass and after is not None:
        raise TooFarDown
    return Entries(shown, after[sort]["S"] if after is not None else None)


def list_merged(
    parts: Sequence[tuple[str, Part]], window: Window, *, where: Condition | None = None, consistent: bool = False
) -> Entries:
    """One list that lies in several partitions, read side by side. A page costs what it passes over in each of them."""
    reach = replace(window, limit=window.offset + window.limit, offset=0)
    found = map_concurrently(
        lambda at: list_entries(at[0], reach, part=at[1], where=where, consistent=consistent), list(parts)
    )
    rows = sorted((row for entries in found for row in entries.rows), key=lambda row: str(row["sk"]["S"]), reverse=True)
    shown = rows[window.offset : reach.limit]
    more = len(rows) > reach.limit or any(entries.next for entries in found)
    return Entries(shown, shown[-1]["sk"]["S"] if more and shown else None)


def without(attribute: Any, values: Collection[str]) -> Condition | None:
    """The condition that `attribute` is none of `values`; None where there are none to leave out."""
    left_out = sorted(values)
    conditions = [~attribute.is_in(*left_out[i : i + MOST_OPERANDS]) for i in range(0, len(left_out), MOST_OPERANDS)]
    return reduce(lambda one, other: one & other, conditions) if conditions else None


def _below(part: Part, bound: str) -> Between:
    # DynamoDB takes one condition on a sort key: with a lower bound it must be BETWEEN, which includes `bound` itself.
    if isinstance(part, Prefix):
        return Between(low=part.text, high=min(bound, f"{part.text}{LAST_CHARACTER}"))
    if part.low is not None:
        return Between(low=part.low, high=min(bound, part.high or bound))
    return Between(below=bound) if part.high is None else Between(high=min(bound, part.high))


def items_of(entries: Sequence[Row], *, consistent: bool = False) -> list[Row]:
    """The items behind index entries, in the entries' order; one that is gone meanwhile is left out."""
    wanted = [Key(row["pk"]["S"], row["sk"]["S"]) for row in entries]
    found = get_many(wanted, consistent=consistent)
    return [found[key] for key in wanted if key in found]
