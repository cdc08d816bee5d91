"""What the schedule does every minute: deliveries whose next attempt is due, and webhooks that have been waiting."""

import zlib

from chalicelib.table.due import DueItem, Run, run_due, run_due_together
from chalicelib.webhooks.queueing import queue_due
from chalicelib.webhooks.store import DELIVERY_DUE, WEBHOOK_DUE
from chalicelib.webhooks.waiting import tend

MOST_DELIVERIES = 20_000
MOST_WEBHOOKS = 20_000
SECONDS = 18.0
"""For each of the two, which is what bounds them; the function has 50, for what has begun to end in."""
AT_ONCE = 10
GROUPS = 8


def run() -> None:
    tend_webhooks()
    queue_deliveries()


def tend_webhooks() -> Run:
    return run_due(WEBHOOK_DUE, tend, most=MOST_WEBHOOKS, seconds=SECONDS)


def queue_deliveries() -> Run:
    return run_due_together(
        DELIVERY_DUE, queue_due, group=_any_of_a_few, size=AT_ONCE, most=MOST_DELIVERIES, seconds=SECONDS
    )


def _any_of_a_few(item: DueItem) -> str:
    """Nothing holds deliveries together but that ten go to the queue in one call."""
    return str(zlib.crc32(item.key.sk.encode()) % GROUPS)
