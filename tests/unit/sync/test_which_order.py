"""Which order a shipment names, where several bridges of an end user have one with that id."""

from typing import Any

import pytest

from tests.support.factories import EMBED, Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, order, shipment


@pytest.fixture
def shipper(acme: Acme) -> Merchant:
    return Merchant.of(acme)


@pytest.fixture
def shops(shipper: Merchant) -> tuple[Merchant, Merchant]:
    """Two that use the same numbers."""
    return shipper.another(name="One"), shipper.another(name="Two")


def bridge_of_order(merchant: Merchant) -> str | None:
    order_id = merchant.shipments()["data"][0]["order_id"]
    return merchant.client.get(f"{EMBED}/orders/{order_id}").data["bridge_id"] if order_id else None


def ambiguous(answer: Any) -> list[tuple[str, Any]]:
    return [(warning["field"], warning["value"]) for warning in answer["warnings"]]


def test_an_id_that_two_shops_have_links_to_neither(shipper: Merchant, shops: tuple[Merchant, Merchant]) -> None:
    for shop in shops:
        shop.sync(order())
    answer = shipper.sync(shipments=[shipment()])
    assert ambiguous(answer) == [("order_external_id", "ext-1001")]
    assert bridge_of_order(shipper) is None
    assert ambiguous(shipper.sync(shipments=[shipment()])) == [("order_external_id", "ext-1001")]
    check(shipper)


def test_the_record_may_name_the_bridge(shipper: Merchant, shops: tuple[Merchant, Merchant]) -> None:
    for shop in shops:
        shop.sync(order())
    for shop in shops:
        answer = shipper.sync(shipments=[shipment(order_bridge_id=shop.bridge_id)])
        assert answer["warnings"] == []
        assert bridge_of_order(shipper) == shop.bridge_id
        check(shipper)


def test_its_own_bridges_order_needs_no_name(shipper: Merchant, shops: tuple[Merchant, Merchant]) -> None:
    for shop in (*shops, shipper):
        shop.sync(order())
    assert shipper.sync(shipments=[shipment()])["warnings"] == []
    assert bridge_of_order(shipper) == shipper.bridge_id


def test_a_bridge_without_such_an_order_links_to_none(shipper: Merchant, shops: tuple[Merchant, Merchant]) -> None:
    shops[0].sync(order())
    shops[1].sync(order(2))
    shipper.sync(shipments=[shipment(order_bridge_id=shops[1].bridge_id)])
    assert bridge_of_order(shipper) is None
    check(shipper)
    shops[1].sync(order())
    assert bridge_of_order(shipper) == shops[1].bridge_id
    check(shipper)


def test_an_unlinked_shipment_waits_for_the_named_bridge(shipper: Merchant, shops: tuple[Merchant, Merchant]) -> None:
    shipper.sync(shipments=[shipment(order_bridge_id=shops[1].bridge_id)])
    shops[0].sync(order())
    assert bridge_of_order(shipper) is None
    shops[1].sync(order())
    assert bridge_of_order(shipper) == shops[1].bridge_id
    check(shipper)


def test_a_link_stays_when_another_shop_gets_the_same_number(
    shipper: Merchant, shops: tuple[Merchant, Merchant]
) -> None:
    shops[0].sync(order())
    shipper.sync(shipments=[shipment()])
    shops[1].sync(order())
    assert shipper.sync(shipments=[shipment(status="in_transit")])["warnings"] == []
    assert bridge_of_order(shipper) == shops[0].bridge_id
    check(shipper)


def test_naming_the_bridge_later_settles_it(shipper: Merchant, shops: tuple[Merchant, Merchant]) -> None:
    for shop in shops:
        shop.sync(order())
    shipper.sync(shipments=[shipment()])
    shipper.sync(shipments=[{"external_id": "shp-1001", "order_bridge_id": shops[1].bridge_id}])
    assert bridge_of_order(shipper) == shops[1].bridge_id
    check(shipper)


@pytest.mark.parametrize("sent", ["nonsense", 7, {}])
def test_a_bridge_that_is_no_id_costs_itself(shipper: Merchant, shops: tuple[Merchant, Merchant], sent: Any) -> None:
    shops[0].sync(order())
    answer = shipper.sync(shipments=[shipment(order_bridge_id=sent)])
    assert [warning["field"] for warning in answer["warnings"]] == ["order_bridge_id"]
    assert bridge_of_order(shipper) == shops[0].bridge_id


class TestABridgeOfSomebodyElse:
    def test_is_a_warning(self, shipper: Merchant) -> None:
        foreign = Merchant.of(shipper.acme, "merchant-2")
        foreign.sync(order())
        for other in (foreign.bridge_id, "00000000-0000-4000-8000-000000000000"):
            answer = shipper.sync(shipments=[shipment(order_bridge_id=other)])
            assert ambiguous(answer) == [("order_bridge_id", other)]
            assert "not a bridge of this end user" in answer["warnings"][0]["message"]
            assert bridge_of_order(shipper) is None

    def test_ones_own_without_orders_yet_is_none(self, shipper: Merchant, shops: tuple[Merchant, Merchant]) -> None:
        assert shipper.sync(shipments=[shipment(order_bridge_id=shops[0].bridge_id)])["warnings"] == []
        shops[0].sync(order())
        assert bridge_of_order(shipper) == shops[0].bridge_id
