"""Filters, searches and rows on the real engine. Unit tests only imitate its indexes, conditions and expressions."""

from typing import Any

import pytest

from tests.support.factories import Acme
from tests.support.orders import Merchant, order, shipment


@pytest.fixture
def merchant() -> Merchant:
    return Merchant.of(Acme.create())


def ids(page: Any) -> list[str]:
    return [row["external_id"] for row in page["data"]]


def test_orders_by_period_bridge_and_search(merchant: Merchant) -> None:
    other = merchant.another()
    merchant.sync(*[order(n, ordered_at=f"2026-01-{n:02d}") for n in range(1, 10)], shipments=[shipment(3)])
    other.sync(order(20, ordered_at="2026-01-05"))
    assert ids(merchant.orders("?from=2026-01-03&to=2026-01-04")) == ["ext-4", "ext-3"]
    assert merchant.orders("?from=2026-01-02&status=pending")["pagination"]["total"] == 9
    assert ids(merchant.orders(f"?bridge_id={other.bridge_id}")) == ["ext-20"]
    assert ids(merchant.orders("?search=1Z999&from=2026-01-03")) == ["ext-3"]
    assert len(ids(merchant.orders("?search=doe&limit=3"))) == 3
    assert merchant.orders("?search=jane@example.com")["pagination"]["total"] == 10


def test_shipments_by_carrier_period_and_search(merchant: Merchant) -> None:
    merchant.sync(
        *[order(n) for n in range(1, 6)], shipments=[shipment(n, ship_date=f"2026-01-0{n}") for n in range(1, 6)]
    )
    assert ids(merchant.shipments("?carrier=UPS&from=2026-01-04")) == ["shp-5", "shp-4"]
    assert ids(merchant.shipments("?search=ord-2")) == ["shp-2"]
    assert merchant.shipments("?carrier=ups&status=label_created&search=1z")["pagination"]["total"] == 5


def test_rows_of_orders_follow_their_shipments(merchant: Merchant) -> None:
    merchant.sync(order(1), shipments=[shipment(n, order_external_id="ext-1") for n in range(30)])
    (row,) = merchant.orders()["data"]
    assert len(row["shipments"]) == 20
    merchant.sync(order(1, status="shipped"), shipments=[shipment(n, order_external_id=None) for n in range(30)])
    (row,) = merchant.orders()["data"]
    assert (row["status"], row["shipments"]) == ("shipped", [])
