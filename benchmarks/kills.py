"""A thousand events through the local stack while its functions are killed: deliveries, repeats and records.

Uses the packaged functions and real queues. The receiver fails the first attempt of every tenth event. About every
second, a process of the relaying, dispatching or delivering function is killed at a random point. Its messages become
visible again after 65 s instead of six minutes, a little longer than a lease; everything else is as deployed. If a
process dies between recording a failure and queueing the retry, the due index retries a quarter of an hour later
(docs/decisions/0013-deliveries.md): `--seconds` must be longer than that to see the last deliveries arrive. Exits with
1 if an event is missing, a delivery had two ids, or the log does not record each attempt once.

    python -m benchmarks.kills [--events 1000] [--kills 60] [--seconds 1200]
"""

import argparse
import json
import os
import random
import signal
import sys
import threading
import time
import uuid
from collections import Counter, defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests

from benchmarks.fairness import publish
from local.stack import Stack, running

VICTIMS = ("RelayEvents", "DispatchEvents", "DeliverWebhooks", "DeliverSlowWebhooks")
VISIBILITY_S = 65


class Receiver(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, chance: random.Random) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.chance, self.lock = chance, threading.Lock()
        self.ids: defaultdict[str, set[str]] = defaultdict(set)
        self.arrivals: Counter[str] = Counter()
        self.accepted: set[str] = set()
        self.errors = 0

    def take(self, event_id: str, webhook_id: str) -> int:
        with self.lock:
            self.arrivals[event_id] += 1
            self.ids[event_id].add(webhook_id)
            if self.arrivals[event_id] == 1 and self.chance.random() < 0.1:
                self.errors += 1
                return 500
            self.accepted.add(event_id)
            return 200


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Receiver

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self.server.take(body["id"], self.headers["webhook-id"]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """No access log."""


def victims(stack: Stack) -> list[tuple[str, int]]:
    """The processes of this stack's functions by name."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        name = next((name for name in VICTIMS if f"-{name}-" in command), None)
        if name is not None and str(stack.place.scratch) in command:
            found.append((name, int(folder.name)))
    return found


def kill_at_random(
    stack: Stack, chance: random.Random, kills: int, killed: Counter[str], done: threading.Event
) -> None:
    """Kill often enough to interrupt work, and seldom enough for a new process to start working in between."""
    while sum(killed.values()) < kills and not done.wait(chance.uniform(0.5, 2)):
        alive = victims(stack)
        if alive:
            # Each function equally often, however many processes it has.
            name = chance.choice(sorted({name for name, _ in alive}))
            os.kill(chance.choice([process for of, process in alive if of == name]), signal.SIGKILL)
            killed[name] += 1


def subscribe(stack: Stack, url: str) -> tuple[str, str, str]:
    """Create an organization, an end user and a webhook. Returns their ids."""
    printed = dict(line.split()[:2] for line in stack.command("org", "--name", "Kills").splitlines())
    base_url = f"{stack.base_url}/api/v1/embed"

    def call(method: str, path: str, token: str, body: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.request(method, f"{base_url}{path}", json=body, headers=headers, timeout=120)
        answer.raise_for_status()
        return answer.json()["data"]

    features = {"slug": f"kills-{uuid.uuid4().hex[:8]}", "enabled_features": ["bridges", "end_user_webhooks"]}
    call("PATCH", "/config", printed["api_key"], features)
    wanted = {"externalId": "merchant", "scopes": ["webhooks:write"]}
    session = call("POST", "/sessions", printed["api_key"], wanted)
    hook = call("POST", "/webhooks", session["token"], {"url": url, "events": ["order.created"]})
    return printed["organization_id"], session["endUser"]["id"], hook["id"]


def deliveries(organization_id: str, webhook_id: str) -> tuple[Counter[str], int]:
    """The number of deliveries by state, and of those whose log does not have each attempt once. Those that succeeded
    at once have nothing but an attempt."""
    from chalicelib.table import keys
    from chalicelib.table.reads import query_all
    from chalicelib.webhooks.store import DeliveryItem, list_last_attempts

    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for row in list_last_attempts(organization_id, webhook_id, 100_000):
        numbers[row.delivery_id].append(row.attempt)
    rows = query_all(keys.delivery(organization_id, webhook_id, "").pk, limit=100_000)
    items = [DeliveryItem.of(row) for row in rows]
    wrong = sum(sorted(numbers.pop(one.sk, [])) != list(range(1, one.attempts + 1)) for one in items)
    wrong += sum(attempts != [1] for attempts in numbers.values())
    return Counter({"delivered": len(numbers)}) + Counter(one.state for one in items), wrong


def hurry(stack: Stack) -> None:
    for name in ("EVENTS", "DELIVERIES", "SLOW_DELIVERIES"):
        stack.client("sqs").set_queue_attributes(
            QueueUrl=stack.environment[f"{name}_QUEUE_URL"], Attributes={"VisibilityTimeout": str(VISIBILITY_S)}
        )


def run(stack: Stack, events: int, kills: int, seconds: float) -> bool:
    chance = random.Random(1)  # noqa: S311 - the same run every time
    receiver = Receiver(chance)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    organization_id, end_user_id, webhook_id = subscribe(stack, f"http://127.0.0.1:{receiver.server_port}/")
    hurry(stack)
    began, killed, done = time.monotonic(), Counter[str](), threading.Event()
    killer = threading.Thread(target=kill_at_random, args=(stack, random.Random(2), kills, killed, done))  # noqa: S311
    killer.start()
    try:
        published = {publish(organization_id, end_user_id) for _ in range(events)}
        states, wrong = Counter[str](), 0
        while time.monotonic() < began + seconds:
            time.sleep(5)
            states, wrong = deliveries(organization_id, webhook_id)
            if states == {"delivered": events} and published <= receiver.accepted:
                break
    finally:
        # Or an interrupted run would wait for a killer that finds nothing to kill.
        done.set()
    killer.join()
    missing = published - receiver.accepted
    more = sum(receiver.arrivals.values()) - len(receiver.arrivals) - receiver.errors
    two_ids = sum(len(ids) > 1 for ids in receiver.ids.values())
    print(f"{events} events, {sum(killed.values())} kills {dict(killed)}, {time.monotonic() - began:.0f} s")
    print(f"  {receiver.errors} failed by the receiver; {more} unnecessary repeats")
    print(f"  missing: {len(missing)}; deliveries with two ids: {two_ids}")
    print(f"  deliveries: {dict(states)}, with a wrong log: {wrong}", flush=True)
    return not (missing or two_ids or wrong) and states == {"delivered": events}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=1200, help="time limit")
    options = parser.parse_args()
    with running() as stack:
        os.environ.update(stack.environment)
        done = run(stack, options.events, options.kills, options.seconds)
    sys.exit(0 if done else 1)


if __name__ == "__main__":
    main()
