"""Hooks of platforms: registered and kept, genuine, once, and never believed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.connectors.faults import Refused, Unreachable
from chalicelib.kit import clock, ids
from chalicelib.organizations import suspension
from tests.support.account import everything
from tests.support.factories import EMBED
from tests.support.faults import crashing
from tests.support.gateway import Client, Reply
from tests.support.races import at_once, requesting
from tests.support.tiny_shop import TinyShop
from tests.unit.connectors.conftest import Merchant

ORDER_CHANGED = {"delivery": "d-1", "topic": "order.updated", "task": "get_order", "order": "T-1"}


def connected(merchant: Merchant) -> str:
    bridge_id = merchant.connect()
    merchant.run()
    return bridge_id


def post(shop: TinyShop, body: dict[str, Any], **headers: str) -> Reply:
    """As the platform posts it to the address that was registered there."""
    assert shop.hooks is not None
    path = shop.hooks.address.removeprefix("https://api.example.com")
    return Client(ip="198.51.100.1").post(path, body, **{"X_Tiny_Key": shop.hooks.secret, **headers})


class TestKeeping:
    def test_registers_after_connecting_and_looks_hourly(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = connected(merchant)
        assert shop.hooks is not None
        assert shop.hooks.address == f"https://api.example.com/hooks/bridges/{bridge_id}"
        secret = shop.hooks.secret
        assert secret not in str(everything())
        for minutes, times in ((16, 1), (62, 2)):
            with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
                merchant.tick()
            assert shop.calls.count("hooks") == times
        assert shop.hooks.secret == secret

    @pytest.mark.parametrize("by_organization", [False, True])
    def test_are_removed_with_their_bridge(self, merchant: Merchant, shop: TinyShop, *, by_organization: bool) -> None:
        bridge_id = connected(merchant)
        client = merchant.acme.server if by_organization else merchant.session.client
        path = f"/api/v1/bridges/{bridge_id}" if by_organization else f"{EMBED}/bridges/{bridge_id}"
        shop.faults = [Unreachable()] if by_organization else []
        assert client.delete(path).status == 200
        # A platform that does not answer does not keep anybody from deleting.
        assert (shop.hooks is None) is not by_organization
        assert shop.calls[-1] == "remove hooks"

    def test_a_platform_that_refuses_hooks_is_polled(self, merchant: Merchant, shop: TinyShop) -> None:
        shop.faults = [None, None, Refused()]
        bridge_id = connected(merchant)
        assert shop.hooks is None
        assert merchant.bridge(bridge_id)["status"] == "active"
        assert merchant.bridge(bridge_id)["next_run_at"] > clock.in_seconds(60)


class TestTaking:
    def test_brings_in_what_the_source_says(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = connected(merchant)
        shop.add("T-1", order_number="as the shop says")
        reply = post(shop, {**ORDER_CHANGED, "order_number": "as the hook says"})
        assert (reply.status, reply.json) == (202, {"accepted": True})
        merchant.run()
        (order,) = merchant.session.client.get(f"{EMBED}/orders").data
        assert order["order_number"] == "as the shop says"
        run = merchant.runs(bridge_id)[0]
        assert (run["task"], run["trigger"], run["status"]) == ("get_order", "webhook", "succeeded")

    def test_the_same_delivery_is_done_once(self, merchant: Merchant, shop: TinyShop) -> None:
        connected(merchant)
        shop.add("T-1")
        for _ in range(3):
            assert post(shop, ORDER_CHANGED).status == 202
            merchant.run()
        assert shop.calls.count("order T-1") == 1
        assert post(shop, {**ORDER_CHANGED, "delivery": "d-2"}).status == 202
        merchant.run()
        assert shop.calls.count("order T-1") == 2

    def test_deliveries_without_an_id_are_known_by_their_body(self, merchant: Merchant, shop: TinyShop) -> None:
        connected(merchant)
        for order in ("T-1", "T-1", "T-2"):
            assert post(shop, {"topic": "order.updated", "task": "get_order", "order": order}).status == 202
            merchant.run()
        assert [call for call in shop.calls if call.startswith("order ")] == ["order T-1", "order T-2"]

    def test_many_at_once_become_one_task(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = connected(merchant)
        shop.add("T-1")
        assert shop.hooks is not None
        path, key = shop.hooks.address.removeprefix("https://api.example.com"), shop.hooks.secret
        replies = at_once(
            [
                requesting(Client(), "POST", path, {**ORDER_CHANGED, "delivery": f"d-{n}"}, X_Tiny_Key=key)
                for n in range(5)
            ]
        )
        assert {reply.status for reply in replies} == {202}
        merchant.run()
        assert merchant.order_ids() == {"T-1"}
        assert [run["trigger"] for run in merchant.runs(bridge_id)] == ["webhook", "connect"]

    def test_a_change_while_the_order_is_read_is_not_missed(self, merchant: Merchant, shop: TinyShop) -> None:
        connected(merchant)
        shop.add("T-1")
        read = shop._order
        states: list[Any] = []

        def change_meanwhile(*args: Any) -> Any:
            found = read(*args)
            if not states:
                shop.add("T-1", status="shipped")
                assert post(shop, {**ORDER_CHANGED, "delivery": "d-2"}).status == 202
            states.append(found)
            return found

        shop._order = change_meanwhile  # type: ignore[method-assign, assignment]
        post(shop, ORDER_CHANGED)
        merchant.run()
        assert merchant.session.client.get(f"{EMBED}/orders").data[0]["status"] == "shipped"

    def test_a_removed_app_needs_a_new_connection(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = connected(merchant)
        assert post(shop, {"delivery": "d-9", "topic": "app.removed", "gone": True}).status == 202
        bridge = merchant.bridge(bridge_id)
        assert (bridge["status"], bridge["reconnect_required"]) == ("error", True)
        assert bridge["error_code"] == "removed_at_shop"

    def test_a_message_that_cannot_be_sent_is_made_up_for(self, merchant: Merchant, shop: TinyShop) -> None:
        from unittest.mock import patch

        from chalicelib.connectors import hooks
        from chalicelib.kit.queues import NotSent

        connected(merchant)
        shop.add("T-1")
        with patch.object(hooks, "send", side_effect=NotSent([0])):
            assert post(shop, ORDER_CHANGED).status == 202
        with time_machine.travel(clock.now() + timedelta(minutes=16)):
            merchant.tick()
            assert shop.calls.count("order T-1") == 1


class TestRefusing:
    def test_forged_ones_and_those_of_no_bridge(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = connected(merchant)
        assert post(shop, ORDER_CHANGED, X_Tiny_Key="guessed").code == "hook_forged"
        assert post(shop, ORDER_CHANGED, X_Tiny_Key="guessed").status == 401
        for other in (ids.new_id(), "not-an-id"):
            assert Client().post(f"/hooks/bridges/{other}", ORDER_CHANGED).status == 404
        registered = shop.hooks
        merchant.session.client.delete(f"{EMBED}/bridges/{bridge_id}")
        shop.hooks = registered
        assert post(shop, ORDER_CHANGED).status == 404
        merchant.run()
        assert "order T-1" not in shop.calls

    def test_limits_are_counted_before_anything_is_decrypted(self, merchant: Merchant, shop: TinyShop) -> None:
        from unittest.mock import patch

        from chalicelib.bridges import hook_secrets
        from chalicelib.connectors import hooks
        from chalicelib.kit.errors import TooManyRequests

        connected(merchant)
        with (
            patch.object(hooks, "consume", side_effect=TooManyRequests(30)),
            patch.object(hook_secrets, "read", side_effect=AssertionError("decrypted")),
        ):
            assert post(shop, ORDER_CHANGED).status == 429

    def test_suspended_and_paused_ones_are_taken_and_dropped(self, merchant: Merchant, shop: TinyShop) -> None:
        bridge_id = connected(merchant)
        suspension.suspend(merchant.acme.organization_id)
        assert post(shop, ORDER_CHANGED).status == 202
        suspension.resume(merchant.acme.organization_id)
        merchant.session.client.patch(f"{EMBED}/bridges/{bridge_id}", {"status": "paused"})
        assert post(shop, {**ORDER_CHANGED, "delivery": "d-2"}).status == 202
        merchant.session.client.patch(f"{EMBED}/bridges/{bridge_id}", {"status": "active"})
        merchant.run()
        assert "order T-1" not in shop.calls
        # It was not noted as done: when the platform delivers it again, it counts.
        assert post(shop, ORDER_CHANGED).status == 202
        merchant.run()
        assert "order T-1" in shop.calls


def test_killed_at_any_call_a_hook_is_done_when_it_comes_again(merchant: Merchant, shop: TinyShop) -> None:
    connected(merchant)
    shop.add("T-1")
    for at in range(4):
        try:
            with crashing(at, done=True):
                post(shop, {**ORDER_CHANGED, "delivery": f"k-{at}"})
        except BaseException as died:
            assert type(died).__name__ == "Crash"  # noqa: PT017
        assert post(shop, {**ORDER_CHANGED, "delivery": f"k-{at}"}).status == 202
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        merchant.tick()
        assert merchant.order_ids() == {"T-1"}
