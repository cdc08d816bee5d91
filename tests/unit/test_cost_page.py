"""docs/operations.md prints the assumed prices as they stand in their file, and sums that follow from them."""

import re

from benchmarks.prices import Prices, Units, row
from infra.monitoring import alarms
from local.places import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text().partition("## Cost")[2]
PRICES = Prices.read()


def test_every_price_is_on_the_page_with_the_day_it_was_checked() -> None:
    printed = re.findall(r"^\| `(\w+)` \| .+ \| ([0-9.]+) \| (no|[0-9-]{10}) \|$", PAGE, re.MULTILINE)
    assert {name: float(price) for name, price, _ in printed} == PRICES.price
    for name, _, checked in printed:
        assert PRICES.source[name].startswith("aws.amazon.com/")
        assert ("not checked" if checked == "no" else checked) in PRICES.source[name]


def test_the_sums_follow_from_the_prices() -> None:
    rows = re.findall(r"^\| ([a-z0-9 ]+) \| ([0-9.]+) \| ([0-9.]+) \| ([0-9]*) \| .*$", PAGE, re.MULTILINE)
    assert len(rows) == 10
    for title, read, write, size in rows:
        units = Units(float(read), float(write), int(size or 0))
        match title:
            case "new orders synced":
                sums = PRICES.of_a_million_orders(units)
            case "webhook deliveries":
                sums = PRICES.of_a_million_deliveries(units)
            case "webhook deliveries alone in their batches":
                sums = PRICES.of_a_million_deliveries(units, "alone")
            case "webhook deliveries before they took one row":
                sums = PRICES.of_a_million_deliveries(units, "before")
            case "new orders counted in the figures":
                sums = PRICES.of_a_million_counted(units)
            case _:
                sums = PRICES.of_a_million_requests(units)
        assert row(title, units, sums) in PAGE


def test_what_slow_receivers_cost_follows_from_the_prices() -> None:
    alone, together = (PRICES.of_a_million_that_time_out(number) for number in (1, 10))
    assert f"{alone:.0f} USD for a million of them alone and {together:.0f} USD in batches of ten" in " ".join(
        PAGE.split()
    )


def test_the_cost_of_alarms_follows_from_the_template() -> None:
    found = [one["Properties"] for one in alarms("production").values()]
    watched = sum(len([m for m in one.get("Metrics", [one]) if "Expression" not in m]) for one in found)
    words = f"{watched * PRICES.price['alarm_metric_month']:.2f} USD for {len(found)} alarms"
    assert words in (ROOT / "docs" / "deploy.md").read_text()
