"""Without a clock a record does not move an ended shipment back, unless a checkpoint proves that it moved."""

from typing import Any

import pytest

from tests.support.factories import Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, shipment

DELIVERED = {"status": "delivered", "checkpoint_time": "2026-01-20T12:00:00Z"}
BEFORE = {"status": "in_transit", "checkpoint_time": "2026-01-19T12:00:00Z"}
AFTER = {"status": "in_transit", "checkpoint_time": "2026-01-21T12:00:00Z"}


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def ended(merchant: Merchant, status: str = "delivered", **fields: Any) -> None:
    merchant.sync(shipments=[shipment(status=status, **fields)])


@pytest.mark.parametrize("status", ["in_transit", "out_for_delivery", "pending", "exception", None])
def test_a_delivered_shipment_stays_delivered(merchant: Merchant, status: str | None) -> None:
    ended(merchant, checkpoints=[DELIVERED], actual_delivery="2026-01-20")
    answer = merchant.sync(
        shipments=[shipment(status=status, actual_delivery=None, checkpoints=[BEFORE], service="air")]
    )
    assert answer["shipments"] == counted(updated=1)
    assert [(warning["field"], warning["value"]) for warning in answer["warnings"]] == [("status", status)]
    shown = merchant.shipment()
    assert (shown["status"], shown["actual_delivery"], shown["service"]) == ("delivered", "2026-01-20", "air")
    assert len(shown["checkpoints"]) == 2
    check(merchant)


def test_a_newer_checkpoint_reopens_it(merchant: Merchant) -> None:
    ended(merchant, checkpoints=[DELIVERED])
    answer = merchant.sync(shipments=[shipment(status="in_transit", checkpoints=[AFTER])])
    assert answer["warnings"] == []
    assert merchant.shipment()["status"] == "in_transit"


def test_a_clock_reopens_it(merchant: Merchant) -> None:
    ended(merchant, checkpoints=[DELIVERED])
    merchant.sync(shipments=[shipment(status="in_transit", updated_at="2026-01-20T13:00:00Z")])
    assert merchant.shipment()["status"] == "in_transit"


@pytest.mark.parametrize(
    ("before", "after"), [("delivered", "returned"), ("delivered", "cancelled"), ("returned", "cancelled")]
)
def test_it_moves_on(merchant: Merchant, before: str, after: str) -> None:
    ended(merchant, before)
    assert merchant.sync(shipments=[shipment(status=after)])["warnings"] == []
    assert merchant.shipment()["status"] == after


@pytest.mark.parametrize("status", ["in_transit", "delivered"])
def test_a_returned_one_is_not_delivered_again(merchant: Merchant, status: str) -> None:
    ended(merchant, "returned")
    merchant.sync(shipments=[shipment(status=status)])
    assert merchant.shipment()["status"] == "returned"


@pytest.mark.parametrize(
    ("time", "status"), [("2026-01-20T13:00:00Z", "in_transit"), ("2026-01-20T11:00:00Z", "delivered")]
)
def test_without_a_checkpoint_the_day_of_delivery_decides(merchant: Merchant, time: str, status: str) -> None:
    ended(merchant, actual_delivery="2026-01-20T12:00:00Z")
    merchant.sync(shipments=[shipment(status="in_transit", checkpoints=[{"status": "x", "checkpoint_time": time}])])
    assert merchant.shipment()["status"] == status


def test_without_either_only_what_came_after_the_sync_counts(merchant: Merchant) -> None:
    ended(merchant)
    merchant.sync(shipments=[shipment(status="in_transit", checkpoints=[AFTER])])
    assert merchant.shipment()["status"] == "delivered"
    later = {"status": "in_transit", "checkpoint_time": "2999-01-01"}
    merchant.sync(shipments=[shipment(status="in_transit", checkpoints=[later])])
    assert merchant.shipment()["status"] == "in_transit"


def test_a_carriers_own_word_for_delivered_counts(merchant: Merchant) -> None:
    zugestellt = {"status": "Zugestellt", "checkpoint_time": "2026-01-20T12:00:00Z"}
    ended(merchant, checkpoints=[zugestellt, BEFORE])
    merchant.sync(
        shipments=[shipment(status="in_transit", checkpoints=[{**BEFORE, "checkpoint_time": "2026-01-20T11:00Z"}])]
    )
    assert merchant.shipment()["status"] == "delivered"


def test_the_same_record_again_changes_nothing(merchant: Merchant) -> None:
    ended(merchant, checkpoints=[DELIVERED])
    for _ in range(2):
        assert merchant.sync(shipments=[shipment(status="in_transit")])["shipments"] == counted(unchanged=1)
