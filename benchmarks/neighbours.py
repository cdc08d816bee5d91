"""The delay of healthy webhooks, from the event to its arrival, beside one that hangs and gets fifty times as many.

The real handlers of dispatch and delivery run in processes that take turns as Lambda's do: each gets a batch of at most
ten messages and no other before that one has ended. The queues have no fairness. Both sides of a comparison are
measured in one run, at the same rate, beside the same number of busy processes.

    python -m benchmarks.neighbours [--seconds 60] [--every 4] [--load 0 8]
"""

import argparse
import json
import os
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from benchmarks import dynamodb_local, processes, seed
from benchmarks.delivery import ORDER, serving, webhooks
from benchmarks.replaced import replace_key, replacing

HEALTHY, TIMES_AS_MUCH = 10, 50
MOST_AT_ONCE = 10
PROCESSES = {"dispatch": 2, "fast": 4, "slow": 2}
DRAIN_S = 30


def work(name: str) -> None:
    """A process of a function, which polls its queue as Lambda does."""
    from chalicelib.dispatch.service import dispatch
    from chalicelib.kit import queues
    from chalicelib.kit.settings import settings
    from chalicelib.webhooks.delivery import deliver, deliver_slow

    replace_key()
    queue_url, handler = {
        "dispatch": (settings().events_queue_url, dispatch),
        "fast": (settings().deliveries_queue_url, deliver),
        "slow": (settings().slow_deliveries_queue_url, deliver_slow),
    }[name]
    with seed.quiet():
        while True:
            found = queues.receive(queue_url, 10, 1)
            if found:
                handler({"Records": [{"messageId": each.message_id, "body": each.body} for each in found]})


@contextmanager
def functions(load: int) -> Iterator[dict[str, list[int]]]:
    """Start the processes, and `load` more that are only busy. Yields the processes' ids by function."""
    found: dict[str, list[int]] = {}
    with ExitStack() as stack:
        for name, number in PROCESSES.items():
            for _ in range(number):
                process = processes.start([sys.executable, "-m", "benchmarks.neighbours", "--worker", name])
                stack.callback(process.wait)
                stack.callback(process.terminate)
                found.setdefault(name, []).append(process.pid)
        for _ in range(load):
            busy = processes.start([sys.executable, "-c", "while True: pass"])
            stack.callback(busy.wait)
            stack.callback(busy.kill)
        yield found


def cpu_seconds(ids: dict[str, list[int]]) -> Counter[str]:
    """User and system, by function."""
    ticks: Counter[str] = Counter()
    for name, process_ids in ids.items():
        for process_id in process_ids:
            with open(f"/proc/{process_id}/stat", encoding="utf-8") as file:
                fields = file.read().rpartition(")")[2].split()
            ticks[name] += int(fields[11]) + int(fields[12])
    return Counter({name: number / os.sysconf("SC_CLK_TCK") for name, number in ticks.items()})


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds, in ascending order."""

    from_event: list[float]
    """From the moment an event was really written to its arrival at a healthy webhook."""
    publisher: list[float]
    """From the moment an event should have been written to the moment it was."""


def event_message(target: Any) -> tuple[str, Any]:
    """A new event's id, and its message for dispatching."""
    from chalicelib.events.relay import queue_message
    from chalicelib.events.store import new_item

    item = new_item(target.organization_id, target.end_user_id, "order.created")
    item.resource_type, item.resource_id, item.data = "order", ORDER["id"], json.dumps(ORDER)
    return item.id, queue_message(item)


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
            event_id, sent = event_message(target)
            batch.append(sent)
            if target is not hanging:
                written[event_id] = time.time()
        queues.send(settings().events_queue_url, batch)
    return written, sorted(late)


def delays(base_url: str, seconds: float, every_s: float, *, noisy: bool) -> Delays:
    """Healthy webhooks get an event every `every_s` seconds each."""
    requests.delete(base_url, timeout=10)
    healthy, hanging = webhooks(base_url, "0")[:HEALTHY], webhooks(base_url, "never")[0]
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


def compare(base_url: str, seconds: float, every_s: float, load: int) -> bool:
    with functions(load) as ids:
        delays(base_url, 3, 1, noisy=False)
        spent = [cpu_seconds(ids)]
        quiet = delays(base_url, seconds, every_s, noisy=False)
        spent.append(cpu_seconds(ids))
        noisy = delays(base_url, seconds, every_s, noisy=True)
        spent.append(cpu_seconds(ids))
    alone, beside = percentiles(quiet.from_event), percentiles(noisy.from_event)
    goal = 2 * alone[1] + 100
    row = f"{alone[0]:6.0f} {alone[1]:6.0f} {beside[0]:9.0f} {beside[1]:6.0f} {goal:10.0f}"
    late = f"{percentiles(quiet.publisher)[1]:9.0f} {percentiles(noisy.publisher)[1]:6.0f}"
    print(f"  with {load} busy processes beside it      {row} {late}")
    for name in PROCESSES:
        before, after = spent[1][name] - spent[0][name], spent[2][name] - spent[1][name]
        print(f"    CPU-seconds of {name:10} {before:6.2f} alone {after:6.2f} beside")
    sys.stdout.flush()
    return beside[1] <= goal


def measure(base_url: str, options: argparse.Namespace) -> bool:
    print("milliseconds from event to arrival: alone p50, p95; beside 50 x p50, p95; goal; publisher late p95 in both")
    met = [compare(base_url, options.seconds, options.every, load) for load in options.load]
    return all(met)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=4, help="seconds between two events of a healthy webhook")
    parser.add_argument("--load", type=int, nargs="*", default=[0, 8], help="busy processes beside it")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--worker", choices=tuple(PROCESSES), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.worker)
        return
    try:
        with replacing(), serving() as base_url:
            sys.exit(0 if measure(base_url, options) else 1)
    except dynamodb_local.NotHere as missing:
        sys.exit(f"skipped: {missing}")


if __name__ == "__main__":
    main()
