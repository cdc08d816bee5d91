"""One bad record never rejects the others, and says what is wrong with it."""

from typing import Any

import pytest

from tests.support.factories import Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, order, shipment


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


BAD_ORDERS: dict[str, Any] = {
    "no object": "text",
    "null": None,
    "no external id": {"order_number": "1"},
    "empty external id": order(external_id=""),
    "null external id": order(external_id=None),
    "long external id": order(external_id="x" * 256),
    "unknown status": order(status="lost"),
    "unknown payment status": order(payment_status="maybe"),
    "unknown fulfillment status": order(fulfillment_status="half"),
    "currency": order(currency="DOLLAR"),
    "time": order(ordered_at="yesterday"),
    "impossible time": order(ordered_at="2026-02-30"),
    "quantity": order(line_items=[{"quantity": "many"}]),
    "boolean money": order(totals={"total": True}),
    "endless money": order(totals={"total": "NaN"}),
    "absurd money": order(totals={"total": "1e400"}),
    "lines no list": order(line_items={"title": "x"}),
    "customer no object": order(customer="Jane"),
    "too large": order(notes="x" * 205_000),
}


@pytest.mark.parametrize("name", BAD_ORDERS)
def test_a_bad_order_fails_alone(merchant: Merchant, name: str) -> None:
    import json

    body = json.dumps({"orders": [order(1), BAD_ORDERS[name], order(2)]})
    reply = merchant.acme.server.post(f"/api/v1/bridges/{merchant.bridge_id}/sync", body)
    assert reply.status == 200, reply.text
    answer = reply.data
    assert answer["orders"] == counted(created=2, failed=1)
    (error,) = answer["errors"]
    assert (error["kind"], error["index"]) == ("order", 1)
    assert error["message"]
    check(merchant)


@pytest.mark.parametrize(
    "bad",
    [
        shipment(status="unknown"),
        shipment(ship_date="soon"),
        shipment(checkpoints=[{"status": "in_transit"}]),
        shipment(checkpoints=[{"status": "in_transit", "checkpoint_time": "noon"}]),
        shipment(checkpoints=[{"status": "x", "checkpoint_time": "2026-01-01"}] * 201),
        shipment(weight="heavy"),
        shipment(external_id=""),
    ],
)
def test_a_bad_shipment_fails_alone(merchant: Merchant, bad: dict[str, Any]) -> None:
    answer = merchant.sync(order(), shipments=[shipment(), bad])
    assert answer["shipments"] == counted(created=1, failed=1)
    assert [(error["kind"], error["index"]) for error in answer["errors"]] == [("shipment", 1)]
    check(merchant)


def test_the_error_names_record_and_fields(merchant: Merchant) -> None:
    answer = merchant.sync(order(7, status="lost", line_items=[{"quantity": "many"}]))
    (error,) = answer["errors"]
    assert error["external_id"] == "ext-7"
    assert "status: " in error["message"]
    assert "line_items.0.quantity: must be a number" in error["message"]


def test_records_are_read_leniently(merchant: Merchant) -> None:
    lenient = order(
        external_id=4711,
        order_number=1001,
        totals={"total": "49.90", "weird": 1},
        whatever={"we": "do not know"},
        line_items=[{"sku": 12, "quantity": "2", "price": "1.50", "grams": 7}],
    )
    assert merchant.sync(lenient)["orders"] == counted(created=1)
    listed = merchant.orders()["data"][0]
    assert (listed["external_id"], listed["order_number"]) == ("4711", "1001")
    assert str(listed["totals"]["total"]) == "49.90"


def test_unknown_members_of_the_body_are_refused(merchant: Merchant) -> None:
    reply = merchant.try_sync(orders=[], records=[])
    assert (reply.status, reply.fields) == (422, ["records"])


def test_a_body_of_a_megabyte_is_taken_and_a_larger_one_is_not(merchant: Merchant) -> None:
    big = [order(n, notes="x" * 100_000) for n in range(10)]
    assert merchant.sync(*big)["orders"] == counted(created=10)
    assert merchant.try_sync(orders=[order(n, notes="x" * 110_000) for n in range(10)]).status == 413


def test_an_order_of_five_hundred_lines_works(merchant: Merchant) -> None:
    lines = [{"title": f"Thing {n} " + "x" * 200, "sku": f"SKU-{n}", "quantity": 1, "price": 1} for n in range(500)]
    assert merchant.sync(order(line_items=lines))["orders"] == counted(created=1)
    assert len(merchant.order()["line_items"]) == 500
    assert merchant.orders("?search=sku-499")["pagination"]["total"] == 1
    assert merchant.sync(order(line_items=lines[:-1]))["orders"] == counted(updated=1)
    assert merchant.orders("?search=sku-499")["pagination"]["total"] == 0
    check(merchant)


def test_what_would_not_fit_is_refused_with_the_reason(merchant: Merchant) -> None:
    lines = [{"title": "x" * 1900, "sku": "A"}] * 100
    merchant.sync(order(line_items=lines))
    merchant.sync({"external_id": "ext-1001", "tags": ["x" * 250] * 700})
    answer = merchant.sync(order(2), {"external_id": "ext-1001", "notes": "x" * 190_000})
    assert answer["orders"] == counted(created=1, failed=1)
    assert "larger than" in answer["errors"][0]["message"]
    assert merchant.order()["notes"] is None
    check(merchant)
