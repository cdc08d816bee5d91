"""Scheduled every minute: sends a message for each bridge whose work is due."""

import zlib
from collections.abc import Sequence

from chalicelib.connectors.messages import new_message
from chalicelib.kit import clock
from chalicelib.kit.queues import send
from chalicelib.kit.settings import settings
from chalicelib.table import keys
from chalicelib.table.due import DueItem, Run, run_due_batches
from chalicelib.table.reads import map_concurrently
from chalicelib.table.transaction import update
from chalicelib.tasks.leases import WORK_DUE
from chalicelib.tasks.store import WorkItem

MAX_BRIDGES = 50_000
MAX_SECONDS = 40.0
BATCH_SIZE = 10
GROUPS = 8
CLAIM_S = 300
"""If the message is lost, the bridge is due again after this time."""


def run() -> Run:
    return run_due_batches(WORK_DUE, _start, group=_spread, size=BATCH_SIZE, limit=MAX_BRIDGES, seconds=MAX_SECONDS)


def _start(items: Sequence[DueItem]) -> None:
    claimed = [row for row in map_concurrently(_claim, items) if row is not None]
    send(settings().bridges_queue_url, [new_message(work.organization_id, work.bridge_id) for work in claimed])


def _claim(item: DueItem) -> WorkItem | None:
    """Move the work to a later time. Of two schedulers at once only one succeeds."""
    later = keys.due_at(item.due, clock.in_seconds(CLAIM_S)).sk
    row = update(item.key, [WorkItem.duesk.set(later)], WorkItem.duesk == item.due.sk)
    return WorkItem.of(row) if row is not None else None


def _spread(item: DueItem) -> str:
    """An arbitrary group: bridges are batched only because ten messages fit into one SQS call."""
    return str(zlib.crc32(item.key.pk.encode()) % GROUPS)
