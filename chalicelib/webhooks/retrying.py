"""Scheduled every minute: enqueue deliveries whose next attempt is due, and probe or drain webhooks that are due."""

import zlib
from collections.abc import Sequence

from chalicelib.table.due import DueItem, Run, run_due, run_due_batches
from chalicelib.webhooks.deferred import drain
from chalicelib.webhooks.queueing import Requeue, enqueue
from chalicelib.webhooks.store import DELIVERY_DUE, PENDING, WEBHOOK_DUE, DeliveryItem

MAX_DELIVERIES = 20_000
MAX_WEBHOOKS = 20_000
MAX_SECONDS = 18.0
"""For each of the two jobs. The function's timeout of 50 s leaves time for what has been started."""
BATCH_SIZE = 10
GROUPS = 8


def run() -> None:
    drain_webhooks()
    enqueue_deliveries()


def drain_webhooks() -> Run:
    return run_due(WEBHOOK_DUE, drain, limit=MAX_WEBHOOKS, seconds=MAX_SECONDS)


def enqueue_deliveries() -> Run:
    return run_due_batches(
        DELIVERY_DUE, _enqueue_due, group=_spread, size=BATCH_SIZE, limit=MAX_DELIVERIES, seconds=MAX_SECONDS
    )


def _enqueue_due(items: Sequence[DueItem]) -> None:
    """Enqueue due deliveries, except those that another run has already moved to a later due time."""
    due = DeliveryItem.duesk
    enqueue([Requeue(one.key, (due == one.due.sk) & (DeliveryItem.state == PENDING), due=one.due) for one in items])


def _spread(item: DueItem) -> str:
    """An arbitrary group: deliveries are batched only because ten fit into one SQS call."""
    return str(zlib.crc32(item.key.sk.encode()) % GROUPS)
