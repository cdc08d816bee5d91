"""The throughput of one delivering function, compared with a plain loop around `requests`.

The real function gets batches of ten in sequence, as from SQS, on DynamoDB Local. Receivers respond at once, after
50 ms or after a second. The loop only signs and posts a body: no claim, record, address check or overall time limit.
Between the two is the function's sender by itself, which signs and sends ten at once with every check and limit. Only
the sender's own CPU is counted.

    python -m benchmarks.delivery
"""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from benchmarks import dynamodb_local, processes, seed

WEBHOOKS = 10
DELIVERIES = {0: 1000, 50: 1000, 1000: 200}
BY_LOOP = {0: 500, 50: 200, 1000: 10}
SECRET = "whsec_" + base64.b64encode(b"benchmark-benchmark-benchmark-32").decode()
ORDER: dict[str, Any] = {
    "id": "0b0f3a8e-6d53-4d1c-9d55-0c1f4f2b8a11",
    "order_number": "ORD-1001",
    "status": "pending",
    "totals": {"total": "49.99"},
    "line_items": [{"title": f"Mug {number}", "sku": f"MUG-{number}", "quantity": 1} for number in range(8)],
}


@contextmanager
def serving(module: str = "benchmarks.receiver") -> Iterator[str]:
    """A server in a process of its own. Yields its URL."""
    process = processes.start([sys.executable, "-m", module], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


def webhooks(base_url: str, delay: int | str) -> list[Any]:
    """The webhooks of ten end users, all with the same receiver."""
    from chalicelib.kit import ids
    from chalicelib.organizations.store import ConfigItem, EndUserItem
    from chalicelib.security import crypto
    from chalicelib.table import keys
    from chalicelib.table.transaction import put
    from chalicelib.webhooks.destinations import destination_of
    from chalicelib.webhooks.store import WebhookItem

    made = []
    now = "2026-01-01T00:00:00.000Z"
    for number in range(WEBHOOKS):
        organization, user, webhook = ids.new_id(), ids.new_id(), ids.new_id()
        put(
            ConfigItem.at(
                keys.config(organization),
                id=organization,
                organization_id=organization,
                slug=f"benchmark-{number}",
                publishable_key="-",
                identity_secret="-",  # noqa: S106 - none
                enabled_features=["bridges", "end_user_webhooks"],
                created_at=now,
                updated_at=now,
            )
        )
        put(
            EndUserItem.at(
                keys.end_user(organization, user),
                id=user,
                organization_id=organization,
                external_id=f"merchant-{number}",
                created_at=now,
                updated_at=now,
            )
        )
        item = WebhookItem.at(
            keys.webhook(organization, user, webhook),
            id=webhook,
            webhook_type="webhook",
            organization_id=organization,
            end_user_id=user,
            url=f"{base_url}/{delay}/{number}",
            events=["order.created"],
            secret=crypto.encrypt(SECRET, organization, f"webhook:{webhook}"),
            created_at=now,
            updated_at=now,
        )
        put(item)
        made.append(destination_of(item))
    return made


def batches(targets: list[Any], number: int, size: int = 10) -> list[dict[str, Any]]:
    from chalicelib.kit import clock, ids
    from chalicelib.webhooks.queueing import first_message
    from chalicelib.webhooks.references import delivery_id_of

    messages = []
    for position in range(number):
        target = targets[position % len(targets)]
        event = {
            "id": ids.new_ordered_id(),
            "type": "order.created",
            "end_user_id": target.end_user_id,
            "created_at": clock.timestamp(),
            "data": json.dumps(ORDER),
        }
        body = first_message(target, delivery_id_of(event["id"], "webhook", target.webhook_id), event).body
        messages.append({"messageId": str(position), "body": json.dumps(body)})
    return [{"Records": messages[start : start + size]} for start in range(0, number, size)]


def by_function(base_url: str, delay: int, number: int) -> tuple[float, float]:
    from chalicelib.webhooks.delivery import deliver

    targets = webhooks(base_url, delay)
    for batch in batches(targets, 20):
        deliver(batch)
    waiting = batches(targets, number)
    began, spent = time.monotonic(), time.process_time()
    for batch in waiting:
        assert deliver(batch) == {"batchItemFailures": []}
    return time.monotonic() - began, time.process_time() - spent


def by_sender(base_url: str, delay: int, number: int) -> tuple[float, float]:
    from chalicelib.kit import clock, ids
    from chalicelib.outbound.signing import webhook_headers
    from chalicelib.webhooks.destinations import body_of
    from chalicelib.webhooks.posting import sender

    def send(position: int) -> bool:
        delivery_id = ids.new_id()
        event = {"id": delivery_id, "type": "order.created", "end_user_id": None, "created_at": clock.timestamp()}
        body = body_of("-", {**event, "data": json.dumps(ORDER)})
        signed = webhook_headers(
            SECRET, None, body, event="order.created", delivery_id=delivery_id, timestamp=int(time.time())
        )
        return sender().send(f"{base_url}/{delay}/{position % WEBHOOKS}", body, signed).success

    with ThreadPoolExecutor(10) as threads:
        assert all(threads.map(send, range(20)))
        began, spent = time.monotonic(), time.process_time()
        assert all(threads.map(send, range(number)))
        return time.monotonic() - began, time.process_time() - spent


def by_loop(base_url: str, delay: int, number: int, *, kept_alive: bool) -> tuple[float, float]:
    import requests

    post = requests.Session().post if kept_alive else requests.post
    began, spent = time.monotonic(), time.process_time()
    for position in range(number):
        body = json.dumps({"id": str(position), "event": "order.created", "data": ORDER}).encode()
        signature = base64.b64encode(hmac.digest(SECRET.encode(), body, hashlib.sha256)).decode()
        headers = {"Content-Type": "application/json", "X-Orderly-Signature": signature}
        post(f"{base_url}/{delay}/loop", data=body, headers=headers, timeout=10).raise_for_status()
    return time.monotonic() - began, time.process_time() - spent


def measure(endpoint: str) -> None:
    from chalicelib.kit import aws

    dynamodb_local.create_table(endpoint, seed.TABLE)
    key = seed.Key()
    aws.client = lambda _: key  # type: ignore[assignment]
    print(f"{'receiver':>9}  {'sent by':34} {'deliveries/s':>12} {'per CPU-second':>15}")
    with serving() as base_url:
        for delay, number in DELIVERIES.items():
            rows = [("the function, ten at once", number, *_quietly(by_function, base_url, delay, number))]
            rows.append(("its sender alone, ten at once", number, *by_sender(base_url, delay, number)))
            for kept_alive, name in ((True, "a loop around requests.Session"), (False, "a loop around requests.post")):
                done = by_loop(base_url, delay, BY_LOOP[delay], kept_alive=kept_alive)
                rows.append((name, BY_LOOP[delay], *done))
            for name, sent, seconds, cpu in rows:
                print(f"{delay:>6} ms  {name:34} {sent / seconds:>12.0f} {sent / cpu:>15.0f}", flush=True)


def _quietly(measured: Any, *arguments: Any) -> tuple[float, float]:
    with seed.quiet():
        result: tuple[float, float] = measured(*arguments)
    return result


def main() -> None:
    try:
        with dynamodb_local.running() as endpoint:
            surroundings = {**seed.environment(endpoint), "STAGE": "local", "ALLOW_LOOPBACK": "1"}
            os.environ.update({**surroundings, "FUNCTION": "deliver_webhooks"})
            measure(endpoint)
    except dynamodb_local.NotHere as missing:
        print(missing)


if __name__ == "__main__":
    main()
