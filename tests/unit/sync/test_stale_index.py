"""Index items are made from what was read a moment ago. Whatever changes in between, they describe what is stored."""

from typing import Any

import pytest

from chalicelib.privacy.redaction import Traces
from chalicelib.shipments import erasing
from tests.support.background import clean_up
from tests.support.erasures import before, naming
from tests.support.factories import Acme
from tests.support.orders import Merchant, order, shipment
from tests.support.races import at_once
from tests.unit.sync.test_races import settled, syncing


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def found(merchant: Merchant, text: str) -> int:
    """The total, which no entry that leads astray may increase."""
    total: int = merchant.shipments(f"?search={text}")["pagination"]["total"]
    return total


def renumbering(merchant: Merchant, number: str) -> Any:
    return syncing(merchant, orders=[order(order_number=number)])


@pytest.mark.parametrize("place", ["shipments.links.item_of", "shipments.links._reindex"])
def test_a_shipment_changes_while_its_order_gets_a_number(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    merchant.sync(order(), shipments=[shipment(tracking_number="FORMER1")])
    before(monkeypatch, place, syncing(merchant, shipments=[shipment(tracking_number="LATER1")]))
    merchant.sync(order(order_number="NEW-7"))
    assert {text: found(merchant, text) for text in ("FORMER1", "ORD-1001", "LATER1", "NEW-7")} == {
        "FORMER1": 0,
        "ORD-1001": 0,
        "LATER1": 1,
        "NEW-7": 1,
    }


@pytest.mark.parametrize("place", ["shipments.links.item_of", "shipments.links._reindex"])
def test_an_order_gets_two_numbers_at_once(merchant: Merchant, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    merchant.sync(order(), shipments=[shipment()])
    before(monkeypatch, place, renumbering(merchant, "LAST-8"))
    merchant.sync(order(order_number="NEW-7"))
    assert (found(merchant, "NEW-7"), found(merchant, "LAST-8")) == (0, 1)


@pytest.mark.parametrize("change", ["created", "updated", "linked"])
def test_an_order_gets_a_number_while_its_shipment_comes(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    shipper = merchant.another()
    merchant.sync(order())
    if change != "created":
        shipper.sync(shipments=[shipment(order_external_id=... if change == "linked" else "ext-1001", carrier="DHL")])
    before(monkeypatch, "sync.shipments.write", renumbering(merchant, "NEW-7"))
    shipper.sync(shipments=[shipment()])
    assert (found(merchant, "ORD-1001"), found(merchant, "NEW-7")) == (0, 1)


def test_an_order_gets_a_number_while_its_shipment_is_erased(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    merchant.sync(order(), shipments=[shipment(tracking_number="jane@example.com")])
    before(monkeypatch, "shipments.erasing.detail_item", renumbering(merchant, "NEW-7"))
    traces = Traces(emails=frozenset({"jane@example.com"}), identifiers=frozenset())
    erasing.erase(merchant.acme.organization_id, merchant.shipment()["id"], traces)
    assert (found(merchant, "ORD-1001"), found(merchant, "NEW-7"), found(merchant, "jane@example.com")) == (0, 1, 0)


def test_a_shipment_is_erased_while_it_moves(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    new_owner = Merchant.of(merchant.acme, "merchant-2")
    merchant.sync(order(customer=...), shipments=[shipment(tracking_number="jane@example.com")])
    shipment_id = merchant.shipment()["id"]
    traces = Traces(emails=frozenset({"jane@example.com"}), identifiers=frozenset())
    before(
        monkeypatch,
        "shipments.removal._hide_from_orders",
        lambda: erasing.erase(merchant.acme.organization_id, shipment_id, traces),
    )
    path = f"/api/v1/bridges/{merchant.bridge_id}"
    merchant.acme.server.patch(path, {"end_user_id": new_owner.session.end_user_id})
    clean_up()
    assert new_owner.shipments("?search=ORD-1001")["pagination"]["total"] == 1
    assert [key for key in naming(r"jane@example\.com") if not key[0].startswith("EV#")] == []


def test_an_order_gets_a_number_after_its_shipment_moved(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    new_owner = Merchant.of(merchant.acme, "merchant-2")
    merchant.sync(order(), shipments=[shipment()])
    before(monkeypatch, "orders.removal._read", lambda: renumber_in_the_table(merchant, "NEW-7"))
    path = f"/api/v1/bridges/{merchant.bridge_id}"
    merchant.acme.server.patch(path, {"end_user_id": new_owner.session.end_user_id})
    clean_up()
    assert (found(new_owner, "ORD-1001"), found(new_owner, "NEW-7")) == (0, 1)


def renumber_in_the_table(merchant: Merchant, number: str) -> None:
    """As a sync does that began before its bridge was given away and commits its last writes."""
    from chalicelib.orders.store import OrderItem
    from tests.support.account import everything

    row = next(row for row in everything() if row["pk"]["S"].startswith("O#") and row["sk"]["S"].endswith("SUMMARY"))
    item = OrderItem.of(row)
    item.summary, item.version = item.summary.updated(order_number=number), item.version + 1
    item.save()


class TestRowRoom:
    """A list row shows twenty of an order's shipments; its item holds no more."""

    @staticmethod
    def shown(merchant: Merchant) -> tuple[int, int, int]:
        """In the list, in the item, and as counted."""
        from tests.support.account import everything

        row = next(r for r in everything() if r["pk"]["S"].startswith("O#") and r["sk"]["S"].endswith("SUMMARY"))
        listed = merchant.orders()["data"][0]["shipments"]
        return len(listed), len([name for name in row if name.startswith("p#")]), int(row["pn"]["N"])

    @staticmethod
    def parcels(merchant: Merchant, start: int, count: int, **fields: Any) -> Any:
        numbers = range(start, start + count)
        return syncing(
            merchant, shipments=[shipment(n, **{"order_external_id": "ext-1001", **fields}) for n in numbers]
        )

    def test_row_room_in_concurrent_syncs(self, merchant: Merchant) -> None:
        merchant.sync(order())
        settled(at_once([self.parcels(merchant, start, 7) for start in (10, 20, 30, 40)]))
        assert self.shown(merchant) == (20, 20, 20)
        assert len(merchant.order()["shipments"]) == 28

    def test_a_shipment_that_leaves_makes_room_for_one(self, merchant: Merchant) -> None:
        merchant.sync(order())
        settled([self.parcels(merchant, 10, 20)(), self.parcels(merchant, 30, 5)()])
        leaving = [self.parcels(merchant, n, 1, order_external_id=None) for n in (10, 11)]
        settled(at_once([*leaving, *leaving]))
        assert self.shown(merchant) == (18, 18, 18)
        settled(at_once([self.parcels(merchant, n, 1) for n in range(50, 54)]))
        assert self.shown(merchant) == (20, 20, 20)

    def test_a_deleted_bridge_makes_room_once(self, merchant: Merchant) -> None:
        shipper = merchant.another()
        merchant.sync(order())
        settled([self.parcels(shipper, 10, 3)(), self.parcels(merchant, 20, 2)()])
        merchant.client.delete(f"/api/v1/embed/bridges/{shipper.bridge_id}")
        clean_up()
        clean_up()
        assert self.shown(merchant) == (2, 2, 2)
