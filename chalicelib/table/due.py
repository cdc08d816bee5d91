"""The due index: everything that happens later, found by time without looking at anything else.

An item that is due carries `duepk` (kind and shard) and `duesk` (time and id). Shards spread the writes of a kind over
partitions; a scheduled function reads each shard up to now, oldest first, and stops after a bounded number. What it
handled has lost its due keys, so the next run goes on where this one stopped.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

from chalicelib import clock, log
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.reads import Between, query

SHARDS = 4
BATCH = 100


@dataclass(frozen=True, slots=True)
class DueItem:
    key: Key
    at: str
    """When it fell due."""


@dataclass(slots=True)
class Run:
    """What one run of a scheduled job did. `lag_seconds`: how late the oldest item was."""

    handled: int = 0
    failed: int = 0
    lag_seconds: float = 0.0
    more: bool = False


def due_key(kind: str, at: str, item_id: str) -> Key:
    return keys.due(kind, zlib.crc32(item_id.encode()) % SHARDS, at, item_id)


def run_due(kind: str, handle: Callable[[DueItem], None], *, most: int, until: str | None = None) -> Run:
    """Handle up to `most` items that are due, oldest first in each shard. One that fails does not stop the rest."""
    run = Run()
    now = until or clock.timestamp()
    share = max(1, most // SHARDS)
    for shard in range(SHARDS):
        _run_shard(kind, shard, handle, share, now, run)
    if run.lag_seconds:
        log.info("due_run", kind=kind, handled=run.handled, failed=run.failed, lag_seconds=run.lag_seconds)
    return run


def _run_shard(kind: str, shard: int, handle: Callable[[DueItem], None], most: int, now: str, run: Run) -> None:
    partition = keys.due(kind, shard, "", "").pk
    after = None
    seen = 0
    while seen < most:
        page = query(partition, Between(high=f"{now}~"), index="due", limit=min(BATCH, most - seen), after=after)
        for row in page.rows:
            due = DueItem(Key(row["pk"]["S"], row["sk"]["S"]), row["duesk"]["S"].split("#", 1)[0])
            lag = (clock.now() - clock.parse(due.at)).total_seconds()
            run.lag_seconds = max(run.lag_seconds, lag)
            try:
                handle(due)
                run.handled += 1
            except Exception as failure:
                run.failed += 1
                log.error("due_item_failed", failure, kind=kind)
        seen += len(page.rows)
        after = page.last
        if after is None:
            return
    run.more = True
