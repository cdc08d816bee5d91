"""What a million requests and a million deliveries cost: measured capacity, times list prices.

The prices are those of us-east-1 as known when this was written. They change: check them before you count on the sums.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks import dynamodb_local, seed
from benchmarks.capacity import measuring

MILLION = {
    "API Gateway, REST": 3.50,
    "Lambda, requests": 0.20,
    "DynamoDB, read units on demand": 0.125,
    "DynamoDB, write units on demand": 0.625,
    "SQS, requests": 0.40,
}
LAMBDA_GB_SECOND = 0.0000166667
LOGS_GB = 0.50
# Not measured here: a function's time has the network of AWS in it, a delivery's that of its receiver.
API_SECONDS, API_GB = 0.020, 1769 / 1024
DELIVERY_BATCH_SECONDS, DELIVERY_GB = 0.250, 1.0
PIPELINE_BATCH_SECONDS, RELAY_GB, DISPATCH_GB = 0.050, 0.5, 1.0
BATCH = 10
REQUEST_LOG_BYTES, DELIVERY_LOG_BYTES = 1000, 1500
Item = dict[str, Any]


@dataclass
class Units:
    read: float = 0.0
    write: float = 0.0

    def cost(self) -> float:
        """Of a million times this."""
        return (
            self.read * MILLION["DynamoDB, read units on demand"]
            + self.write * (MILLION["DynamoDB, write units on demand"])
        )


class Queues:
    """Instead of SQS: keeps what is sent, and gives it out in batches."""

    def __init__(self) -> None:
        self.sent: dict[str, list[Any]] = {}

    def send_message_batch(self, QueueUrl: str, Entries: list[Item]) -> Item:  # noqa: N803 - boto3's names
        self.sent.setdefault(QueueUrl, []).extend(json.loads(entry["MessageBody"]) for entry in Entries)
        return {}

    def take(self, queue: str) -> Item:
        bodies, self.sent[queue] = self.sent.get(queue, []), []
        return {"Records": [{"messageId": str(n), "body": json.dumps(body)} for n, body in enumerate(bodies)]}


class Receiver:
    """Instead of the network: takes everything."""

    def send(self, *_: Any) -> Any:
        from chalicelib.webhooks.sender import Attempt

        return Attempt(200, True, None, None, 200)


def requests_measured(events: dict[str, Item]) -> dict[str, Units]:
    from app import app

    found = {}
    for name, event in events.items():
        app(event, None)
        with measuring(seed.TABLE) as units:
            answer = app(event, None)
        assert answer["statusCode"] in (200, 201), answer
        found[name] = Units(units.read, units.written)
    return found


def pipeline_measured(ours: seed.Ours, queues: Queues) -> dict[str, Units]:
    """An order that changes ten times, and one webhook that hears of it: what each event costs on its way."""
    from chalicelib.events import dispatch
    from chalicelib.events.relay import message_of
    from chalicelib.events.store import Log
    from chalicelib.table.pages import Window
    from chalicelib.table.reads import ALL
    from chalicelib.webhooks import delivery, posting

    posting.sender = Receiver  # type: ignore[assignment]
    client = ours.acme.session(scopes=["webhooks:write"]).client
    wanted = {"url": "https://8.8.8.8/hook", "events": ["order.updated"]}
    assert client.post(f"{ours.embed}/webhooks", wanted).status == 201
    with measuring(seed.TABLE) as changing:
        for number in range(BATCH):
            ours.sync({"orders": [{"external_id": "ext-000001", "notes": f"note {number}"}]})
    events, _ = Log(ours.acme.organization_id, ours.session.end_user_id, "order.updated").page(Window(BATCH), ALL)
    assert len(events) == BATCH
    batch = {"Records": [{"messageId": e.id, "body": json.dumps(message_of(e))} for e in events]}
    with measuring(seed.TABLE) as dispatching:
        assert dispatch.dispatch(batch) == {"batchItemFailures": []}
    with measuring(seed.TABLE) as delivering:
        assert delivery.deliver(queues.take("deliveries")) == {"batchItemFailures": []}
    each = {"sync one changed order": changing, "dispatch an event": dispatching, "deliver it": delivering}
    return {name: Units(units.read / BATCH, units.written / BATCH) for name, units in each.items()}


def per_million_requests(units: Units) -> dict[str, float]:
    return {
        "API Gateway": MILLION["API Gateway, REST"],
        "Lambda": MILLION["Lambda, requests"] + 1e6 * API_SECONDS * API_GB * LAMBDA_GB_SECOND,
        "DynamoDB": units.cost(),
        "logs": 1e6 * REQUEST_LOG_BYTES / 1e9 * LOGS_GB,
    }


def per_million_deliveries(dispatching: Units, delivering: Units) -> dict[str, float]:
    """From the stream to the recorded attempt; the event itself was written with the change it tells of."""
    batches = 1e6 / BATCH
    seconds = (
        PIPELINE_BATCH_SECONDS * RELAY_GB + PIPELINE_BATCH_SECONDS * DISPATCH_GB + DELIVERY_BATCH_SECONDS * DELIVERY_GB
    )
    return {
        "Lambda": 3 * batches / 1e6 * MILLION["Lambda, requests"] + batches * seconds * LAMBDA_GB_SECOND,
        "DynamoDB": dispatching.cost() + delivering.cost(),
        # Sent, received and deleted, in two queues, in batches.
        "SQS": 6 * batches / 1e6 * MILLION["SQS, requests"],
        "logs": 1e6 * DELIVERY_LOG_BYTES / 1e9 * LOGS_GB,
    }


def show(title: str, parts: dict[str, float]) -> None:
    words = "".join(f"{name} {price:5.2f}   " for name, price in parts.items())
    print(f"  {title:28} {sum(parts.values()):6.2f} USD   ({words.strip()})")


def measured() -> tuple[dict[str, Units], dict[str, Units]]:
    """Units of requests and of the pipeline's steps. Raises dynamodb_local.NotHere."""
    with dynamodb_local.running() as endpoint:
        os.environ.update({**seed.environment(endpoint), "DELIVERIES_QUEUE_URL": "deliveries"})
        dynamodb_local.create_table(endpoint, seed.TABLE)
        ours, queues = seed.Ours(), Queues()
        from chalicelib import aws

        services: dict[str, Callable[[], Any]] = {"sqs": lambda: queues}
        aws.client = lambda name: services.get(name, seed.Key)()  # type: ignore[assignment]
        token = ours.client.headers["Authorization"].removeprefix("Bearer ")
        requests = requests_measured(seed.requests_of(ours, token, ours.acme.api_key))
        return requests, pipeline_measured(ours, queues)


def run() -> None:
    with seed.quiet():
        requests, steps = measured()
    print("capacity units, and what a million cost at list prices\n")
    for name, units in (requests | steps).items():
        print(f"  {name:28} {units.read:6.1f} read {units.write:6.1f} write")
    print()
    for name, units in requests.items():
        show(name, per_million_requests(units))
    show("webhook delivery", per_million_deliveries(steps["dispatch an event"], steps["deliver it"]))


def main() -> None:
    try:
        run()
    except dynamodb_local.NotHere as problem:
        sys.exit(f"skipped: {problem}")


if __name__ == "__main__":
    main()
