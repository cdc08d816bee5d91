"""Reads of one item, in batches, and along a partition or an index. Rows are returned as DynamoDB sends them."""

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
from chalicelib.table.failures import raise_unavailable
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key

BATCH_SIZE = 100
PAGE_ENTRIES = 10_000
"""Index entries requested per round trip: more than a response of 1 MB holds."""
MEGABYTE_ENTRIES = 3_000
"""Index entries of records in nearly 1 MB. As a limit it makes a read end at the same entry on every engine: DynamoDB
Local counts the megabyte differently."""
MAX_THREADS = 16
MAX_PAGES = 10
"""Most pages a filtered list reads within one request."""
MAX_ATTEMPTS = 8

T = TypeVar("T")
R = TypeVar("R")
M = TypeVar("M", bound=Item)


@dataclass(frozen=True, slots=True)
class Page:
    """The next page starts after the key `last`, which is None at the end."""

    rows: list[Row]
    last: Row | None

    @property
    def last_key(self) -> str | None:
        """The sort key of `last` in the table itself, not in an index."""
        return None if self.last is None else str(self.last["sk"]["S"])


@dataclass(frozen=True, slots=True)
class Between:
    """Part of a partition: sort keys from `low` to `high`, both included; None is open."""

    low: str | None = None
    high: str | None = None
    below: str | None = None
    """An exclusive upper bound, instead of `high`. Cannot be combined with `low`."""

    @property
    def is_empty(self) -> bool:
        """DynamoDB refuses a range whose bounds cross, as with a stale cursor."""
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
    return ThreadPoolExecutor(max_workers=MAX_THREADS, thread_name_prefix="table")


@cache
def _prefetch_threads() -> ThreadPoolExecutor:
    # A pool of its own: a prefetch may wait for calls in the pool above and must not take their threads.
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="table-prefetch")


def prefetch(call: Callable[..., R], *arguments: Any) -> "Future[R]":
    """Start `call` on another thread, so that two round trips take the time of one. `call` may use `run_concurrently`
    and `map_concurrently`, but must not prefetch: it could wait for a thread that never becomes free."""
    return _prefetch_threads().submit(call, *arguments)


def map_concurrently(call: Callable[[T], R], inputs: Sequence[T]) -> list[R]:
    """`[call(i) for i in inputs]`, concurrently. The first error is raised after all calls have finished."""
    if len(inputs) < 2:
        return [call(i) for i in inputs]
    futures = [_threads().submit(call, i) for i in inputs]
    ended = [_finish(future, call, given) for future, given in zip(futures, inputs, strict=True)]
    return [future.result() for future in ended]


def run_concurrently(one: Callable[[], T], other: Callable[[], R]) -> tuple[T, R]:
    """The results of `one()` and `other()`, called concurrently."""
    future = _threads().submit(other)
    result = one()
    return result, _finish(future, lambda _: other(), None).result()


def _finish(future: "Future[R]", call: Callable[[T], R], given: T) -> "Future[R]":
    # A call that no thread has started runs on this one: nested calls could otherwise wait for a thread forever.
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
    """Sleep a random time of up to 25 ms · 2^attempt, at most one second."""
    time.sleep(random.uniform(0, min(1.0, 0.025 * 2**attempt)))  # noqa: S311 - jitter, not a secret


@raise_unavailable
def find_row(key: Key, *, consistent: bool = True) -> Row | None:
    response = table().connection.get_item(table().table_name, key.pk, key.sk, consistent_read=consistent)
    return cast(Row | None, response.get("Item"))


def find(model: type[M], key: Key, *, consistent: bool = True) -> M | None:
    row = find_row(key, consistent=consistent)
    return model.of(row) if row else None


def get_many(keys: Iterable[Key], *, consistent: bool = True) -> dict[Key, Row]:
    """The existing rows, by key. Each hundred keys is one round trip; these run concurrently."""
    distinct = list(dict.fromkeys(keys))
    chunks = [distinct[i : i + BATCH_SIZE] for i in range(0, len(distinct), BATCH_SIZE)]
    found: dict[Key, Row] = {}
    for rows in map_concurrently(lambda chunk: _get_batch(chunk, consistent), chunks):
        for row in rows:
            found[Key(row["pk"]["S"], row["sk"]["S"])] = row
    return found


@raise_unavailable
def _get_batch(keys: list[Key], consistent: bool) -> list[Row]:
    name = table().table_name
    rows: list[Row] = []
    pending: list[Any] = [{"pk": key.pk, "sk": key.sk} for key in keys]
    for attempt in range(MAX_ATTEMPTS):
        response = table().connection.batch_get_item(name, pending, consistent_read=consistent)
        rows += response["Responses"].get(name, [])
        unprocessed = response.get("UnprocessedKeys", {}).get(name, {}).get("Keys", [])
        if not unprocessed:
            return rows
        # A response holds at most 16 MB, so unprocessed keys alone are normal. Back off only if none were processed.
        if len(unprocessed) == len(pending):
            back_off(attempt)
        pending = [{"pk": key["pk"]["S"], "sk": key["sk"]["S"]} for key in unprocessed]
    raise Unavailable


@raise_unavailable
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
    """One round trip along a partition. Reads at most 1 MB; `last` tells whether there is more."""
    if part.is_empty:
        return Page([], None)
    response = table().connection.query(
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
    return Page(response["Items"], response.get("LastEvaluatedKey"))


def bounded_range(stop: int | None) -> Iterable[int]:
    """`range(stop)`, or an endless one for None."""
    return count_up() if stop is None else range(stop)


def each_page(
    pk: str,
    part: Part = ALL,
    *,
    index: str | None = None,
    where: Condition | None = None,
    limit: int | None = None,
    descending: bool = False,
    consistent: bool = False,
    max_pages: int | None = None,
) -> Iterator[Page]:
    """Up to `max_pages` pages, and at least one. Each is one round trip, made when the page is requested; the `last` of
    the final page tells whether there is more."""
    after: Row | None = None
    for _ in bounded_range(max_pages):
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


def query_all(pk: str, part: Part = ALL, *, limit: int, consistent: bool = True, descending: bool = False) -> list[Row]:
    """Up to `limit` rows of a partition that is small by design, such as an end user's bridges."""
    rows: list[Row] = []
    after: Row | None = None
    while len(rows) < limit:
        page = query(pk, part, limit=limit - len(rows), consistent=consistent, descending=descending, after=after)
        rows += page.rows
        after = page.last
        if after is None:
            break
    return rows


@raise_unavailable
def count(
    pk: str,
    part: Part = ALL,
    *,
    index: str | None = None,
    where: Condition | None = None,
    limit: int,
    consistent: bool = False,
    max_pages: int | None = None,
    page_entries: int | None = None,
) -> tuple[int, bool]:
    """The number of rows, newest first, and whether counting stopped early: at `limit` rows or after `max_pages` round
    trips of at most `page_entries`. All entries read are paid for, including those that `where` filters out."""
    total, after, entries = 0, None, page_entries or PAGE_ENTRIES
    if part.is_empty:
        return 0, False
    for _ in bounded_range(max_pages):
        response = table().connection.query(
            table().table_name,
            pk,
            range_key_condition=part.condition(INDEXES[index][1] if index else "sk"),
            filter_condition=where,
            consistent_read=consistent,
            exclusive_start_key=after,
            index_name=index,
            select=COUNT,
            scan_index_forward=False,
            limit=entries if where is not None else min(entries, limit + 1 - total),
        )
        total += response["Count"]
        after = response.get("LastEvaluatedKey")
        if total > limit or after is None:
            return min(total, limit), total > limit
    return total, True
