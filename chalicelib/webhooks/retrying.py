"""Scheduled every minute, with a run for each shard: enqueue deliveries whose next attempt is due, and probe or drain
webhooks that are due.
"""

import zlib
from collections.abc import Sequence
from time import monotonic

from chalicelib.table.due import ALL_SHARDS, DueItem, Run, run_due, run_due_batches
from chalicelib.webhooks.deferred import drain
from chalicelib.webhooks.queueing import Requeue, enqueue
from chalicelib.webhooks.store import DELIVERY_DUE, PENDING, WEBHOOK_DUE, DeliveryItem

MAX_DELIVERIES = 20_000
MAX_WEBHOOKS = 20_000
MAX_SECONDS = 36.0
"""For both jobs, half of it for webhooks. The function's timeout of 50 s leaves time for what has been started."""
BATCH_SIZE = 10
GROUPS = 8


def run(shard: int | None = None) -> None:
    """Do what is due in one shard, or in all."""
    shards = ALL_SHARDS if shard is None else (shard,)
    began = monotonic()
    drain_webhooks(shards)
    enqueue_deliveries(shards, MAX_SECONDS - (monotonic() - began))


def drain_webhooks(shards: Sequence[int] = ALL_SHARDS) -> Run:
    return run_due(WEBHOOK_DUE, drain, limit=MAX_WEBHOOKS, seconds=MAX_SECONDS / 2, shards=shards)


def enqueue_deliveries(shards: Sequence[int] = ALL_SHARDS, seconds: float = MAX_SECONDS) -> Run:
    return run_due_batches(
        DELIVERY_DUE,
        _enqueue_due,
        group=_spread,
        size=BATCH_SIZE,
        limit=MAX_DELIVERIES,
        seconds=seconds,
        shards=shards,
    )


def _enqueue_due(items: Sequence[DueItem]) -> None:
    """Enqueue due deliveries, except those that another run has already moved to a later due time."""
    due = DeliveryItem.duesk
    enqueue([Requeue(one.key, (due == one.due.sk) & (DeliveryItem.state == PENDING), due=one.due) for one in items])


def _spread(item: DueItem) -> str:
    """An arbitrary group: deliveries are batched only because ten fit into one SQS call."""
    return str(zlib.crc32(item.key.sk.encode()) % GROUPS)
