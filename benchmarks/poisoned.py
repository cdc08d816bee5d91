"""A batch of ten merchants' alert messages, one of them heavy or unreadable: when the other nine have their alerts.

The heavy merchant has as many rules as allowed, each with a condition of 4 KB, and an event with a long text. The
handler runs in this process on DynamoDB Local. The measure is the time from the start of the batch to the commit of
each of the nine alerts, or of its count while a rule is silent. Without DynamoDB Local nothing is measured.

    python -m benchmarks.poisoned [--batches 5]
"""

import argparse
import json
import os
import statistics
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from benchmarks import dynamodb_local, seed

MERCHANTS = 10
Item = dict[str, Any]
LIGHT = {"id": "0b0f3a8e-6d53-4d1c-9d55-0c1f4f2b8a11", "order_number": "ORD-1001", "status": "pending"}
HEAVY = {**LIGHT, "customer": {"name": "İ" * 40_000}, "status": "pending"}
"""Far longer than the Sync API takes a name."""


class Queues:
    """Replaces SQS, and keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send_message_batch(self, *, Entries: list[Item], **_: Any) -> Item:  # noqa: N803 - boto3's name
        self.sent += [entry["MessageBody"] for entry in Entries]
        return {}


def condition(number: int) -> Item:
    """Nearly 4 KB of comparisons, none of which holds but the last."""
    parts = [{"field": "customer.name", "operator": "contains", "value": f"{number}-{part}"} for part in range(50)]
    return {"any": [*parts, {"status": "pending"}]}


def add_merchant(acme: Any, name: str, rules: list[Item]) -> tuple[str, list[str]]:
    """The id of a new end user, and of its rules."""
    session = acme.session(name)
    wanted = [{"name": "Orders", "eventType": "order.created", "condition": each} for each in rules]
    made = [session.client.post("/api/v1/embed/alerts/rules", rule) for rule in wanted]
    assert all(reply.status == 201 for reply in made), made[0].text[:300]
    return session.end_user_id, [reply.data["id"] for reply in made]


def message(organization_id: str, user: str, rules: list[str], data: Item) -> Item:
    from chalicelib.kit import clock, ids

    event = {
        "id": ids.new_ordered_id(),
        "type": "order.created",
        "created_at": clock.timestamp(),
        "resource_type": "order",
    }
    body = {"organization_id": organization_id, "end_user_id": user, "rules": rules}
    sent = {**body, "event": {**event, "resource_id": data["id"], "data": json.dumps(data)}}
    return {"messageId": str(uuid.uuid4()), "body": json.dumps(sent)}


@contextmanager
def commits() -> Iterator[dict[str, float]]:
    """When the transaction of each rule's partition ended, in seconds from now."""
    from botocore.client import BaseClient

    whole, began, ended = BaseClient._make_api_call, time.perf_counter(), {}

    def make_api_call(client: Any, name: str, parameters: Item) -> Any:
        answer = whole(client, name, parameters)
        if name == "TransactWriteItems":
            keys = [write.get("Key") or write["Item"] for one in parameters["TransactItems"] for write in one.values()]
            ended.update({key["pk"]["S"]: time.perf_counter() - began for key in keys})
        return answer

    with patch.object(BaseClient, "_make_api_call", make_api_call):
        yield ended


def measure(name: str, batches: list[tuple[list[Item], list[str]]], queues: Queues) -> None:
    """Print when the alerts of the nine end users in each batch were written, and what became of the tenth."""
    from chalicelib.alerts.evaluation import evaluate

    times, failed, followed = [], 0, 0
    for records, partitions in batches:
        queues.sent.clear()
        with seed.quiet(), commits() as ended:
            try:
                failed += len(evaluate({"Records": records})["batchItemFailures"])
            except Exception:
                # Then SQS delivers all of them again.
                failed += len(records)
        times += [ended[partition] for partition in partitions if partition in ended]
        followed += len(queues.sent)
    whole = f"{1000 * statistics.median(times):.0f} | {1000 * max(times):.0f}" if times else "– | –"
    print(f"| {name} | {len(times)} of {9 * len(batches)} | {whole} | {failed} | {followed} |", flush=True)


def run(number: int) -> None:
    from chalicelib.alerts.store import MAX_RULES
    from chalicelib.kit import aws
    from chalicelib.table import keys

    queues = Queues()
    with seed.quiet():
        ours = seed.Ours()
        organization_id = ours.acme.organization_id
        light = [add_merchant(ours.acme, f"light-{n}", [{}]) for n in range(MERCHANTS - 1)]
        heavy = add_merchant(ours.acme, "heavy", [condition(n) for n in range(MAX_RULES)])
        tenth = add_merchant(ours.acme, "tenth", [{}])
    aws.client = lambda name: queues if name == "sqs" else seed.Key()  # type: ignore[assignment]
    partitions = [keys.subscriptions(organization_id, user) for user, _ in light]

    def batches(tenth_message: Any) -> list[tuple[list[Item], list[str]]]:
        return [
            ([tenth_message(), *(message(organization_id, *each, LIGHT) for each in light)], partitions)
            for _ in range(number)
        ]

    print("| the tenth message | done of the nine | median ms | slowest ms | messages failed | messages that follow |")
    print("|---|---|---|---|---|---|")

    def ordinary() -> Item:
        return message(organization_id, *tenth, LIGHT)

    measure("(warming up)", batches(ordinary), queues)
    measure("like the others", batches(ordinary), queues)
    measure("20 rules of 4 KB, an event of 80 KB", batches(lambda: message(organization_id, *heavy, HEAVY)), queues)
    measure("unreadable", batches(lambda: {"messageId": str(uuid.uuid4()), "body": "{}"}), queues)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--batches", type=int, default=5)
    options = arguments.parse_args()
    try:
        with dynamodb_local.running() as endpoint:
            os.environ.update({**seed.environment(endpoint), "ALERTS_QUEUE_URL": "alerts"})
            dynamodb_local.create_table(endpoint, seed.TABLE)
            run(options.batches)
    except dynamodb_local.NotHere as reason:
        print(f"skipped: {reason}")


if __name__ == "__main__":
    main()
