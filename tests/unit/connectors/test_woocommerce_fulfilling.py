"""A shipment stands once at the shop, whatever dies in between."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.connectors.faults import Fault, Refused, Unreachable
from chalicelib.connectors.shop import Fulfilment, FulfilmentLine
from chalicelib.connectors.woocommerce import orders
from chalicelib.connectors.woocommerce.fulfil import fulfil
from local.demo.woocommerce.rest import Call, TrackingBy
from tests.support.demo_shop import Merchant, open_demo_shop

UPS = Fulfilment("shp_1", "1Z999", "ups", "UPS", "https://track.example/1Z999", None)
MADE: dict[TrackingBy, str] = {"core": "fulfillment.created", "plugin": "tracking.created", "none": "note.created"}
WAYS: list[TrackingBy] = ["core", "plugin", "none"]


def numbers(merchant: Merchant, order_id: str) -> list[str]:
    """The tracking numbers that the shop shows."""
    if merchant.demo.tracking_by == "plugin":
        return [each["tracking_number"] for each in merchant.store.all("tracking", parent=int(order_id))]
    if merchant.demo.tracking_by == "none":
        notes = [each["note"] for each in merchant.store.all("note", parent=int(order_id))]
        return [note.split(", ")[1].split(" ")[0] for note in notes if note.startswith("Shipped")]
    own = merchant.store.all("fulfilment", parent=int(order_id))
    return [value(each, "_tracking_number") for each in own]


def value(record: dict[str, Any], key: str) -> Any:
    return next((each["value"] for each in record["meta_data"] if each["key"] == key), None)


@pytest.mark.parametrize("tracking_by", WAYS)
def test_it_is_told_once_and_completes_the_order(tracking_by: TrackingBy) -> None:
    merchant = open_demo_shop(tracking_by)
    order_id = str(merchant.order()["id"])
    assert fulfil(merchant.shop, order_id, UPS) == fulfil(merchant.shop, order_id, UPS)
    assert numbers(merchant, order_id) == ["1Z999"]
    assert merchant.logged(MADE[tracking_by]) == 1
    page = orders.read_order(merchant.shop, order_id)
    assert page is not None
    assert page.orders[0]["status"] == "shipped"
    # It doesn't come back as a shipment of the shop's.
    assert page.shipments == []


@pytest.mark.parametrize("tracking_by", WAYS)
def test_it_stands_once_whatever_call_it_dies_at(tracking_by: TrackingBy) -> None:
    class Killed(Exception):
        pass

    def kill(_: Call) -> None:
        raise Killed

    for dies_at in range(20):
        merchant = open_demo_shop(tracking_by)
        order_id = str(merchant.order()["id"])
        merchant.faults = [*[lambda _: None] * dies_at, kill]
        try:
            fulfil(merchant.shop, order_id, UPS)
        except Killed:
            merchant.faults.clear()
            fulfil(merchant.shop, order_id, UPS)
        else:
            break
        assert numbers(merchant, order_id) == ["1Z999"]
        assert merchant.logged(MADE[tracking_by]) == 1
    assert 5 <= dies_at < 19


@pytest.mark.parametrize("tracking_by", WAYS)
def test_it_stands_once_whatever_answer_is_lost(tracking_by: TrackingBy) -> None:
    merchant = open_demo_shop(tracking_by)
    order_id = str(merchant.order()["id"])
    for _ in range(3):
        merchant.lose_answer = True
        try:
            fulfil(merchant.shop, order_id, UPS)
        except Unreachable:
            continue
        merchant.lose_answer = False
    fulfil(merchant.shop, order_id, UPS)
    assert numbers(merchant, order_id) == ["1Z999"]
    assert merchant.logged(MADE[tracking_by]) == 1


@pytest.mark.parametrize("tracking_by", ["core", "plugin"])
def test_a_changed_number_replaces_the_one_before(tracking_by: TrackingBy) -> None:
    merchant = open_demo_shop(tracking_by)
    order_id = str(merchant.order()["id"])
    known = fulfil(merchant.shop, order_id, UPS)
    changed = replace(UPS, tracking_number="NEW", carrier="x", carrier_name="Van", known_id=known, known_number="1Z999")
    fulfil(merchant.shop, order_id, changed)
    assert numbers(merchant, order_id) == ["NEW"]
    page = orders.read_order(merchant.shop, order_id)
    assert page is not None
    assert page.shipments == []


def test_own_fulfilments_name_carrier_link_and_lines() -> None:
    merchant = open_demo_shop()
    order = merchant.order()
    order_id = str(order["id"])
    fulfil(merchant.shop, order_id, UPS)
    known, unknown = (
        {"key": "_shipment_provider", "value": "ups"},
        {"key": "_shipment_provider", "value": "other"},
    )
    (made,) = merchant.store.all("fulfilment", parent=order["id"])
    assert known in made["meta_data"]
    assert value(made, "_tracking_url") == UPS.tracking_url
    assert value(made, "_items") == [{"item_id": line["id"], "qty": line["quantity"]} for line in order["line_items"]]
    fulfil(merchant.shop, order_id, replace(UPS, carrier="van", carrier_name="The Van"))
    (made,) = merchant.store.all("fulfilment", parent=order["id"])
    assert unknown in made["meta_data"]
    assert value(made, "_provider_name") == "The Van"


@pytest.mark.parametrize("tracking_by", WAYS)
def test_partial_shipments_fulfil_their_lines(tracking_by: TrackingBy) -> None:
    merchant = open_demo_shop(tracking_by)
    order = merchant.order()
    order_id = str(order["id"])
    mug, tea = (line["id"] for line in order["line_items"])
    fulfil(merchant.shop, order_id, replace(UPS, lines=(FulfilmentLine("MUG-1", None, 2),)))
    assert merchant.store.find("order", order["id"])["status"] == "processing"  # type: ignore[index]
    # The rest, by SKU and by title, and more of it than was ordered.
    rest = (FulfilmentLine("MUG-1", None, 9), FulfilmentLine(None, "Tea & honey", 2))
    second = Fulfilment("shp_2", "N2", "dhl", "DHL", None, rest)
    fulfil(merchant.shop, order_id, second)
    fulfil(merchant.shop, order_id, second)
    assert numbers(merchant, order_id) == ["1Z999", "N2"]
    assert merchant.store.find("order", order["id"])["status"] == "completed"  # type: ignore[index]
    if tracking_by == "core":
        made = [value(each, "_items") for each in merchant.store.all("fulfilment", parent=order["id"])]
        assert made == [[{"item_id": mug, "qty": 2}], [{"item_id": mug, "qty": 1}, {"item_id": tea, "qty": 2}]]


def test_what_was_refunded_is_not_shipped() -> None:
    merchant = open_demo_shop()
    order = merchant.order(payment_method="demo-pay")
    mug, tea = (line["id"] for line in order["line_items"])
    refunded = {"amount": "12.50", "line_items": [{"id": mug, "quantity": 1}]}
    merchant.owner("POST", f"orders/{order['id']}/refunds", refunded)
    fulfil(merchant.shop, str(order["id"]), UPS)
    (made,) = merchant.store.all("fulfilment", parent=order["id"])
    assert value(made, "_items") == [{"item_id": mug, "qty": 2}, {"item_id": tea, "qty": 2}]
    assert merchant.store.find("order", order["id"])["status"] == "completed"  # type: ignore[index]


def test_a_second_parcel_of_a_fulfilled_order_is_noted_once() -> None:
    merchant = open_demo_shop()
    order_id = str(merchant.order()["id"])
    fulfil(merchant.shop, order_id, UPS)
    second = Fulfilment("shp_2", "N2", "dhl", "DHL", None, None)
    assert fulfil(merchant.shop, order_id, second) == fulfil(merchant.shop, order_id, second)
    assert numbers(merchant, order_id) == ["1Z999"]
    assert merchant.logged("note.created") == 1


def test_a_number_that_the_merchant_entered_is_left_as_theirs() -> None:
    merchant = open_demo_shop()
    order = merchant.order()
    merchant.demo.ship(order["id"], "1Z999")
    fulfil(merchant.shop, str(order["id"]), replace(UPS, carrier="dhl", carrier_name="DHL", tracking_url=None))
    assert merchant.logged("fulfillment.created") == 1


@pytest.mark.parametrize("status", ["cancelled", "refunded", "trash", "deleted"])
def test_an_order_that_is_not_to_be_shipped_is_refused(status: str) -> None:
    merchant = open_demo_shop()
    order_id = str(merchant.order()["id"])
    if status in ("trash", "deleted"):
        merchant.owner("DELETE", f"orders/{order_id}", force=str(status == "deleted").lower())
    else:
        merchant.owner("PUT", f"orders/{order_id}", {"status": status})
    with pytest.raises(Refused):
        fulfil(merchant.shop, order_id, UPS)
    assert merchant.logged("fulfillment.created") == 0


def test_lines_that_the_order_does_not_have_are_refused() -> None:
    merchant = open_demo_shop()
    order_id = str(merchant.order()["id"])
    with pytest.raises(Fault, match="None of the shipment's lines"):
        fulfil(merchant.shop, order_id, replace(UPS, lines=(FulfilmentLine("NOPE", "Mug", 1),)))
