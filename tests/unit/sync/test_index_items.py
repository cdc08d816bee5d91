"""Index items of orders and shipments, when syncs are stale, die, or lose their bridge in the middle."""

from typing import Any

import pytest

from chalicelib.kit.errors import Unavailable
from chalicelib.shipments import links
from tests.support.account import everything
from tests.support.background import clean_up, left_of
from tests.support.erasures import before
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order, shipment
from tests.unit.sync.test_races import TestAnOrderAndItsShipment, syncing

between = TestAnOrderAndItsShipment.between


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def test_a_late_older_record_leaves_the_index_as_it_is(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    merchant.sync(shipments=[shipment(updated_at="2026-01-15T00:00:00Z")])
    newer = shipment(carrier="FedEx", updated_at="2026-01-17T00:00:00Z")
    between(monkeypatch, "shipments.write", syncing(merchant, shipments=[newer]), after=False)
    merchant.sync(shipments=[shipment(carrier="DHL", updated_at="2026-01-16T00:00:00Z")])
    assert merchant.shipment()["carrier"] == "fedex"
    assert merchant.shipments("?carrier=dhl")["data"] == []
    assert len(merchant.shipments("?carrier=fedex")["data"]) == 1


def test_a_former_number_is_not_indexed_again(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    merchant.sync(shipments=[shipment(tracking_number="OLD1")])
    other = {"external_id": "shp-1001", "tracking_number": "NEW1"}
    between(monkeypatch, "shipments.write", syncing(merchant, shipments=[other]), after=False)
    merchant.sync(shipments=[{"external_id": "shp-1001", "carrier": "DHL"}])
    assert merchant.shipment()["tracking_number"] == "NEW1"
    assert len(merchant.shipments("?carrier=dhl")["data"]) == 1
    assert merchant.shipments("?search=OLD1")["data"] == []


@pytest.mark.parametrize("what", ["orders", "shipments"])
def test_a_bridge_deleted_meanwhile_leaves_no_index_items(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def disconnect() -> None:
        assert merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}").status == 200
        clean_up()

    before(monkeypatch, "sync.writing._transaction", disconnect)
    body: Any = {"orders": [order()]} if what == "orders" else {"shipments": [shipment()]}
    reply = merchant.try_sync(**body)
    assert reply.status in (404, 409), reply.text
    clean_up()
    assert left_of(merchant.bridge_id) == []
    assert [r for r in everything() if "jane doe" in str(r).lower() or "1z999" in str(r).lower()] == []
    assert merchant.shipments("?carrier=ups")["pagination"]["total"] == 0


def test_reindexing_that_failed_is_finished_by_the_repeated_call(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    merchant.sync(order(), shipments=[shipment()])
    real = links.reindex
    calls: list[int] = []

    def flaky(*args: Any) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise Unavailable
        real(*args)

    monkeypatch.setattr(links, "reindex", flaky)
    renumbered = order(order_number="NEW-7")
    assert merchant.try_sync(orders=[renumbered]).status == 503
    merchant.sync(renumbered)
    assert len(merchant.shipments("?search=NEW-7")["data"]) == 1


def test_a_hidden_shipment_does_not_find_its_order(merchant: Merchant) -> None:
    shipper = merchant.another()
    merchant.sync(order())
    shipper.sync(shipments=[shipment(tracking_number="SECRET9")])
    assert len(merchant.orders("?search=SECRET9")["data"]) == 1
    assert merchant.client.delete(f"{EMBED}/bridges/{shipper.bridge_id}").status == 200
    assert merchant.orders()["data"][0]["shipments"] == []
    assert merchant.orders("?search=SECRET9")["data"] == []


def test_no_name_is_left_that_an_erasure_could_not_find(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:

    def disconnect() -> None:
        assert merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}").status == 200
        clean_up()

    before(monkeypatch, "sync.writing._transaction", disconnect)
    assert merchant.try_sync(orders=[order()]).status == 409
    clean_up()
    assert merchant.acme.server.post("/api/v1/customers/erase", {"email": "jane@example.com"}).status == 202
    clean_up()
    found = merchant.orders("?search=jane")
    assert found["pagination"]["total"] == len(found["data"])


@pytest.mark.parametrize("clock", [None, "2026-01-14T00:00:00Z"])
def test_of_two_creations_the_index_is_that_of_the_stored_one(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch, clock: str | None
) -> None:
    """The slower process writes its index item after the faster one has created the shipment."""
    merchant.sync(order())
    first = shipment(carrier="FedEx", tracking_number="FIRST1", updated_at="2026-01-15T00:00:00Z")
    between(monkeypatch, "shipments.write", syncing(merchant, shipments=[first]), after=False)
    late = shipment(carrier="DHL", tracking_number="LATE1", **({"updated_at": clock} if clock else {}))
    merchant.sync(shipments=[late])
    stored = merchant.shipment()
    right, wrong = ("LATE1", "FIRST1") if clock is None else ("FIRST1", "LATE1")
    assert stored["tracking_number"] == right
    assert len(merchant.shipments(f"?carrier={stored['carrier']}")["data"]) == 1
    assert len(merchant.shipments("?search=ORD-1001")["data"]) == 1
    assert len(merchant.orders(f"?search={right}")["data"]) == 1
    assert merchant.shipments(f"?search={wrong}")["pagination"]["total"] == 0


def test_a_hidden_shipment_is_not_in_the_timeline(merchant: Merchant) -> None:
    shipper = merchant.another()
    merchant.sync(order())
    shipper.sync(shipments=[shipment(tracking_number="SECRET9")])
    assert merchant.client.delete(f"{EMBED}/bridges/{shipper.bridge_id}").status == 200
    found = merchant.order()
    assert found["shipments"] == []
    assert "SECRET9" not in str(found["activities"])
