"""All figures of deliveries in one run: CPU and write units from the stream to the recorded attempt, and the delay of
healthy webhooks beside one that hangs (`benchmarks.neighbours`).

The real handlers run on DynamoDB Local, with SQS replaced by `benchmarks.queue_server`. CPU is that of the handler's
process alone, with botocore's calls to the queues and the table.

    python -m benchmarks.pipeline [--seconds 60] [--every 4] [--load 0 8]
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import requests

from benchmarks import dynamodb_local, neighbours, seed
from benchmarks.capacity import measuring
from benchmarks.delivery import ORDER, batches, by_loop, serving, webhooks
from benchmarks.replaced import replacing

EVENTS, TURNS = 300, 5
CPU_GOAL, DELIVER_GOAL = 2.0, 1.0
WRITE_GOALS = {10: 1.5, 1: 2.0}
Batch = dict[str, Any]


def event(target: Any, number: int) -> Any:
    from chalicelib.events.store import new_item

    item = new_item(target.organization_id, target.end_user_id, "order.created")
    item.resource_type, item.resource_id = "order", ORDER["id"]
    item.data = json.dumps({**ORDER, "order_number": f"ORD-{number}"})
    return item


def stream_record(item: Any, number: int) -> Any:
    return {"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(number), "NewImage": item.serialize()}}


def take(queue: str, most: int) -> list[Batch]:
    from chalicelib.kit import queues
    from chalicelib.kit.settings import settings

    url, taken = getattr(settings(), f"{queue}_queue_url"), []
    while found := queues.receive(url, most, 0):
        taken.append({"Records": [{"messageId": each.message_id, "body": each.body} for each in found]})
    return taken


def timed(handler: Callable[[Batch], Any], waiting: list[Batch]) -> float:
    began = time.process_time()
    for batch in waiting:
        assert handler(batch) == {"batchItemFailures": []}
    return time.process_time() - began


def through(targets: list[Any], events: int, batch: int) -> dict[str, float]:
    """CPU-seconds of each step for `events` events, in batches of this size (of the relay, ten times as large)."""
    from chalicelib.dispatch.service import dispatch
    from chalicelib.events.relay import relay
    from chalicelib.webhooks.delivery import deliver

    records = [stream_record(event(targets[number % len(targets)], number), number) for number in range(events)]
    relayed = [{"Records": records[start : start + 10 * batch]} for start in range(0, events, 10 * batch)]
    spent = {"relay": timed(relay, relayed)}
    spent["dispatch"] = timed(dispatch, take("events", batch))
    spent["deliver"] = timed(deliver, take("deliveries", batch))
    return spent


def measure_steps(base_url: str) -> bool:
    """Print CPU, the least of several turns, and write units. Returns whether the goals are met."""
    met = True
    print(f"{'CPU-seconds per 1,000 deliveries':44} {'relay':>7} {'dispatch':>9} {'deliver':>8} {'in all':>7}")
    for hooks, batch in ((10, 10), (1, 10), (10, 1)):
        targets = webhooks(base_url, 0)[:hooks]
        with seed.quiet():
            through(targets, 50, batch)
            turns = [through(targets, EVENTS, batch) for _ in range(TURNS)]
        spent = {name: min(turn[name] for turn in turns) / EVENTS * 1000 for name in turns[0]}
        whole = sum(spent.values())
        row = f"{spent['relay']:7.2f} {spent['dispatch']:9.2f} {spent['deliver']:8.2f} {whole:7.2f}"
        print(f"  {hooks:2} webhooks, batches of {batch:<18} {row}", flush=True)
        if batch == 10:
            met = met and whole <= CPU_GOAL and spent["deliver"] <= DELIVER_GOAL
    loop = min(by_loop(base_url, 0, EVENTS, kept_alive=True)[1] for _ in range(TURNS)) / EVENTS * 1000
    print(f"  a loop around requests.Session, sending alone {' ' * 25} {loop:7.2f}")
    print("\nwrite units of a delivery, from the stream to the recorded attempt")
    for batch, goal in WRITE_GOALS.items():
        # The webhook's last success is written once a second: here, with every batch.
        with seed.quiet():
            through(webhooks(base_url, 0)[:1], 20, batch)
            targets, written = webhooks(base_url, 0)[:1], 0.0
            for _ in range(3):
                with measuring(seed.TABLE, latency=0.0) as units:
                    through(targets, batch, batch)
                written += units.written
                time.sleep(1.1)
        each = written / 3 / batch
        print(f"  batches of {batch:<3} to one webhook {each:22.2f}   (goal {goal})", flush=True)
        met = met and each <= goal
    return met


def measure_latency(base_url: str) -> None:
    """Print how long a message alone takes from the call of the deliverer to its arrival."""
    from chalicelib.webhooks.delivery import deliver

    sent = {}
    with seed.quiet():
        for batch in batches(webhooks(base_url, 0)[:1], 220, 1):
            sent[json.loads(batch["Records"][0]["body"])["event"]["id"]] = time.time()
            deliver(batch)
    arrived = {name.split()[0]: at for name, at in requests.get(base_url, timeout=30).json().items()}
    # The first are not measured.
    found = sorted(1000 * (arrived[event_id] - at) for event_id, at in list(sent.items())[20:])
    p50, p95 = found[len(found) // 2], found[int(len(found) * 0.95)]
    print(f"\nmilliseconds from the call of the deliverer to the arrival: p50 {p50:.1f}, p95 {p95:.1f}", flush=True)


def measure_figures(base_url: str) -> None:
    """Print what counting the same events in the figures by day takes, apart from their deliveries."""
    from chalicelib.events.relay import queue_message
    from chalicelib.insights.counting import count
    from chalicelib.insights.messages import messages_for
    from chalicelib.table.batch_write import write_many

    print(f"\n{'counting 1,000 events in the figures':44} {'CPU-seconds':>12} {'write units each':>17}")
    for hooks, batch in ((10, 100), (1, 100), (1, 1)):
        targets = webhooks(base_url, 0)[:hooks]
        items = [event(targets[number % hooks], number) for number in range(EVENTS)]
        write_many(items)
        bodies = [each.body for item in items for each in messages_for(queue_message(item).body)]
        records = [{"messageId": str(n), "body": json.dumps(body)} for n, body in enumerate(bodies)]
        waiting = [{"Records": records[start : start + batch]} for start in range(0, EVENTS, batch)]
        with seed.quiet(), measuring(seed.TABLE, latency=0.0) as units:
            spent = timed(count, waiting) / EVENTS * 1000
        written = units.written / EVENTS
        print(f"  {hooks:2} organizations, batches of {batch:<14} {spent:12.2f} {written:17.2f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    neighbours.add_options(parser)
    options = parser.parse_args()
    try:
        with replacing(), serving() as base_url:
            met = measure_steps(base_url)
            measure_latency(base_url)
            measure_figures(base_url)
            print(flush=True)
            sys.exit(0 if neighbours.measure(base_url, options) and met else 1)
    except dynamodb_local.NotHere as missing:
        sys.exit(f"skipped: {missing}")


if __name__ == "__main__":
    main()
