"""Erasing a customer while a sync or the move of a bridge changes the same data."""

from contextlib import suppress
from typing import Any

import pytest

from tests.support.background import clean_up
from tests.support.erasures import EMAIL, PERSON, Crash, before, erase_now, naming, order, shipment
from tests.support.factories import EMBED
from tests.support.storefront import SHOP, Storefront

NEWER: dict[str, Any] = {
    "customer": {"name": "Jane Miller", "email": "jane.doe@example.com", "phone": "+1 555 0177"},
    "shipping_address": {"name": "Jane Miller", "address1": "7 Oak Ave", "city": "Reno", "country": "US"},
    "notes": "Jane Miller moved",
}
NAMED = rf"{PERSON}|jane miller|555 0177|7 oak ave"


class TestSync:
    @pytest.mark.parametrize("place", ["sync.orders.write", "sync.writing._transaction"])
    @pytest.mark.parametrize("email", [EMAIL, "eve@example.com"])
    def test_an_update_that_loses_the_race_leaves_nothing(
        self, shop: Storefront, monkeypatch: pytest.MonkeyPatch, place: str, email: str
    ) -> None:
        shop.sync([order()])
        before(monkeypatch, place, lambda: erase_now(shop))
        shop.sync([order(status="processing", **{**NEWER, "customer": {**NEWER["customer"], "email": email}})])
        assert naming(NAMED) == []

    def test_an_update_that_dies_leaves_nothing(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        shop.sync([order()])
        before(monkeypatch, "sync.orders.write", lambda: erase_now(shop))
        before(monkeypatch, "sync.writing._transaction", lambda: None, die=True)
        with suppress(Crash):
            shop.sync([order(status="processing", **NEWER)])
        assert naming(NAMED) == []

    def test_a_sync_that_would_have_created_the_order_leaves_nothing(
        self, shop: Storefront, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def faster_sync_and_erasure() -> None:
            shop.sync([order()])
            erase_now(shop)

        before(monkeypatch, "sync.orders.write", faster_sync_and_erasure)
        shop.sync([order()])
        assert naming(NAMED) == []
        assert shop.customer(EMAIL).get(f"{SHOP}/orders").json["total"] == 0


class TestShipments:
    """Shipments of an order whose customer is being erased."""

    @pytest.mark.parametrize(
        "place",
        ["sync.shipments._find_orders", "sync.shipments._changes", "sync.shipments.write", "sync.writing._transaction"],
    )
    @pytest.mark.parametrize("again", [False, True])
    def test_arrive_redacted(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch, place: str, again: bool) -> None:
        shop.sync([order()])
        if again:
            shop.sync([], [{**shipment(), "order_external_id": None, "ship_to": None, "checkpoints": []}])
        before(monkeypatch, place, lambda: erase_now(shop))
        shop.sync([], [shipment()])
        self.check(shop)

    @pytest.mark.parametrize(
        "place", ["orders.erasing.write_many", "shipments.erasing._erase", "erasure.orders.erase_remainder"]
    )
    def test_arrive_while_the_order_is_erased(
        self, shop: Storefront, monkeypatch: pytest.MonkeyPatch, place: str
    ) -> None:
        shop.sync([order()], [shipment("other") | {"order_external_id": "ext-1001"}])
        before(monkeypatch, place, lambda: shop.sync([], [shipment()]))
        erase_now(shop)
        self.check(shop)

    @pytest.mark.parametrize("again", [[], [shipment()], [{**shipment(), "service": "ground"}]])
    def test_that_a_dead_sync_left_unlinked_are_found(
        self, shop: Storefront, monkeypatch: pytest.MonkeyPatch, again: list[Any]
    ) -> None:
        shop.sync([], [shipment()])
        before(monkeypatch, "sync.shipments.link_unlinked", lambda: None, die=True)
        with suppress(Crash):
            shop.sync([order()])
        erase_now(shop)
        assert naming(NAMED) == []
        shop.sync([order(status="shipped")], again)
        self.check(shop)

    def unlinked_at_another(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        """A shipment not yet linked to its order when their bridge is given to another end user."""
        shop.sync([], [shipment()])
        before(monkeypatch, "sync.shipments.link_unlinked", lambda: None, die=True)
        with suppress(Crash):
            shop.sync([order()])
        to = shop.acme.session("merchant-2").end_user_id
        path = f"/api/v1/bridges/{shop.bridge['id']}"
        assert shop.acme.server.patch(path, {"end_user_id": to}).status == 200

    @pytest.mark.parametrize("place", ["shipments.removal.move", "orders.removal.move", "orders.removal._insert_moved"])
    def test_that_moved_unlinked_to_another_end_user_are_found(
        self, shop: Storefront, monkeypatch: pytest.MonkeyPatch, place: str
    ) -> None:
        self.unlinked_at_another(shop, monkeypatch)
        before(monkeypatch, place, lambda: erase_now(shop))
        clean_up()
        assert naming(NAMED) == []

    def test_that_stay_unlinked_there_are_found(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        self.unlinked_at_another(shop, monkeypatch)
        before(monkeypatch, "cleanup.bridges.link_unlinked", lambda: None, die=True)
        with suppress(Crash):
            clean_up()
        clean_up()
        erase_now(shop)
        assert naming(NAMED) == []

    def test_that_are_linked_meanwhile_are_redacted(self, shop: Storefront, monkeypatch: pytest.MonkeyPatch) -> None:
        shop.sync([], [shipment()])
        before(monkeypatch, "sync.writing._transaction", lambda: None)
        before(monkeypatch, "sync.shipments.read_summaries", lambda: erase_now(shop))
        shop.sync([order()])
        self.check(shop)

    def check(self, shop: Storefront) -> None:
        assert naming(NAMED) == []
        order_id = shop.session.client.get(f"{EMBED}/orders").data[0]["id"]
        found = shop.session.client.get(f"{EMBED}/shipments").data
        assert {shipment["order_id"] for shipment in found} == {order_id}


class TestReassignedBridge:
    @pytest.mark.parametrize(
        "place",
        [
            "shipments.removal.write_many",
            "shipments.removal._delete",
            "orders.removal.move",
            "orders.removal.write_many",
            "orders.removal._delete_summaries",
            "orders.removal._insert_moved",
        ],
    )
    @pytest.mark.parametrize("die", [False, True])
    def test_brings_no_customer_back(
        self, shop: Storefront, monkeypatch: pytest.MonkeyPatch, place: str, die: bool
    ) -> None:
        shop.sync([order("1001"), order("1002")], [shipment("1001")])
        shop.sync([order("1001", notes="Jane Doe called")])
        to = shop.acme.session("merchant-2")
        path = f"/api/v1/bridges/{shop.bridge['id']}"
        assert shop.acme.server.patch(path, {"end_user_id": to.end_user_id}).status == 200

        before(monkeypatch, place, lambda: erase_now(shop), die=die)
        with suppress(Crash):
            clean_up()
        clean_up()

        assert naming(PERSON) == []
        assert len(to.client.get(f"{EMBED}/orders").data) == 2
        order_id = next(row["id"] for row in to.client.get(f"{EMBED}/orders").data if row["order_number"] == "1001")
        detail = to.client.get(f"{EMBED}/orders/{order_id}").data
        assert detail["shipments"]
        assert "[erased] called" in str(detail["activities"])
        assert shop.customer(EMAIL).get(f"{SHOP}/orders").json["total"] == 0
