"""A parcel is told to the store once, whatever dies, and only of the lines it has."""

from typing import Any

import pytest

from chalicelib.connectors.faults import NotSeen, Refused
from chalicelib.connectors.shop import Fulfilment, FulfilmentLine, Shop
from chalicelib.connectors.shopify.fulfilling import fulfil
from tests.support.connector_kills import killed_everywhere
from tests.support.shopify.double import Double
from tests.support.shopify.objects import fulfillment, fulfillment_order, line, order

pytestmark = pytest.mark.xdist_group("shopify")


def parcel(number: str = "1Z999", lines: Any = None, **given: Any) -> Fulfilment:
    wanted = None if lines is None else tuple(FulfilmentLine(sku, title, count) for sku, title, count in lines)
    return Fulfilment("shipment-1", number, "ups", "UPS", f"https://track.example/{number}", wanted, **given)


def test_everything_that_is_left(shop: Shop, double: Double) -> None:
    number = double.store.add(order([line("A", 2), line("B", 1)]))
    made = fulfil(shop, number, parcel())
    assert double.store.log == [f"fulfilled {number} 1Z999"]
    assert double.store.order_of(number)["displayFulfillmentStatus"] == "FULFILLED"
    assert double.store.order_of(number)["fulfillments"][0]["legacyResourceId"] == made
    assert double.store.order_of(number)["fulfillments"][0]["trackingInfo"][0]["company"] == "UPS"
    assert double.calls == ["Fulfilment", "CreateFulfilment"]


def test_again_changes_nothing(shop: Shop, double: Double) -> None:
    number = double.store.add(order())
    made = fulfil(shop, number, parcel())
    assert fulfil(shop, number, parcel()) == made
    assert fulfil(shop, number, parcel(known_id=made, known_number="1Z999")) == made
    assert len(double.store.log) == 1


def test_killed_at_every_call_stands_once_in_the_stores_log(shop: Shop, double: Double) -> None:
    number = double.store.add(order([line("A", 2), line("B", 1)]))
    assert killed_everywhere(double, lambda: fulfil(shop, number, parcel(lines=[("A", None, 1)]))) >= 4
    assert double.store.log == [f"fulfilled {number} 1Z999"]


def test_what_the_shipper_told_the_store_itself_is_not_told_again(shop: Shop, double: Double) -> None:
    theirs = fulfillment("1z 999", "UPS")
    number = double.store.add(order(fulfillments=[theirs]))
    assert fulfil(shop, number, parcel()) == theirs["legacyResourceId"]
    assert double.store.log == []


def test_a_cancelled_fulfilment_with_that_number_does_not_count(shop: Shop, double: Double) -> None:
    number = double.store.add(order(fulfillments=[fulfillment("1Z999", status="CANCELLED")]))
    fulfil(shop, number, parcel())
    assert double.store.log == [f"fulfilled {number} 1Z999"]


def test_a_changed_number_updates_the_fulfilment(shop: Shop, double: Double) -> None:
    number = double.store.add(order())
    made = fulfil(shop, number, parcel("OLD"))
    change = parcel("NEW", known_id=made, known_number="OLD")
    assert killed_everywhere(double, lambda: fulfil(shop, number, change)) >= 2
    assert [entry.partition(" ")[0] for entry in double.store.log] == ["fulfilled", "tracking"]
    assert fulfil(shop, number, change) == made


def test_a_part_fulfils_its_lines(shop: Shop, double: Double) -> None:
    lines = [line("A", 3), line("B", 2), line(None, 1, name="Gift wrap")]
    number = double.store.add(order(lines))
    fulfil(shop, number, parcel("ONE", [("a", None, 2), (None, "gift wrap", 1)]))
    (part,) = double.store.order_of(number)["fulfillmentOrders"]
    assert [entry["remainingQuantity"] for entry in part["lineItems"]] == [1, 2, 0]
    assert double.store.order_of(number)["displayFulfillmentStatus"] == "PARTIALLY_FULFILLED"
    fulfil(shop, number, parcel("TWO", [("A", None, 9), ("B", None, 2)]))
    assert part["status"] == "CLOSED"


def test_lines_in_two_parts_of_the_order(shop: Shop, double: Double) -> None:
    mug = line("A", 2)
    parts = [fulfillment_order([mug]), fulfillment_order([mug])]
    number = double.store.add(order([mug], fulfillmentOrders=parts))
    fulfil(shop, number, parcel(lines=[("A", None, 3)]))
    assert [part["lineItems"][0]["remainingQuantity"] for part in parts] == [0, 1]


def test_more_lines_than_a_page(shop: Shop, double: Double) -> None:
    number = double.store.add(order([line(f"S{position}") for position in range(130)]))
    fulfil(shop, number, parcel(lines=[("S120", None, 1)]))
    (part,) = double.store.order_of(number)["fulfillmentOrders"]
    assert [entry["lineItem"]["sku"] for entry in part["lineItems"] if not entry["remainingQuantity"]] == ["S120"]


def test_two_locations_are_two_fulfilments(shop: Shop, double: Double) -> None:
    lines = [line("A"), line("B")]
    parts = [fulfillment_order(lines[:1], "Berlin"), fulfillment_order(lines[1:], "Hamburg")]
    number = double.store.add(order(lines, fulfillmentOrders=parts))
    fulfil(shop, number, parcel())
    assert double.store.log == [f"fulfilled {number} 1Z999"] * 2
    assert double.store.order_of(number)["displayFulfillmentStatus"] == "FULFILLED"


@pytest.mark.parametrize(
    ("given", "lines", "message"),
    [
        ({"cancelledAt": "2026-01-01T00:00:00Z"}, None, "cancelled at Shopify"),
        ({"fulfillmentOrders": []}, None, "nothing left"),
        ({"fulfillmentOrders": [fulfillment_order([], status="ON_HOLD")]}, None, "on hold"),
        ({}, [("UNKNOWN", "Unknown", 1)], "None of the parcel's lines"),
        ({}, [], "None of the parcel's lines"),
    ],
)
def test_what_shopify_would_not_take(shop: Shop, double: Double, given: Any, lines: Any, message: str) -> None:
    number = double.store.add(order(**given))
    with pytest.raises(Refused, match=message):
        fulfil(shop, number, parcel(lines=lines))
    assert double.store.log == []


def test_an_order_that_is_gone(shop: Shop) -> None:
    with pytest.raises(Refused, match="does not exist"):
        fulfil(shop, "1", parcel())


def test_accepted_and_not_there(shop: Shop, double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    number = double.store.add(order())
    monkeypatch.setattr(double.store, "fulfillmentCreate", lambda **_: {"fulfillment": None, "userErrors": []})
    with pytest.raises(NotSeen):
        fulfil(shop, number, parcel())
