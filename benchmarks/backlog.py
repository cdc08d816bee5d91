"""Backlogs of due work: the scheduled jobs on 100,000 due items of each job.

The items became due one to two hours ago, and the table refuses to change some of them. Runs follow one another, the
first two at the same time, until nothing is left. Then the results are counted.

    python -m benchmarks.backlog [--items 100000] [--jobs action_request …]
"""

import argparse
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from benchmarks import dynamodb_local, seed

BROKEN = 25
"""The number of items that cannot be processed."""
JOBS = ("action_request", "tracking_page", "pending_bridge", "delivery", "webhook")
Item = dict[str, Any]


class Queues:
    """Replaces SQS."""

    def send_message_batch(self, **_: Any) -> Item:
        return {}


class Traffic:
    """Counts DynamoDB calls. Changes of the items in `refused` fail, except those that reschedule them."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.refused: set[str] = set()
        self._lock = threading.Lock()

    @property
    def total(self) -> int:
        return sum(self.calls.values())

    @contextmanager
    def watched(self) -> Iterator[None]:
        from botocore.client import BaseClient
        from botocore.exceptions import ClientError

        whole = BaseClient._make_api_call

        def make_api_call(client: Any, name: str, parameters: Item) -> Any:
            with self._lock:
                self.calls[name] += 1
            if any(map(self._is_refused, _writes(name, parameters))):
                raise ClientError({"Error": {"Code": "ValidationException", "Message": "refused"}}, name)
            return whole(client, name, parameters)

        with patch.object(BaseClient, "_make_api_call", make_api_call):
            yield

    def _is_refused(self, write: Item) -> bool:
        key = write.get("Key")
        if not key or f"{key['pk']['S']} {key['sk']['S']}" not in self.refused:
            return False
        return "due_failures" not in write.get("ExpressionAttributeNames", {}).values()


def _writes(name: str, parameters: Item) -> list[Item]:
    if name == "TransactWriteItems":
        return [write for one in parameters["TransactItems"] for write in one.values()]
    return [parameters] if name in ("UpdateItem", "DeleteItem") else []


def jobs() -> dict[str, Callable[[], Any]]:
    """The jobs by name, as app.py runs them."""
    from chalicelib.action_requests.service import expire_due as expire_action_requests
    from chalicelib.bridges.oauth import sweep_due
    from chalicelib.tracking_pages.service import expire_due as expire_tracking_pages
    from chalicelib.webhooks.retrying import drain_webhooks, enqueue_deliveries

    runs = (expire_action_requests, expire_tracking_pages, sweep_due, enqueue_deliveries, drain_webhooks)
    return dict(zip(JOBS, runs, strict=True))


def run_until_done(run: Callable[[], Any], traffic: Traffic) -> Iterator[tuple[str, list[Any], float, int]]:
    """Run the job until nothing is left. Yields the number of each run, its results, seconds and calls."""
    number = 1
    while True:
        at_once = 2 if number == 1 else 1
        before, started = traffic.total, time.perf_counter()
        with seed.quiet(), ThreadPoolExecutor(at_once) as threads:
            running = [threads.submit(run) for _ in range(at_once)]
        found = [each.result() for each in running]
        numbers = "1 and 2, concurrently" if at_once == 2 else str(number)
        yield numbers, found, time.perf_counter() - started, traffic.total - before
        if not any(one.more for one in found):
            return
        number += at_once


def measure(job_name: str, items: int, traffic: Traffic) -> bool:
    """Print the runs as Markdown. Returns whether all items that can be processed are done."""
    from benchmarks import backlog_items

    started = time.perf_counter()
    refused = backlog_items.fill(job_name, items, BROKEN)
    print(f"{job_name}: {items:,} seeded in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    print(f"**{job_name}**, {items:,} items, {len(refused)} of which cannot be processed\n")
    print("| run | processed | rescheduled | more left | seconds | items a second | calls | lag at start, s |")
    print("|---|---|---|---|---|---|---|---|")
    traffic.refused = refused
    for numbers, found, seconds, calls in run_until_done(jobs()[job_name], traffic):
        handled, failed = sum(run.handled for run in found), sum(run.failed for run in found)
        left_some = "yes" if any(run.more for run in found) else "no"
        lag = max(run.lag_seconds for run in found)
        cells = (numbers, f"{handled:,}", failed, left_some, f"{seconds:.0f}", f"{handled / seconds:,.0f}")
        print(f"| {' | '.join(map(str, cells))} | {calls:,} | {lag:,.0f} |", flush=True)
    traffic.refused = set()
    due_now, later = backlog_items.still_due(job_name)
    print(f"\nDue now: {due_now}. Due later: {later:,}. {backlog_items.outcome(job_name)}\n", flush=True)
    return due_now == 0


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=100_000)
    arguments.add_argument("--jobs", nargs="+", choices=JOBS, default=list(JOBS))
    options = arguments.parse_args()
    try:
        with dynamodb_local.running() as endpoint:
            os.environ.update(seed.environment(endpoint))
            os.environ["DELIVERIES_QUEUE_URL"] = "queue"
            dynamodb_local.create_table(endpoint, seed.TABLE)
            from chalicelib.kit import aws

            aws.client = lambda _: Queues()  # type: ignore[assignment]
            traffic = Traffic()
            with traffic.watched():
                done = [measure(job_name, options.items, traffic) for job_name in options.jobs]
    except dynamodb_local.NotHere as reason:
        print(f"skipped: {reason}")
        return
    if not all(done):
        sys.exit("some items were not processed")


if __name__ == "__main__":
    main()
