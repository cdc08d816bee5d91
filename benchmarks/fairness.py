"""The effect of a merchant whose receivers hang on the others: time from event to first attempt, with and without it.

A hundred end users on the local stack with the packaged functions and real queues: 99 whose receiver responds at once,
and one with five webhooks to a receiver that never responds and with ten times as many events. Both runs are otherwise
the same. The local cloud has no fair queues, so this measures the delivering function and its breaker alone; on AWS the
message group also keeps one backlog from delaying the others.

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

from benchmarks.delivery import serving
from local.stack import Stack, running

HEALTHY = 99
ENDPOINTS = 5
TIMES_AS_MUCH = 10
DRAIN_S = 60
ORDER = {"id": "0b0f3a8e-6d53-4d1c-9d55-0c1f4f2b8a11", "order_number": "ORD-1001", "status": "pending"}


class Merchants:
    """A hundred end users of one organization with a webhook each. The last one has five, which hang."""

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
    """Write an event as a change would; the rest follows."""
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
    """Publish `events` events per end user within `seconds`. Returns the healthy end users' delays in seconds."""
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
        print(f"  {missing} of {len(written)} did not arrive within {DRAIN_S} s")
    return sorted(delays.values())


def show(name: str, delays: list[float]) -> tuple[float, float]:
    p50, p95 = statistics.median(delays), delays[int(len(delays) * 0.95)]
    print(f"{name:44} {len(delays):>6} {p50:>9.2f} {p95:>9.2f} {delays[-1]:>9.2f}", flush=True)
    return p50, p95


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10, help="events of each healthy end user")
    parser.add_argument("--seconds", type=float, default=60, help="period of the events")
    options = parser.parse_args()
    with serving() as receiver_url, running() as stack:
        os.environ.update(stack.environment)
        merchants = Merchants(stack, receiver_url)
        # The first events start the functions' processes and are not measured.
        run(merchants, 2, 10, noisy=False)
        print(f"{'seconds from event to first attempt':44} {'events':>6} {'p50':>9} {'p95':>9} {'max':>9}")
        alone = show("99 healthy end users", run(merchants, options.events, options.seconds, noisy=False))
        beside = run(merchants, options.events, options.seconds, noisy=True)
        with_noise = show("beside one whose five endpoints hang", beside)
        ratios = [after / before for before, after in zip(alone, with_noise, strict=True)]
        print(json.dumps({"p50_ratio": round(ratios[0], 2), "p95_ratio": round(ratios[1], 2)}))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
