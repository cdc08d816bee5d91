"""All figures of deliveries in one run: CPU and write units from the stream to the recorded attempt, and the delay of
healthy webhooks beside one that hangs and gets fifty times as much.

The real handlers run on DynamoDB Local, with SQS replaced by `benchmarks.queue_server`. CPU is that of the handler's
process alone, with botocore's calls to the queues and the table. For the delays, processes take turns as Lambda's do:
each gets a batch of at most ten messages and no other before that one has ended.

    python -m benchmarks.pipeline [--seconds 40] [--every 4] [--load 0 8]
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import requests

from benchmarks import dynamodb_local, seed
from benchmarks.capacity import measuring
from benchmarks.delivery import ORDER, by_loop, serving, webhooks

EVENTS = 1000
HEALTHY, TIMES_AS_MUCH = 10, 50
MOST_AT_ONCE = 10
PROCESSES = {"fast": 4, "slow": 2}
DRAIN_S = 30
CPU_GOAL, DELIVER_GOAL = 2.0, 1.0
WRITE_GOALS = {10: 1.5, 1: 2.0}
Batch = dict[str, Any]


def surroundings(endpoint: str, queues: str) -> dict[str, str]:
    names = ("EVENTS", "DELIVERIES", "SLOW_DELIVERIES", "ALERTS", "MAIL", "CLEANUP", "BRIDGES")
    return {
        **seed.environment(endpoint),
        "AWS_ENDPOINT_URL_SQS": queues,
        **{f"{name}_QUEUE_URL": f"{queues}/1/{name.lower()}" for name in names},
        "STAGE": "local",
        "ALLOW_LOOPBACK": "1",
        "FUNCTION": "deliver_webhooks",
    }


def replace_key() -> None:
    """KMS alone is replaced; webhooks' secrets are decrypted once."""
    from chalicelib.kit import aws

    key, whole = seed.Key(), aws.client
    aws.client = lambda service: key if service == "kms" else whole(service)  # type: ignore[assignment]


def stream_record(target: Any, number: int) -> Any:
    from chalicelib.events.store import new_item

    item = new_item(target.organization_id, target.end_user_id, "order.created")
    item.resource_type, item.resource_id = "order", ORDER["id"]
    item.data = json.dumps({**ORDER, "order_number": f"ORD-{number}"})
    image = item.serialize()
    return {"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(number), "NewImage": image}}


def take(queue: str, most: int) -> list[Batch]:
    from chalicelib.kit import queues
    from chalicelib.kit.settings import settings

    url, batches = getattr(settings(), f"{queue}_queue_url"), []
    while found := queues.receive(url, most, 0):
        batches.append({"Records": [{"messageId": each.message_id, "body": each.body} for each in found]})
    return batches


def timed(handler: Callable[[Batch], Any], batches: list[Batch]) -> float:
    began = time.process_time()
    for batch in batches:
        assert handler(batch) == {"batchItemFailures": []}
    return time.process_time() - began


def through(targets: list[Any], events: int, batch: int) -> dict[str, float]:
    """CPU-seconds of each step for `events` events, in batches of this size (of the relay, ten times as large)."""
    from chalicelib.dispatch.service import dispatch
    from chalicelib.events.relay import relay
    from chalicelib.webhooks.delivery import deliver

    records = [stream_record(targets[number % len(targets)], number) for number in range(events)]
    relayed = [{"Records": records[start : start + 10 * batch]} for start in range(0, events, 10 * batch)]
    spent = {"relay": timed(relay, relayed)}
    spent["dispatch"] = timed(dispatch, take("events", batch))
    spent["deliver"] = timed(deliver, take("deliveries", batch))
    return spent


def measure_steps(base_url: str) -> bool:
    """Print CPU and write units. Returns whether the goals are met."""
    met = True
    print(f"{'CPU-seconds per 1,000 deliveries':44} {'relay':>7} {'dispatch':>9} {'deliver':>8} {'in all':>7}")
    for hooks, batch in ((10, 10), (1, 10), (10, 1)):
        targets = webhooks(base_url, 0)[:hooks]
        with seed.quiet():
            through(targets, 50, batch)
            spent = {name: cpu / EVENTS * 1000 for name, cpu in through(targets, EVENTS, batch).items()}
        whole = sum(spent.values())
        row = f"{spent['relay']:7.2f} {spent['dispatch']:9.2f} {spent['deliver']:8.2f} {whole:7.2f}"
        print(f"  {hooks:2} webhooks, batches of {batch:<18} {row}", flush=True)
        if batch == 10:
            met = met and whole <= CPU_GOAL and spent["deliver"] <= DELIVER_GOAL
    loop = by_loop(base_url, 0, EVENTS, kept_alive=True)[1] / EVENTS * 1000
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


def work(lane: str) -> None:
    """A process of the delivering function, which polls its queue as Lambda does."""
    from chalicelib.kit import queues
    from chalicelib.kit.settings import settings
    from chalicelib.webhooks.delivery import deliver, deliver_slow

    replace_key()
    queue_url, handler = settings().deliveries_queue_url, deliver
    if lane == "slow":
        queue_url, handler = settings().slow_deliveries_queue_url, deliver_slow
    with seed.quiet():
        while True:
            found = queues.receive(queue_url, 10, 1)
            if found:
                handler({"Records": [{"messageId": each.message_id, "body": each.body} for each in found]})


def message(target: Any) -> tuple[str, Any]:
    """A new event's id, and its message for the deliverer."""
    from chalicelib.kit import clock, ids
    from chalicelib.webhooks.queueing import first_message
    from chalicelib.webhooks.references import delivery_id_of

    event_id = ids.new_ordered_id()
    event = {"id": event_id, "type": "order.created", "end_user_id": target.end_user_id}
    event |= {"created_at": clock.timestamp(), "data": json.dumps(ORDER)}
    return event_id, first_message(target, delivery_id_of(event_id, "webhook", target.webhook_id), event)


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds, in ascending order."""

    from_event: list[float]
    """From the moment an event was really written to its arrival at a healthy webhook."""
    publisher: list[float]
    """From the moment an event should have been written to the moment it was."""


def publish(schedule: list[tuple[float, Any]], hanging: Any) -> tuple[dict[str, float], list[float]]:
    """Write events when they are due, at most ten in one call. Returns when those of healthy webhooks were written, and
    by how much each was late."""
    from chalicelib.kit import queues
    from chalicelib.kit.settings import settings

    began, written, late, left = time.monotonic(), {}, [], deque(sorted(schedule, key=lambda entry: entry[0]))
    while left:
        time.sleep(max(0.0, began + left[0][0] - time.monotonic()))
        now, batch = time.monotonic() - began, list[Any]()
        while left and left[0][0] <= now and len(batch) < MOST_AT_ONCE:
            due_at, target = left.popleft()
            late.append(now - due_at)
            event_id, sent = message(target)
            batch.append(sent)
            if target is not hanging:
                written[event_id] = time.time()
        queues.send(settings().deliveries_queue_url, batch)
    return written, sorted(late)


def delays(base_url: str, seconds: float, every_s: float, *, noisy: bool) -> Delays:
    """Healthy webhooks get an event every `every_s` seconds each."""
    requests.delete(base_url, timeout=10)
    healthy, hanging = webhooks(base_url, 0)[:HEALTHY], webhooks(base_url, "never")[0]  # type: ignore[arg-type]
    schedule = [(n * every_s / HEALTHY, healthy[n % HEALTHY]) for n in range(int(seconds * HEALTHY / every_s))]
    if noisy:
        schedule += [(n * every_s / TIMES_AS_MUCH, hanging) for n in range(int(seconds * TIMES_AS_MUCH / every_s))]
    written, late = publish(schedule, hanging)
    deadline = time.monotonic() + DRAIN_S
    while time.monotonic() < deadline:
        seen = requests.get(base_url, timeout=30).json()
        arrivals = {name.split()[0]: arrived for name, arrived in seen.items() if "/never/" not in name}
        if written.keys() <= arrivals.keys():
            break
        time.sleep(0.5)
    missing = len(written.keys() - arrivals.keys())
    if missing:
        print(f"  {missing} of {len(written)} did not arrive within {DRAIN_S} s")
    return Delays(sorted(arrivals.get(event, time.time()) - at for event, at in written.items()), late)


def percentiles(found: list[float]) -> tuple[float, float]:
    return found[len(found) // 2] * 1000, found[int(len(found) * 0.95)] * 1000


def measure_fairness(base_url: str, seconds: float, every_s: float, load: int) -> bool:
    with ExitStack() as stack:
        for lane, number in PROCESSES.items():
            for _ in range(number):
                process = subprocess.Popen([sys.executable, "-m", "benchmarks.pipeline", "--worker", lane])
                stack.callback(process.wait)
                stack.callback(process.terminate)
        for _ in range(load):
            busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            stack.callback(busy.wait)
            stack.callback(busy.kill)
        delays(base_url, 3, 1, noisy=False)
        quiet = delays(base_url, seconds, every_s, noisy=False)
        noisy = delays(base_url, seconds, every_s, noisy=True)
    alone, beside = percentiles(quiet.from_event), percentiles(noisy.from_event)
    goal = 2 * alone[1] + 100
    row = f"{alone[0]:6.0f} {alone[1]:6.0f} {beside[0]:9.0f} {beside[1]:6.0f} {goal:10.0f}"
    late = f"{percentiles(quiet.publisher)[1]:9.0f} {percentiles(noisy.publisher)[1]:6.0f}"
    print(f"  with {load} busy processes beside it      {row} {late}", flush=True)
    return beside[1] <= goal


def measure(endpoint: str, base_url: str, options: argparse.Namespace) -> bool:
    dynamodb_local.create_table(endpoint, seed.TABLE)
    replace_key()
    met = measure_steps(base_url)
    print(
        "\nmilliseconds from event to arrival: alone p50, p95; beside 50 x p50, p95; goal; publisher late p95 in both"
    )
    for load in options.load:
        met = measure_fairness(base_url, options.seconds, options.every, load) and met
    return met


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--every", type=float, default=4, help="seconds between two events of a healthy webhook")
    parser.add_argument("--load", type=int, nargs="*", default=[0, 8], help="busy processes beside it")
    parser.add_argument("--worker", choices=tuple(PROCESSES), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.worker)
    try:
        with (
            dynamodb_local.running() as endpoint,
            serving("benchmarks.queue_server") as queues,
            serving() as base_url,
        ):
            os.environ.update(surroundings(endpoint, queues))
            sys.exit(0 if measure(endpoint, base_url, options) else 1)
    except dynamodb_local.NotHere as missing:
        sys.exit(f"skipped: {missing}")


if __name__ == "__main__":
    main()
