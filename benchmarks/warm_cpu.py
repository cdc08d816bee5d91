"""CPU of warm requests, compared with hand-written boto3 handlers, alone and behind FastAPI and Mangum.

Each contender serves the same five requests from DynamoDB Local in its own process; only its own CPU is counted, not
the database's. They take turns, so that other load on the machine affects all of them alike; the medians are compared.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from benchmarks import dynamodb_local, instructions, seed

CONTENDERS = {
    "Orderly Embed": "app:app",
    "boto3 by hand": "benchmarks.by_hand:handler",
    "FastAPI, Mangum, boto3": "benchmarks.with_fastapi:handler",
}
FIRST, SECOND, THIRD = CONTENDERS
TURNS = 15
REQUESTS = 20
WARM_UP = 60
"""More than the slots for sessions, so that each new session displaces an old one."""
GOALS = {"list of 20 orders": 0.45, "order detail": 1.0, "create a session": 1.0, "public tracking view": 1.0}
"""CPU, as a multiple of the hand-written handler's, at most."""
COUNTED, COUNT_GOAL = "list of 20 orders", 0.25
"""The same in instructions, which don't depend on the machine's load."""
Events = dict[str, dict[str, Any]]


class Contender:
    def __init__(self, process: "subprocess.Popen[str]", events: Events) -> None:
        self.process = process
        self.events = events

    def answer(self, request: str, times: int) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"event": self.events[request], "requests": times}) + "\n")
        self.process.stdin.flush()
        reply: dict[str, Any] = json.loads(self.process.stdout.readline())
        if reply["status"] not in (200, 201):
            raise RuntimeError(f"{request}: {reply['status']} {reply['body'][:500]}")
        return reply


@contextmanager
def contender(handler: str, events: Events, environment: dict[str, str]) -> Iterator[Contender]:
    command = [sys.executable, "-m", "benchmarks.worker", handler]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process: subprocess.Popen[str] = subprocess.Popen(command, env=environment, cwd=dynamodb_local.ROOT, **pipes)  # type: ignore[call-overload]
    try:
        yield Contender(process, events)
    finally:
        process.terminate()
        process.wait()


def size_of(body: str) -> int:
    """The number of entries in a response, to check that contenders did the same work."""
    data = json.loads(body)["data"]
    return len(data) if isinstance(data, list) else len(data.get("checkpoints") or data.get("activities") or [])


def measure(contenders: dict[str, Contender], request: str) -> dict[str, list[float]]:
    """Milliseconds per request, by contender and turn."""
    sizes = {name: size_of(each.answer(request, WARM_UP)["body"]) for name, each in contenders.items()}
    if len(set(sizes.values())) > 1:
        raise RuntimeError(f"{request}: the responses differ in size: {sizes}")
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(TURNS):
        for name, each in contenders.items():
            spent[name].append(each.answer(request, REQUESTS)["cpu"] / REQUESTS * 1000)
    return spent


@contextmanager
def all_contenders(endpoint: str) -> Iterator[tuple[dict[str, Contender], list[str]]]:
    """The warm processes with their data, and the names of the requests."""
    environment = {**os.environ, **seed.environment(endpoint)}
    os.environ.update(seed.environment(endpoint))
    dynamodb_local.create_table(endpoint, seed.TABLE)
    with seed.quiet():
        ours = seed.Ours()
        own = seed.requests_of(ours, ours.client.headers["Authorization"].removeprefix("Bearer "), ours.acme.api_key)
        by_hand = seed.requests_of(ours, *seed.fill_by_hand(endpoint, ours))
    with ExitStack() as stack:
        started = {
            name: stack.enter_context(contender(handler, own if name == FIRST else by_hand, environment))
            for name, handler in CONTENDERS.items()
        }
        yield started, list(own)


def table(results: dict[str, dict[str, list[float]]]) -> Iterator[str]:
    yield f"{'':22} {'ms a request':>36}   {'ratio to boto3 by hand':>38}"
    yield f"{'':22} {'ours':>12}{'by hand':>12}{'FastAPI':>12}   {'ours':>19}{'FastAPI':>19}"
    for request, spent in results.items():
        middle = {name: statistics.median(times) for name, times in spent.items()}
        least = {name: min(times) for name, times in spent.items()}
        ratios = [
            f"{middle[name] / middle[SECOND]:.2f} (least {least[name] / least[SECOND]:.2f})" for name in (FIRST, THIRD)
        ]
        times = "".join(f"{middle[name]:12.2f}" for name in CONTENDERS)
        yield f"{request:22} {times}   {ratios[0]:>19}{ratios[1]:>19}"


def run() -> bool:
    """Print the results. Returns whether the goals are met. Raises dynamodb_local.NotHere."""
    counted = None
    with dynamodb_local.running() as endpoint, all_contenders(endpoint) as (contenders, requests):
        results = {each: measure(contenders, each) for each in requests}
        if instructions.can_count():
            print("Counting instructions (takes minutes) …", flush=True)
            events = {name: each.events[COUNTED] for name, each in contenders.items()}
            counted = instructions.counts(CONTENDERS, events, os.environ)
    print(f"warm requests, CPU, median of {TURNS} turns of {REQUESTS}\n")
    print("\n".join(f"  {line}" for line in table(results)))
    met = True
    for request, goal in GOALS.items():
        ratio = statistics.median(results[request][FIRST]) / statistics.median(results[request][SECOND])
        print(f"\n  {request}: {ratio:.2f} x by hand; the goal is at most {goal}", end="")
        met = met and ratio <= goal
    print()
    if counted is not None:
        print("".join(f"\n  {line}" for line in instructions.lines(COUNTED, counted, SECOND)))
        ratio = counted[FIRST] / counted[SECOND]
        print(f"\n  {COUNTED}: {ratio:.2f} x by hand; the goal is at most {COUNT_GOAL}")
        met = met and ratio <= COUNT_GOAL
    return met


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    try:
        sys.exit(0 if run() else 1)
    except dynamodb_local.NotHere as problem:
        sys.exit(f"skipped: {problem}")


if __name__ == "__main__":
    main()
