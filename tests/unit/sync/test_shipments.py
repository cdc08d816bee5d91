"""How the Sync API creates and updates shipments, and links them to their orders."""

from typing import Any

import pytest

from tests.support.factories import EMBED, Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, order, shipment

PICKED_UP = {"status": "picked_up", "checkpoint_time": "2026-01-15T14:00:00Z", "location": "Los Angeles, CA"}
DEPARTED = {
    "status": "in_transit",
    "status_detail": "Departed facility",
    "checkpoint_time": "2026-01-16T08:00:00Z",
    "location": "Chicago, IL",
    "city": "Chicago",
    "postal_code": "60601",
    "latitude": 41.8781,
    "longitude": -87.6298,
    "carrier_status_code": "DP",
}


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def kinds(merchant: Merchant) -> list[str]:
    return [event["event_type"] for event in merchant.events() if event["resource_type"] == "shipment"]


class TestUpsert:
    def test_created_then_unchanged_then_updated(self, merchant: Merchant) -> None:
        assert merchant.sync(shipments=[shipment()])["shipments"] == counted(created=1)
        assert merchant.sync(shipments=[shipment()])["shipments"] == counted(unchanged=1)
        assert merchant.sync(shipments=[shipment(service="air")])["shipments"] == counted(updated=1)
        assert merchant.shipment()["service"] == "air"
        check(merchant)

    def test_absent_fields_keep_their_value_and_null_clears(self, merchant: Merchant) -> None:
        merchant.sync(shipments=[shipment(checkpoints=[PICKED_UP])])
        merchant.sync(shipments=[{"external_id": "shp-1001", "weight": None, "ship_to": None, "carrier": None}])
        kept = merchant.shipment()
        assert (kept["weight"], kept["ship_to"], kept["carrier"], kept["carrier_name"]) == (None, None, None, None)
        assert (kept["tracking_number"], len(kept["checkpoints"])) == ("1Z999AA10123456784", 1)
        merchant.sync(shipments=[{"external_id": "shp-1001", "checkpoints": None}])
        assert merchant.shipment()["checkpoints"] == []

    @pytest.mark.parametrize(
        ("sent", "slug"),
        [("UPS", "ups"), ("Royal Mail", "royal_mail"), ("DHL--Express (DE)", "dhl_express_de"), ("fedex", "fedex")],
    )
    def test_a_carrier_is_stored_as_a_slug_with_its_name(self, merchant: Merchant, sent: str, slug: str) -> None:
        merchant.sync(shipments=[shipment(carrier=sent)])
        assert (merchant.shipment()["carrier"], merchant.shipment()["carrier_name"]) == (slug, sent)

    def test_dates_go_out_as_they_came(self, merchant: Merchant) -> None:
        dates: dict[str, Any] = {
            "ship_date": "2026-03-19T08:00:00Z",
            "estimated_delivery": "2026-03-22",
            "actual_delivery": None,
        }
        merchant.sync(shipments=[shipment(**dates)])
        assert {name: merchant.shipment()[name] for name in dates} == dates

    def test_an_older_record_is_unchanged(self, merchant: Merchant) -> None:
        merchant.sync(shipments=[shipment(status="delivered", updated_at="2026-01-20T12:00:00Z")])
        stale = shipment(status="in_transit", updated_at="2026-01-19T12:00:00Z")
        assert merchant.sync(shipments=[stale])["shipments"] == counted(unchanged=1)
        assert merchant.shipment()["status"] == "delivered"


class TestCheckpoints:
    def test_are_merged_deduplicated_and_kept_oldest_first(self, merchant: Merchant) -> None:
        merchant.sync(shipments=[shipment(checkpoints=[DEPARTED])])
        merchant.sync(
            shipments=[shipment(checkpoints=[PICKED_UP, {**DEPARTED, "checkpoint_time": "2026-01-16T09:00:00+01:00"}])]
        )
        assert [c["status"] for c in merchant.shipment()["checkpoints"]] == ["picked_up", "in_transit"]

    def test_a_later_record_fills_in_missing_fields(self, merchant: Merchant) -> None:
        bare = {name: DEPARTED[name] for name in ("status", "checkpoint_time", "location")}
        merchant.sync(shipments=[shipment(checkpoints=[bare])])
        before = merchant.shipment()["checkpoints"][0]
        merchant.sync(shipments=[shipment(checkpoints=[DEPARTED])])
        (after,) = merchant.shipment()["checkpoints"]
        assert after["status_detail"] == "Departed facility"
        assert (after["id"], after["created_at"]) == (before["id"], before["created_at"])
        assert kinds(merchant).count("tracking.updated") == 1

    def test_the_documented_shape(self, merchant: Merchant) -> None:
        merchant.sync(shipments=[shipment(checkpoints=[DEPARTED])])
        (shown,) = merchant.shipment()["checkpoints"]
        assert set(shown) == {*DEPARTED, "id", "state", "country", "created_at"}

    def test_new_ones_are_recorded_in_an_event(self, merchant: Merchant) -> None:
        from tests.unit.sync.test_orders import logged_data

        merchant.sync(shipments=[shipment(checkpoints=[PICKED_UP])])
        merchant.sync(shipments=[shipment(checkpoints=[PICKED_UP, DEPARTED])])
        recorded = [data for kind, data in logged_data() if kind == "tracking.updated"]
        assert sorted(c["status"] for data in recorded for c in data["checkpoints"]) == ["in_transit", "picked_up"]
        assert recorded[0]["tracking_number"] == "1Z999AA10123456784"


class TestEvents:
    @pytest.mark.parametrize(
        ("statuses", "expected"),
        [
            (["label_created"], ["shipment.created"]),
            (["in_transit"], ["shipment.created", "shipment.shipped"]),
            (
                ["label_created", "picked_up", "in_transit"],
                ["shipment.created", "shipment.shipped", "shipment.updated"],
            ),
            (["in_transit", "delivered"], ["shipment.created", "shipment.shipped", "shipment.delivered"]),
            (["delivered"], ["shipment.created", "shipment.delivered"]),
            (
                ["in_transit", "exception", "in_transit", "exception"],
                [
                    "shipment.created",
                    "shipment.shipped",
                    "shipment.exception",
                    "shipment.updated",
                    "shipment.exception",
                ],
            ),
            (["delivered", "in_transit"], ["shipment.created", "shipment.delivered"]),
        ],
    )
    def test_follow_the_statuses(self, merchant: Merchant, statuses: list[str], expected: list[str]) -> None:
        for status in statuses:
            merchant.sync(shipments=[shipment(status=status)])
        assert sorted(kinds(merchant)) == sorted(expected)
        check(merchant)


class TestLinking:
    def test_links_to_the_order_of_its_own_bridge(self, merchant: Merchant) -> None:
        merchant.sync(order(), shipments=[shipment()])
        assert merchant.shipment()["order_id"] == merchant.order()["id"]
        (shown,) = merchant.order()["shipments"]
        expected = {"tracking_number": "1Z999AA10123456784", "carrier": "ups", "status": "label_created"}
        assert shown == {"id": merchant.shipment()["id"], **expected}

    def test_links_to_the_order_of_another_bridge(self, merchant: Merchant) -> None:
        shop = merchant.another()
        shop.sync(order())
        merchant.sync(shipments=[shipment()])
        assert merchant.shipment()["order_id"] == merchant.order()["id"]
        check(merchant)

    def test_prefers_the_order_of_its_own_bridge(self, merchant: Merchant) -> None:
        shop = merchant.another()
        shop.sync(order())
        merchant.sync(order(), shipments=[shipment()])
        linked = merchant.client.get(f"{EMBED}/orders/{merchant.shipment()['order_id']}").data
        assert linked["bridge_id"] == merchant.bridge_id

    def test_an_unlinked_shipment_is_linked_when_its_order_arrives(self, merchant: Merchant) -> None:
        merchant.sync(shipments=[shipment(), shipment(2, order_external_id="ext-1001")])
        assert merchant.shipment()["order_id"] is None
        check(merchant)
        merchant.another().sync(order())
        assert {s["order_id"] for s in merchant.shipments()["data"]} == {merchant.order()["id"]}
        assert len(merchant.order()["shipments"]) == 2
        check(merchant)

    def test_the_order_shows_the_shipments_current_status(self, merchant: Merchant) -> None:
        merchant.sync(order(), shipments=[shipment()])
        merchant.sync(shipments=[shipment(status="delivered")])
        assert merchant.order()["shipments"][0]["status"] == "delivered"

    def test_its_creation_is_an_activity_of_the_order(self, merchant: Merchant) -> None:
        merchant.sync(order(), shipments=[shipment()])
        activity = merchant.order()["activities"][0]
        assert activity["activity_type"] == "shipment_created"
        assert activity["description"] == "UPS 1Z999AA10123456784"
        assert activity["metadata"] == {"shipment_id": merchant.shipment()["id"]}

    def test_a_shipment_may_change_its_order(self, merchant: Merchant) -> None:
        merchant.sync(order(1), order(2), shipments=[shipment(1)])
        merchant.sync(shipments=[shipment(1, order_external_id="ext-2")])
        assert merchant.order(1)["shipments"] == []
        assert len(merchant.order(2)["shipments"]) == 1
        merchant.sync(shipments=[shipment(1, order_external_id=None)])
        assert merchant.order(2)["shipments"] == []
        merchant.sync(shipments=[shipment(1, order_external_id="ext-3")])
        check(merchant)
        merchant.sync(order(3))
        assert len(merchant.order(3)["shipments"]) == 1
        check(merchant)

    def test_a_record_that_names_no_order_leaves_the_link_unchanged(self, merchant: Merchant) -> None:
        merchant.sync(order(), shipments=[shipment()])
        merchant.sync(shipments=[shipment(status="delivered", order_external_id=...)])
        assert merchant.shipment()["order_id"] == merchant.order()["id"]
        assert [shown["status"] for shown in merchant.order()["shipments"]] == ["delivered"]
        merchant.sync(shipments=[shipment(order_external_id=None)])
        assert merchant.shipment()["order_id"] is None
        assert merchant.order()["shipments"] == []
        check(merchant)

    def test_does_not_link_to_another_end_users_order(self, merchant: Merchant) -> None:
        merchant.sync(order())
        other = Merchant.of(merchant.acme, "merchant-2")
        other.sync(shipments=[shipment()])
        assert other.shipment()["order_id"] is None

    def test_many_shipments_of_one_order_sync_at_once(self, merchant: Merchant) -> None:
        many: list[Any] = [shipment(n, order_external_id="ext-1001") for n in range(60)]
        assert merchant.sync(order(), shipments=many)["shipments"] == counted(created=60)
        detail = merchant.order()
        assert (len(detail["shipments"]), len(detail["activities"])) == (60, 50)
        check(merchant)

    def test_many_unlinked_shipments_are_linked_at_once(self, merchant: Merchant) -> None:
        merchant.sync(shipments=[shipment(n, order_external_id="ext-1001") for n in range(60)])
        merchant.sync(order())
        assert len(merchant.order()["shipments"]) == 60
        check(merchant)
