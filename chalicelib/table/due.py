"""The due index: scheduled work, found by time without reading anything else.

A scheduled item has `duepk` (job and shard) and `duesk` (time and id). Shards spread a job's writes over partitions. A
scheduled function reads its shards in turn, oldest items first, and stops after a bounded number of items or seconds.
Usually that is all of them; where one run is too slow, there is a run for each (`Function.fans_out`).
Handling an item removes its due keys, so the next run continues where this one stopped. Two concurrent runs see the
same items; the condition of each write lets only one of them succeed.

An item whose handler fails is rescheduled with exponential backoff, so that it neither stops the others nor stays at
the head of its shard. The metric `DueLag` is how late the oldest item was when the run began, `DueFailed` how many
items were rescheduled.
"""

import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock

from chalicelib.kit import clock, log, metrics
from chalicelib.table import keys
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import SHARDS, Key
from chalicelib.table.reads import Between, find, query
from chalicelib.table.transaction import update

ALL_SHARDS = range(SHARDS)
PAGE_SIZE = 100
WORKERS = 8
MAX_RUN_S = 180
"""A run starts nothing new after this time, well before its function times out."""
FIRST_DELAY_S = 300
MAX_DELAY_S = 86400


@dataclass(frozen=True, slots=True)
class DueItem:
    key: Key
    due: Key
    """Its key in the due index."""

    @property
    def at(self) -> str:
        """The time it was scheduled for."""
        return keys.due_time(self.due)


@dataclass(slots=True)
class Run:
    """The outcome of one run. `lag_seconds`: how late the oldest item was; `more`: whether due items are left."""

    handled: int = 0
    failed: int = 0
    lag_seconds: float = 0.0
    more: bool = False
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def count(self, *, handled: int = 0, failed: int = 0) -> None:
        with self._lock:
            self.handled += handled
            self.failed += failed


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    handle: Callable[[Sequence[DueItem]], None]
    group: Callable[[DueItem], str]
    size: int
    ends: float
    run: Run

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.ends


def due_key(job_name: str, at: str, item_id: str) -> Key:
    return keys.due(job_name, zlib.crc32(item_id.encode()) % SHARDS, at, item_id)


def run_due(
    job_name: str,
    handle: Callable[[DueItem], None],
    *,
    limit: int,
    seconds: float = MAX_RUN_S,
    shards: Sequence[int] = ALL_SHARDS,
) -> Run:
    """Handle up to `limit` due items, several at a time, for about `seconds`."""
    return run_due_batches(
        job_name,
        lambda items: handle(items[0]),
        group=lambda item: "".join(item.key),
        size=1,
        limit=limit,
        seconds=seconds,
        shards=shards,
    )


def run_due_batches(
    job_name: str,
    handle: Callable[[Sequence[DueItem]], None],
    *,
    group: Callable[[DueItem], str],
    size: int,
    limit: int,
    seconds: float = MAX_RUN_S,
    shards: Sequence[int] = ALL_SHARDS,
) -> Run:
    """As `run_due`, for items that share a counter and are cheaper to write together. `handle` gets up to `size` items
    of one group and must be all-or-nothing; batches of one group run one after another. If a batch fails, its items are
    handled one by one."""
    run = Run()
    job = _Job(job_name, handle, group, size, time.monotonic() + seconds, run)
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="due") as threads:
        for items in _pages(job, limit, shards):
            list(threads.map(lambda group: _handle_group(job, group), _grouped(job, items)))
    log.info(
        "due_run",
        kind=job_name,
        handled=run.handled,
        failed=run.failed,
        lag_seconds=round(run.lag_seconds, 1),
        more=run.more,
    )
    metrics.emit(
        {"Job": job_name},
        {
            "DueLag": (round(run.lag_seconds, 3), "Seconds"),
            "DueHandled": (run.handled, "Count"),
            "DueFailed": (run.failed, "Count"),
        },
    )
    return run


def _pages(job: _Job, limit: int, shards: Sequence[int]) -> Iterator[list[DueItem]]:
    """Pages of the shards in turn, so that a long shard does not delay the others."""
    until = Between(high=f"{clock.timestamp()}~")
    unread: list[tuple[int, Row | None]] = [(shard, None) for shard in shards]
    seen = 0
    while unread:
        shard, after = unread.pop(0)
        if seen >= limit or job.is_over:
            job.run.more = True
            return
        partition = keys.due(job.name, shard, "", "").pk
        page = query(partition, until, index="due", limit=min(PAGE_SIZE, limit - seen), after=after)
        if page.last is not None:
            unread.append((shard, page.last))
        items = [_due_item(row) for row in page.rows]
        if not items:
            continue
        if after is None:
            late = (clock.now() - clock.parse(items[0].at)).total_seconds()
            job.run.lag_seconds = max(job.run.lag_seconds, late)
        seen += len(items)
        yield items


def _due_item(row: Row) -> DueItem:
    return DueItem(Key(row["pk"]["S"], row["sk"]["S"]), Key(row["duepk"]["S"], row["duesk"]["S"]))


def _grouped(job: _Job, items: Sequence[DueItem]) -> list[list[DueItem]]:
    groups: defaultdict[str, list[DueItem]] = defaultdict(list)
    for item in items:
        groups[job.group(item)].append(item)
    return list(groups.values())


def _handle_group(job: _Job, items: Sequence[DueItem]) -> None:
    for start in range(0, len(items), job.size):
        if job.is_over:
            job.run.more = True
            return
        _handle(job, items[start : start + job.size])


def _handle(job: _Job, items: Sequence[DueItem]) -> None:
    try:
        job.handle(items)
        job.run.count(handled=len(items))
    except Exception as failure:
        if len(items) > 1:
            log.warning("due_batch_failed", kind=job.name, items=len(items), error_type=type(failure).__name__)
            _handle_group(replace(job, size=1), items)
            return
        job.run.count(failed=1)
        log.error("due_item_failed", failure, kind=job.name)
        _reschedule(job, items[0])


def _reschedule(job: _Job, item: DueItem) -> None:
    """Double the delay with each consecutive failure. Does nothing if the item was rescheduled meanwhile."""
    try:
        stored = find(Item, item.key)
        is_consecutive = stored is not None and stored.rescheduled_to == item.due.sk
        failures = (stored.due_failures or 0) if stored and is_consecutive else 0
        delay = min(FIRST_DELAY_S * 2 ** min(failures, 20), MAX_DELAY_S)
        later = keys.due_at(item.due, clock.in_seconds(delay)).sk
        actions = [Item.duesk.set(later), Item.rescheduled_to.set(later), Item.due_failures.set(failures + 1)]
        update(item.key, actions, Item.duesk == item.due.sk)
    except Exception as failure:
        log.error("due_item_not_put_off", failure, kind=job.name)
