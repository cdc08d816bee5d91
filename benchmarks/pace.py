"""The pace of the relay and of the retry runner: one process, as before, and as many as a stage has, in one run.

The handlers run in processes of their own, as on Lambda, on DynamoDB Local and benchmarks.queue_server. To each of
their calls some milliseconds are added for the network: without them a machine of two processors measures itself.

    python -m benchmarks.pace [--events 8000] [--deliveries 4000] [--latency 10]
"""

import argparse
import multiprocessing
import os
import time
from collections.abc import Callable
from typing import Any

from benchmarks import dynamodb_local, seed
from benchmarks.delivery import serving
from infra.system import FUNCTIONS
from infra.template import triggers

STREAM_BATCH = 100
Work = Callable[[Any], None]
_spawning = multiprocessing.get_context("spawn")


def delay_calls(seconds: float) -> None:
    from botocore.client import BaseClient

    whole = BaseClient._make_api_call

    def make_api_call(client: Any, name: str, parameters: Any) -> Any:
        time.sleep(seconds)
        return whole(client, name, parameters)

    BaseClient._make_api_call = make_api_call


def prepare(environment: dict[str, str], latency: float) -> None:
    """In a new process: settings, and clients that are connected before the clock starts."""
    os.environ.update(environment)
    from chalicelib.kit import aws
    from chalicelib.table.connection import connect_early

    connect_early()
    aws.client("sqs")
    delay_calls(latency)


def relay(number: int) -> None:
    """Relay a batch of the stream."""
    from chalicelib.events.relay import relay

    item = {name: {"S": "x"} for name in ("event_type", "resource_type", "resource_id", "created_at", "data")}
    image = {"pk": {"S": "EV#org#user"}, **item, "entity": {"S": "Event"}}
    images = [{**image, "sk": {"S": f"{number:08}-{position:03}"}} for position in range(STREAM_BATCH)]
    records = [
        {"eventName": "INSERT", "dynamodb": {"NewImage": each, "SequenceNumber": str(position)}}
        for position, each in enumerate(images)
    ]
    with seed.quiet():
        assert relay({"Records": records}) == {"batchItemFailures": []}


def retry(shards: tuple[int, ...]) -> None:
    from chalicelib.webhooks.retrying import enqueue_deliveries

    with seed.quiet():
        while enqueue_deliveries(shards).more:
            pass


def measure(work: Work, inputs: list[Any], processes: int, environment: dict[str, str], latency: float) -> float:
    """The seconds that so many processes take for the inputs."""
    with _spawning.Pool(processes, prepare, (environment, latency)) as pool:
        pool.map(time.sleep, [0.5] * processes, chunksize=1)
        began = time.perf_counter()
        pool.map(work, inputs, chunksize=1)
        return time.perf_counter() - began


def parallelization() -> int:
    (function,) = [each for each in FUNCTIONS if each.reads_stream]
    (source,) = triggers(function)["Events"].values()
    return int(source["Properties"]["ParallelizationFactor"])


def run(endpoint: str, queues: str, events: int, deliveries: int, latency: float) -> None:
    environment = {
        **seed.environment(endpoint),
        "AWS_ENDPOINT_URL_SQS": queues,
        "EVENTS_QUEUE_URL": f"{queues}/1/events",
        "DELIVERIES_QUEUE_URL": f"{queues}/1/deliveries",
    }
    os.environ.update(environment)
    dynamodb_local.create_table(endpoint, seed.TABLE)
    from benchmarks import backlog_items
    from chalicelib.table.due import ALL_SHARDS

    print("| what | processes | in all | seconds | a second |")
    print("|---|---|---|---|---|")

    def report(name: str, processes: int, count: int, seconds: float) -> None:
        print(f"| {name} | {processes} | {count:,} | {seconds:.1f} | {count / seconds:,.0f} |", flush=True)

    for processes in (1, parallelization()):
        batches = list(range(events // STREAM_BATCH))
        seconds = measure(relay, batches, processes, environment, latency)
        report("events relayed, of one shard of the stream", processes, events, seconds)
    for parts in ([tuple(ALL_SHARDS)], [(shard,) for shard in ALL_SHARDS]):
        backlog_items.fill("delivery", deliveries, 0)
        seconds = measure(retry, parts, len(parts), environment, latency)
        left, _ = backlog_items.still_due("delivery")
        assert left == 0, left
        report("deliveries enqueued for a retry", len(parts), deliveries, seconds)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, default=8000)
    arguments.add_argument("--deliveries", type=int, default=4000)
    arguments.add_argument("--latency", type=float, default=10, help="milliseconds added to each call")
    options = arguments.parse_args()
    try:
        with dynamodb_local.running() as endpoint, serving("benchmarks.queue_server") as queues:
            run(endpoint, queues, options.events, options.deliveries, options.latency / 1000)
    except dynamodb_local.NotHere as reason:
        print(f"skipped: {reason}")


if __name__ == "__main__":
    main()
