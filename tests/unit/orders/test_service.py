"""What other rooms use of orders: finding one in the organization, and changing one from our side."""

from typing import Any

import pytest

from chalicelib.bridges import holdings
from chalicelib.orders import customer_orders, service, tokens
from chalicelib.organizations.principals import Actor
from chalicelib.privacy.identity import customer_id
from chalicelib.table.pages import Window
from chalicelib.table.transaction import ConditionFailed
from tests.support.account import everything
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, order

CUSTOMER = Actor("customer", "session-1")


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    merchant = Merchant.of(acme)
    merchant.sync(order(1, ordered_at="2026-01-01"), order(2, ordered_at="2026-01-02"))
    return merchant


def orders_of(merchant: Merchant, email: str) -> list[str]:
    org = merchant.acme.organization_id
    found, total = customer_orders.list_page(org, customer_id(org, email), Window(10))
    assert total == len(found)
    return [each.document["external_id"] for each in found]


def stored(merchant: Merchant, number: int = 1) -> service.StoredOrder:
    return service.get(merchant.acme.organization_id, merchant.session.end_user_id, merchant.order(number)["id"])


class TestFinding:
    def test_anywhere_in_the_organization(self, merchant: Merchant) -> None:
        order_id = merchant.order(1)["id"]
        found = service.find_anywhere(merchant.acme.organization_id, order_id)
        assert found is not None
        assert (found.id, found.end_user_id, found.status) == (order_id, merchant.session.end_user_id, "pending")
        assert service.find_anywhere(Acme.create().organization_id, order_id) is None

    def test_not_orders_of_a_deleted_bridge(self, merchant: Merchant) -> None:
        order_id, token = merchant.order(1)["id"], stored(merchant).tracking_token
        merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}")
        assert service.find_anywhere(merchant.acme.organization_id, order_id) is None
        assert service.find_by_token(merchant.acme.organization_id, token) is None
        assert orders_of(merchant, "jane@example.com") == []

    def test_an_order_being_moved_is_found_with_its_new_owner_only(self, merchant: Merchant) -> None:
        order_id = merchant.order(1)["id"]
        new_owner = merchant.acme.session("merchant-2")
        merchant.acme.server.patch(f"/api/v1/bridges/{merchant.bridge_id}", {"end_user_id": new_owner.end_user_id})
        assert service.find_anywhere(merchant.acme.organization_id, order_id) is None
        clean_up()
        found = service.find_anywhere(merchant.acme.organization_id, order_id)
        assert found is not None
        assert found.end_user_id == new_owner.end_user_id
        assert orders_of(merchant, "jane@example.com") == ["ext-2", "ext-1"]

    def test_orders_of_a_deleted_end_user_stay_with_the_organization(self, merchant: Merchant) -> None:
        order_id = merchant.order(1)["id"]
        merchant.acme.server.delete(f"{EMBED}/users/{merchant.session.end_user_id}")
        clean_up()
        assert service.find_anywhere(merchant.acme.organization_id, order_id) is not None

    def test_by_tracking_token(self, merchant: Merchant) -> None:
        org = merchant.acme.organization_id
        order_ = stored(merchant)
        found = service.find_by_token(org, order_.tracking_token)
        assert found is not None
        assert found.id == order_.id
        forged = tokens.join(order_.id, tokens.new_secret())
        for wrong in (forged, order_.tracking_token[:-1], "", "ü", order_.tracking_token + "A"):
            assert service.find_by_token(org, wrong) is None

    def test_the_token_outlives_changes(self, merchant: Merchant) -> None:
        token = stored(merchant).tracking_token
        merchant.sync(order(1, notes="x", status="shipped"))
        assert stored(merchant).tracking_token == token


class TestChanging:
    def test_a_status_change_is_counted_and_recorded(self, merchant: Merchant) -> None:
        changed = service.change_status(stored(merchant), "cancelled", CUSTOMER, note="Too late")
        assert changed.status == "cancelled"
        activity = merchant.order(1)["activities"][0]
        assert (activity["from"], activity["to"], activity["actor_type"]) == ("pending", "cancelled", "customer")
        assert activity["metadata"] == {"note": "Too late"}
        assert merchant.orders("?status=cancelled")["pagination"]["total"] == 1
        kinds = sorted(event["event_type"] for event in merchant.events("order.") if event["resource_id"] == changed.id)
        assert kinds == ["order.created", "order.status_changed", "order.updated"]
        check(merchant)

    def test_of_two_at_once_one_wins(self, merchant: Merchant) -> None:
        first, second = stored(merchant), stored(merchant)
        service.change_status(first, "cancelled", CUSTOMER)
        with pytest.raises(ConditionFailed):
            service.change_status(second, "on_hold", CUSTOMER)
        assert merchant.order(1)["status"] == "cancelled"
        check(merchant)

    def test_later_records_of_the_source_apply_again(self, merchant: Merchant) -> None:
        service.change_status(stored(merchant), "on_hold", CUSTOMER)
        record: Any = order(1, ordered_at="2026-01-01")
        assert merchant.sync(record)["orders"]["updated"] == 1
        assert merchant.order(1)["status"] == "pending"

    def test_an_order_of_a_deleted_end_user_counts_for_the_bridge_alone(self, merchant: Merchant) -> None:
        org, user = merchant.acme.organization_id, merchant.session.end_user_id
        first, second = stored(merchant), stored(merchant, 2)
        merchant.acme.server.delete(f"{EMBED}/users/{user}")
        # Before and after the end user's counters are gone.
        service.change_status(second, "cancelled", CUSTOMER)
        clean_up()
        assert service.change_status(first, "cancelled", CUSTOMER).status == "cancelled"
        assert [row for row in everything() if (row["pk"]["S"], row["sk"]["S"]) == (f"EU#{org}#{user}", "STATS")] == []
        (holding,) = holdings.holdings(org, merchant.bridge_id)
        assert holding.left == {"o#cancelled": 2}
        new_owner = Merchant.of(merchant.acme, "merchant-2")
        merchant.acme.server.patch(
            f"/api/v1/bridges/{merchant.bridge_id}", {"end_user_id": new_owner.session.end_user_id}
        )
        clean_up()
        assert new_owner.orders("?status=cancelled")["pagination"]["total"] == 2
        check(new_owner, log=False)
