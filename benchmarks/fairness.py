"""What a merchant whose endpoints hang costs the others: time from event to first attempt, with and without it.

A hundred end users on the local stack, the packaged functions and real queues: 99 whose receiver answers at once, and
one with five webhooks to a receiver that never does, who sends ten times as much. Both runs are the same but for that
one. The local cloud knows no fair queues, so what is measured is the delivering function and its breaker alone; on AWS
the message group keeps one backlog from standing before the others as well.

    python -m benchmarks.fairness [--events 10] [--seconds 60]
"""

import argparse
import json
import os
import statistics
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

from benchmarks.delivery import receiver
from local.stack import Stack, running

HEALTHY = 99
ENDPOINTS = 5
TIMES_AS_MUCH = 10
DRAIN_S = 60
ORDER = {"id": "0b0f3a8e-6d53-4d1c-9d55-0c1f4f2b8a11", "order_number": "ORD-1001", "status": "pending"}


class Merchants:
    """A hundred end users of one organization, with a webhook each; the last one's five hang."""

    def __init__(self, stack: Stack, receiver_url: str) -> None:
        printed = dict(line.split()[:2] for line in stack.command("org", "--name", "Fairness").splitlines())
        self.organization_id, self.api_key = printed["organization_id"], printed["api_key"]
        self.base_url, self.receiver_url = f"{stack.base_url}/api/v1/embed", receiver_url
        features = ["bridges", "end_user_webhooks"]
        config = {"slug": f"fair-{uuid.uuid4().hex[:8]}", "enabled_features": features}
        self.call("PATCH", "/config", self.api_key, config)
        with ThreadPoolExecutor(4) as threads:
            self.healthy = list(threads.map(lambda number: self.add([f"/0/{number}"]), range(HEALTHY)))
        self.noisy = self.add([f"/never/{number}" for number in range(ENDPOINTS)])

    def call(self, method: str, path: str, token: str, body: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.request(method, f"{self.base_url}{path}", json=body, headers=headers, timeout=120)
        answer.raise_for_status()
        return answer.json()["data"]

    def add(self, paths: list[str]) -> str:
        wanted = {"externalId": str(uuid.uuid4()), "scopes": ["webhooks:write"]}
        session = self.call("POST", "/sessions", self.api_key, wanted)
        for path in paths:
            hook = {"url": f"{self.receiver_url}{path}", "events": ["order.created"]}
            self.call("POST", "/webhooks", session["token"], hook)
        return str(session["endUser"]["id"])


def publish(organization_id: str, end_user_id: str) -> str:
    """As a change would: the event is written, and everything follows from that."""
    from chalicelib.events import service as events
    from chalicelib.organizations.principals import SYSTEM
    from chalicelib.table.transaction import Transaction

    transaction = Transaction()
    item = events.record(
        transaction,
        organization_id,
        end_user_id,
        "order.created",
        by=SYSTEM,
        resource=("order", ORDER["id"]),
        data=dict(ORDER),
    )
    transaction.commit()
    return item.id


def run(merchants: Merchants, events: int, seconds: float, *, noisy: bool) -> list[float]:
    """Everybody sends `events` events, spread over `seconds`; the delays of the healthy ones, in seconds."""
    requests.delete(merchants.receiver_url, timeout=10)
    schedule = [(position / events * seconds, user) for position in range(events) for user in merchants.healthy]
    if noisy:
        many = events * TIMES_AS_MUCH
        schedule += [(position / many * seconds, merchants.noisy) for position in range(many)]
    began, written = time.monotonic(), {}
    for at, user in sorted(schedule):
        time.sleep(max(0.0, began + at - time.monotonic()))
        event_id = publish(merchants.organization_id, user)
        if user != merchants.noisy:
            written[event_id] = time.time()
    deadline = time.monotonic() + DRAIN_S
    delays: dict[str, float] = {}
    while len(delays) < len(written) and time.monotonic() < deadline:
        time.sleep(1)
        seen = requests.get(merchants.receiver_url, timeout=30).json()
        arrivals = {name.split()[0]: arrived for name, arrived in seen.items() if "/never/" not in name}
        delays = {event: arrivals[event] - at for event, at in written.items() if event in arrivals}
    missing = len(written) - len(delays)
    if missing:
        print(f"  {missing} of {len(written)} had not arrived after {DRAIN_S} s")
    return sorted(delays.values())


def show(name: str, delays: list[float]) -> tuple[float, float]:
    p50, p95 = statistics.median(delays), delays[int(len(delays) * 0.95)]
    print(f"{name:44} {len(delays):>6} {p50:>9.2f} {p95:>9.2f} {delays[-1]:>9.2f}", flush=True)
    return p50, p95


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10, help="of each healthy end user")
    parser.add_argument("--seconds", type=float, default=60, help="over which they are spread")
    options = parser.parse_args()
    with receiver() as receiver_url, running() as stack:
        os.environ.update(stack.environment)
        merchants = Merchants(stack, receiver_url)
        # The functions' processes are started by the first events, and those are not what is measured.
        run(merchants, 2, 10, noisy=False)
        print(f"{'seconds from event to first attempt':44} {'events':>6} {'p50':>9} {'p95':>9} {'most':>9}")
        alone = show("99 healthy end users", run(merchants, options.events, options.seconds, noisy=False))
        beside = run(merchants, options.events, options.seconds, noisy=True)
        with_noise = show("beside one whose five endpoints hang", beside)
        ratios = [after / before for before, after in zip(alone, with_noise, strict=True)]
        print(json.dumps({"p50_ratio": round(ratios[0], 2), "p95_ratio": round(ratios[1], 2)}))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
