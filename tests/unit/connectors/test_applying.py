"""Approved requests are carried out at the shop: once, read back, and told."""

import contextlib
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.connectors import failures
from chalicelib.connectors.faults import AuthFault, Fault, InvalidAnswer, NotSeen, RateLimited, Unreachable
from chalicelib.kit import clock
from chalicelib.kit.errors import Unavailable
from chalicelib.sync import writing
from tests.support.factories import EMBED
from tests.support.faults import Crash, crashing
from tests.support.gateway import Reply
from tests.support.races import at_once, requesting, statuses
from tests.support.tiny_shop import TinyShop
from tests.unit.connectors.conftest import Merchant

REQUESTS = f"{EMBED}/action-requests"
ADDRESS = {"name": "Jane Doe", "address1": "5 New Rd", "city": "Reno", "country": "US"}


@pytest.fixture
def order(merchant: Merchant, shop: TinyShop) -> dict[str, Any]:
    """The row of an order of a connected shop."""
    shop.add("T-1")
    merchant.connect()
    merchant.run()
    found: dict[str, Any] = merchant.session.client.get(f"{EMBED}/orders").data[0]
    return found


def request(merchant: Merchant, order: dict[str, Any], action_type: str = "cancel", **fields: Any) -> str:
    body = {"orderId": order["id"], "actionType": action_type, "title": "Please", **fields}
    made = merchant.session.client.post(REQUESTS, body)
    assert made.status == 201, made.text
    return str(made.data["id"])


def approve(merchant: Merchant, request_id: str, **fields: Any) -> Reply:
    return merchant.acme.server.patch(f"{REQUESTS}/{request_id}/resolve", {"status": "approved", **fields})


def read(merchant: Merchant, request_id: str) -> dict[str, Any]:
    found: dict[str, Any] = merchant.session.client.get(f"{REQUESTS}/{request_id}").data
    return found


def status(merchant: Merchant, request_id: str) -> str:
    return str(read(merchant, request_id)["application"]["status"])


def detail(merchant: Merchant, order: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = merchant.session.client.get(f"{EMBED}/orders/{order['id']}").data
    return found


def events(merchant: Merchant, prefix: str) -> list[str]:
    listed = merchant.acme.server.get(f"{EMBED}/events?limit=100").data
    return [row["event_type"] for row in reversed(listed) if row["event_type"].startswith(prefix)]


def later(**span: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(**span), tick=False)


class TestCancelling:
    def test_is_done_at_the_shop_and_seen_everywhere(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        request_id = request(merchant, order, description="Bought twice")
        options = {"refund": True, "notifyCustomer": True}
        waits = {"status": "pending", "message": None, "message_code": None, "applied_at": None}
        assert approve(merchant, request_id, application=options).data["application"] == waits
        merchant.run()

        (change,) = shop.changes
        assert (change.kind, change.request_id, change.order_number, change.text) == (
            *("cancel", request_id, "T-1", "Bought twice"),
        )
        assert (change.refund, change.restock, change.notify_customer) == (True, True, True)
        shown = read(merchant, request_id)
        assert (shown["status"], shown["application"]["status"]) == ("approved", "applied")
        assert shown["application"]["applied_at"] is not None
        listed = merchant.session.client.get(REQUESTS).data[0]
        queued = merchant.acme.server.get(f"{REQUESTS}/queue?status=all").data[0]
        assert listed["application"] == queued["application"] == shown["application"]
        titles = [activity["title"] for activity in detail(merchant, order)["activities"]]
        assert set(titles[:2]) == {"Request carried out", "Status changed to cancelled"}
        assert detail(merchant, order)["status"] == "cancelled"
        assert events(merchant, "action_request.") == [
            f"action_request.{step}" for step in ("created", "approved", "applied")
        ]
        assert "order.status_changed" in events(merchant, "order.")

    def test_what_the_shop_refuses_is_told_to_both_sides_and_can_be_tried_again(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        request_id = request(merchant, order)
        shop.orders["T-1"][1]["status"] = "shipped"
        approve(merchant, request_id)
        merchant.run()
        application = read(merchant, request_id)["application"]
        assert application["status"] == "failed"
        assert application["message"] == "The order is shipped at the shop, so it can no longer be changed."
        (told,) = merchant.session.client.get(f"{EMBED}/alerts/notifications").data
        assert application["message"] in told["message"]
        assert events(merchant, "action_request.")[-1] == "action_request.failed"

        shop.orders["T-1"][1]["status"] = "processing"
        assert merchant.acme.server.post(f"{REQUESTS}/{request_id}/apply").data["application"]["status"] == "pending"
        merchant.run()
        assert status(merchant, request_id) == "applied"
        again = merchant.acme.server.post(f"{REQUESTS}/{request_id}/apply")
        assert (again.status, again.code) == (409, "application_conflict")

    def test_what_the_shop_does_not_show_is_failed(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        request_id = request(merchant, order)
        approve(merchant, request_id)
        shop.faults = [None, NotSeen()]
        merchant.run()
        assert status(merchant, request_id) == "failed"

    def test_a_shop_that_is_busy_is_asked_again(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        request_id = request(merchant, order)
        approve(merchant, request_id)
        shop.faults = [None, RateLimited(3)]
        merchant.run()
        assert status(merchant, request_id) == "applying"
        with later(seconds=4):
            merchant.tick()
            assert status(merchant, request_id) == "applied"
        assert len(shop.changes) == 1

    @pytest.mark.parametrize("fault", [Unreachable(), InvalidAnswer(200, "text/html")])
    def test_after_silence_the_shop_is_looked_at_only_when_its_own_limit_has_passed(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any], fault: Fault
    ) -> None:
        request_id = request(merchant, order)
        approve(merchant, request_id)
        shop.faults = [None, fault]
        merchant.run()
        looks = shop.calls.count("look T-1")
        application = read(merchant, request_id)["application"]
        assert (application["status"], application["message"]) == ("applying", fault.message)
        for seconds in (70, 110):
            with later(seconds=seconds):
                merchant.tick()
                assert shop.calls.count("look T-1") == looks
        with later(seconds=125):
            merchant.tick()
            assert status(merchant, request_id) == "applied"
        assert len(shop.changes) == 1

    def test_a_table_that_is_busy_makes_no_failure_of_what_is_done(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        request_id = request(merchant, order)
        approve(merchant, request_id)

        def refuse(_source: Any, group: Any, *_: Any) -> None:
            _[-1].failed += [name for name, _change in group]

        with monkeypatch.context() as busy:
            busy.setattr(writing, "_write_group", refuse)
            with contextlib.suppress(Unavailable):
                merchant.visit(order["bridge_id"])
        application = read(merchant, request_id)["application"]
        assert (application["status"], application["message"]) == ("applying", failures.OWN_MESSAGE)
        recover(merchant, request_id)
        assert len(shop.changes) == 1
        assert events(merchant, "action_request.").count("action_request.failed") == 0

    def test_credentials_that_fail_are_the_reason_until_they_work(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        request_id = request(merchant, order)
        approve(merchant, request_id)
        shop.faults = [AuthFault("Connect the shop again.")]
        merchant.run()
        assert read(merchant, request_id)["application"]["message"] == "Connect the shop again."
        second = request(merchant, order, "hold")
        assert "does not work" in approve(merchant, second).data["application"]["message"]
        with later(days=2):
            shop.faults = [AuthFault("Connect the shop again.")] * 3
            merchant.tick()
            queued = merchant.acme.server.get(f"{REQUESTS}/queue?status=all").data
            assert {row["id"]: row["application"]["status"] for row in queued} == {
                request_id: "failed",
                second: "failed",
            }
        assert shop.changes == []


class TestOtherChanges:
    def test_an_address(self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]) -> None:
        request_id = request(merchant, order, "address_change", requestedChanges=ADDRESS)
        approve(merchant, request_id)
        merchant.run()
        assert status(merchant, request_id) == "applied"
        assert detail(merchant, order)["shipping_address"]["city"] == "Reno"

    def test_a_hold_and_its_release(self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]) -> None:
        held = request(merchant, order, "hold", requestedChanges={"until": "2026-02-01", "reason": "Holiday"})
        approve(merchant, held)
        merchant.run()
        assert (shop.changes[0].until, shop.changes[0].text) == ("2026-02-01T00:00:00.000Z", "Holiday")
        assert detail(merchant, order)["status"] == "on_hold"
        released = request(merchant, order, "release")
        approve(merchant, released)
        merchant.run()
        assert detail(merchant, order)["status"] == "processing"

    @pytest.mark.parametrize(
        ("action_type", "reason"),
        [
            ("expedite", "Carry this out by hand"),
            ("other", "Carry this out by hand"),
            ("note", "cannot be changed at Tiny shop"),
            ("address_change", "only in words"),
        ],
    )
    def test_what_nobody_can_do_from_here_is_manual(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any], action_type: str, reason: str
    ) -> None:
        request_id = request(merchant, order, action_type)
        application = approve(merchant, request_id).data["application"]
        assert application["status"] == "manual"
        assert reason in application["message"]
        path = f"{REQUESTS}/{request_id}/application"
        done = merchant.acme.server.patch(path, {"status": "applied", "message": "Done by phone."})
        assert (done.data["application"]["status"], done.data["application"]["message"]) == (
            *("applied", "Done by phone."),
        )
        assert events(merchant, "action_request.")[-1] == "action_request.applied"
        assert merchant.acme.server.patch(path, {"status": "applied"}).code == "application_conflict"

    def test_a_denied_or_open_request_has_no_application(self, merchant: Merchant, order: dict[str, Any]) -> None:
        request_id = request(merchant, order)
        path = f"{REQUESTS}/{request_id}/application"
        assert merchant.acme.server.patch(path, {"status": "applied"}).code == "application_conflict"
        merchant.acme.server.patch(f"{REQUESTS}/{request_id}/resolve", {"status": "denied"})
        assert read(merchant, request_id)["application"] is None
        assert merchant.acme.server.post(f"{REQUESTS}/{request_id}/apply").code == "application_conflict"


class TestAutoApproval:
    def test_by_the_policy_as_its_own_actor(self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]) -> None:
        policies = {"actionPolicies": {"cancel": {"autoApprove": True}}}
        assert merchant.acme.server.patch(f"{EMBED}/config", {"settings": policies}).status == 200
        request_id = request(merchant, order)
        shown = read(merchant, request_id)
        assert (shown["status"], shown["resolved_by"]) == ("approved", "policy")
        merchant.run()
        assert status(merchant, request_id) == "applied"
        assert len(shop.changes) == 1
        log = merchant.acme.server.get(f"{EMBED}/events?event_type=action_request.approved").data
        assert [row["metadata"]["actor"] for row in log] == ["policy"]
        assert merchant.session.client.get(f"{REQUESTS}?status=approved").json["pagination"]["total"] == 1
        assert merchant.session.client.get(f"{REQUESTS}?status=pending").json["pagination"]["total"] == 0


class TestRaces:
    def test_two_approvers(self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]) -> None:
        request_id = request(merchant, order)
        replies = at_once([lambda: approve(merchant, request_id)] * 2)
        assert sorted(reply.status for reply in replies) == [200, 409]
        merchant.run()
        assert len(shop.changes) == 1

    @pytest.mark.parametrize("_", range(3))
    def test_an_approval_and_its_withdrawal(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any], _: int
    ) -> None:
        request_id = request(merchant, order)
        approved, withdrawn = at_once(
            [
                lambda: approve(merchant, request_id),
                lambda: merchant.session.client.delete(f"{REQUESTS}/{request_id}"),
            ]
        )
        assert sorted([approved.status, withdrawn.status]) == [200, 409]
        merchant.run()
        assert len(shop.changes) == (approved.status == 200)
        assert detail(merchant, order)["status"] == ("cancelled" if approved.status == 200 else "processing")

    @pytest.mark.parametrize("_", range(3))
    def test_a_failure_that_several_people_attend_to(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any], _: int
    ) -> None:
        request_id = request(merchant, order)
        shop.orders["T-1"][1]["status"] = "shipped"
        approve(merchant, request_id)
        merchant.run()
        shop.orders["T-1"][1]["status"] = "processing"
        path, server = f"{REQUESTS}/{request_id}", merchant.acme.server
        again, done = requesting(server, "POST", f"{path}/apply"), {"status": "applied"}
        by_hand = requesting(server, "PATCH", f"{path}/application", done)
        retried, once_more, marked = at_once([again, again, by_hand])
        assert statuses([retried, once_more, marked]) == {200: 1, 409: 2}
        merchant.run()
        assert len(shop.changes) == (marked.status != 200)
        assert status(merchant, request_id) == "applied"

    def test_the_shop_cancels_by_itself_meanwhile(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]
    ) -> None:
        request_id = request(merchant, order)
        approve(merchant, request_id)
        shop.add(**{**shop.orders["T-1"][1], "status": "cancelled"})
        at_once([merchant.run, lambda: deliver(merchant, order, shop)])
        merchant.run()
        assert status(merchant, request_id) == "applied"
        assert shop.changes == []
        assert events(merchant, "order.").count("order.status_changed") == 1

    def test_two_workers(self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]) -> None:
        request_id = request(merchant, order)
        approve(merchant, request_id)
        at_once([lambda: merchant.visit(order["bridge_id"])] * 3)
        merchant.run()
        assert status(merchant, request_id) == "applied"
        assert len(shop.changes) == 1

    def test_a_bridge_deleted_before_its_turn(self, merchant: Merchant, shop: TinyShop, order: dict[str, Any]) -> None:
        request_id = request(merchant, order)
        approve(merchant, request_id)
        merchant.session.client.delete(f"{EMBED}/bridges/{order['bridge_id']}")
        merchant.run()
        assert shop.changes == []
        assert merchant.session.client.get(f"{REQUESTS}/{request_id}").status == 404


def deliver(merchant: Merchant, order: dict[str, Any], shop: TinyShop) -> None:
    """The shop's order as it is now comes in by another way."""
    path = f"/api/v1/bridges/{order['bridge_id']}/sync"
    assert merchant.acme.server.post(path, {"orders": [shop.orders["T-1"][1]]}).status == 200


def recover(merchant: Merchant, request_id: str) -> None:
    """What happens by itself until the request has its end."""
    for _ in range(12):
        if status(merchant, request_id) == "applied":
            return
        with later(minutes=10):
            merchant.tick()
            if status(merchant, request_id) == "applied":
                return
    raise AssertionError("it never ends")


class TestKills:
    @pytest.mark.parametrize("call", range(5))
    def test_at_every_call_of_the_shop(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any], call: int
    ) -> None:
        request_id = request(merchant, order)
        approve(merchant, request_id)
        shop.faults = [*[None] * call, Crash()]
        with contextlib.suppress(Crash):
            merchant.run()
        shop.faults = []
        recover(merchant, request_id)
        assert len(shop.changes) == 1

    @pytest.mark.parametrize("done", [False, True])
    def test_at_every_call_of_the_table(
        self, merchant: Merchant, shop: TinyShop, order: dict[str, Any], *, done: bool
    ) -> None:
        for number in range(40):
            shop.add("T-1")
            merchant.acme.server.post(f"/api/v1/bridges/{order['bridge_id']}/sync", {"orders": [shop.orders["T-1"][1]]})
            shop.changes.clear()
            request_id = request(merchant, order)
            approve(merchant, request_id)
            survived = True
            with crashing(number, done=done):
                try:
                    merchant.visit(order["bridge_id"])
                except Crash:
                    survived = False
            recover(merchant, request_id)
            assert len(shop.changes) == 1
            steps = events(merchant, "action_request.")
            assert steps.count("action_request.applied") == number + 1
            if survived:
                return
        raise AssertionError("it never ends")
