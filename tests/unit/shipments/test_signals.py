"""A shipment stands still, is late or expected on another day: told once, and not if it was so from the start."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine

from chalicelib.kit import clock, codec
from chalicelib.organizations import suspension
from chalicelib.shipments import signalling
from chalicelib.table import due, reads
from chalicelib.tracking_feeds import scheduling
from tests.support.account import everything
from tests.support.factories import EMBED, Acme
from tests.support.faults import Crash, crashing
from tests.support.races import at_once
from tests.support.storefront import Storefront

START = "2026-03-10T12:00:00Z"
SIGNALS = ("shipment.stalled", "shipment.late", "shipment.eta_changed")


class Shipping(Storefront):
    def ship(self, status: str = "in_transit", *scans: str, **more: Any) -> None:
        checkpoints = [{"status": "in_transit", "checkpoint_time": at} for at in scans]
        record = {"external_id": "S-1", "tracking_number": "1Z9", "status": status, "checkpoints": checkpoints, **more}
        self.sync([], [record])


def told() -> list[tuple[str, dict[str, Any]]]:
    rows = sorted((row for row in everything() if row["pk"]["S"].startswith("EV#")), key=lambda row: row["sk"]["S"])
    return [(row["t"]["S"], codec.loads(row["d"]["S"])) for row in rows if row["t"]["S"] in SIGNALS]


def names() -> list[str]:
    return [name.removeprefix("shipment.") for name, _ in told()]


def tick(**later: float) -> list[str]:
    """The job of every minute at that time after START."""
    with time_machine.travel(clock.parse(START) + timedelta(**later)):
        scheduling.run()
    return names()


@pytest.fixture
def shop(acme: Acme) -> Iterator[Shipping]:
    with time_machine.travel(START):
        yield Shipping(acme)


class TestStalled:
    def test_told_once_when_no_scan_has_come(self, shop: Shipping) -> None:
        shop.ship("in_transit", "2026-03-10T10:00:00Z")
        assert tick(hours=69) == []
        assert tick(hours=71) == ["stalled"]
        assert tick(days=30) == ["stalled"]
        (_, data) = told()[0]
        assert (data["last_checkpoint_at"], data["status"]) == ("2026-03-10T10:00:00.000Z", "in_transit")

    def test_withdrawn_when_a_scan_comes_first(self, shop: Shipping) -> None:
        shop.ship("in_transit", "2026-03-10T10:00:00Z")
        with time_machine.travel("2026-03-12T12:00:00Z"):
            shop.ship("in_transit", "2026-03-12T11:00:00Z")
        assert tick(hours=80) == []
        assert tick(days=6) == ["stalled"]

    def test_a_new_standstill_is_told_again(self, shop: Shipping) -> None:
        shop.ship("in_transit", "2026-03-10T10:00:00Z")
        tick(days=4)
        with time_machine.travel("2026-03-15T12:00:00Z"):
            shop.ship("in_transit", "2026-03-15T11:00:00Z")
        assert tick(days=6) == ["stalled"]
        assert tick(days=9) == ["stalled", "stalled"]

    def test_what_was_so_at_first_is_not_told(self, shop: Shipping) -> None:
        shop.ship("in_transit", "2026-02-10T10:00:00Z", estimated_delivery="2026-02-12")
        assert tick(days=30) == []

    @pytest.mark.parametrize("status", ["pending", "label_created", "delivered", "exception", "cancelled"])
    def test_only_what_moves_can_stand_still(self, shop: Shipping, status: str) -> None:
        shop.ship(status, "2026-03-10T10:00:00Z")
        assert tick(days=30) == []

    def test_without_any_scan_nobody_is_silent(self, shop: Shipping) -> None:
        shop.ship("in_transit")
        assert tick(days=30) == []

    def test_the_setting_decides(self, shop: Shipping) -> None:
        shop.acme.configure(settings={"stalledAfterHours": 24})
        shop.ship("in_transit", "2026-03-10T10:00:00Z")
        assert tick(hours=23) == ["stalled"]
        for wrong in (23, 721, "72"):
            reply = shop.acme.server.patch(f"{EMBED}/config", {"settings": {"stalledAfterHours": wrong}})
            assert reply.status == 422


class TestLate:
    @pytest.mark.parametrize(
        ("expected", "offset", "hours"),
        [
            ("2026-03-11", None, 36),
            ("2026-03-11", -480, 44),
            ("2026-03-11", 540, 27),
            ("2026-03-11T18:00:00+09:00", None, 27),
        ],
    )
    def test_told_when_the_day_is_over_where_it_is(
        self, shop: Shipping, expected: str, offset: int | None, hours: int
    ) -> None:
        scan: dict[str, Any] = {"status": "in_transit", "checkpoint_time": "2026-03-10T10:00:00Z"}
        scan |= {} if offset is None else {"utc_offset": offset}
        shop.ship(estimated_delivery=expected, checkpoints=[scan])
        assert tick(hours=hours - 0.1) == []
        assert tick(hours=hours + 0.1) == ["late"]
        assert tick(hours=hours + 10) == ["late"]

    def test_not_once_it_is_delivered(self, shop: Shipping) -> None:
        shop.ship(estimated_delivery="2026-03-11")
        shop.ship("delivered", estimated_delivery="2026-03-11", actual_delivery="2026-03-11")
        assert tick(days=3) == []

    def test_another_day_moves_it(self, shop: Shipping) -> None:
        shop.ship(estimated_delivery="2026-03-11")
        shop.ship(estimated_delivery="2026-03-13")
        assert tick(days=2) == ["eta_changed"]
        assert tick(days=4) == ["eta_changed", "late"]
        assert told()[0][1]["previous_estimated_delivery"] == "2026-03-11"

    def test_of_one_that_came_late_only_another_day_is_told(self, shop: Shipping) -> None:
        shop.ship(estimated_delivery="2026-03-08")
        shop.ship("out_for_delivery", estimated_delivery="2026-03-09")
        assert tick(hours=1) == ["eta_changed"]
        shop.ship(estimated_delivery="2026-03-12")
        assert tick(days=1) == ["eta_changed", "eta_changed"]
        assert tick(days=4) == ["eta_changed", "eta_changed", "late"]
        with time_machine.travel("2026-03-15T00:00:00Z"):
            shop.ship(estimated_delivery="2026-03-20")
        assert tick(days=14) == ["eta_changed", "eta_changed", "late", "eta_changed"]


class TestExpectedDay:
    def test_the_first_one_and_the_same_day_are_no_change(self, shop: Shipping) -> None:
        shop.ship()
        shop.ship(estimated_delivery="2026-03-20")
        shop.ship(estimated_delivery="2026-03-20T18:00:00Z")
        shop.ship("delivered", estimated_delivery="2026-03-19")
        assert names() == []


class TestTimeline:
    def test_keeps_what_was_told(self, shop: Shipping) -> None:
        shop.ship("in_transit", "2026-03-10T10:00:00Z", estimated_delivery="2026-03-11")
        shop.ship("in_transit", estimated_delivery="2026-03-12")
        tick(days=4)
        with time_machine.travel("2026-03-15T12:00:00Z"):
            shop.ship("delivered", "2026-03-15T11:00:00Z")
            client = shop.acme.session().client
            (row,) = client.get(f"{EMBED}/shipments").data
            kept = client.get(f"{EMBED}/shipments/{row['id']}").data["signals"]
            for_organization = shop.acme.server.get(f"/api/v1/shipments/{row['id']}").data["signals"]
            tracking = client.get(f"{EMBED}/tracking/{row['id']}").data

        none = {"previous_estimated_delivery": None, "last_checkpoint_at": None, "estimated_delivery": "2026-03-12"}
        assert [(each["type"], {**each, "type": "", "at": ""}) for each in kept] == [
            ("shipment.late", {**none, "type": "", "at": ""}),
            ("shipment.stalled", {**none, "type": "", "at": "", "last_checkpoint_at": "2026-03-10T10:00:00.000Z"}),
            ("shipment.eta_changed", {**none, "type": "", "at": "", "previous_estimated_delivery": "2026-03-11"}),
        ]
        assert kept[0]["at"].startswith("2026-03-14T12:00")
        assert for_organization == kept
        assert "signals" not in tracking
        assert "signals" not in row

    def test_is_bounded(self, shop: Shipping) -> None:
        for day in range(1, 16):
            shop.ship(estimated_delivery=f"2026-04-{day:02}")
        (row,) = shop.session.client.get(f"{EMBED}/shipments").data
        kept = shop.session.client.get(f"{EMBED}/shipments/{row['id']}").data["signals"]
        assert [each["estimated_delivery"][-2:] for each in kept] == [f"{day:02}" for day in range(15, 5, -1)]


class TestWorkers:
    def test_two_at_once_tell_once(self, shop: Shipping) -> None:
        shop.ship("in_transit", "2026-03-10T10:00:00Z", estimated_delivery="2026-03-11")
        with time_machine.travel("2026-03-20T00:00:00Z"):
            at_once([signalling.run] * 4)
        assert sorted(names()) == ["late", "stalled"]

    def test_a_scan_between_reading_and_writing_withdraws_it(self, shop: Shipping) -> None:
        shop.ship("in_transit", "2026-03-10T10:00:00Z")
        with time_machine.travel("2026-03-14T00:00:00Z"):
            whole = reads.get_many

            def scanned_meanwhile(keys: Any) -> Any:
                rows = whole(keys)
                with time_machine.travel("2026-03-14T00:00:00Z"):
                    shop.ship("in_transit", "2026-03-13T23:00:00Z")
                return rows

            with patch.object(signalling, "get_many", scanned_meanwhile):
                signalling.run()
        assert names() == []

    @pytest.mark.parametrize("done", [False, True])
    def test_killed_at_any_call_it_is_told_once(self, shop: Shipping, done: bool) -> None:
        shop.ship("in_transit", "2026-03-10T10:00:00Z")
        with time_machine.travel("2026-03-14T00:00:00Z"), patch.object(due, "WORKERS", 1):
            for at in range(12):
                try:
                    with crashing(at, done=done):
                        signalling.run()
                except Crash:
                    continue
        assert tick(days=30) == ["stalled"]

    def test_suspended_and_deleted_ones_are_not_told(self, shop: Shipping) -> None:
        shop.ship("in_transit", "2026-03-10T10:00:00Z")
        suspension.suspend(shop.acme.organization_id)
        assert tick(days=4) == []
        suspension.resume(shop.acme.organization_id)
        assert tick(days=4, hours=2) == ["stalled"]
        shop.sync([], [{"external_id": "S-2", "status": "in_transit", "estimated_delivery": "2026-03-30"}])
        shop.session.client.delete(f"{EMBED}/bridges/{shop.bridge['id']}")
        assert tick(days=60) == ["stalled"]
