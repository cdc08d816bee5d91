"""Erasing a customer removes everything that names them and nothing else, even if it is interrupted."""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.erasures import (
    EMAIL,
    ERASE,
    PERSON,
    erase,
    erased_with_a_crash,
    naming,
    order,
    run_cleanup,
    shipment,
)
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.pipeline import Pipeline
from tests.support.storefront import SHOP, Storefront, order_record


class TestErasing:
    def test_nothing_in_the_table_names_the_customer_any_more(self, shop: Storefront, acme: Acme) -> None:
        pipeline = Pipeline()
        shop.sync([order("1001"), order("1002")], [shipment("1001")])
        shop.sync([order("1001", status="processing")])
        shop.sync([order("1001", notes="Jane Doe called again")])
        shop.customer(EMAIL)
        shop.client.post(f"{SHOP}/orders/access/request", {"orderNumber": "1001", "email": EMAIL})
        assert naming(PERSON)

        erase(shop, "jane.doe@EXAMPLE.com ")
        run_cleanup(pipeline)

        assert naming(PERSON) == []

    def test_amounts_statuses_history_and_places_stay(self, shop: Storefront) -> None:
        shop.sync([order()], [shipment()])
        before = shop.session.client.get(f"{EMBED}/orders").data[0]
        stats = shop.session.client.get(f"{EMBED}/orders").json["pagination"]["total"]

        erase(shop)
        run_cleanup(Pipeline())

        listed = shop.session.client.get(f"{EMBED}/orders")
        assert listed.json["pagination"]["total"] == stats
        assert listed.data[0] == {**before, "customer": {"name": None, "email": None}}
        detail = shop.session.client.get(f"{EMBED}/orders/{before['id']}").data
        place = {"city": "Anytown", "state": "CA", "zip": "90210", "country": "US"}
        assert detail["shipping_address"] == detail["billing_address"] == place
        assert detail["totals"]["total"] == Decimal("49.99")
        assert detail["notes"] == "Call [erased] at [erased] or write to [erased]"
        assert [activity["activity_type"] for activity in detail["activities"]] == ["shipment_created", "status_change"]
        stored_shipment = shop.session.client.get(f"{EMBED}/shipments/{detail['shipments'][0]['id']}").data
        assert stored_shipment["ship_to"] == place
        assert stored_shipment["ship_from"]["name"] == "Warehouse"
        assert stored_shipment["checkpoints"][0]["status_detail"] is None

    def test_other_customers_and_other_organizations_are_left_alone(self, shop: Storefront) -> None:
        other = Storefront(Acme.create())
        shop.sync([order("1"), order_record("2", "eve@example.com")])
        other.sync([order("1")])
        erase(shop)
        run_cleanup(Pipeline())
        assert shop.customer("eve@example.com").get(f"{SHOP}/orders").json["total"] == 1
        assert other.customer(EMAIL).get(f"{SHOP}/orders").json["items"][0]["orderNumber"] == "1"

    def test_tokens_and_links_open_nothing(self, shop: Storefront) -> None:
        shop.sync([order()])
        customer = shop.customer(EMAIL)
        token = customer.get(f"{SHOP}/orders/1001").json["trackingToken"]
        assert shop.client.get(f"{SHOP}/orders/track/{token}").status == 200
        erase(shop)
        run_cleanup(Pipeline())
        assert customer.get(f"{SHOP}/orders").status == 401
        assert shop.client.get(f"{SHOP}/orders/track/{token}").status == 404
        assert shop.customer(EMAIL).get(f"{SHOP}/orders").json["total"] == 0

    def test_a_later_sync_does_not_bring_the_customer_back(self, shop: Storefront) -> None:
        shop.sync([order()], [shipment()])
        erase(shop)
        run_cleanup(Pipeline())
        shop.sync([order(status="shipped")], [{**shipment(), "status": "delivered", "service": "ground"}])
        shop.sync([order(status="delivered", notes="Jane Doe again")], [shipment()])
        assert naming(PERSON) == []
        assert shop.session.client.get(f"{EMBED}/orders").data[0]["status"] == "delivered"

    def test_the_log_records_it_without_the_address(self, shop: Storefront) -> None:
        shop.sync([order("1001"), order("1002")])
        erase(shop)
        run_cleanup(Pipeline())
        requested = shop.acme.server.get(f"{EMBED}/events?event_type=customer.erased").data
        completed = shop.acme.server.get(f"{EMBED}/events?event_type=customer.erasure_completed").data
        assert len(requested) == len(completed) == 1
        assert completed[0]["metadata"] == {"orders": 2}

    def test_erasing_an_unknown_customer_or_twice_is_no_error(self, shop: Storefront) -> None:
        pipeline = Pipeline()
        shop.sync([order()])
        for email in ("nobody@example.com", EMAIL, EMAIL):
            erase(shop, email)
            run_cleanup(pipeline)
        assert naming(PERSON) == []


class TestInterrupted:
    MOST = 40
    """More than the erasure below has writes, messages included."""

    def erase(self, shop: Storefront, at: int) -> int:
        shop.sync([order("1001"), order("1002")], [shipment("1001")])
        shop.sync([order("1001", notes="Jane Doe called"), order("1002", customer={"email": EMAIL, "name": "J. Doe"})])
        shop.customer(EMAIL)
        erase(shop)
        return erased_with_a_crash(at)

    @pytest.mark.parametrize("at", range(1, MOST))
    def test_it_continues_where_it_stopped(self, shop: Storefront, at: int) -> None:
        self.erase(shop, at)
        assert naming(PERSON) == []

    def test_no_write_is_left_out_above(self, shop: Storefront) -> None:
        assert self.erase(shop, self.MOST) < self.MOST


class TestRequest:
    def test_only_for_api_keys_with_the_scope(self, acme: Acme) -> None:
        body = {"email": EMAIL}
        assert Client().post(ERASE, body).status == 401
        assert acme.session().client.post(ERASE, body).status == 401
        weak = acme.server.post("/api/v1/api-keys", {"name": "weak", "scopes": ["bridges:sync"]}).data["key"]
        assert Client(weak).post(ERASE, body).code == "insufficient_scope"

    @pytest.mark.parametrize(("body", "field"), [({}, "email"), ({"email": " "}, "email"), ({"email": None}, "email")])
    def test_bad_bodies_name_the_field(self, acme: Acme, body: dict[str, Any], field: str) -> None:
        reply = acme.server.post(ERASE, body)
        assert (reply.status, reply.fields) == (422, [field])
