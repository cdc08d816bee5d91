"""The cost of a million requests and a million deliveries: measured capacity times the prices in `prices.toml`.

python -m benchmarks.cost --prices mine.toml
"""

import argparse
import gzip
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import dynamodb_local, seed
from benchmarks.capacity import measuring
from benchmarks.prices import USUAL, Prices, Units, row

BATCH = 10
COMPRESSED_FROM = 1024
"""Bytes: `MinimumCompressionSize` of infra/resources.yaml."""
NEW_ORDERS = 100
Item = dict[str, Any]


class Queues:
    """Replaces SQS: keeps messages and returns them in batches."""

    def __init__(self) -> None:
        self.sent: dict[str, list[Any]] = {}

    def send_message_batch(self, QueueUrl: str, Entries: list[Item]) -> Item:  # noqa: N803 - boto3's names
        self.sent.setdefault(QueueUrl, []).extend(json.loads(entry["MessageBody"]) for entry in Entries)
        return {}

    def take(self, queue: str) -> Item:
        bodies, self.sent[queue] = self.sent.get(queue, []), []
        return {"Records": [{"messageId": str(n), "body": json.dumps(body)} for n, body in enumerate(bodies)]}


class Receiver:
    """Replaces the network: accepts every delivery."""

    def send(self, *_: Any) -> Any:
        from chalicelib.outbound.sender import Attempt

        return Attempt(200, True, None, None, 200)


def requests_measured(events: dict[str, Item]) -> dict[str, Units]:
    from app import app

    found = {}
    for name, event in events.items():
        app(event, None)
        with measuring(seed.TABLE) as units:
            answer = app(event, None)
        assert answer["statusCode"] in (200, 201), answer
        # As the gateway sends it.
        size = len(answer["body"].encode())
        sent = len(gzip.compress(answer["body"].encode())) if size >= COMPRESSED_FROM else size
        found[name] = Units(units.read, units.written, sent)
    return found


def pipeline_measured(ours: seed.Ours, queues: Queues) -> dict[str, Units]:
    """The cost of each event on its way, for an order that changes ten times and one webhook that subscribes to it."""
    from chalicelib.dispatch import service as dispatch
    from chalicelib.events.relay import message_of
    from chalicelib.events.store import LogView
    from chalicelib.insights.counting import count
    from chalicelib.table.pages import Window
    from chalicelib.table.reads import ALL
    from chalicelib.webhooks import delivery, posting

    posting.sender = Receiver  # type: ignore[assignment]
    client = ours.acme.session(scopes=["webhooks:write"]).client
    wanted = {"url": "https://8.8.8.8/hook", "events": ["order.updated"]}
    assert client.post(f"{ours.embed}/webhooks", wanted).status == 201
    with measuring(seed.TABLE) as changing:
        for number in range(BATCH + 1):
            ours.sync({"orders": [{"external_id": "ext-000001", "notes": f"note {number}"}]})
    events, _ = LogView(ours.acme.organization_id, ours.session.end_user_id, "order.updated").page(
        Window(BATCH + 1), ALL
    )
    assert len(events) == BATCH + 1
    with measuring(seed.TABLE) as syncing:
        ours.sync({"orders": [seed.order(10_000 + number) for number in range(NEW_ORDERS)]})
    created, _ = LogView(ours.acme.organization_id, ours.session.end_user_id, "order.created").page(
        Window(NEW_ORDERS), ALL
    )
    dispatch.dispatch({"Records": [{"messageId": e.id, "body": json.dumps(message_of(e))} for e in created]})
    with measuring(seed.TABLE) as counting:
        assert count(queues.take("figures")) == {"batchItemFailures": []}
    batch = {"Records": [{"messageId": e.id, "body": json.dumps(message_of(e))} for e in events[1:]]}
    with measuring(seed.TABLE) as dispatching:
        assert dispatch.dispatch(batch) == {"batchItemFailures": []}
    with measuring(seed.TABLE) as delivering:
        assert delivery.deliver(queues.take("deliveries")) == {"batchItemFailures": []}
    alone = {"Records": [{"messageId": events[0].id, "body": json.dumps(message_of(events[0]))}]}
    with measuring(seed.TABLE) as dispatching_alone:
        assert dispatch.dispatch(alone) == {"batchItemFailures": []}
    with measuring(seed.TABLE) as delivering_alone:
        assert delivery.deliver(queues.take("deliveries")) == {"batchItemFailures": []}
    # A new delivery's attempt and item are looked for and not found, which AWS counts, and DynamoDB Local does not.
    delivering.read += 2 * BATCH
    delivering_alone.read += 2
    each = {
        "sync one changed order": (changing, BATCH + 1),
        "sync a new order": (syncing, NEW_ORDERS),
        "count it in the figures": (counting, NEW_ORDERS),
        "dispatch an event": (dispatching, BATCH),
        "deliver it": (delivering, BATCH),
        "dispatch one alone": (dispatching_alone, 1),
        "deliver one alone": (delivering_alone, 1),
    }
    return {name: Units(units.read / number, units.written / number) for name, (units, number) in each.items()}


def measured() -> tuple[dict[str, Units], dict[str, Units]]:
    """The units of requests and of the pipeline's steps. Raises dynamodb_local.NotHere."""
    with dynamodb_local.running() as endpoint:
        os.environ.update(
            {**seed.environment(endpoint), "DELIVERIES_QUEUE_URL": "deliveries", "FIGURES_QUEUE_URL": "figures"}
        )
        dynamodb_local.create_table(endpoint, seed.TABLE)
        ours, queues = seed.Ours(), Queues()
        from chalicelib.kit import aws

        services: dict[str, Callable[[], Any]] = {"sqs": lambda: queues}
        aws.client = lambda name: services.get(name, seed.Key)()  # type: ignore[assignment]
        token = ours.client.headers["Authorization"].removeprefix("Bearer ")
        requests = requests_measured(seed.requests_of(ours, token, ours.acme.api_key))
        return requests, pipeline_measured(ours, queues)


def run(prices: Prices) -> None:
    with seed.quiet():
        requests, steps = measured()
    print(f"capacity units, and the cost of a million in USD at the prices assumed for {prices.region}\n")
    for name, units in steps.items():
        print(f"  {name:28} {units.read:6.1f} read {units.write:6.1f} write")
    print()
    for name, units in requests.items():
        print(row(name, units, prices.of_a_million_requests(units)))
    synced = steps["sync a new order"]
    print(row("new orders synced", synced, prices.of_a_million_orders(synced)))
    counted = Units(round(steps["count it in the figures"].read, 2), round(steps["count it in the figures"].write, 2))
    print(row("new orders counted in the figures", counted, prices.of_a_million_counted(counted)))
    whole = _sum(steps["dispatch an event"], steps["deliver it"])
    print(row("webhook deliveries", whole, prices.of_a_million_deliveries(whole)))
    alone = _sum(steps["dispatch one alone"], steps["deliver one alone"])
    print(row("webhook deliveries alone in their batches", alone, prices.of_a_million_deliveries(alone, "alone")))
    before = Units(0.4, 5.2)
    print(row("webhook deliveries before they took one row", before, prices.of_a_million_deliveries(before, "before")))


def _sum(one: Units, other: Units) -> Units:
    return Units(round(one.read + other.read, 2), round(one.write + other.write, 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prices", type=Path, default=USUAL, help="a file like benchmarks/prices.toml")
    try:
        run(Prices.read(parser.parse_args().prices))
    except dynamodb_local.NotHere as problem:
        sys.exit(f"skipped: {problem}")


if __name__ == "__main__":
    main()
