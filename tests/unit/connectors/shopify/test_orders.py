"""Orders of a store as records: each case as the mapping's page describes it."""

from datetime import timedelta
from typing import Any

import pytest
from time_machine import travel

from chalicelib.connectors.faults import AuthFault
from chalicelib.connectors.platform import Page
from chalicelib.connectors.shop import Shop
from chalicelib.connectors.shopify import orders
from chalicelib.connectors.shopify.client import TooCostly
from chalicelib.kit import clock
from chalicelib.orders.record import OrderRecord
from chalicelib.records.parsing import parse_record
from chalicelib.shipments.record import ShipmentRecord
from tests.support.shopify.double import Double, respond
from tests.support.shopify.objects import Node, address, bag, fulfillment, line, order

pytestmark = pytest.mark.xdist_group("shopify")
LONG_AGO = "2000-01-01T00:00:00.000Z"


def read_all(shop: Shop, since: str = LONG_AGO) -> Page:
    whole = Page()
    cursor = None
    while True:
        page = orders.read_orders(shop, since, cursor)
        whole.orders.extend(page.orders)
        whole.shipments.extend(page.shipments)
        whole.unreadable.extend(page.unreadable)
        cursor = page.next
        if cursor is None:
            return whole


def mapped(shop: Shop, double: Double, made: Node) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    page = orders.read_order(shop, double.store.add(made))
    assert page is not None
    for record in page.orders:
        assert parse_record(OrderRecord, record)[1] == []
    for shipment in page.shipments:
        assert parse_record(ShipmentRecord, shipment)[1] == []
    return page.orders[0], page.shipments


class TestRecords:
    def test_a_plain_order(self, shop: Shop, double: Double) -> None:
        made = order([line("MUG-1", 2, "10.00", image={"url": "https://cdn.example/mug.png"})], tags=["vip"])
        record, shipments = mapped(shop, double, made)
        assert record == {
            "external_id": made["legacyResourceId"],
            "order_number": made["name"],
            "status": "confirmed",
            "payment_status": "paid",
            "fulfillment_status": "unfulfilled",
            "customer": {"name": "Ada Lovelace", "email": "ada@example.com", "phone": None},
            "line_items": [
                {
                    "title": "Mug MUG-1",
                    "sku": "MUG-1",
                    "quantity": 2,
                    "price": "10.00",
                    "image_url": "https://cdn.example/mug.png",
                }
            ],
            "shipping_address": {
                "name": "Ada Lovelace",
                "address1": "Unter den Linden 1",
                "address2": None,
                "city": "Berlin",
                "state": "BE",
                "zip": "10117",
                "country": "DE",
                "phone": None,
            },
            "billing_address": record["shipping_address"],
            "totals": {"subtotal": "20.00", "discount": "0.00", "tax": "0.00", "shipping": "5.00", "total": "25.00"},
            "currency": "EUR",
            "tags": ["vip"],
            "notes": None,
            "ordered_at": made["processedAt"],
            "updated_at": made["updatedAt"],
        }
        assert shipments == []

    def test_discounts_are_positive_and_taken_off_the_goods(self, shop: Shop, double: Double) -> None:
        prices = {
            "currentSubtotalPriceSet": bag("17.50"),
            "currentTotalTaxSet": bag("3.33"),
            "currentTotalPriceSet": bag("25.83"),
        }
        record, _ = mapped(shop, double, order([line(quantity=2)], **prices))
        assert record["totals"] == {
            "subtotal": "20.00",
            "discount": "2.50",
            "tax": "3.33",
            "shipping": "5.00",
            "total": "25.83",
        }

    def test_the_shops_currency_is_kept_and_the_customers_told(self, shop: Shop, double: Double) -> None:
        total = bag("25.00", "EUR", "JPY", 160)
        made = order([line(quantity=2)], presentmentCurrencyCode="JPY", note="Ring twice", currentTotalPriceSet=total)
        record, _ = mapped(shop, double, made)
        assert record["currency"] == "EUR"
        assert record["totals"]["total"] == "25.00"
        assert record["notes"] == "Ring twice\n\nThe customer's total is 4000.00 JPY."

    def test_refunded_and_removed_units_are_not_there_any_more(self, shop: Shop, double: Double) -> None:
        lines = [line("A", 3, currentQuantity=1), line("B", 1, currentQuantity=0), line("C", 1)]
        refunded = {
            "displayFinancialStatus": "PARTIALLY_REFUNDED",
            "currentSubtotalPriceSet": bag(20),
            "currentTotalPriceSet": bag(25),
        }
        record, _ = mapped(shop, double, order(lines, **refunded))
        assert [(each["sku"], each["quantity"]) for each in record["line_items"]] == [("A", 1), ("C", 1)]
        assert record["totals"]["subtotal"] == "20.00"
        assert record["totals"]["total"] == "25.00"
        assert record["payment_status"] == "partially_refunded"
        assert record["status"] == "confirmed"

    def test_an_order_of_which_nothing_is_left_shows_what_was_ordered(self, shop: Shop, double: Double) -> None:
        gone = {name: bag(0) for name in ("currentSubtotalPriceSet", "currentTotalPriceSet", "currentShippingPriceSet")}
        made = order(
            [line("A", 3, currentQuantity=0)],
            **gone,
            subtotalPriceSet=bag(30),
            totalPriceSet=bag(35),
            totalShippingPriceSet=bag(5),
        )
        made |= {"cancelledAt": made["createdAt"], "displayFinancialStatus": "REFUNDED"}
        record, _ = mapped(shop, double, made)
        assert record["status"] == "cancelled"
        assert record["line_items"][0]["quantity"] == 3
        assert record["totals"] == {
            "subtotal": "30.00",
            "discount": "0.00",
            "tax": "0.00",
            "shipping": "5.00",
            "total": "35.00",
        }

    @pytest.mark.parametrize(
        ("shopify", "ours"),
        [
            ({"displayFinancialStatus": "PENDING"}, ("pending", "unpaid", "unfulfilled")),
            ({"displayFinancialStatus": None}, ("pending", None, "unfulfilled")),
            ({"displayFinancialStatus": "AUTHORIZED"}, ("confirmed", "unpaid", "unfulfilled")),
            ({"displayFulfillmentStatus": "ON_HOLD"}, ("on_hold", "paid", "unfulfilled")),
            ({"displayFulfillmentStatus": "IN_PROGRESS"}, ("processing", "paid", "unfulfilled")),
            ({"displayFulfillmentStatus": "SCHEDULED"}, ("confirmed", "paid", "unfulfilled")),
            ({"displayFulfillmentStatus": "PARTIALLY_FULFILLED"}, ("partially_shipped", "paid", "partially_fulfilled")),
            ({"displayFulfillmentStatus": "FULFILLED"}, ("shipped", "paid", "fulfilled")),
            ({"displayFulfillmentStatus": "FULFILLMENT_NOT_REQUIRED"}, ("confirmed", "paid", "fulfilled")),
            ({"displayFinancialStatus": "REFUNDED"}, ("refunded", "refunded", "unfulfilled")),
            (
                {"displayFinancialStatus": "REFUNDED", "returnStatus": "RETURNED"},
                ("returned", "refunded", "unfulfilled"),
            ),
            (
                {"displayFinancialStatus": "VOIDED", "cancelledAt": "2026-01-01T00:00:00Z"},
                ("cancelled", "unpaid", "unfulfilled"),
            ),
        ],
    )
    def test_statuses(self, shop: Shop, double: Double, shopify: Node, ours: tuple[str | None, ...]) -> None:
        record, _ = mapped(shop, double, order(**shopify))
        assert tuple(record.get(name) for name in ("status", "payment_status", "fulfillment_status")) == ours

    def test_an_order_that_was_held_after_its_first_parcel(self, shop: Shop, double: Double) -> None:
        record, _ = mapped(shop, double, order(displayFulfillmentStatus="ON_HOLD", fulfillments=[fulfillment()]))
        assert (record["status"], record["fulfillment_status"]) == ("on_hold", "partially_fulfilled")

    def test_is_delivered_once_all_its_parcels_are(self, shop: Shop, double: Double) -> None:
        parcels = [fulfillment("1", displayStatus="DELIVERED"), fulfillment("2", status="CANCELLED")]
        record, _ = mapped(shop, double, order(displayFulfillmentStatus="FULFILLED", fulfillments=parcels))
        assert record["status"] == "delivered"
        parcels.append(fulfillment("3", displayStatus="IN_TRANSIT"))
        record, _ = mapped(shop, double, order(displayFulfillmentStatus="FULFILLED", fulfillments=parcels))
        assert record["status"] == "shipped"

    def test_a_guest_without_addresses_or_contact(self, shop: Shop, double: Double) -> None:
        nobody = {"email": None, "phone": None, "billingAddress": None, "shippingAddress": None}
        record, _ = mapped(shop, double, order(**nobody))
        assert record["customer"] == {"name": None, "email": None, "phone": None}
        assert record["shipping_address"] is None

    def test_a_company_and_a_region_without_a_code(self, shop: Shop, double: Double) -> None:
        place = address(company="ACME GmbH", provinceCode=None, province="Berlin", countryCodeV2=None, phone="+49 30 1")
        record, _ = mapped(shop, double, order(shippingAddress=place, billingAddress=None))
        assert record["shipping_address"]["name"] == "Ada Lovelace, ACME GmbH"
        assert record["shipping_address"]["state"] == "Berlin"
        assert record["shipping_address"]["country"] == "Germany"
        assert record["customer"]["phone"] == "+49 30 1"

    def test_a_word_of_a_later_version_leaves_what_is_stored(self, shop: Shop, double: Double) -> None:
        made = order()
        body = orders_body(made) | {"displayFinancialStatus": "PAID_IN_KIND", "displayFulfillmentStatus": "BEAMED_UP"}
        double.instead = lambda name: respond(200, {"data": {"order": body}})
        page = orders.read_order(shop, made["legacyResourceId"])
        assert page is not None
        assert {"payment_status", "fulfillment_status"}.isdisjoint(page.orders[0])
        assert page.orders[0]["status"] == "pending"


def orders_body(made: Node) -> Node:
    """The order as the API answers."""
    info = {"hasNextPage": False, "endCursor": None}
    return made | {"lineItems": {"nodes": made["lineItems"], "pageInfo": info}}


class TestShipments:
    def test_a_fulfilment_with_its_tracking(self, shop: Shop, double: Double) -> None:
        parcel = fulfillment(
            "1Z999", "UPS", displayStatus="OUT_FOR_DELIVERY", estimatedDeliveryAt="2026-02-01T00:00:00Z"
        )
        made = order(displayFulfillmentStatus="FULFILLED", fulfillments=[parcel])
        _, [shipment] = mapped(shop, double, made)
        assert shipment == {
            "external_id": parcel["legacyResourceId"],
            "order_external_id": made["legacyResourceId"],
            "tracking_number": "1Z999",
            "carrier": "UPS",
            "status": "out_for_delivery",
            "ship_date": parcel["createdAt"],
            "estimated_delivery": "2026-02-01T00:00:00Z",
            "actual_delivery": None,
            "updated_at": parcel["updatedAt"],
        }

    def test_each_number_of_a_fulfilment_is_a_parcel(self, shop: Shop, double: Double) -> None:
        info = [{"number": "A", "company": "UPS"}, {"number": "B", "company": "UPS"}]
        parcel = fulfillment(trackingInfo=info)
        _, shipments = mapped(shop, double, order(fulfillments=[parcel]))
        number = parcel["legacyResourceId"]
        assert [(each["external_id"], each["tracking_number"]) for each in shipments] == [
            (number, "A"),
            (f"{number}-2", "B"),
        ]

    def test_a_fulfilment_without_tracking_is_one_too(self, shop: Shop, double: Double) -> None:
        _, [shipment] = mapped(shop, double, order(fulfillments=[fulfillment(None)]))
        assert shipment["tracking_number"] is None
        assert shipment["status"] == "in_transit"

    def test_a_cancelled_fulfilment_is_a_cancelled_shipment(self, shop: Shop, double: Double) -> None:
        parcel = fulfillment(status="CANCELLED", displayStatus="CANCELED")
        _, [shipment] = mapped(shop, double, order(fulfillments=[parcel]))
        assert shipment["status"] == "cancelled"


class TestPaging:
    def test_a_call_a_page_and_more_orders_in_it_once_the_cost_is_known(self, shop: Shop, double: Double) -> None:
        for _ in range(23):
            double.store.add(order())
        first = orders.read_orders(shop, LONG_AGO, None)
        assert (len(first.orders), first.total) == (10, 23)
        whole = read_all(shop)
        assert {record["external_id"] for record in whole.orders} == {
            each["legacyResourceId"] for each in double.store.orders_by_id.values()
        }
        assert len(whole.orders) == 23
        assert double.calls == ["Orders"] * 4
        assert max(double.costs) <= orders.MAX_COST

    def test_a_shop_that_counts_less_gets_larger_pages(self, shop: Shop, double: Double) -> None:
        assert orders._size_for(300, 10) == 25
        assert orders._size_for(874, 10) == 10
        assert orders._size_for(1800, 10) == 5
        assert orders._size_for(None, 10) == 10

    def test_pages_are_halved_until_shopify_allows_them(self, shop: Shop, double: Double) -> None:
        for _ in range(3):
            double.store.add(order())
        sizes: list[int] = []
        whole = double.http

        def http(*arguments: Any, json: Any = None, **rest: Any) -> Any:
            sizes.append(json["variables"]["first"])
            if sizes[-1] > 2:
                return respond(200, {"errors": [{"message": "too much", "extensions": {"code": "MAX_COST_EXCEEDED"}}]})
            return whole(*arguments, json=json, **rest)

        shop = Shop("bridge-1", shop.config, http)
        assert len(orders.read_orders(shop, LONG_AGO, None).orders) == 2
        assert sizes == [10, 5, 2]
        always = Shop(
            "b",
            shop.config,
            lambda *_, **__: respond(200, {"errors": [{"message": "", "extensions": {"code": "MAX_COST_EXCEEDED"}}]}),
        )
        with pytest.raises(TooCostly):
            orders.read_orders(always, LONG_AGO, None)

    def test_an_order_that_changes_meanwhile_comes_again_and_shifts_none(self, shop: Shop, double: Double) -> None:
        numbers = [double.store.add(order(updatedAt=f"2026-01-01T00:00:{second:02}Z")) for second in range(30)]
        page = orders.read_orders(shop, LONG_AGO, None)
        double.store.touch(double.store.order_of(numbers[0]))
        double.store.delete(numbers[1])
        seen = [record["external_id"] for record in page.orders]
        cursor = page.next
        while cursor is not None:
            page = orders.read_orders(shop, LONG_AGO, cursor)
            seen += [record["external_id"] for record in page.orders]
            cursor = page.next
        assert set(seen) == set(numbers)
        assert seen.count(numbers[0]) == 2

    def test_starts_a_new_search_before_shopify_ends_the_paging(
        self, shop: Shop, double: Double, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(orders, "MAX_DEPTH", 20)
        double.bucket = double.bucket_size = 1e9
        numbers = {double.store.add(order(updatedAt=f"2026-01-01T00:{second:02}:00Z")) for second in range(50)}
        page = orders.read_orders(shop, LONG_AGO, None)
        page = orders.read_orders(shop, LONG_AGO, page.next)
        assert page.next is not None
        assert '"after":null' in page.next.replace(" ", "")
        assert "2026-01-01T00:19:00Z" in page.next
        assert {record["external_id"] for record in read_all(shop).orders} == numbers

    def test_reads_only_what_changed_since(self, shop: Shop, double: Double) -> None:
        double.store.add(order(updatedAt="2026-01-01T00:00:00Z"))
        changed = double.store.add(order(updatedAt="2026-01-02T00:00:00Z"))
        assert [each["external_id"] for each in read_all(shop, "2026-01-01T12:00:00.000Z").orders] == [changed]

    def test_the_rest_of_a_long_order_is_one_more_call_for_each_hundred_lines(self, shop: Shop, double: Double) -> None:
        made = order([line(f"SKU-{number}") for number in range(250)])
        record, _ = mapped(shop, double, made)
        assert [each["sku"] for each in record["line_items"]] == [f"SKU-{number}" for number in range(250)]
        assert double.calls == ["Order", "OrderRest", "OrderRest", "OrderRest"]

    def test_the_rest_of_many_parcels_is_one_more_call(self, shop: Shop, double: Double) -> None:
        _, shipments = mapped(shop, double, order(fulfillments=[fulfillment(f"N{n}") for n in range(7)]))
        assert [each["tracking_number"] for each in shipments] == [f"N{n}" for n in range(7)]
        assert double.calls == ["Order", "OrderRest"]

    def test_an_unreadable_order_costs_itself(self, shop: Shop, double: Double) -> None:
        made = [order(), order(), order()]
        nodes = [orders_body(each) for each in made]
        del nodes[1]["lineItems"]
        info = {"hasNextPage": False, "endCursor": None}
        double.instead = lambda name: respond(200, {"data": {"orders": {"nodes": nodes, "pageInfo": info}}})
        page = orders.read_orders(shop, LONG_AGO, None)
        assert [each["external_id"] for each in page.orders] == [
            made[0]["legacyResourceId"],
            made[2]["legacyResourceId"],
        ]
        assert [each.external_id for each in page.unreadable] == [made[1]["legacyResourceId"]]


class TestDeleted:
    def test_is_none(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order())
        double.store.delete(number)
        assert orders.read_order(shop, number) is None

    def test_is_missing_among_the_ids(self, shop: Shop, double: Double) -> None:
        with travel(clock.now() - timedelta(days=70), tick=False):
            double.store.add(order())
        numbers = [double.store.add(order()) for _ in range(252)]
        double.store.delete(numbers.pop(7))
        since = clock.timestamp(clock.now() - timedelta(days=60))
        first = orders.read_order_ids(shop, since, None)
        second = orders.read_order_ids(shop, since, first.next)
        assert len(first.ids) == 250
        assert second.next is None
        assert sorted(first.ids + second.ids) == sorted(numbers)


def test_a_field_that_the_app_may_not_read_costs_itself(shop: Shop, double: Double) -> None:
    body = orders_body(order()) | {"shippingAddress": None, "email": None}
    denied = [
        {"message": "This app is not approved to access the email field.", "extensions": {"code": "ACCESS_DENIED"}}
    ]
    double.instead = lambda name: respond(200, {"data": {"order": body}, "errors": denied})
    page = orders.read_order(shop, "1")
    assert page is not None
    assert page.orders[0]["customer"]["email"] is None
    double.instead = lambda name: respond(200, {"data": {"order": None}, "errors": denied})
    with pytest.raises(AuthFault, match="not approved"):
        orders.read_order(shop, "1")
