"""docs/operations.md prints the assumed prices as they stand in their file, and sums that follow from them."""

import re

from benchmarks.prices import Prices, Units, row
from infra.monitoring import alarms
from local.places import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text().partition("## Cost")[2]
PRICES = Prices.read()


def test_every_price_is_on_the_page() -> None:
    printed = re.findall(r"^\| `(\w+)` \| .+ \| ([0-9.]+) \|$", PAGE, re.MULTILINE)
    assert {name: float(price) for name, price in printed} == PRICES.price


def test_the_sums_follow_from_the_prices() -> None:
    rows = re.findall(r"^\| ([a-z0-9 ]+) \| ([0-9.]+) \| ([0-9.]+) \| .*$", PAGE, re.MULTILINE)
    assert len(rows) == 6
    for title, read, write in rows:
        units = Units(float(read), float(write))
        delivery = title == "webhook deliveries"
        sums = PRICES.of_a_million_deliveries(units) if delivery else PRICES.of_a_million_requests(units)
        assert row(title, units, sums) in PAGE


def test_the_cost_of_alarms_follows_from_the_template() -> None:
    found = [one["Properties"] for one in alarms("production").values()]
    watched = sum(len([m for m in one.get("Metrics", [one]) if "Expression" not in m]) for one in found)
    words = f"{watched * PRICES.price['alarm_metric_month']:.2f} USD for {len(found)} alarms"
    assert words in (ROOT / "docs" / "deploy.md").read_text()
