from tests.support.factories import Acme
from tests.support.orders import Merchant, counted, order, shipment


def test_orders_and_shipments_come_in_and_are_linked(acme: Acme) -> None:
    merchant = Merchant.of(acme)
    once = {"orders": counted(created=1), "shipments": counted(created=1), "errors": []}
    assert merchant.sync(order(), shipments=[shipment()]) == once
    again = {"orders": counted(unchanged=1), "shipments": counted(unchanged=1), "errors": []}
    assert merchant.sync(order(), shipments=[shipment()]) == again

    assert merchant.orders()["pagination"]["total"] == 1
    assert merchant.orders("?search=ord-1001")["pagination"]["total"] == 1
    assert merchant.order()["shipments"][0]["carrier"] == "ups"
    assert merchant.shipment()["order_id"] == merchant.order()["id"]
    assert len(merchant.events("order.")) == len(merchant.events("shipment.")) == 1
