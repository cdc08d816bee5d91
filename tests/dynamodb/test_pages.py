"""Pages for shoppers on DynamoDB's own engine: what opening one costs, and what a removal leaves."""

import pytest

from benchmarks import seed
from benchmarks.capacity import Measured, measuring
from chalicelib.tracking_pages import service
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.merchant import Merchant
from tests.support.races import at_once, requesting, statuses
from tests.support.storefront import Storefront

LINES = [{"title": "Stoneware mug", "quantity": 2, "price": 18}, {"title": "Beans", "quantity": 1, "price": 30}]


@pytest.fixture
def merchant() -> Merchant:
    return Merchant.of(Acme.create())


def tracking_page(merchant: Merchant) -> str:
    merchant.order("1001", line_items=LINES)
    return f"/t/{merchant.page(merchant.shipment(order_external_id='1001'))['token']}"


def opening(path: str, status: int = 200) -> Measured:
    Client().get(path)
    with measuring(seed.TABLE) as measured:
        assert Client().get(path).status == status
    return measured


class TestCost:
    def test_a_tracking_page_takes_two_round_trips(self, merchant: Merchant) -> None:
        cost = opening(tracking_page(merchant))
        assert (cost.trips, cost.written) == (2, 2)
        assert cost.read <= 5

    def test_its_order_takes_a_third(self, merchant: Merchant) -> None:
        path = tracking_page(merchant)
        merchant.acme.configure(settings={"trackingPageShowsItems": True})
        cost = opening(path)
        assert (cost.trips, cost.written) == (3, 2)
        assert cost.read <= 7

    def test_a_brand_costs_nothing(self, merchant: Merchant) -> None:
        path = tracking_page(merchant)
        plain = opening(path)
        body = {"branding": {"company_name": "Bean Shop"}, "support": {"email": "help@beans.example"}}
        merchant.acme.server.patch(f"{EMBED}/users/{merchant.end_user_id}", body)
        branded = opening(path)
        assert (branded.trips, branded.read, branded.written) == (plain.trips, plain.read, plain.written)

    def test_an_order_page_takes_three_round_trips(self) -> None:
        shop = Storefront(Acme.create())
        shop.order("1", status="processing", payment_status="paid")
        shipment = {"external_id": "s", "order_external_id": "ext-1", "status": "in_transit", "carrier": "ups"}
        shop.sync([], [{**shipment, "tracking_number": "1Z"}])
        token = shop.customer().get("/storefront/v1/orders/1").json["trackingToken"]
        cost = opening(f"/o/{shop.acme.organization_id}/{token}")
        assert (cost.trips, cost.written) == (3, 1)
        assert cost.read <= 8


class TestRemoval:
    def test_leaves_a_token_that_says_gone(self, merchant: Merchant) -> None:
        path = tracking_page(merchant)
        merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge['id']}")
        while service.remove_of_bridge(merchant.acme.organization_id, merchant.bridge["id"]):
            pass
        cost = opening(path, 410)
        assert cost.trips == 2
        assert cost.written == 1

    def test_concurrent_removals_are_counted_once(self, merchant: Merchant) -> None:
        tracking_page(merchant)
        gone = (merchant.acme.organization_id, merchant.bridge["id"])
        at_once([lambda: service.remove_of_bridge(*gone) for _ in range(4)])
        merchant.reopen()
        assert merchant.client.get(f"{EMBED}/tracking-pages?page=1").json["pagination"]["total"] == 0


def test_concurrent_changes_of_a_brand_both_hold(merchant: Merchant) -> None:
    path = f"{EMBED}/users/{merchant.end_user_id}"
    bodies = ({"branding": {"company_name": "Bean Shop"}}, {"support": {"email": "help@beans.example"}})
    calls = [requesting(merchant.acme.server, "PATCH", path, body) for body in bodies * 2]
    assert statuses(at_once(calls)) == {200: 4}
    shown = merchant.acme.server.get(path).data
    assert shown["branding"]["company_name"] == "Bean Shop"
    assert shown["support"]["email"] == "help@beans.example"
