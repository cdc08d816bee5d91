"""Shipments as end users see them: list, detail, tracking."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine

from chalicelib.kit.errors import NotFound
from chalicelib.shipments import service
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, shipment

CHECKPOINT: dict[str, Any] = {
    "status": "in_transit",
    "status_detail": "Departed facility",
    "location": "Chicago, IL",
    "city": "Chicago",
    "state": "IL",
    "country": "US",
    "postal_code": "60601",
    "latitude": Decimal("41.8781"),
    "longitude": Decimal("-87.6298"),
    "checkpoint_time": "2026-01-16T08:00:00.000Z",
    "carrier_status_code": "DP",
}
HEADER = {
    "tracking_number": "1Z999AA10123456784",
    "carrier": "ups",
    "carrier_name": "UPS",
    "service": "ground",
    "status": "in_transit",
    "ship_date": "2026-01-15",
    "estimated_delivery": "2026-01-20",
    "actual_delivery": None,
}


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def full(**fields: Any) -> dict[str, Any]:
    dimensions = {"length": 12, "width": 8, "height": 6, "unit": "in"}
    return shipment(
        status="in_transit", dimensions=dimensions, checkpoints=[CHECKPOINT], order_external_id=None, **fields
    )


class TestShapes:
    def test_the_documented_examples(self, merchant: Merchant) -> None:
        with time_machine.travel("2026-01-16T08:05:00Z", tick=False):
            merchant = Merchant.of(merchant.acme, "merchant-2")
            merchant.sync(shipments=[full()])
            listed = merchant.shipments()["data"][0]
            detail = merchant.client.get(f"{EMBED}/shipments/{listed['id']}").data
            tracking = merchant.client.get(f"/api/embed/tracking/{listed['id']}").data
        summary = {
            "id": listed["id"],
            "external_id": "shp-1001",
            **HEADER,
            "weight": {"value": Decimal("2.5"), "unit": "lb"},
            "dimensions": {"length": 12, "width": 8, "height": 6, "unit": "in"},
            "order_id": None,
            "bridge_id": merchant.bridge_id,
            "created_at": "2026-01-16T08:05:00.000Z",
            "updated_at": "2026-01-16T08:05:00.000Z",
        }
        assert listed == summary
        checkpoint = {"id": detail["checkpoints"][0]["id"], **CHECKPOINT}
        assert detail == {
            **summary,
            "line_items": [],
            "ship_from": {"city": "Los Angeles", "state": "CA", "country": "US"},
            "ship_to": {"city": "New York", "state": "NY", "country": "US"},
            "checkpoints": [{**checkpoint, "created_at": "2026-01-16T08:05:00.000Z"}],
            "signals": [],
        }
        assert tracking == {"id": listed["id"], **HEADER, "checkpoints": [checkpoint]}

    def test_tracking_has_no_personal_data(self, merchant: Merchant) -> None:
        person = {"name": "Jane Doe", "address1": "123 Main St", "city": "Anytown", "phone": "+1 555 0100"}
        merchant.sync(shipments=[full(ship_to=person, ship_from=person)])
        text = merchant.client.get(f"{EMBED}/tracking/{merchant.shipments()['data'][0]['id']}").text
        assert not any(word in text for word in ("Jane", "Main St", "0100", "ship_to", "ship_from"))


class TestList:
    def test_newest_first_by_ship_date_then_by_creation(self, merchant: Merchant) -> None:
        with time_machine.travel("2026-01-20T08:00:00Z", tick=False):
            merchant = Merchant.of(merchant.acme, "merchant-2")
            merchant.sync(
                shipments=[shipment(1, ship_date="2026-01-10"), shipment(2, ship_date="2026-01-12T09:00:00Z")]
            )
        with time_machine.travel("2026-01-20T08:30:00Z", tick=False):
            merchant.sync(shipments=[shipment(3, ship_date="2026-01-10"), shipment(4, ship_date=None)])
            listed = merchant.shipments()["data"]
        assert [shown["external_id"] for shown in listed] == ["shp-4", "shp-2", "shp-3", "shp-1"]

    def test_status_pages_and_cursors(self, merchant: Merchant) -> None:
        merchant.sync(shipments=[shipment(n, status="delivered" if n % 2 else "in_transit") for n in range(7)])
        page = merchant.shipments("?status=delivered&limit=2")
        assert page["pagination"]["total"] == 3
        rest = merchant.shipments(f"?status=delivered&limit=2&cursor={page['pagination']['nextCursor']}")
        seen = {shown["external_id"] for shown in [*page["data"], *rest["data"]]}
        assert seen == {"shp-1", "shp-3", "shp-5"}
        assert merchant.client.get(f"{EMBED}/shipments?status=lost").status == 422

    def test_a_shipment_moves_when_its_ship_date_changes(self, merchant: Merchant) -> None:
        merchant.sync(shipments=[shipment(1, ship_date="2026-01-10"), shipment(2, ship_date="2026-01-12")])
        merchant.sync(shipments=[shipment(1, ship_date="2026-01-14")])
        assert [shown["external_id"] for shown in merchant.shipments()["data"]] == ["shp-1", "shp-2"]

    def test_a_page_takes_two_reads_besides_authentication(self, merchant: Merchant, calls: list[str]) -> None:
        merchant.sync(shipments=[shipment(n) for n in range(30)])
        calls.clear()
        merchant.shipments()
        assert sorted(calls) == ["BatchGetItem", "BatchGetItem", "Query"]


def test_the_view_for_tracking_pages(merchant: Merchant) -> None:
    merchant.sync(shipments=[full()])
    org, user = merchant.acme.organization_id, merchant.session.end_user_id
    found = service.tracking_view(org, user, merchant.shipments()["data"][0]["id"])
    assert found["checkpoints"][0]["city"] == "Chicago"
    assert "ship_to" not in found
    with pytest.raises(NotFound):
        service.tracking_view(org, user, merchant.bridge_id)
