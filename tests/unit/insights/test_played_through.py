"""Real orders played through in their own order of time: what the system tells and counts is what the file says."""

import itertools
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.insights.counting import count
from chalicelib.kit import clock
from chalicelib.kit.settings import settings
from chalicelib.shipments import signalling
from local.commands.figures import recount_figures
from tests.support.account import everything
from tests.support.factories import Acme
from tests.support.pipeline import Pipeline
from tests.support.real_orders import FILE, read
from tests.support.storefront import Storefront

STALLED = timedelta(hours=72)
QUIET = timedelta(days=60)
"""After the last day of the file: whoever is late or stands still has been told of by then."""
AT_ONCE = 100
"""Steps after which what happened is counted, so that queues stay short."""
SIGNALS = ("shipment.stalled", "shipment.late")
Line = dict[str, Any]
Step = tuple[str, list[Line], list[Line]]
"""When it happens, and the orders and shipments that the source sends then."""
Figures = Counter[tuple[str, str]]
"""By UTC day and name."""


def signals_in(lines: list[Line]) -> Counter[str]:
    """By a script of its own, which knows nothing of the system."""
    found: Counter[str] = Counter()
    for shipment in shipments_of(lines):
        times = [clock.parse(scan["checkpoint_time"]) for scan in shipment["checkpoints"]]
        ends = clock.parse(shipment["estimated_delivery"][:10]) + timedelta(days=1)
        is_delivered = shipment["status"] == "delivered"
        found["shipment.stalled"] += sum(after - before >= STALLED for before, after in itertools.pairwise(times))
        found["shipment.stalled"] += not is_delivered
        # What was late already when it first came is not told.
        found["shipment.late"] += times[0] < ends and (times[-1] >= ends or not is_delivered)
    return found


def figures_in(lines: list[Line]) -> Figures:
    found: Figures = Counter((line["order"]["ordered_at"][:10], "orders") for line in lines)
    for shipment in shipments_of(lines):
        first, shipped = shipment["checkpoints"][0]["checkpoint_time"], shipment["ship_date"]
        # One was delivered two days before it was posted. What lies ahead has not happened: it counts when it was told.
        is_ahead = clock.parse(shipped) - clock.parse(first) > timedelta(days=1)
        found[first[:10] if is_ahead else shipped[:10], "shipped"] += 1
        if shipment["status"] == "delivered":
            day, expected = shipment["actual_delivery"][:10], shipment["estimated_delivery"][:10]
            found[day, "delivered"] += 1
            found[day, "on_time" if day <= expected else "late"] += 1
    return found


def shipments_of(lines: list[Line]) -> list[Line]:
    return [line["shipment"] for line in lines if line["shipment"]]


def steps_of(lines: list[Line]) -> list[Step]:
    """Each order and each scan as the source sends it at its time, oldest first."""
    steps: list[Step] = []
    for line in lines:
        order = {**line["order"], "status": "confirmed", "fulfillment_status": "unfulfilled"}
        steps.append((order["ordered_at"], [order], []))
    for shipment in shipments_of(lines):
        scans = shipment["checkpoints"]
        for number, scan in enumerate(scans, start=1):
            status = shipment["status"] if number == len(scans) else "in_transit"
            record = {**shipment, "status": status, "checkpoints": scans[:number]}
            record["actual_delivery"] = shipment["actual_delivery"] if status == "delivered" else None
            steps.append((scan["checkpoint_time"], [], [record]))
    return sorted(steps, key=lambda step: step[0])


def play(steps: list[Step], ends: str) -> tuple[Counter[str], Figures]:
    """The signals told and the figures shown, long after the time `ends`."""
    with time_machine.travel(steps[0][0], tick=False) as moment:
        acme = Acme.create()
        shop, pipeline = Storefront(acme), Pipeline()
        for number, (at, orders, shipments) in enumerate(steps):
            moment.move_to(clock.parse(at))
            signalling.run()
            shop.sync(orders, shipments)
            if number % AT_ONCE == 0:
                count_all(pipeline)
        moment.move_to(clock.parse(ends) + QUIET)
        signalling.run()
        count_all(pipeline)
        told = Counter(row["t"]["S"] for row in everything() if row["pk"]["S"].startswith("EV#"))
        assert recount_figures(acme.organization_id) == []
        return Counter({name: told[name] for name in SIGNALS}), shown(acme, steps[0][0], ends)


def count_all(pipeline: Pipeline) -> None:
    pipeline.dispatch()
    pipeline.drain(settings().figures_queue_url, count)


def shown(acme: Acme, begins: str, ends: str) -> Figures:
    """Every chart of the time, a quarter at once."""
    found: Figures = Counter()
    start, end = clock.parse(begins), clock.parse(ends)
    while start <= end:
        last = start + timedelta(days=90)
        period = f"from={clock.timestamp(start)[:10]}&to={clock.timestamp(last)[:10]}"
        for row in acme.server.get(f"/api/v1/insights?{period}").data:
            found.update({(row["date"], name): number for name, number in row.items() if name != "date"})
        start = last + timedelta(days=1)
    return found


@pytest.mark.skipif(not FILE.exists(), reason="needs ../shared/data")
@pytest.mark.parametrize("most", [100, pytest.param(None, marks=pytest.mark.soak)])
def test_on_time_late_and_stalled_are_those_of_the_file(cloud: None, most: int | None) -> None:
    lines = read(most)
    for shipment in shipments_of(lines):
        shipment["checkpoints"].sort(key=lambda scan: scan["checkpoint_time"])
    steps = steps_of(lines)
    ends = max(steps[-1][0], *(shipment["estimated_delivery"] for shipment in shipments_of(lines)))
    told, counted = play(steps, ends)
    expected, by_day = signals_in(lines), figures_in(lines)
    assert told == expected
    assert +counted == +by_day
    assert min(expected.values()) > 0
