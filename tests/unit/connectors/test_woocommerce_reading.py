"""A shop's orders are read whole, whatever happens to them in between, in few calls."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.connectors.faults import OutOfTime, RateLimited
from chalicelib.connectors.platform import Page
from chalicelib.connectors.shop import Response
from chalicelib.connectors.woocommerce import orders
from local.demo.woocommerce.rest import Call
from local.demo.woocommerce.sample import add_sample_orders
from tests.support.demo_shop import Merchant, open_demo_shop

LONG_AGO = "2020-01-01T00:00:00.000Z"


@pytest.fixture
def merchant() -> Merchant:
    return open_demo_shop()


def read_all(merchant: Merchant, between: Callable[[], Any] = lambda: None, cursor: str | None = None) -> list[str]:
    found: list[str] = []
    while True:
        page = orders.read_orders(merchant.shop, LONG_AGO, cursor)
        found += [record["external_id"] for record in page.orders]
        cursor = page.next
        if cursor is None:
            return found
        assert len(cursor) <= 1024
        between()


def ids(merchant: Merchant) -> list[str]:
    return [str(order["id"]) for order in merchant.store.all("order")]


def test_a_thousand_orders_take_ten_calls(merchant: Merchant) -> None:
    add_sample_orders(merchant.store, 1000)
    assert read_all(merchant) == ids(merchant)
    assert len(merchant.calls) == 10


def test_a_shop_that_is_idle_takes_one_call(merchant: Merchant) -> None:
    assert read_all(merchant) == []
    assert len(merchant.calls) == 1


@pytest.mark.parametrize("others", ["time", "second"])
def test_none_is_missed_while_others_are_changed_made_and_deleted(merchant: Merchant, others: str) -> None:
    add_sample_orders(merchant.store, 330)
    if others == "second":
        # Imported: WooCommerce's times don't tell them apart.
        for order in merchant.store.all("order"):
            merchant.store.save({**order, "date_created_gmt": "2026-11-28T01:18:39"})
    before = ids(merchant)
    gone: list[str] = []

    def disturb() -> None:
        left = [each for each in before if each not in gone]
        for order_id in left[:3]:
            merchant.owner("DELETE", f"orders/{order_id}", force="true")
            gone.append(order_id)
        merchant.owner("PUT", f"orders/{left[10]}", {"customer_note": f"changed {len(gone)}"})
        merchant.order()

    found = read_all(merchant, disturb)
    assert set(before) - set(gone) <= set(found)


def test_orders_that_moved_up_by_more_than_pages_overlap_are_found(merchant: Merchant) -> None:
    add_sample_orders(merchant.store, 60)
    left = ids(merchant)

    def disturb() -> None:
        for order_id in left[:6]:
            if merchant.store.find("order", int(order_id)):
                merchant.owner("DELETE", f"orders/{order_id}", force="true")

    found = read_all(merchant, disturb, cursor='{"size":10,"offset":0}')
    assert set(left[6:]) <= set(found)


def test_a_list_that_ends_while_it_is_read_is_read_to_its_end(merchant: Merchant) -> None:
    add_sample_orders(merchant.store, 25)
    kept = ids(merchant)[15:]

    def disturb() -> None:
        for order_id in ids(merchant):
            if order_id not in kept:
                merchant.owner("DELETE", f"orders/{order_id}", force="true")

    assert set(kept) <= set(read_all(merchant, disturb, cursor='{"size":10,"offset":0}'))


def test_only_what_changed_since_is_read_its_own_second_included(merchant: Merchant) -> None:
    add_sample_orders(merchant.store, 3)
    first, second, third = merchant.store.all("order")
    for order, time in ((first, "07:59:59"), (second, "08:00:00"), (third, "08:00:01")):
        merchant.store.save({**order, "date_modified_gmt": f"2026-11-28T{time}"})
    page = orders.read_orders(merchant.shop, "2026-11-28T08:00:00.000Z", None)
    assert [record["external_id"] for record in page.orders] == [str(second["id"]), str(third["id"])]
    assert page.total == 2


def test_trash_and_carts_are_no_orders(merchant: Merchant) -> None:
    trashed, cart, order = merchant.order(), merchant.order(status="checkout-draft", set_paid=False), merchant.order()
    merchant.owner("DELETE", f"orders/{trashed['id']}")
    assert read_all(merchant) == orders.read_order_ids(merchant.shop, LONG_AGO, None).ids == [str(order["id"])]
    assert orders.read_order(merchant.shop, str(trashed["id"])) is None
    assert orders.read_order(merchant.shop, "999999") is None
    assert orders.read_order(merchant.shop, str(cart["id"])) == Page()


def test_a_shop_that_fails_at_full_pages_is_read_in_small_ones(merchant: Merchant) -> None:
    add_sample_orders(merchant.store, 25)
    merchant.faults = [lambda _: Response(500, {"content-type": "text/html"}, b"Allowed memory size exhausted")]
    assert read_all(merchant) == ids(merchant)
    assert [call.query["per_page"] for call in merchant.calls] == ["100", "10", "10", "10"]


def test_a_shop_that_ignores_the_filters_is_read_by_offset(merchant: Merchant, monkeypatch: Any) -> None:
    add_sample_orders(merchant.store, 120)
    answer = merchant.demo.answer

    def without_filters(call: Call, authorization: str = "") -> Any:
        kept = {name: value for name, value in call.query.items() if name not in ("after", "exclude")}
        return answer(call._replace(query=kept), authorization)

    monkeypatch.setattr(merchant.demo, "answer", without_filters)
    assert set(read_all(merchant)) == set(ids(merchant))


def test_an_order_that_cannot_be_read_costs_itself(merchant: Merchant) -> None:
    add_sample_orders(merchant.store, 3)
    broken = list(merchant.store.all("order"))[1]
    body = {key: value for key, value in broken.items() if key != "id"} | {"number": "B-2", "line_items": "none"}
    merchant.store.rows("update records set body = ? where id = ?", json.dumps(body), broken["id"])
    page = orders.read_orders(merchant.shop, LONG_AGO, None)
    assert len(page.orders) == 2
    assert [each.external_id for each in page.unreadable] == ["B-2"]


@pytest.mark.parametrize("fault", [OutOfTime(), RateLimited(5)])
def test_a_slow_shop_is_read_in_the_steps_that_fit(merchant: Merchant, fault: Exception) -> None:
    placed = [str(merchant.order()["id"]) for _ in range(3)]
    for order_id in placed:
        merchant.demo.ship(int(order_id), f"N{order_id}")

    def strike(_: Call) -> None:
        raise fault

    merchant.faults = [lambda _: None, lambda _: None, strike]
    page = orders.read_orders(merchant.shop, LONG_AGO, None)
    assert [record["external_id"] for record in page.orders] == placed[:1]
    assert page.next is not None
    rest = orders.read_orders(merchant.shop, LONG_AGO, page.next)
    assert [record["external_id"] for record in rest.orders] == placed[1:]
    # One call for the page, one for each order with fulfilments.
    assert len(merchant.calls) == 3 + 3
    assert [each["tracking_number"] for each in (*page.shipments, *rest.shipments)] == [f"N{each}" for each in placed]


def test_nothing_is_read_of_a_page_whose_first_order_fails(merchant: Merchant) -> None:
    merchant.demo.ship(merchant.order()["id"], "N1")

    def strike(_: Call) -> None:
        raise OutOfTime

    merchant.faults = [lambda _: None, strike]
    with pytest.raises(OutOfTime):
        orders.read_orders(merchant.shop, LONG_AGO, None)


def test_a_plugins_numbers_come_from_its_endpoint() -> None:
    merchant = open_demo_shop("plugin")
    order = merchant.order()
    merchant.demo.ship(order["id"], "P1")
    page = orders.read_order(merchant.shop, str(order["id"]))
    assert page is not None
    (shipment,) = page.shipments
    assert (shipment["tracking_number"], shipment["carrier"]) == ("P1", "DHL")
    assert shipment["order_external_id"] == str(order["id"])


def test_a_draft_of_a_fulfilment_is_no_shipment(merchant: Merchant) -> None:
    order = merchant.order()
    items = {"key": "_items", "value": [{"item_id": order["line_items"][0]["id"], "qty": 1}]}
    merchant.owner("POST", f"orders/{order['id']}/fulfillments", {"status": "unfulfilled", "meta_data": [items]})
    page = orders.read_order(merchant.shop, str(order["id"]))
    assert page is not None
    assert page.shipments == []
    assert page.orders[0]["fulfillment_status"] == "unfulfilled"
