"""The cost of a parcel that is followed: registration, each report, signals, and figures.

Measured on DynamoDB Local, AWS's own engine. The results are in `docs/access-patterns.md`.

    python -m benchmarks.tracking
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import timedelta
from io import StringIO
from typing import Any

from benchmarks import dynamodb_local, seed
from benchmarks.capacity import Measured, measuring
from benchmarks.data_room import order, shipment

NUMBER = shipment(0)["tracking_number"]
DAYS = 366
EVENTS = 30

Item = dict[str, Any]
Rows = dict[str, Measured]


class Parcel:
    """A merchant's parcel at EasyPost, with an order of 1.2 KB."""

    def __init__(self) -> None:
        from chalicelib.kit import aws
        from tests.support.easypost import EasyPost, configure
        from tests.support.factories import Acme

        aws.client = lambda _: seed.Key()  # type: ignore[assignment]
        self.acme, self.easypost, self.scans = Acme.create(), EasyPost(), list[Item]()
        self.path = configure(self.acme)
        self.session = self.acme.session(ttlSeconds=86400)
        self.bridge = self.session.bridge()["id"]
        self.record = {**shipment(0), "status": "label_created", "ship_date": None, "checkpoints": []}
        self.sync(orders=[order(0)], shipments=[self.record])
        self.shipment_id = self.session.client.get("/api/v1/embed/shipments").data[0]["id"]

    def sync(self, **records: list[Item]) -> None:
        with redirect_stdout(StringIO()):
            reply = self.acme.server.post(f"/api/v1/bridges/{self.bridge}/sync", records)
        assert (reply.status, reply.data["errors"]) == (200, []), reply.text

    def register(self) -> None:
        from chalicelib.tracking_feeds import registering
        from tests.support.easypost import tracker

        self.easypost.trackers[NUMBER] = tracker(NUMBER)
        owner = {"organization_id": self.acme.organization_id, "end_user_id": self.session.end_user_id}
        with self.easypost.installed():
            registering.handle({**owner, "shipment_id": self.shipment_id})
        assert len(self.easypost.asked) == 1

    def scan(self, status: str) -> Item:
        """EasyPost's report after the next scan, an hour after the one before."""
        from chalicelib.kit import clock
        from tests.support.easypost import scan, tracker

        at = clock.timestamp(clock.now() - timedelta(hours=200 - len(self.scans)))
        self.scans.append(scan(at, status, message=f"Arrived at USPS Regional Facility, {at[:10]}"))
        return tracker(NUMBER, *self.scans)

    def post(self, report: Item) -> None:
        from tests.support.easypost import post

        with redirect_stdout(StringIO()):
            reply = post(self.path, report)
        assert reply.status == 202, reply.text


def measure(parcel: Parcel) -> Rows:
    from chalicelib.tracking_feeds import scheduling
    from tests.support.easypost import scan, tracker

    rows: Rows = {}

    def row(name: str, work: Callable[[], None]) -> None:
        with redirect_stdout(StringIO()), measuring(seed.TABLE) as rows[name]:
            work()

    row("register a shipment", parcel.register)
    row("a minute's run, one report to take in", scheduling.run)
    row("a minute's run, nothing due", scheduling.run)
    first = parcel.scan("in_transit")
    row("a hook with the first scan: status and order change", lambda: parcel.post(first))
    for number in (2, 3, 10):
        while len(parcel.scans) < number - 1:
            parcel.post(parcel.scan("in_transit"))
        report = parcel.scan("in_transit")
        row(f"a hook with scan {number}", lambda report=report: parcel.post(report))  # type: ignore[misc]
    row("the same hook again", lambda: parcel.post(report))
    row("a hook that nobody knows", lambda: parcel.post(tracker("1Z404", scan("2026-03-01T10:00:00Z"))))
    synced = [
        {"status": "in_transit", "location": "Denver, CO", "checkpoint_time": each["datetime"][:17] + "59Z"}
        for each in parcel.scans
    ]
    record = {**parcel.record, "status": "in_transit", "checkpoints": synced[:1]}
    row("a checkpoint by the Sync API, the eleventh", lambda: parcel.sync(shipments=[record]))
    with_eta = {**record, "estimated_delivery": "2026-01-01"}
    parcel.sync(shipments=[with_eta])
    row("a minute's run, one signal to tell", scheduling.run)
    delivered = parcel.scan("delivered")
    row("a hook with the last scan: delivered", lambda: parcel.post(delivered))
    figures(parcel, row)
    return rows


def figures(parcel: Parcel, row: Callable[[str, Callable[[], None]], None]) -> None:
    from chalicelib.events.relay import message_of
    from chalicelib.events.store import EventItem
    from chalicelib.insights import counting
    from chalicelib.insights.messages import messages_for
    from chalicelib.kit import clock
    from tests.support.account import everything
    from tests.support.pipeline import batch_of

    parcel.sync(orders=[order(number) for number in range(1, EVENTS + 2)])
    events = [EventItem.of(item) for item in everything() if item["pk"]["S"].startswith("EV#")]
    made = [event for event in events if event.event_type == "order.created"]
    bodies = [message.body for event in made for message in messages_for(message_of(event))]
    counting.count(batch_of(*bodies[:1]))
    row("count an event in the figures, alone", lambda: _count(bodies[1:2]))
    row(f"count {EVENTS} events of one day", lambda: _count(bodies[2 : EVENTS + 2]))
    today = clock.now()
    for days in (30, DAYS):
        period = f"from={clock.timestamp(today - timedelta(days=days - 1))[:10]}&to={clock.timestamp(today)[:10]}"
        fill(parcel, today, days)
        path = f"/api/v1/embed/insights?{period}"
        row(f"a chart of {days} days", lambda path=path: _read(parcel, path))  # type: ignore[misc]


def _count(bodies: list[Item]) -> None:
    from chalicelib.insights.counting import count
    from tests.support.pipeline import batch_of

    assert count(batch_of(*bodies)) == {"batchItemFailures": []}


def fill(parcel: Parcel, today: Any, days: int) -> None:
    """Figures on each of these days, of the end user."""
    from chalicelib.insights.store import NAMES, counter
    from chalicelib.kit import clock
    from chalicelib.table import keys
    from chalicelib.table.transaction import update

    for day in range(days):
        at = clock.timestamp(today - timedelta(days=day))[:10]
        key = keys.figures(parcel.acme.organization_id, parcel.session.end_user_id, at)
        update(key, [counter(name).add(1234) for name in NAMES])


def _read(parcel: Parcel, path: str) -> None:
    reply = parcel.session.client.get(path)
    assert reply.status == 200, reply.text


@contextmanager
def engine() -> Iterator[None]:
    with dynamodb_local.running() as endpoint:
        os.environ.update(seed.environment(endpoint))
        dynamodb_local.create_table(endpoint, seed.TABLE)
        yield


def main() -> None:
    try:
        with engine():
            with redirect_stdout(StringIO()):
                parcel = Parcel()
            rows = measure(parcel)
    except dynamodb_local.NotHere as reason:
        print(f"skipped: {reason}")
        return
    print(f"A shipment of {len(json.dumps(shipment(0)))} bytes as JSON.\n")
    print("| operation | trips | read units | write units |\n|---|---|---|---|")
    for name, found in rows.items():
        print(f"| {name} | {found.trips} | {found.read:g} | {found.written:g} |")


if __name__ == "__main__":
    main()
