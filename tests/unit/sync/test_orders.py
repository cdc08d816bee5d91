"""How the Sync API creates and updates orders."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine

from tests.support.factories import EMBED, Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, order


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


class TestUpsert:
    def test_a_new_order_is_created(self, merchant: Merchant) -> None:
        answer = merchant.sync(order())
        assert answer == {"orders": counted(created=1), "shipments": counted(), "errors": [], "warnings": []}
        assert merchant.orders()["pagination"]["total"] == 1

    def test_the_same_again_changes_nothing(self, merchant: Merchant) -> None:
        merchant.sync(order())
        before = merchant.order()
        assert merchant.sync(order())["orders"] == counted(unchanged=1)
        assert merchant.order() == before

    def test_a_difference_is_an_update(self, merchant: Merchant) -> None:
        merchant.sync(order())
        assert merchant.sync(order(notes="Ring twice"))["orders"] == counted(updated=1)
        assert merchant.order()["notes"] == "Ring twice"

    def test_the_same_values_written_differently_change_nothing(self, merchant: Merchant) -> None:
        merchant.sync(order())
        same = order(currency="usd", ordered_at="2026-01-15T11:30:00+01:00", totals=...)
        assert merchant.sync(same)["orders"] == counted(unchanged=1)

    def test_absent_fields_keep_their_value_and_null_clears(self, merchant: Merchant) -> None:
        merchant.sync(order(notes="Ring twice", tags=["gift"]))
        merchant.sync({"external_id": "ext-1001", "status": "processing"})
        kept = merchant.order()
        assert (kept["notes"], kept["tags"], kept["status"]) == ("Ring twice", ["gift"], "processing")
        merchant.sync(
            {"external_id": "ext-1001", "notes": None, "tags": None, "shipping_address": None, "status": None}
        )
        cleared = merchant.order()
        assert (cleared["notes"], cleared["tags"], cleared["shipping_address"]) == (None, [], None)
        assert cleared["status"] == "pending"

    def test_an_older_record_is_unchanged(self, merchant: Merchant) -> None:
        merchant.sync(order(status="shipped", updated_at="2026-01-16T12:00:00Z"))
        stale = order(status="processing", updated_at="2026-01-16T11:59:59.999Z")
        assert merchant.sync(stale)["orders"] == counted(unchanged=1)
        assert merchant.order()["status"] == "shipped"

    def test_the_sources_own_time_is_stored_without_an_update(self, merchant: Merchant) -> None:
        merchant.sync(order(updated_at="2026-01-16T12:00:00Z"))
        assert merchant.sync(order(updated_at="2026-01-16T14:00:00Z"))["orders"] == counted(unchanged=1)
        assert merchant.sync(order(status="shipped", updated_at="2026-01-16T13:00:00Z"))["orders"] == counted(
            unchanged=1
        )
        assert len(merchant.events("order.")) == 1

    def test_of_two_records_with_one_id_the_last_wins(self, merchant: Merchant) -> None:
        answer = merchant.sync(order(notes="first"), order(2), order(notes="last"))
        assert answer["orders"] == counted(created=2, unchanged=1)
        assert merchant.order()["notes"] == "last"

    def test_one_external_id_in_two_bridges_is_two_orders(self, merchant: Merchant) -> None:
        merchant.sync(order())
        merchant.another().sync(order())
        assert merchant.orders()["pagination"]["total"] == 2

    def test_a_hundred_orders_come_in_at_once(self, merchant: Merchant) -> None:
        assert merchant.sync(*[order(n) for n in range(100)])["orders"] == counted(created=100)
        check(merchant)

    def test_more_than_a_hundred_are_refused(self, merchant: Merchant) -> None:
        reply = merchant.try_sync(orders=[order(n) for n in range(101)])
        assert reply.status == 422

    def test_an_order_cancelled_here_stays_cancelled_until_it_ships(self, merchant: Merchant) -> None:
        from chalicelib.orders import service
        from chalicelib.organizations.principals import Actor

        merchant.sync(order())
        found = service.get(merchant.acme.organization_id, merchant.session.end_user_id, merchant.order()["id"])
        service.change_status(found, "cancelled", Actor("customer"))
        for status in ("pending", "confirmed", "processing"):
            merchant.sync(order(status=status, notes=status))
            assert merchant.order()["status"] == "cancelled"
        merchant.sync(order(status="shipped"))
        assert merchant.order()["status"] == "shipped"
        check(merchant)

    def test_an_order_cancelled_by_its_source_may_be_reopened(self, merchant: Merchant) -> None:
        merchant.sync(order(status="cancelled"))
        merchant.sync(order(status="processing"))
        assert merchant.order()["status"] == "processing"


class TestShape:
    def test_the_documented_example(self, merchant: Merchant) -> None:
        with time_machine.travel("2026-01-15T10:31:00Z", tick=False):
            merchant = Merchant.of(merchant.acme, "merchant-2", type="shopify", config=SHOPIFY)
            merchant.sync(order(customer={"name": "Jane Doe", "email": "jane@example.com"}))
            listed = merchant.orders()["data"][0]
            detail = merchant.client.get(f"{EMBED}/orders/{listed['id']}").data
        summary = {
            "id": listed["id"],
            "order_number": "ORD-1001",
            "external_id": "ext-1001",
            "status": "pending",
            "fulfillment_status": "unfulfilled",
            "payment_status": "paid",
            "customer": {"name": "Jane Doe", "email": "jane@example.com"},
            "totals": {"subtotal": 45, "tax": Decimal("4.99"), "total": Decimal("49.99")},
            "currency": "USD",
            "ordered_at": "2026-01-15T10:30:00.000Z",
            "bridge_id": merchant.bridge_id,
            "created_at": "2026-01-15T10:31:00.000Z",
            "updated_at": "2026-01-15T10:31:00.000Z",
        }
        assert listed == {**summary, "source_deleted_at": None, "shipments": []}
        activity = detail["activities"][0]
        assert detail == {
            **summary,
            "source_deleted_at": None,
            "customer": {"name": "Jane Doe", "email": "jane@example.com", "phone": None},
            "line_items": [{"title": "Widget", "sku": "WID-7", "quantity": 2, "price": Decimal("22.5")}],
            "shipping_address": {
                "address1": "123 Main St",
                "city": "Anytown",
                "state": "CA",
                "zip": "90210",
                "country": "US",
            },
            "billing_address": None,
            "tags": [],
            "notes": None,
            "shipments": [],
            "allowed_actions": [
                {"action_type": name, "until": None}
                for name in ("cancel", "hold", "expedite", "address_change", "note", "other")
            ],
            "activities": [
                {
                    "id": activity["id"],
                    "activity_type": "status_change",
                    "title": "Order created",
                    "description": "Synced from Shopify",
                    "actor_type": "system",
                    "metadata": {"source": "Shopify"},
                    "created_at": "2026-01-15T10:31:00.000Z",
                    "type": "status_change",
                    "from": None,
                    "to": "pending",
                    "timestamp": "2026-01-15T10:31:00.000Z",
                }
            ],
        }

    def test_money_keeps_its_digits(self, merchant: Merchant) -> None:
        raw = '{"orders": [{"external_id": "m", "totals": {"total": 0.10, "tax": 1234567890123.45, "discount": 1e2}}]}'
        merchant.acme.server.post(f"/api/v1/bridges/{merchant.bridge_id}/sync", raw)
        text = merchant.client.get(f"{EMBED}/orders").text
        assert '"totals":{"tax":1234567890123.45,"discount":100,"total":0.10}' in text

    def test_a_sparse_order_has_every_field(self, merchant: Merchant) -> None:
        merchant.sync({"external_id": "sparse"})
        listed = merchant.orders()["data"][0]
        assert listed["customer"] == {"name": None, "email": None}
        assert (listed["order_number"], listed["currency"], listed["totals"]) == (None, None, {})
        assert listed["ordered_at"] == listed["created_at"]


class TestActivitiesAndEvents:
    def test_a_status_change_records_both_statuses(self, merchant: Merchant) -> None:
        merchant.sync(order())
        merchant.sync(order(status="processing"))
        activity = merchant.order()["activities"][0]
        assert activity["activity_type"] == activity["type"] == "status_change"
        assert (activity["from"], activity["to"]) == ("pending", "processing")
        assert activity["timestamp"] == activity["created_at"]
        kinds = [event["event_type"] for event in merchant.events("order.")]
        assert sorted(kinds) == ["order.created", "order.status_changed", "order.updated"]

    def test_notes_and_other_changes_have_activity_types_of_their_own(self, merchant: Merchant) -> None:
        merchant.sync(order())
        merchant.sync(order(notes="Ring twice"))
        merchant.sync(order(notes="Ring twice", payment_status="refunded"))
        newest, note, _ = merchant.order()["activities"]
        assert (newest["activity_type"], newest["metadata"]) == ("sync", {"fields": ["payment_status"]})
        assert (note["activity_type"], note["description"]) == ("note_added", "Ring twice")

    def test_the_newest_fifty_activities_are_shown(self, merchant: Merchant) -> None:
        merchant.sync(order())
        for n in range(55):
            merchant.sync(order(tags=[str(n)]))
        activities = merchant.order()["activities"]
        assert len(activities) == 50
        assert "Order created" not in {activity["title"] for activity in activities}
        assert activities == sorted(activities, key=lambda a: a["created_at"], reverse=True)

    def test_events_carry_the_order_as_the_list_shows_it(self, merchant: Merchant) -> None:
        merchant.sync(order())
        merchant.sync(order(status="shipped"))
        data = {kind: value for kind, value in logged_data() if kind.startswith("order.")}
        listed = merchant.orders()["data"][0]
        assert (listed.pop("shipments"), listed.pop("source_deleted_at")) == ([], None)
        assert data["order.updated"] == listed
        assert data["order.status_changed"] == {**listed, "previous_status": "pending"}


SHOPIFY = {"shopDomain": "mystore.myshopify.com", "accessToken": "shpat_1", "shop": "mystore.myshopify.com"}


def logged_data() -> list[tuple[str, Any]]:
    from chalicelib.kit import codec
    from tests.support.account import everything

    rows = [row for row in everything() if row["pk"]["S"].startswith("EV#") and "d" in row]
    return [(row["t"]["S"], codec.loads(row["d"]["S"])) for row in rows]
