"""One process at a time for each bridge, whatever dies, comes twice or starts at once."""

import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from chalicelib.connectors.scheduling import run as start_due_work
from chalicelib.kit import clock
from chalicelib.kit.settings import settings
from chalicelib.orders.store import OrderItem
from chalicelib.tasks import leases
from chalicelib.tasks.leases import LeaseLost
from tests.support.account import everything
from tests.support.factories import EMBED
from tests.support.faults import Crash, crashing
from tests.support.races import at_once
from tests.support.tiny_shop import TinyShop
from tests.unit.connectors.conftest import Merchant


def later(**how: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(**how))


class TestLeases:
    def test_of_many_at_once_one_gets_it_and_knows_of_the_others(self, merchant: Merchant) -> None:
        org, bridge_id = merchant.acme.organization_id, merchant.connect()
        got = [lease for lease in at_once([lambda: leases.acquire(org, bridge_id)] * 4) if lease is not None]
        assert len(got) == 1
        assert not got[0].release(None), "three others want something done"
        assert got[0].release(None)

    def test_a_lease_that_ended_is_lost(self, merchant: Merchant) -> None:
        org, bridge_id = merchant.acme.organization_id, merchant.connect()
        old = leases.acquire(org, bridge_id)
        with later(minutes=3):
            new = leases.acquire(org, bridge_id)
            assert old is not None
            assert new is not None
            with pytest.raises(LeaseLost):
                old.release(None)
            with pytest.raises(LeaseLost):
                old.renew()

    def test_a_long_task_keeps_its_lease(self, merchant: Merchant) -> None:
        org, bridge_id = merchant.acme.organization_id, merchant.connect()
        lease = leases.acquire(org, bridge_id)
        assert lease is not None
        with later(seconds=50):
            lease.renew()
        with later(seconds=160):
            assert leases.acquire(org, bridge_id) is None

    def test_two_messages_do_the_work_once(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.add_many(6)
        bridge_id = merchant.connect()
        at_once([lambda: merchant.visit(bridge_id)] * 3)
        assert merchant.order_ids() == set(shop.orders)
        assert shop.calls.count("orders") == 1
        assert shop.calls.count("test") == 1


class TestSchedulers:
    def test_two_at_once_send_one_message(self, merchant: Merchant) -> None:
        merchant.connect()
        merchant.run()
        with later(minutes=16):
            at_once([start_due_work] * 2)
            assert len(merchant.pipeline.take(settings().bridges_queue_url)["Records"]) == 1

    def test_a_lost_message_is_made_up_for(self, merchant: Merchant, shop: TinyShop) -> None:
        merchant.connect()
        merchant.run()
        shop.add("T-1")
        with later(minutes=16):
            start_due_work()
            merchant.pipeline.take(settings().bridges_queue_url)
        with later(minutes=22):
            merchant.tick()
            assert merchant.order_ids() == {"T-1"}

    def test_a_lost_event_is_made_up_for(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.add("T-1")
        merchant.connect()
        with later(minutes=3):
            start_due_work()
            merchant.pipeline.drain(settings().bridges_queue_url, _receive)
            assert merchant.order_ids() == {"T-1"}


def _receive(batch: dict[str, object]) -> object:
    from chalicelib.connectors.receiving import receive

    return receive(batch)


def _kill(merchant: Merchant, work: Callable[[], object], at: int, *, done: bool) -> bool:
    """Whether the process died at its `at`-th call."""
    try:
        with crashing(at, done=done):
            work()
    except Crash:
        return True
    return False


class TestKilled:
    @pytest.mark.parametrize("done", [False, True])
    def test_at_every_call_of_a_first_sync(self, merchant: Merchant, shop: TinyShop, done: bool) -> None:
        """One sync that dies at its first call, then at the second of what is left, and so on, to its end."""
        shop.add_many(9)
        bridge_id = merchant.connect()
        with time_machine.travel(clock.now()) as travel:
            at, deaths = 0, 0
            while _kill(merchant, lambda: merchant.visit(bridge_id), at % 17, done=done):
                deaths, at = deaths + 1, at + 1
                # The next look comes when the lease has ended.
                travel.shift(timedelta(seconds=125))
                assert deaths < 200
            assert deaths > 5
            merchant.tick()
            assert merchant.order_ids() == set(shop.orders)
            assert merchant.session.client.get(f"{EMBED}/orders").json["pagination"]["total"] == 9
            (run,) = merchant.runs(bridge_id)
            assert (run["status"], run["trigger"]) == ("succeeded", "connect")
            assert merchant.bridge(bridge_id)["progress"] is None


@pytest.mark.soak
def test_ten_thousand_orders_killed_thirty_times(merchant: Merchant, shop: TinyShop) -> None:
    """Prints how many orders a minute were stored, and the memory that it took. Ends complete and exact."""
    started = time.monotonic()
    shop.page_size = 100
    shop.add_many(10_000, totals={"total": "12.50"}, currency="EUR", customer={"email": "jane@example.com"})
    bridge_id = merchant.connect()
    chance, deaths = random.Random(7), 0
    with time_machine.travel(clock.now()) as travel:
        while merchant.runs(bridge_id)[:1] == [] or merchant.runs(bridge_id)[0]["status"] != "succeeded":
            at = chance.randrange(10, 150) if deaths < 30 else 1_000_000
            deaths += _kill(merchant, lambda: merchant.visit(bridge_id), at, done=chance.random() < 0.5)
            travel.shift(timedelta(seconds=125))
    seconds = time.monotonic() - started
    stored = [row for row in everything() if row["sk"]["S"].endswith("#SUMMARY") and row["pk"]["S"].startswith("O#")]
    assert {OrderItem.of(row).summary.members()["external_id"] for row in stored} == set(shop.orders)
    assert len(stored) == 10_000
    assert merchant.session.client.get(f"{EMBED}/orders").json["pagination"]["total"] == 10_000
    assert deaths == 30
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{10_000 / seconds * 60:,.0f} orders a minute, {memory} MB with table and shop\n")
