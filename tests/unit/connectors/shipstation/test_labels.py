"""Labels as shipments, the same by both APIs."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from time_machine import travel

from chalicelib.connectors.faults import RateLimited
from chalicelib.connectors.shipstation import labels, mapping
from chalicelib.connectors.shipstation.pacific import from_pacific, to_pacific
from chalicelib.connectors.shop import Record, Response, Shop
from chalicelib.kit import clock, codec
from chalicelib.records.parsing import parse_record
from chalicelib.shipments.record import ShipmentRecord
from tests.support.platforms import SAMPLES
from tests.unit.connectors.shipstation.conftest import Double, shop_of

LONG_AGO = "2000-01-01T00:00:00.000Z"


def read_all(shop: Shop, since: str = LONG_AGO) -> list[Record]:
    found: list[Record] = []
    cursor = None
    while True:
        page = labels.read_labels(shop, since, cursor)
        assert page.unreadable == []
        assert len(page.shipments) <= 100
        found += page.shipments
        cursor = page.next
        if cursor is None:
            return found


class TestRecords:
    def test_are_the_same_by_both_apis(self, double: Double) -> None:
        items = [
            {"sku": "MUG-1", "name": "Mug", "quantity": 2},
            {"name": "Summer sale", "quantity": 1, "adjustment": True},
        ]
        order = double.account.add_order("1001", "450789469", items=items)
        label = double.account.add_label(order, "1Z999", "ups")
        for version in ("v1", "v2"):
            [record] = read_all(shop_of(double, version))
            assert parse_record(ShipmentRecord, {**record, "order_number": None})[0]
            address = record.pop("ship_to")
            assert address["name"] == "Ada Lovelace"
            assert address["address1"] == "1 Demo Street"
            number = record.pop("order_number")
            assert number == ("1001" if version == "v1" else None)
            lines = [{"sku": "MUG-1", "title": "Mug", "quantity": 2}]
            assert record.pop("line_items") == (lines if version == "v1" else None)
            assert record.pop("ship_date")[:10] == label["created_at"][:10]
            assert clock.normalise(record.pop("updated_at"))[:19] == label["created_at"][:19]
            assert record == {
                "external_id": str(label["id"]),
                "order_external_id": "450789469",
                "tracking_number": "1Z999",
                "carrier": "UPS",
                "service": "ups_ground",
                "status": "label_created",
                "weight": {"value": record["weight"]["value"], "unit": "oz"},
                "dimensions": {**record["dimensions"], "unit": "in"},
            }
            assert float(record["weight"]["value"]) == 12.5
            assert float(record["dimensions"]["length"]) == 10

    def test_a_label_that_names_no_order_is_looked_up_by_v2(self, double: Double) -> None:
        order = double.account.add_order("1001", items=[{"sku": "", "name": "Mug", "quantity": 1}])
        double.account.add_label(order, "1Z999")
        shop = shop_of(double, "v2")
        [record] = read_all(shop)
        assert (record["order_external_id"], record["order_number"]) == (None, "1001")
        assert record["line_items"] == [{"sku": None, "title": "Mug", "quantity": 1}]

    def test_a_key_of_the_merchants_own_is_the_orders(self, double: Double) -> None:
        order = double.account.add_order("1001", external_shipment_id="MY-ORDER-7")
        double.account.add_label(order, "1Z999")
        [record] = read_all(shop_of(double, "v2"))
        assert record["order_external_id"] == "MY-ORDER-7"

    def test_the_documented_example(self) -> None:
        record = mapping.from_v1(codec.loads((SAMPLES / "shipstation.json").read_text())["shipment"])
        assert parse_record(ShipmentRecord, {**record, "order_number": None})[1][:-1] == []
        assert record["carrier"] == "USPS"
        assert record["order_number"] == "100038-1"
        assert record["weight"]["unit"] == "oz"
        assert record["updated_at"] == "2014-10-03T13:51:33.627Z"
        assert record["ship_to"]["zip"] == "20112-3812"

    def test_returns_and_tests_are_no_parcels(self, shop: Shop, double: Double) -> None:
        order = double.account.add_order("1001")
        double.account.add_label(order, "BACK", is_return=True)
        double.account.add_label(order, "THERE")
        assert [record["tracking_number"] for record in read_all(shop)] == ["THERE"]
        assert not mapping.is_parcel({"test_label": True})
        assert not mapping.is_parcel({"status": "processing"})
        assert not mapping.is_parcel({"status": "error"})
        assert mapping.is_parcel({"status": "voided"})

    def test_movement_that_v2_knows(self, double: Double) -> None:
        order = double.account.add_order("1001", "1")
        for status in ("unknown", "in_transit", "delivered", "error"):
            double.account.add_label(order, status, tracking_status=status)
        statuses = {record["tracking_number"]: record["status"] for record in read_all(shop_of(double, "v2"))}
        assert statuses == {
            "unknown": "label_created",
            "in_transit": "in_transit",
            "delivered": "delivered",
            "error": "label_created",
        }

    @pytest.mark.parametrize(
        ("weights", "total"),
        [
            ([], None),
            ([{"value": 1, "unit": "pound"}, {"value": 2.5, "unit": "pound"}], {"value": "3.5", "unit": "lb"}),
            ([{"value": 1, "unit": "pound"}, {"value": 2, "unit": "ounce"}], None),
            ([{"value": None, "unit": "pound"}], None),
            ([{"value": 3, "unit": "stone"}], {"value": "3", "unit": "stone"}),
        ],
    )
    def test_weight_of_all_packages_in_one_unit(self, weights: list[Any], total: Any) -> None:
        record = mapping.from_v2({"label_id": "se-1", "packages": [{"weight": weight} for weight in weights]})
        found = record["weight"]
        assert (found and {**found, "value": str(found["value"])}) == total


class TestReading:
    def test_pages(self, shop: Shop, double: Double) -> None:
        order = double.account.add_order("1001", "1")
        for number in range(230):
            double.account.add_label(order, f"N{number}")
        first = labels.read_labels(shop, LONG_AGO, None)
        assert (len(first.shipments), first.total) == (100, 230)
        assert len({record["external_id"] for record in read_all(shop)}) == 230

    def test_only_what_was_made_since(self, shop: Shop, double: Double) -> None:
        order = double.account.add_order("1001", "1")
        double.account.add_label(order, "OLD", created_at="2026-01-01T00:00:00.000Z")
        double.account.add_label(order, "NEW", created_at="2026-07-01T00:00:00.000Z")
        assert [each["tracking_number"] for each in read_all(shop, "2026-06-30T23:59:00.000Z")] == ["NEW"]

    def test_an_idle_poll_is_one_call_and_an_hourly_look_at_voids(self, shop: Shop, double: Double) -> None:
        read_all(shop)
        assert len(double.calls) == 2
        double.calls.clear()
        assert read_all(shop, clock.timestamp()) == []
        assert len(double.calls) == 1

    def test_a_voided_label_is_a_cancelled_shipment_within_the_hour(self, shop: Shop, double: Double) -> None:
        start = clock.now()
        with travel(start, tick=False):
            order = double.account.add_order("1001", "1")
            label = double.account.add_label(order, "1Z999", created_at=clock.timestamp(start - timedelta(days=9)))
            read_all(shop)
        with travel(start + timedelta(minutes=50), tick=False):
            label["voided_at"] = clock.timestamp()
            assert read_all(shop, clock.timestamp(start)) == []
        with travel(start + timedelta(minutes=65), tick=False):
            [record] = read_all(shop, clock.timestamp(start + timedelta(minutes=40)))
            assert record["status"] == "cancelled"
            assert clock.normalise(record["updated_at"])[:19] == label["voided_at"][:19]

    def test_a_shop_that_forgot_when_it_looked_loses_no_void(self, shop: Shop, double: Double) -> None:
        start = clock.now()
        with travel(start, tick=False):
            label = double.account.add_label(double.account.add_order("1001", "1"), "1Z999")
            read_all(shop)
        with travel(start + timedelta(minutes=10), tick=False):
            label["voided_at"] = clock.timestamp()
        with travel(start + timedelta(minutes=55), tick=False):
            shop.memory.clear()
            statuses = [record["status"] for record in read_all(shop, clock.timestamp(start + timedelta(minutes=45)))]
            assert statuses == ["cancelled"]

    def test_many_voids_end_where_the_recent_ones_do(self, double: Double) -> None:
        order = double.account.add_order("1001", "1")
        for number in range(350):
            voided = "2026-01-01T00:00:00.000Z" if number < 200 else clock.timestamp()
            double.account.add_label(order, f"N{number}", created_at="2025-12-01T00:00:00.000Z", voided_at=voided)
        shop = shop_of(double, "v2")
        found = read_all(shop, clock.timestamp(clock.now() - timedelta(hours=1)))
        assert len(found) == 150
        # Made: one call. Voided: two pages with recent ones, and one without.
        assert double.calls == ["GET /v2/labels"] * 4

    def test_an_unreadable_label_costs_itself(self, double: Double) -> None:
        good: dict[str, Any] = {"label_id": "se-2", "external_order_id": "1", "packages": [], "ship_to": None}
        broken: list[Any] = [{**good, "label_id": "se-1", "packages": [3]}, {"packages": "x", "external_order_id": "1"}]
        body = codec.dumps({"labels": [*broken, good, "no label"], "pages": 1}).encode()
        double.instead = lambda path: Response(200, {}, body)
        page = labels.read_labels(shop_of(double, "v2"), LONG_AGO, None)
        assert [record["external_id"] for record in page.shipments] == ["2"]
        assert [each.external_id for each in page.unreadable] == ["1", ""]


class TestLimit:
    def test_v1_is_never_asked_once_its_minute_is_used_up(self, double: Double) -> None:
        at = clock.now()
        double.api.clock = lambda: clock.now().timestamp()
        shop = shop_of(double, "v1")
        with travel(at, tick=False):
            for _ in range(40):
                labels.read_labels(shop, LONG_AGO, None)
            for _ in range(2):
                with pytest.raises(RateLimited) as raised:
                    labels.read_labels(shop, LONG_AGO, None)
                assert 59 < raised.value.retry_after <= 60
            assert len(double.calls) == 40
        with travel(at + timedelta(seconds=61), tick=False):
            labels.read_labels(shop, LONG_AGO, None)

    @pytest.mark.parametrize("version", ["v1", "v2"])
    def test_a_limit_that_others_used_up_waits_as_told(self, double: Double, version: str) -> None:
        double.api.clock = lambda: 0.0
        for _ in range({"v1": 40, "v2": 200}[version]):
            double.api._count(version)
        with pytest.raises(RateLimited) as raised:
            labels.read_labels(shop_of(double, version), LONG_AGO, None)
        assert raised.value.retry_after == 60


class TestPacific:
    @given(st.integers(1_200_000_000, 2_840_000_000))
    def test_is_los_angeles(self, seconds: int) -> None:
        utc = datetime.fromtimestamp(seconds, UTC)
        local = utc.astimezone(ZoneInfo("America/Los_Angeles"))
        assert to_pacific(clock.timestamp(utc)) == local.strftime("%Y-%m-%d %H:%M:%S")
        back = from_pacific(local.strftime("%Y-%m-%dT%H:%M:%S.0000000"))
        assert back in (clock.timestamp(utc), clock.timestamp(utc - timedelta(hours=1)))
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
            assert back == clock.timestamp(utc)

    def test_a_time_with_an_offset_is_taken_as_it_is(self) -> None:
        assert from_pacific("2014-10-03T06:51:33Z") == "2014-10-03T06:51:33.000Z"
        with pytest.raises(ValueError, match="not an ISO"):
            from_pacific("yesterday")
