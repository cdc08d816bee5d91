"""Figures by day: each event once, whoever sees it twice, and equal to a recount of the log."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.insights.counting import count
from chalicelib.insights.facts import fact_of
from chalicelib.insights.store import counter
from chalicelib.kit import clock, codec, ids
from chalicelib.kit.settings import settings
from chalicelib.table import keys
from chalicelib.table.transaction import update
from local.commands.figures import compare, recount_figures, repair_figures
from tests.support.factories import EMBED, Acme
from tests.support.faults import Crash, crashing
from tests.support.gateway import Client
from tests.support.pipeline import Pipeline, batch_of
from tests.support.races import at_once
from tests.support.storefront import Storefront, order_record

TODAY = "2026-03-10"


def parcel(number: int, status: str, **more: Any) -> dict[str, Any]:
    return {"external_id": f"S-{number}", "status": status, "tracking_number": f"1Z{number}", **more}


def messages(pipeline: Pipeline) -> list[dict[str, Any]]:
    pipeline.dispatch()
    found = []
    while records := pipeline.take(settings().figures_queue_url)["Records"]:
        found += [codec.loads(record["body"]) for record in records]
    return [body for body in found if "event_id" in body]


@pytest.fixture
def shop(acme: Acme) -> Any:
    with time_machine.travel(f"{TODAY}T12:00:00Z", tick=True):
        shop = Storefront(acme)
        shop.sync(
            [order_record("N-1"), order_record("N-2", ordered_at="2026-03-01T23:30:00-05:00")],
            [
                parcel(1, "delivered", estimated_delivery="2026-03-09", actual_delivery="2026-03-09T23:00:00-08:00"),
                parcel(2, "delivered", estimated_delivery="2026-03-07", actual_delivery="2026-03-08"),
                parcel(3, "delivered", actual_delivery="2026-03-08"),
                parcel(4, "in_transit", ship_date="2026-03-08"),
                parcel(5, "exception"),
            ],
        )
        yield shop


def figures(client: Client, path: str = f"{EMBED}/insights?from=2026-03-01&to={TODAY}") -> dict[str, dict[str, int]]:
    rows = client.get(path).data
    nonzero = ({name: value for name, value in row.items() if value and name != "date"} for row in rows)
    return {row["date"][-2:]: values for row, values in zip(rows, nonzero, strict=True) if values}


EXPECTED = {
    "02": {"orders": 1},
    "08": {"delivered": 2, "late": 1, "shipped": 1},
    "10": {"orders": 1, "delivered": 1, "on_time": 1, "exceptions": 1},
}


class TestCounting:
    def test_by_the_day_it_happened(self, shop: Storefront) -> None:
        assert count(batch_of(*messages(Pipeline()))) == {"batchItemFailures": []}
        assert figures(shop.session.client) == EXPECTED
        assert figures(shop.acme.server, f"/api/v1/insights?from=2026-03-01&to={TODAY}") == EXPECTED
        user = shop.session.end_user_id
        path = f"/api/v1/insights?end_user_id={user}&from=2026-03-01&to={TODAY}"
        assert figures(shop.acme.server, path) == EXPECTED
        assert recount_figures(shop.acme.organization_id) == []

    def test_twice_in_any_grouping_counts_once(self, shop: Storefront) -> None:
        found = messages(Pipeline())
        count(batch_of(*found[:2]))
        count(batch_of(*found, *reversed(found)))
        at_once([lambda: count(batch_of(*found))] * 4)
        assert figures(shop.session.client) == EXPECTED

    @pytest.mark.parametrize("done", [False, True])
    def test_killed_at_any_call_the_next_delivery_completes_it(self, shop: Storefront, done: bool) -> None:
        found = messages(Pipeline())
        for at in range(20):
            try:
                with crashing(at, done=done):
                    count(batch_of(*found))
                break
            except Crash:
                continue
        count(batch_of(*found))
        assert figures(shop.session.client) == EXPECTED

    def test_a_recount_finds_what_is_wrong(self, shop: Storefront) -> None:
        count(batch_of(*messages(Pipeline())[1:]))
        org = shop.acme.organization_id
        assert recount_figures(org) == []
        update(keys.figures(org, None, TODAY), [counter("orders").add(1)])
        with time_machine.travel(clock.now() + timedelta(hours=2)):
            problems = recount_figures(org)
            assert len(problems) == 2
            assert any("never counted" in problem for problem in problems)
            before, _ = compare(org)
            assert len(repair_figures(org, before)) == 2
            assert recount_figures(org) == []
        assert figures(shop.acme.server, f"/api/v1/insights?from=2026-03-01&to={TODAY}") == EXPECTED
        update(keys.figures(org, None, TODAY), [counter("orders").add(1)])
        assert (repair_figures(org, before), len(recount_figures(org))) == ([], 1), "only what was wrong twice"

    def test_what_is_deleted_stays_in_the_organizations_figures(self, shop: Storefront) -> None:
        from tests.support.background import clean_up

        count(batch_of(*messages(Pipeline())))
        user = shop.session.end_user_id
        assert shop.acme.server.delete(f"{EMBED}/users/{user}").status < 300
        clean_up()
        assert figures(shop.acme.server, f"/api/v1/insights?from=2026-03-01&to={TODAY}") == EXPECTED


class TestReading:
    def test_one_row_a_day_with_zeros(self, acme: Acme) -> None:
        rows = acme.session().client.get(f"{EMBED}/insights").data
        assert (len(rows), rows[-1]["date"]) == (30, clock.timestamp()[:10])
        assert set(rows[0]) == {"date", "orders", "shipped", "delivered", "on_time", "late", "exceptions"}

    @pytest.mark.parametrize(
        "query", ["from=2026-03-02&to=2026-03-01", "from=2024-01-01&to=2026-01-01", "from=soon", "to=2026-02-30"]
    )
    def test_a_period_that_is_none(self, acme: Acme, query: str) -> None:
        assert acme.session().client.get(f"{EMBED}/insights?{query}").status == 422

    def test_nobody_sees_anybody_elses(self, shop: Storefront) -> None:
        count(batch_of(*messages(Pipeline())))
        assert figures(shop.acme.session("other").client) == {}
        other = Acme.create().server
        assert figures(other, f"/api/v1/insights?from=2026-03-01&to={TODAY}") == {}
        for user in (shop.session.end_user_id, ids.new_id(), "nobody"):
            assert other.get(f"/api/v1/insights?end_user_id={user}").status == 404
        assert Client().get(f"{EMBED}/insights").status == 401


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-03-08", "2026-03-08"),
        ("2026-03-08T23:30:00-05:00", "2026-03-09"),
        (None, TODAY),
        ("1970-01-01", TODAY),
        ("2031-01-01", TODAY),
        ("soon", TODAY),
    ],
)
def test_the_day_of_a_fact(said: str | None, day: str) -> None:
    fact = fact_of("order.created", codec.dumps({"ordered_at": said}), f"{TODAY}T12:00:00.000Z")
    assert fact is not None
    assert fact == (day, ("orders",))
