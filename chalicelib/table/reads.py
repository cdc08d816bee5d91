"""Reads: single, in batches, and along a partition or an index. Rows come back as DynamoDB sends them."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import count as count_up
from typing import Any, TypeVar, cast

from pynamodb.constants import COUNT
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.kit.errors import Unavailable
from chalicelib.table.connection import INDEXES, table
from chalicelib.table.failures import or_unavailable
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key

BATCH_SIZE = 100
READ_AT_ONCE = 10_000
"""Index entries asked for in one trip; about as many as fit the 1 MB of an answer."""
SIDE_BY_SIDE = 16
MOST_TRIPS = 10
"""In which somebody who waits has a list looked through for what a filter holds of."""
ATTEMPTS = 8

T = TypeVar("T")
R = TypeVar("R")
M = TypeVar("M", bound=Item)


@dataclass(frozen=True, slots=True)
class Page:
    """`last` is the key to go on after, None at the end."""

    rows: list[Row]
    last: Row | None

    @property
    def last_key(self) -> str | None:
        """The sort key to go on from, of a partition of the table itself."""
        return None if self.last is None else str(self.last["sk"]["S"])


@dataclass(frozen=True, slots=True)
class Between:
    """Part of a partition: sort keys from `low` to `high`, both included; None is open."""

    low: str | None = None
    high: str | None = None
    below: str | None = None
    """An exclusive upper bound, instead of `high`; may not stand beside `low`."""

    @property
    def is_empty(self) -> bool:
        """DynamoDB refuses bounds that cross, as those of a stale cursor may."""
        return self.low is not None and self.high is not None and self.low > self.high

    def condition(self, name: str) -> Condition | None:
        sort: Any = Path([name])
        if self.below is not None:
            return cast(Condition, sort < self.below)
        if self.low is not None and self.high is not None:
            return cast(Condition, sort.between(self.low, self.high))
        if self.low is not None:
            return cast(Condition, sort >= self.low)
        return cast(Condition, sort <= self.high) if self.high is not None else None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Part of a partition: sort keys that begin with `text`."""

    text: str
    is_empty = False

    def condition(self, name: str) -> Condition | None:
        return cast(Condition, Path([name]).startswith(self.text))


Part = Between | Prefix
ALL = Between()


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=SIDE_BY_SIDE, thread_name_prefix="table")


@cache
def _threads_ahead() -> ThreadPoolExecutor:
    # Not the ones above: a call ahead may wait for what goes side by side there, and must not stand in its way.
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="table-ahead")


def prefetch(call: Callable[..., R], *arguments: Any) -> "Future[R]":
    """Start `call` on another thread, so that two round trips take the time of one. `call` must not prefetch itself, or
    it could wait for a thread that never comes free; it may use `run_concurrently` and `map_concurrently`."""
    return _threads_ahead().submit(call, *arguments)


def map_concurrently(call: Callable[[T], R], inputs: Sequence[T]) -> list[R]:
    """`[call(i) for i in inputs]`, together; the first error is raised after all have ended."""
    if len(inputs) < 2:
        return [call(i) for i in inputs]
    futures = [_threads().submit(call, i) for i in inputs]
    ended = [_ended(future, call, given) for future, given in zip(futures, inputs, strict=True)]
    return [future.result() for future in ended]


def run_concurrently(one: Callable[[], T], other: Callable[[], R]) -> tuple[T, R]:
    """`one()` and `other()`, together."""
    future = _threads().submit(other)
    result = one()
    return result, _ended(future, lambda _: other(), None).result()


def _ended(future: "Future[R]", call: Callable[[T], R], given: T) -> "Future[R]":
    # What no thread has taken up is done here: calls within calls would otherwise wait for a thread for ever.
    if not future.cancel():
        future.exception()
        return future
    here: Future[R] = Future()
    try:
        here.set_result(call(given))
    except Exception as failure:
        here.set_exception(failure)
    return here


def back_off(attempt: int) -> None:
    """Wait a random time below 25 ms · 2^attempt, one second at most, so that those who collided part ways."""
    time.sleep(random.uniform(0, min(1.0, 0.025 * 2**attempt)))  # noqa: S311 - spreads load, guards nothing


@or_unavailable
def get(key: Key, *, consistent: bool = True) -> Row | None:
    answer = table().connection.get_item(table().table_name, key.pk, key.sk, consistent_read=consistent)
    return cast(Row | None, answer.get("Item"))


def find(model: type[M], key: Key, *, consistent: bool = True) -> M | None:
    row = get(key, consistent=consistent)
    return model.of(row) if row else None


def get_many(keys: Iterable[Key], *, consistent: bool = True) -> dict[Key, Row]:
    """The rows that exist, by key. One round trip for up to a hundred keys, and the hundreds side by side."""
    wanted = list(dict.fromkeys(keys))
    chunks = [wanted[i : i + BATCH_SIZE] for i in range(0, len(wanted), BATCH_SIZE)]
    found: dict[Key, Row] = {}
    for rows in map_concurrently(lambda chunk: _get_batch(chunk, consistent), chunks):
        for row in rows:
            found[Key(row["pk"]["S"], row["sk"]["S"])] = row
    return found


@or_unavailable
def _get_batch(keys: list[Key], consistent: bool) -> list[Row]:
    name = table().table_name
    rows: list[Row] = []
    pending: list[Any] = [{"pk": key.pk, "sk": key.sk} for key in keys]
    for attempt in range(ATTEMPTS):
        answer = table().connection.batch_get_item(name, pending, consistent_read=consistent)
        rows += answer["Responses"].get(name, [])
        unprocessed = answer.get("UnprocessedKeys", {}).get(name, {}).get("Keys", [])
        if not unprocessed:
            return rows
        # An answer holds 16 MB at most: what came back was progress, and only a standstill is a reason to wait.
        if len(unprocessed) == len(pending):
            back_off(attempt)
        pending = [{"pk": key["pk"]["S"], "sk": key["sk"]["S"]} for key in unprocessed]
    raise Unavailable


@or_unavailable
def query(
    pk: str,
    part: Part = ALL,
    *,
    index: str | None = None,
    where: Condition | None = None,
    limit: int | None = None,
    descending: bool = False,
    consistent: bool = False,
    after: Row | None = None,
) -> Page:
    """One round trip along a partition: 1 MB at most, so look at `last`."""
    if part.is_empty:
        return Page([], None)
    answer = table().connection.query(
        table().table_name,
        pk,
        range_key_condition=part.condition(INDEXES[index][1] if index else "sk"),
        filter_condition=where,
        consistent_read=consistent,
        exclusive_start_key=after,
        index_name=index,
        limit=limit,
        scan_index_forward=not descending,
    )
    return Page(answer["Items"], answer.get("LastEvaluatedKey"))


def up_to(trips: int | None) -> Iterable[int]:
    """As many turns of a loop; without an end for None."""
    return count_up() if trips is None else range(trips)


def each_page(
    pk: str,
    part: Part = ALL,
    *,
    index: str | None = None,
    where: Condition | None = None,
    limit: int | None = None,
    descending: bool = False,
    consistent: bool = False,
    most: int | None = None,
) -> Iterator[Page]:
    """Page after page, one at least and `most` at most: where it ends, the last one's `last` says whether there is
    more. One round trip each, made when the page is asked for."""
    after: Row | None = None
    for _ in up_to(most):
        page = query(
            pk,
            part,
            index=index,
            where=where,
            limit=limit,
            descending=descending,
            consistent=consistent,
            after=after,
        )
        yield page
        after = page.last
        if after is None:
            return


def query_all(pk: str, part: Part = ALL, *, most: int, consistent: bool = True, descending: bool = False) -> list[Row]:
    """Up to `most` rows of a partition that is small by design (an end user's bridges, a bridge's stats)."""
    rows: list[Row] = []
    after: Row | None = None
    while len(rows) < most:
        page = query(pk, part, limit=most - len(rows), consistent=consistent, descending=descending, after=after)
        rows += page.rows
        after = page.last
        if after is None:
            break
    return rows


@or_unavailable
def count(
    pk: str,
    part: Part = ALL,
    *,
    index: str | None = None,
    where: Condition | None = None,
    most: int,
    consistent: bool = False,
    trips: int | None = None,
) -> tuple[int, bool]:
    """How many rows there are, and whether counting stopped: at `most`, or after so many trips. It begins where a list
    begins, with the newest. Costs what the counted entries weigh, and those that `where` leaves out."""
    total, after = 0, None
    if part.is_empty:
        return 0, False
    for _ in up_to(trips):
        answer = table().connection.query(
            table().table_name,
            pk,
            range_key_condition=part.condition(INDEXES[index][1] if index else "sk"),
            filter_condition=where,
            consistent_read=consistent,
            exclusive_start_key=after,
            index_name=index,
            select=COUNT,
            scan_index_forward=False,
            limit=READ_AT_ONCE if where is not None else most + 1 - total,
        )
        total += answer["Count"]
        after = answer.get("LastEvaluatedKey")
        if total > most or after is None:
            return min(total, most), total > most
    return total, True
