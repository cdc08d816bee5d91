"""A bad record never rejects the others, and its error says what is wrong."""

import json
from typing import Any

import pytest

from tests.support.factories import Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, order, shipment


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


BAD_ORDERS: dict[str, Any] = {
    "no object": "text",
    "null": None,
    "no external id": {"order_number": "1"},
    "empty external id": order(external_id=""),
    "null external id": order(external_id=None),
    "long external id": order(external_id="x" * 256),
    "boolean external id": order(external_id=True),
    "half a surrogate pair in the external id": order(external_id="1\ud83c"),
    "unknown status": order(status="lost"),
    "unknown payment status": order(payment_status="maybe"),
    "unknown fulfillment status": order(fulfillment_status="half"),
    "status that is no text": order(status=5),
    "currency": order(currency="DOLLAR"),
    "boolean total": order(totals={"total": True}),
    "endless total": order(totals={"total": "NaN"}),
    "absurd total": order(totals={"total": "1e400"}),
    "total with a thousands separator": order(totals={"total": "1_000"}),
    "too large": order(notes="x" * 205_000),
    "too deep": order(meta=deep(32)),
    "absurdly deep": "[" * 50_000 + "]" * 50_000,
}


@pytest.mark.parametrize("name", BAD_ORDERS)
def test_a_bad_order_fails_alone(merchant: Merchant, name: str) -> None:
    bad = BAD_ORDERS[name]
    text = bad if name == "absurdly deep" else json.dumps(bad)
    body = f'{{"orders": [{json.dumps(order(1))}, {text}, {json.dumps(order(2))}]}}'
    reply = merchant.acme.server.post(f"/api/v1/bridges/{merchant.bridge_id}/sync", body)
    assert reply.status == 200, reply.text
    answer = reply.data
    assert answer["orders"] == counted(created=2, failed=1)
    (error,) = answer["errors"]
    assert (error["kind"], error["index"]) == ("order", 1)
    assert error["message"]
    assert answer["warnings"] == []
    check(merchant)


@pytest.mark.parametrize(
    "bad",
    [shipment(status="unknown"), shipment(external_id=""), shipment(external_id=["1"]), [shipment()], 7],
)
def test_a_bad_shipment_fails_alone(merchant: Merchant, bad: Any) -> None:
    answer = merchant.sync(order(), shipments=[shipment(), bad])
    assert answer["shipments"] == counted(created=1, failed=1)
    assert [(error["kind"], error["index"]) for error in answer["errors"]] == [("shipment", 1)]
    check(merchant)


def test_the_error_names_the_record_and_its_fields(merchant: Merchant) -> None:
    answer = merchant.sync(order(7, status="lost", payment_status="maybe", totals={"total": "many"}))
    (error,) = answer["errors"]
    assert error["external_id"] == "ext-7"
    for problem in ("status: must be one of", "payment_status: must be one of", "totals.total: must be a number"):
        assert problem in error["message"]


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


def test_unknown_members_of_the_body_are_rejected(merchant: Merchant) -> None:
    reply = merchant.try_sync(orders=[], records=[])
    assert (reply.status, reply.fields) == (422, ["records"])


def test_a_body_may_be_a_megabyte_but_not_larger(merchant: Merchant) -> None:
    big = [order(n, notes="x" * 100_000) for n in range(10)]
    assert merchant.sync(*big)["orders"] == counted(created=10)
    assert merchant.try_sync(orders=[order(n, notes="x" * 110_000) for n in range(10)]).status == 413


def test_an_order_may_have_five_hundred_lines(merchant: Merchant) -> None:
    lines = [{"title": f"Thing {n} " + "x" * 200, "sku": f"SKU-{n}", "quantity": 1, "price": 1} for n in range(500)]
    assert merchant.sync(order(line_items=lines))["orders"] == counted(created=1)
    assert len(merchant.order()["line_items"]) == 500
    assert merchant.orders("?search=sku-499")["pagination"]["total"] == 1
    assert merchant.sync(order(line_items=lines[:-1]))["orders"] == counted(updated=1)
    assert merchant.orders("?search=sku-499")["pagination"]["total"] == 0
    check(merchant)


def test_an_order_that_would_not_fit_is_rejected_with_the_reason(merchant: Merchant) -> None:
    lines = [{"title": "x" * 1900, "sku": "A"}] * 100
    merchant.sync(order(line_items=lines))
    merchant.sync({"external_id": "ext-1001", "tags": ["x" * 250] * 700})
    answer = merchant.sync(order(2), {"external_id": "ext-1001", "notes": "x" * 190_000})
    assert answer["orders"] == counted(created=1, failed=1)
    assert "larger than" in answer["errors"][0]["message"]
    assert merchant.order()["notes"] is None
    check(merchant)
