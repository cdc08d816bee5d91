"""Real shipments played through in their own order of time: what the system counts is what the file says."""

import itertools
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.insights.counting import count
from chalicelib.kit import clock, codec
from chalicelib.kit.settings import settings
from chalicelib.tracking_feeds import scheduling
from local.commands.figures import recount_figures
from tests.support.account import everything
from tests.support.factories import Acme
from tests.support.pipeline import Pipeline, batch_of
from tests.support.real_orders import FILE, read
from tests.support.storefront import Storefront

STALLED = timedelta(hours=72)
Step = tuple[str, dict[str, Any]]


def counted_in_the_file(shipments: list[dict[str, Any]]) -> Counter[str]:
    """By a script of its own, which knows nothing of the system."""
    found: Counter[str] = Counter()
    for shipment in shipments:
        times = [clock.parse(scan["checkpoint_time"]) for scan in shipment["checkpoints"]]
        ends = clock.parse(shipment["estimated_delivery"][:10]) + timedelta(days=1)
        is_delivered = shipment["status"] == "delivered"
        found["shipment.stalled"] += sum(after - before >= STALLED for before, after in itertools.pairwise(times))
        found["shipment.stalled"] += not is_delivered
        found["shipment.late"] += times[0] < ends and (times[-1] >= ends or not is_delivered)
        if is_delivered:
            punctual = shipment["actual_delivery"][:10] <= shipment["estimated_delivery"][:10]
            found["on_time" if punctual else "late"] += 1
    return found


def steps_of(shipments: list[dict[str, Any]]) -> list[Step]:
    """Each scan as the source sends it at its time, oldest first."""
    steps = []
    for shipment in shipments:
        scans = shipment["checkpoints"]
        for number, scan in enumerate(scans, start=1):
            status = shipment["status"] if number == len(scans) else "in_transit"
            record = {**shipment, "status": status, "checkpoints": scans[:number], "order_external_id": None}
            record["actual_delivery"] = shipment["actual_delivery"] if status == "delivered" else None
            steps.append((scan["checkpoint_time"], record))
    return sorted(steps, key=lambda step: step[0])


def play(steps: list[Step]) -> tuple[Counter[str], Acme]:
    """Signals told and figures counted, after 60 quiet days at the end."""
    with time_machine.travel(steps[0][0], tick=False) as moment:
        acme = Acme.create()
        shop, pipeline, found = Storefront(acme), Pipeline(), Counter[str]()
        for at, record in steps:
            moment.move_to(clock.parse(at))
            scheduling.run()
            shop.sync([], [record])
        moment.move_to(clock.now() + timedelta(days=60))
        scheduling.run()
        events = [row["t"]["S"] for row in everything() if row["pk"]["S"].startswith("EV#")]
        found.update(name for name in events if name in ("shipment.stalled", "shipment.late"))
        while pipeline.dispatch():
            pass
        while messages := pipeline.take(settings().figures_queue_url)["Records"]:
            count(batch_of(*(codec.loads(each["body"]) for each in messages)))
        for row in everything():
            if row["pk"]["S"] == f"FIG#{acme.organization_id}#-":
                found.update({name: int(row[name]["N"]) for name in ("on_time", "late") if name in row})
        assert recount_figures(acme.organization_id) == []
        return found, acme


@pytest.mark.skipif(not FILE.exists(), reason="needs ../shared/data")
@pytest.mark.parametrize("most", [60, pytest.param(8135, marks=pytest.mark.soak)])
def test_on_time_late_and_stalled_are_those_of_the_file(cloud: None, most: int) -> None:
    found_in_file = [line["shipment"] for line in read(most * 2)]
    moving = ("in_transit", "delivered")
    shipments = [each for each in found_in_file if each and each["status"] in moving and each["checkpoints"]][:most]
    for each in shipments:
        each["checkpoints"].sort(key=lambda scan: scan["checkpoint_time"])
    expected = counted_in_the_file(shipments)
    found, _ = play(steps_of(shipments))
    assert +found == +expected
    assert min(expected[name] for name in ("on_time", "shipment.stalled", "shipment.late")) > 0
