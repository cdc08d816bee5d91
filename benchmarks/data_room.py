"""The cost of the data room: calls in sequence and capacity, for one end user with few and with many orders.

Measured through the API on DynamoDB Local, AWS's own engine. A request should cost the same at every size. The results
are in `docs/access-patterns.md`.

    python -m benchmarks.data_room [--sizes 100 10000 100000]
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from typing import Any

from benchmarks import dynamodb_local, seed
from benchmarks.capacity import Measured, measuring

SIZES = (100, 10_000, 100_000)
STATUSES = ("pending", "processing", "shipped", "delivered", "delivered")
BATCH = 100

Item = dict[str, Any]


def order(number: int) -> Item:
    """An order of three lines as a shop sends it, about 1.2 KB, with products of a catalog of five hundred."""
    address = {
        "name": f"Customer {number:06d}",
        "address1": f"{number} Long Meadow Boulevard",
        "address2": "Building 7, Floor 2",
        "city": "Springfield",
        "state": "IL",
        "zip": f"{number % 90000 + 10000}",
        "country": "US",
        "phone": "+1 555 0100",
    }
    products = [(number * 7 + n * 31) % 500 for n in range(3)]
    items = [
        {"title": f"Hand-thrown mug, series {n}", "sku": f"MUG-{n:04d}", "quantity": 1 + n % 3, "price": 18.5}
        for n in products
    ]
    minutes = number % 1440
    return {
        "external_id": f"{5_000_000_000_000 + number * 37}",
        "order_number": f"ORD-{number:06d}",
        "status": STATUSES[number % len(STATUSES)],
        "fulfillment_status": "unfulfilled",
        "payment_status": "paid",
        "customer": {"name": f"Customer {number:06d}", "email": f"customer{number:06d}@example.com"},
        "line_items": items,
        "shipping_address": address,
        "billing_address": address,
        "totals": {"subtotal": 111.0, "tax": 9.16, "shipping": 5.95, "discount": 0, "total": 126.11},
        "currency": "USD",
        "tags": ["wholesale"],
        "ordered_at": f"20{10 + number // 43200 % 80:02d}-{number // 1440 % 28 + 1:02d}".replace(
            "-", f"-{number // 40320 % 12 + 1:02d}-", 1
        )
        + f"T{minutes // 60:02d}:{minutes % 60:02d}:00.000Z",
        "updated_at": "2030-01-01T00:00:00.000Z",
    }


def shipment(number: int, *, rare: bool = False) -> Item:
    """What a carrier's label and its first three scans say. `rare`: of a carrier that has few."""
    checkpoints = [
        {"status": "in_transit", "location": "Denver, CO", "checkpoint_time": f"2026-01-{day:02d}T08:15:00.000Z"}
        for day in (1, 2, 3)
    ]
    return {
        "external_id": f"shp-{number:06d}",
        "order_external_id": order(number)["external_id"],
        "tracking_number": f"1Z{number:014d}",
        "carrier": "DHL" if rare else "UPS",
        "service": "ground",
        "status": "in_transit",
        "ship_date": "2026-01-01",
        "ship_from": {"city": "Los Angeles", "state": "CA", "country": "US"},
        "ship_to": {"city": "New York", "state": "NY", "country": "US"},
        "checkpoints": checkpoints,
    }


class Merchant:
    """One end user with any number of orders, and the measured requests."""

    def __init__(self) -> None:
        from chalicelib.kit import aws
        from tests.support.factories import Acme

        aws.client = lambda _: seed.Key()  # type: ignore[assignment]
        self.acme = Acme.create()
        self.session = self.acme.session(ttlSeconds=86400)
        self.bridge = self.session.bridge()["id"]
        # Of the second bridge there are few orders, and they are the oldest.
        self.other_bridge = self.session.bridge()["id"]
        few = [{**order(n), "external_id": f"few-{n}", "ordered_at": "2009-01-01"} for n in range(25)]
        self.call("POST", f"/api/v1/bridges/{self.other_bridge}/sync", {"orders": few})
        self.count = 0

    def call(self, method: str, path: str, body: Any = None) -> Any:
        client = self.session.client if path.startswith("/api/v1/embed") else self.acme.server
        with redirect_stdout(StringIO()):
            reply = client.call(method, path, body)
        assert reply.status == 200, reply.text
        return reply.json

    def sync(self, **body: Any) -> Any:
        return self.call("POST", f"/api/v1/bridges/{self.bridge}/sync", body)["data"]

    def grow(self, count: int) -> None:
        while self.count < count:
            numbers = range(self.count, min(self.count + BATCH, count))
            answer = self.sync(
                orders=[order(n) for n in numbers], shipments=[shipment(n, rare=n % 500 == 7) for n in numbers]
            )
            assert answer["orders"]["created"] == len(numbers), answer
            self.count += len(numbers)
            if self.count % 10_000 == 0:
                print(f"  {self.count} orders", file=sys.stderr, flush=True)

    def requests(self) -> dict[str, Callable[[], Any]]:
        middle = self.count // 2
        first = self.call("GET", "/api/v1/embed/orders")
        cursor = first["pagination"]["nextCursor"]
        found = self.call("GET", f"/api/v1/embed/orders?search=ORD-{middle:06d}")["data"][0]["id"]
        deep, half = min(100, self.count // 20), min(50, self.count // 20)
        get = {
            "list, page 1": "orders",
            "list, page 1, status delivered": "orders?status=delivered",
            "list, page 1, status pending": "orders?status=pending",
            "list, next page by cursor": f"orders?cursor={cursor}",
            "list, page 50 or the last": f"orders?page={half}",
            "list, page 100 or the last": f"orders?page={deep}",
            "search, full order number": f"orders?search=ORD-{middle:06d}",
            "search, external id": f"orders?search={order(middle)['external_id']}",
            "search, one SKU": "orders?search=MUG-0042",
            "search, full number and status": f"orders?search=ORD-{middle:06d}&status={STATUSES[middle % 5]}",
            "search, what every order has": "orders?search=ord",
            "search, what every order has, and status": "orders?search=ord&status=pending",
            "search, customer's name": f"orders?search=Customer {middle:06d}",
            "search, e-mail address": f"orders?search=customer{middle:06d}@example.com",
            "list, one day": f"orders?from={order(middle)['ordered_at'][:10]}&to={order(middle)['ordered_at'][:10]}",
            "list, one day and status": f"orders?from={order(middle)['ordered_at'][:10]}&status=pending",
            "list, a period of all orders": "orders?from=2000-01-01",
            "list, the only bridge": f"orders?bridge_id={self.bridge}",
            "list, the only bridge and status": f"orders?bridge_id={self.bridge}&status=pending",
            "list, a bridge with few orders": f"orders?bridge_id={self.other_bridge}",
            "detail": f"orders/{found}",
        }
        own = {name: partial(self.call, "GET", f"/api/v1/embed/{path}") for name, path in get.items()}
        of = f"end_user_id={self.session.end_user_id}"
        by_key = {
            "with an API key: list, page 1": f"orders?{of}",
            "with an API key: search, full order number": f"orders?{of}&search=ORD-{middle:06d}",
            "with an API key: detail": f"orders/{found}",
            "with an API key: shipments, page 1": f"shipments?{of}",
            "with an API key: shipment": f"shipments/{self.listed_shipment()}",
            "with an API key: tracking pages": f"tracking-pages?{of}&limit=20",
            "with an API key: notifications": f"notifications?{of}",
            "with an API key: webhooks": f"webhooks?{of}",
            "with an API key: alert rules": f"alert-rules?{of}",
            "with an API key: sessions": f"embed/users/{self.session.end_user_id}/sessions",
        }
        return own | {name: partial(self.read, path) for name, path in by_key.items()} | self.of_organization()

    def of_organization(self) -> dict[str, Callable[[], Any]]:
        """What an organization reads of everybody, and what it does with deliveries. One webhook has two skipped
        deliveries, another is off, and one bridge is in error."""
        from chalicelib.totals.organization import add_up
        from chalicelib.webhooks.destinations import webhook_destination
        from tests.support.world import skipped_delivery

        org, user = self.acme.organization_id, self.session.end_user_id
        webhook = {"url": "https://8.8.8.8/hook", "events": ["order.created"]}
        hook, off = (self.session.client.post("/api/v1/embed/webhooks", webhook).data["id"] for _ in range(2))
        assert self.session.client.patch(f"/api/v1/embed/webhooks/{off}", {"isActive": False}).status == 200
        failed = {"status": "error", "error_message": "Refused", "orders": []}
        self.call("POST", f"/api/v1/bridges/{self.session.bridge()['id']}/sync", failed)
        delivery, _ = (skipped_delivery(webhook_destination(org, user, hook)) for _ in range(2))
        add_up(org, [user])
        newest = self.call("GET", "/api/v1/embed/orders")["data"][0]
        of = f"end_user_id={user}"
        found = {
            "overview": "overview",
            "end users, search": "embed/users?search=merch",
            "bridges in error": "bridges?status=error",
            "webhooks that are disabled": "webhooks?state=disabled",
            "a webhook by id": f"webhooks/{hook}?{of}",
            "deliveries": f"webhooks/{hook}/deliveries?{of}",
            "deliveries with a filter": f"webhooks/{hook}/deliveries?{of}&status=skipped",
            "what became of an order's events": f"orders/{newest['id']}/deliveries",
            "the same by its number": f"deliveries?{of}&order_number={newest['order_number']}",
        }
        path = f"/api/v1/webhooks/{hook}"
        done: dict[str, Callable[[], Any]] = {
            "retry of a delivery": partial(self.act, "POST", f"{path}/deliveries/{delivery}/retry?{of}"),
            "replay of two deliveries": partial(self.act, "POST", f"{path}/replay?{of}", {"since": "2026-01-15"}),
        }
        read: dict[str, Callable[[], Any]] = {name: partial(self.read, path) for name, path in found.items()}
        return {f"with an API key: {name}": call for name, call in (read | done).items()}

    def act(self, method: str, path: str, body: Any = None) -> Any:
        with redirect_stdout(StringIO()):
            reply = self.acme.server.call(method, path, body)
        assert reply.status < 300, reply.text
        return reply.json

    def listed_shipment(self) -> str:
        return str(self.call("GET", "/api/v1/embed/shipments")["data"][0]["id"])

    def read(self, path: str) -> Any:
        with redirect_stdout(StringIO()):
            reply = self.acme.server.get(f"/api/v1/{path}")
        assert reply.status == 200, reply.text
        return reply.json


def measure(merchant: Merchant) -> dict[str, Measured]:
    rows: dict[str, Measured] = {}
    for name, request in merchant.requests().items():
        with measuring(seed.TABLE) as rows[name]:
            request()
    from chalicelib.totals.organization import add_up

    fresh = [order(merchant.count + n) for n in range(BATCH)]
    with measuring(seed.TABLE) as rows["sync of 100 new orders"]:
        answer = merchant.sync(orders=fresh)
    assert answer["orders"]["created"] == BATCH, answer
    merchant.count += BATCH
    user = merchant.session.end_user_id
    with measuring(seed.TABLE) as rows["add up the end user in the overview"]:
        add_up(merchant.acme.organization_id, [user])
    with measuring(seed.TABLE) as rows["the same 100 again"]:
        assert merchant.sync(orders=fresh)["orders"]["unchanged"] == BATCH
    shipped = [{**each, "status": "shipped", "updated_at": "2031-01-01T00:00:00Z"} for each in fresh]
    with measuring(seed.TABLE) as rows["sync of 100 orders, status changed"]:
        merchant.sync(orders=shipped)
    parcels = [shipment(merchant.count - BATCH + n) for n in range(BATCH)]
    with measuring(seed.TABLE) as rows["sync of 100 new shipments"]:
        assert merchant.sync(shipments=parcels)["shipments"]["created"] == BATCH
    more = [order(merchant.count + n) for n in range(BATCH)]
    theirs = [shipment(merchant.count + n) for n in range(BATCH)]
    with measuring(seed.TABLE) as rows["sync of 100 new orders with 100 shipments"]:
        merchant.sync(orders=more, shipments=theirs)
    merchant.count += BATCH
    clocked(merchant)
    listed = merchant.call("GET", "/api/v1/embed/shipments")["data"][0]["id"]
    paths = {
        "search by tracking number": f"orders?search=1Z{7:014d}",
        "shipments, page 1": "shipments",
        "shipments, search, tracking number": f"shipments?search=1Z{7:014d}",
        "shipments, search, order number": f"shipments?search=ORD-{7:06d}",
        "shipments, search, what every order has": "shipments?search=ord",
        "shipments, a carrier with many": "shipments?carrier=ups",
        "shipments, a carrier with few": "shipments?carrier=DHL",
        "shipments, a carrier and status": "shipments?carrier=ups&status=in_transit",
        "shipments, a period of all": "shipments?from=2025-01-01",
        "tracking": f"tracking/{listed}",
    }
    for name, path in paths.items():
        with measuring(seed.TABLE) as rows[name]:
            merchant.call("GET", f"/api/v1/embed/{path}")
    texts = {"order number": f"ORD-{77:06d}", "tracking number": f"1Z{77:014d}"}
    for name, text in {**texts, "e-mail address": f"customer{77:06d}@example.com"}.items():
        with measuring(seed.TABLE) as rows[f"organization's search, {name}"]:
            assert len(merchant.call("GET", f"/api/v1/search?q={text}")["data"]) == 1
    with measuring(seed.TABLE) as rows["with an API key: revoke all sessions of an end user"]:
        merchant.act("DELETE", f"/api/v1/embed/users/{user}/sessions")
    merchant.session = merchant.acme.session(ttlSeconds=86400)
    return rows


def clocked(merchant: Merchant) -> None:
    """The duration of full calls without measuring, with the engine on the same machine."""
    orders = [order(merchant.count + n) for n in range(BATCH)]
    shipments = [shipment(merchant.count + n) for n in range(BATCH)]
    for name in ("100 new orders with 100 new shipments", "the same again"):
        started = time.perf_counter()
        merchant.sync(orders=orders, shipments=shipments)
        print(f"  {name}: {time.perf_counter() - started:.2f} s", file=sys.stderr, flush=True)
    merchant.count += BATCH


def report(sizes: list[int], found: dict[int, dict[str, Measured]]) -> str:
    """A Markdown table of round trips, read and write units at each size."""
    head = ["request", *(f"{size:,} orders" for size in sizes)]
    lines = [head, ["---"] * len(head)]
    lines += [[name, *(_cell(found[size][name]) for size in sizes)] for name in found[sizes[0]]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(row: Measured) -> str:
    units = f"{row.read:g} RCU" + (f", {row.written:g} WCU" if row.written else "")
    return f"{row.trips} trips, {units}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    sizes = arguments.parse_args().sizes
    try:
        with dynamodb_local.running() as endpoint:
            os.environ.update(seed.environment(endpoint))
            dynamodb_local.create_table(endpoint, seed.TABLE)
            merchant, found = Merchant(), {}
            for size in sizes:
                started = time.perf_counter()
                merchant.grow(size)
                print(f"{size} orders after {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
                found[size] = measure(merchant)
                print(report([size], found), file=sys.stderr, flush=True)
    except dynamodb_local.NotHere as reason:
        print(f"skipped: {reason}")
        return
    body = len(json.dumps(order(4242)))
    print(f"Orders of {body} bytes as JSON. Round trips in sequence, read and write units.\n")
    print(report(sizes, found))


if __name__ == "__main__":
    main()
