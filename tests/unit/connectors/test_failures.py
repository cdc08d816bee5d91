"""What a merchant reads when something is wrong, and when it is tried again."""

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine

from chalicelib.connectors import grabbing
from chalicelib.connectors.faults import AuthFault, InvalidAnswer, RateLimited, Unreachable
from chalicelib.kit import clock
from tests.support.account import everything
from tests.support.factories import EMBED
from tests.support.tiny_shop import CONFIG, TinyShop
from tests.unit.connectors.conftest import Merchant


def later(**how: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(**how))


class TestCredentials:
    def test_that_never_worked_put_the_bridge_in_error(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = merchant.connect(apiKey="wrong-key")
        merchant.run()

        bridge = merchant.bridge(bridge_id)
        assert (bridge["status"], bridge["reconnect_required"]) == ("error", True)
        assert bridge["error_code"] == "AUTH_ERROR"
        # The platform quoted the key.
        assert bridge["error_message"] == "The key -------- is not valid here."
        assert "wrong-key" not in str(everything())

    def test_that_were_revoked_end_the_run_and_tell_the_merchant(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = merchant.connect()
        merchant.run()
        shop.api_key = "another"
        with later(minutes=16):
            merchant.tick()
            assert merchant.bridge(bridge_id)["reconnect_required"]
            run = merchant.runs(bridge_id)[0]
            assert (run["status"], run["error"]["code"], run["error"]["retryable"]) == ("failed", "AUTH_ERROR", False)
            (told,) = merchant.session.client.get(f"{EMBED}/alerts/notifications").data
            assert told["title"] == "Tiny needs to be connected again"
            assert told["metadata"]["bridge_id"] == bridge_id
            slug = merchant.acme.config["slug"]
            assert told["metadata"]["link"] == f"https://api.example.com/portal?org={slug}"
            del shop.calls[:]
            merchant.tick()
        with later(minutes=35):
            merchant.tick()
        assert shop.calls == [], "a shop that refused is left alone"

    def test_new_ones_bring_the_bridge_back(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = merchant.connect(apiKey="wrong-key")
        merchant.run()
        shop.add("T-1")
        reply = merchant.session.client.patch(f"{EMBED}/bridges/{bridge_id}", {"config": {"apiKey": "key-one"}})
        assert reply.status == 200, reply.text
        merchant.run()

        bridge = merchant.bridge(bridge_id)
        assert (bridge["status"], bridge["reconnect_required"], bridge["error_message"]) == ("active", False, None)
        assert merchant.order_ids() == {"T-1"}

    def test_a_test_by_hand_asks_the_shop(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = merchant.connect()
        path = f"{EMBED}/bridges/{bridge_id}/test"
        assert merchant.session.client.post(path).json == {
            "success": True,
            "message": "Connected to Tiny.",
            "code": None,
        }
        shop.api_key = "another"
        answer = merchant.session.client.post(path).json
        assert answer == {
            "success": False,
            "message": "The key -------- is not valid here.",
            "code": "AUTH_ERROR",
        }
        assert merchant.bridge(bridge_id)["status"] == "error"


class TestRateLimits:
    def test_the_sync_waits_and_goes_on_where_it_was(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.add_many(6)
        shop.faults = [None, None, RateLimited(retry_after=90)]
        bridge_id = merchant.connect()
        merchant.run()
        assert len(merchant.order_ids()) == 2
        (run,) = merchant.runs(bridge_id)
        assert (run["status"], run["error"]) == ("running", None)
        assert merchant.bridge(bridge_id)["status"] == "active"
        done = len(shop.calls)
        with later(seconds=80):
            merchant.tick()
            assert len(shop.calls) == done
        with later(seconds=91):
            merchant.tick()
            assert merchant.order_ids() == set(shop.orders)
            (again,) = merchant.runs(bridge_id)
        assert (again["id"], again["status"], again["counts"]["created"]) == (run["id"], "succeeded", 6)
        assert [call for call in shop.calls if call == "orders"] == ["orders"], "no page was read twice"


class TestOutages:
    def test_back_off_and_leave_a_bridge_that_worked(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = merchant.connect()
        merchant.run()
        waits = []
        with later(minutes=16) as travel:
            for _ in range(8):
                shop.faults = [Unreachable("Connection refused.")]
                merchant.tick()
                bridge = merchant.bridge(bridge_id)
                assert bridge["status"] == "active"
                due = clock.parse(bridge["next_run_at"])
                waits.append(round((due - clock.now()).total_seconds() / 60))
                travel.move_to(due + timedelta(seconds=1))
            assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
            run = merchant.runs(bridge_id)[0]
            assert run["error"] == {"code": "UNREACHABLE", "message": "Connection refused.", "retryable": True}
            merchant.tick()
            assert merchant.runs(bridge_id)[0]["status"] == "succeeded"

    def test_of_a_day_put_the_bridge_in_error_until_the_shop_is_back(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = merchant.connect()
        merchant.run()
        shop.faults = [InvalidAnswer(200, "text/html")] * 2
        with later(hours=1):
            merchant.tick()
        with later(hours=25, minutes=5):
            merchant.session = merchant.acme.session("merchant-1", ttlSeconds=86400)
            merchant.tick()
            bridge = merchant.bridge(bridge_id)
            assert (bridge["status"], bridge["reconnect_required"]) == ("error", False)
            assert "text/html" in bridge["error_message"]
        with later(hours=26, minutes=10):
            merchant.tick()
            assert merchant.bridge(bridge_id)["status"] == "active"

    def test_an_address_that_is_no_shop_is_told_at_once(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.faults = [Unreachable("The host name does not resolve.")]
        bridge_id = merchant.connect()
        merchant.run()
        bridge = merchant.bridge(bridge_id)
        assert (bridge["status"], bridge["error_message"]) == ("error", "The host name does not resolve.")

    def test_that_are_ours_blame_nobody(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = merchant.connect()
        merchant.run()
        with later(minutes=16):
            with (
                patch.object(grabbing, "store", side_effect=ZeroDivisionError("secret detail")),
                pytest.raises(ZeroDivisionError),
            ):
                merchant.visit(bridge_id)
            bridge, run = merchant.bridge(bridge_id), merchant.runs(bridge_id)[0]
            assert (bridge["status"], bridge["running"]) == ("active", False)
            assert (run["error"]["code"], run["error"]["retryable"]) == ("INTERNAL_ERROR", True)
            assert "secret detail" not in str(run)
        with later(minutes=18):
            merchant.tick()
            assert merchant.runs(bridge_id)[0]["status"] == "succeeded"

    def test_a_record_that_cannot_be_read_costs_itself(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.add("good")
        shop.add("bad", status="no such word")
        bridge_id = merchant.connect()
        merchant.run()
        assert merchant.order_ids() == {"good"}
        (run,) = merchant.runs(bridge_id)
        assert (run["status"], run["counts"]["created"], run["counts"]["failed"]) == ("succeeded", 1, 1)

    def test_a_key_that_is_refused_once_is_tried_again_by_hand(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = merchant.connect()
        merchant.run()
        shop.faults = [AuthFault()]
        with later(minutes=16):
            merchant.tick()
            assert merchant.bridge(bridge_id)["status"] == "error"
            shop.add("T-1")
            assert merchant.session.client.post(f"{EMBED}/bridges/{bridge_id}/sync").status == 202
            merchant.run()
            assert merchant.bridge(bridge_id)["status"] == "active"
            assert merchant.order_ids() == {"T-1"}


def test_the_same_config_is_what_the_shop_gets(merchant: Merchant, shop: TinyShop) -> None:
    seen = []
    test = shop._test

    def look(connection: object) -> object:
        seen.append(dict(connection.config))  # type: ignore[attr-defined]
        return test(connection)  # type: ignore[arg-type]

    shop._test = look  # type: ignore[method-assign, assignment]
    merchant.connect()
    merchant.run()
    assert seen == [CONFIG]
