"""From connecting to the data room, and what is seen meanwhile."""

from datetime import timedelta

import time_machine

from chalicelib.kit import clock
from tests.support.background import clean_up
from tests.support.factories import EMBED
from tests.support.tiny_shop import TinyShop
from tests.unit.connectors.conftest import Merchant


class TestConnecting:
    def test_starts_a_test_and_a_first_sync(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.add_many(5)
        bridge_id = merchant.connect()
        merchant.run()

        assert shop.calls[0] == "test"
        assert merchant.order_ids() == set(shop.orders)
        (run,) = merchant.runs(bridge_id)
        assert (run["task"], run["trigger"], run["status"], run["error"]) == (
            "grab_orders",
            "connect",
            "succeeded",
            None,
        )
        assert run["counts"] == {"created": 5, "updated": 0, "unchanged": 0, "failed": 0}
        bridge = merchant.bridge(bridge_id)
        assert bridge["status"] == "active"
        assert bridge["last_sync_at"] >= run["started_at"]
        assert (bridge["running"], bridge["progress"]) == (False, None)
        assert bridge["next_run_at"] > clock.timestamp()

    def test_brings_in_only_the_history_that_is_wanted(self, merchant: Merchant, shop: TinyShop) -> None:
        with time_machine.travel(clock.now() - timedelta(days=3)):
            shop.add("old")
        with time_machine.travel(clock.now() - timedelta(days=1)):
            shop.add("recent")
        merchant.acme.configure(settings={"initialSyncDays": 2})
        merchant.connect()
        merchant.run()

        assert merchant.order_ids() == {"recent"}

    def test_shows_progress_between_the_pages(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.add_many(5)
        seen = []
        listing = shop._list_orders

        def watch(*args: object) -> object:
            seen.append({name: merchant.bridge(bridge_id)[name] for name in ("running", "progress")})
            return listing(*args)  # type: ignore[arg-type]

        shop._list_orders = watch  # type: ignore[method-assign, assignment]
        bridge_id = merchant.connect()
        merchant.run()

        assert seen == [
            {"running": True, "progress": None},
            {"running": True, "progress": {"done": 2, "total": 5}},
            {"running": True, "progress": {"done": 4, "total": 5}},
        ]


class TestSchedule:
    def test_brings_in_what_changed_and_overlaps(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.add("T-1")
        bridge_id = merchant.connect()
        merchant.run()
        with time_machine.travel(clock.now() + timedelta(minutes=16)):
            shop.add("T-2")
            merchant.tick()
            assert merchant.order_ids() == {"T-1", "T-2"}
            assert merchant.runs(bridge_id)[0]["counts"]["created"] == 1
            assert merchant.runs(bridge_id)[0]["trigger"] == "schedule"

    def test_runs_that_change_nothing_overwrite_one_row(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.add("T-1")
        bridge_id = merchant.connect()
        merchant.run()
        for visits in (1, 2, 3):
            with time_machine.travel(clock.now() + timedelta(minutes=16 * visits)):
                merchant.tick()
                last, *_ = merchant.runs(bridge_id)
                assert [run["trigger"] for run in merchant.runs(bridge_id)] == ["schedule", "connect"]
                assert merchant.bridge(bridge_id)["last_sync_at"] >= last["started_at"]

    def test_nothing_runs_before_its_time(self, merchant: Merchant, shop: TinyShop) -> None:
        merchant.connect()
        merchant.run()
        calls = len(shop.calls)
        with time_machine.travel(clock.now() + timedelta(minutes=14)):
            merchant.tick()
        assert len(shop.calls) == calls

    def test_an_idle_visit_takes_three_round_trips_and_one_call(
        self, merchant: Merchant, shop: TinyShop, calls: list[str]
    ) -> None:
        bridge_id = merchant.connect()
        merchant.run()
        with time_machine.travel(clock.now() + timedelta(minutes=16)):
            del calls[:], shop.calls[:]
            merchant.visit(bridge_id)
        assert sorted(calls) == ["BatchGetItem", "Query", "UpdateItem", "UpdateItem"]  # the reads side by side
        assert shop.calls == ["orders"]


class TestByHand:
    def test_queues_a_run_and_does_it(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = merchant.connect()
        merchant.run()
        shop.add("T-9")
        reply = merchant.session.client.post(f"{EMBED}/bridges/{bridge_id}/sync")
        assert reply.status == 202, reply.text
        (queued,) = reply.data
        assert (queued["status"], queued["trigger"], queued["task"]) == ("queued", "manual", "grab_orders")
        again = merchant.session.client.post(f"{EMBED}/bridges/{bridge_id}/sync")
        assert again.data[0]["id"] == queued["id"]
        merchant.run()

        assert merchant.order_ids() == {"T-9"}
        assert merchant.runs(bridge_id)[0]["id"] == queued["id"]
        assert merchant.runs(bridge_id)[0]["status"] == "succeeded"

    def test_is_refused_while_the_bridge_is_paused(self, merchant: Merchant) -> None:
        bridge_id = merchant.connect()
        assert merchant.session.client.patch(f"{EMBED}/bridges/{bridge_id}", {"status": "paused"}).status == 200
        assert merchant.session.client.post(f"{EMBED}/bridges/{bridge_id}/sync").code == "bridge_paused"


class TestStatuses:
    def test_a_paused_bridge_rests_until_it_is_active_again(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = merchant.connect()
        merchant.run()
        path = f"{EMBED}/bridges/{bridge_id}"
        assert merchant.session.client.patch(path, {"status": "paused"}).status == 200
        shop.add("T-1")
        with time_machine.travel(clock.now() + timedelta(minutes=16)):
            merchant.tick()
            assert merchant.order_ids() == set()
            assert merchant.bridge(bridge_id)["next_run_at"] is None
            assert merchant.session.client.patch(path, {"status": "active"}).status == 200
            merchant.run()
            assert merchant.order_ids() == {"T-1"}

    def test_a_deleted_bridge_leaves_nothing_to_do(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.add_many(5)
        bridge_id = merchant.connect()
        assert merchant.session.client.delete(f"{EMBED}/bridges/{bridge_id}").status == 200
        merchant.run()
        assert shop.calls == ["remove hooks"]

    def test_a_suspended_organization_is_not_worked_for(self, merchant: Merchant, shop: TinyShop) -> None:
        from chalicelib.organizations import suspension

        merchant.connect()
        merchant.run()
        suspension.suspend(merchant.acme.organization_id)
        del shop.calls[:]
        with time_machine.travel(clock.now() + timedelta(minutes=16)):
            merchant.tick()
            assert shop.calls == []
            suspension.resume(merchant.acme.organization_id)
        with time_machine.travel(clock.now() + timedelta(minutes=32)):
            merchant.tick()
        assert shop.calls == ["orders"]

    def test_a_reassigned_bridge_brings_in_for_its_new_owner(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.add("T-1")
        bridge_id = merchant.connect()
        merchant.run()
        other = merchant.acme.session("merchant-2", ttlSeconds=86400)
        path = f"/api/v1/bridges/{bridge_id}"
        assert merchant.acme.server.patch(path, {"end_user_id": other.end_user_id}).status == 200
        clean_up()
        shop.add("T-2")
        with time_machine.travel(clock.now() + timedelta(minutes=16)):
            merchant.tick()
            assert {row["external_id"] for row in other.client.get(f"{EMBED}/orders").data} == {"T-1", "T-2"}
            assert merchant.order_ids() == set()
            assert [row["id"] for row in other.client.get(f"{EMBED}/bridges").data] == [bridge_id]
