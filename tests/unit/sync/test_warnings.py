"""What is wrong with a part of a call costs that part, and the answer says so."""

import json
from base64 import b64encode
from typing import Any

import pytest
import time_machine

import app
from chalicelib.orders.store import OrderItem
from chalicelib.table.transaction import update
from tests.support.account import everything
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Reply
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, order, shipment


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def send(merchant: Merchant, text: str) -> Reply:
    """A body as it is, which `json` would not write."""
    return merchant.acme.server.post(f"/api/v1/bridges/{merchant.bridge_id}/sync", text)


def places(answer: Any) -> list[tuple[str, int, str]]:
    return [(warning["kind"], warning["index"], warning["field"]) for warning in answer["warnings"]]


class TestShape:
    def test_of_a_warning(self, merchant: Merchant) -> None:
        answer = merchant.sync(order(1), order(2, line_items=[{"sku": "A", "price": "a lot"}]))
        assert answer["orders"] == counted(created=2)
        assert answer["warnings"] == [
            {
                "kind": "order",
                "index": 1,
                "external_id": "ext-2",
                "field": "line_items.0.price",
                "value": "a lot",
                "message": "must be a number",
            }
        ]

    def test_at_most_twenty_of_a_record(self, merchant: Merchant) -> None:
        lines = [{"sku": str(n), "grams": n} for n in range(50)]
        answer = merchant.sync(order(1, line_items=lines), order(2, line_items=lines))
        assert [index for _, index, _ in places(answer)] == [0] * 20 + [1] * 20

    def test_orders_come_before_shipments_and_follow_the_body(self, merchant: Merchant) -> None:
        answer = merchant.sync(order(1, a=1), order(2, a=1), shipments=[shipment(1, a=1), shipment(2, a=1)])
        assert places(answer) == [("order", 0, "a"), ("order", 1, "a"), ("shipment", 0, "a"), ("shipment", 1, "a")]

    def test_values_are_short(self, merchant: Merchant) -> None:
        answer = merchant.sync(order(unknown={"a": "x" * 5000}, **{"y" * 5000: "z" * 5000}))
        assert all(len(warning["value"]) <= 100 and len(warning["field"]) <= 100 for warning in answer["warnings"])

    def test_a_record_that_fails_has_an_error_instead(self, merchant: Merchant) -> None:
        answer = merchant.sync(order(status="lost", unknown=1))
        assert (len(answer["errors"]), answer["warnings"]) == (1, [])


class TestJson:
    def test_half_of_a_surrogate_pair_costs_its_place(self, merchant: Merchant) -> None:
        body = json.dumps({"orders": [order(1, line_items=[{"title": "Mug \ud83c"}]), order(2)]})
        reply = send(merchant, body)
        assert reply.data["orders"] == counted(created=2)
        assert places(reply.data) == [("order", 0, "line_items.0.title")]
        assert merchant.order(1)["line_items"][0]["title"] == "Mug \ufffd"
        check(merchant)

    def test_in_an_external_id_it_costs_the_record(self, merchant: Merchant) -> None:
        body = json.dumps({"orders": [order(1, external_id="a\udfff"), order(2)], "shipments": [shipment(1)]})
        reply = send(merchant, body)
        assert (reply.data["orders"], reply.data["shipments"]) == (counted(created=1, failed=1), counted(created=1))
        assert reply.data["errors"][0]["external_id"] == "a\ufffd"
        assert reply.data["errors"][0]["message"].endswith("such as half of a surrogate pair")

    def test_an_external_id_that_is_given_twice_is_the_last(self, merchant: Merchant) -> None:
        answer = send(merchant, '{"orders": [{"external_id": "ext-1", "external_id": "ext-2"}]}').data
        assert (answer["orders"]["created"], places(answer)) == (1, [("order", 0, "external_id")])

    def test_of_a_repeated_name_the_last_value_is_used(self, merchant: Merchant) -> None:
        body = '{"orders": [{"external_id": "ext-1", "notes": "a", "notes": "b", "totals": {"tax": 1, "tax": 2}}]}'
        reply = send(merchant, body)
        assert sorted(places(reply.data)) == [("order", 0, "notes"), ("order", 0, "totals.tax")]
        assert (merchant.order(1)["notes"], merchant.order(1)["totals"]) == ("b", {"tax": 2})

    def test_outside_of_records_it_is_told_of_the_call(self, merchant: Merchant) -> None:
        body = '{"orders": [], "orders": [{"external_id": "ext-1"}], "status": "error", "errorMessage": "\\ud83c"}'
        reply = send(merchant, body)
        assert reply.data["orders"] == counted(created=1)
        assert [(w["kind"], w["index"], w["field"]) for w in reply.data["warnings"]] == [
            ("call", None, "errorMessage"),
            ("call", None, "orders"),
        ]
        assert merchant.client.get(f"{EMBED}/bridges").data[0]["error_message"] == "\ufffd"

    @pytest.mark.parametrize("number", ["1" * 301, "0." + "1" * 301, "1e999", "NaN", "Infinity", "1e" + "9" * 30])
    def test_no_number_costs_a_neighbour(self, merchant: Merchant, number: str) -> None:
        lines = f'[{{"sku": "A", "price": {number}}}, {{"sku": "B", "price": 1}}]'
        body = f'{{"orders": [{{"external_id": "ext-1", "line_items": {lines}}}, {json.dumps(order(2))}]}}'
        reply = send(merchant, body)
        assert reply.data["orders"] == counted(created=2)
        assert [line["sku"] for line in merchant.order(1)["line_items"]] == ["A", "B"]
        # One of many places is rounded.
        assert places(reply.data) == ([] if number.startswith("0.") else [("order", 0, "line_items.0.price")])

    def test_bytes_that_are_not_utf_8_cost_their_place(self, merchant: Merchant) -> None:
        raw = json.dumps({"orders": [order(1, notes="Straße"), order(2)]}, ensure_ascii=False).encode("latin-1")
        event = merchant.acme.server.event("POST", f"/api/v1/bridges/{merchant.bridge_id}/sync")
        answer = app.app({**event, "body": b64encode(raw).decode(), "isBase64Encoded": True}, None)
        assert json.loads(answer["body"])["data"]["orders"] == counted(created=2)
        assert merchant.order(1)["notes"] == "Stra\ufffde"

    def test_other_endpoints_stay_strict(self, merchant: Merchant) -> None:
        for body in ('{"externalId": "a", "externalId": "b"}', '{"externalId": "\\ud83c"}'):
            assert merchant.acme.server.post(f"{EMBED}/sessions", body).code == "invalid_json"


class TestNumbers:
    def test_as_woocommerce_sends_them(self, merchant: Merchant) -> None:
        answer = send(
            merchant, '{"orders": [{"external_id": "ext-1", "line_items": [{"price": 14.309999999999999}]}]}'
        ).data
        assert answer["warnings"] == []
        text = merchant.client.get(f"{EMBED}/orders/{merchant.order(1)['id']}").text
        assert '"price":14.31}' in text

    def test_one_order_whatever_the_notation_of_its_id(self, merchant: Merchant) -> None:
        for number in ("5001", "5001.0", '"5001"', "5.001e3"):
            answer = send(merchant, f'{{"orders": [{{"external_id": {number}}}]}}').data
            assert (answer["errors"], answer["warnings"]) == ([], [])
        assert [listed["external_id"] for listed in merchant.orders()["data"]] == ["5001"]

    def test_a_shipment_finds_it(self, merchant: Merchant) -> None:
        merchant.sync(order(external_id="5001"))
        send(merchant, '{"shipments": [{"external_id": 7.0, "order_external_id": 5001.0}]}')
        assert merchant.shipments()["data"][0]["order_id"] == merchant.orders()["data"][0]["id"]


class TestObjects:
    def test_totals_are_merged_by_field(self, merchant: Merchant) -> None:
        merchant.sync(order(totals={"subtotal": 45, "tax": 5, "shipping": 4.8, "total": 54.8}))
        assert merchant.sync(order(totals={"total": "60.00"}))["orders"] == counted(updated=1)
        shown = merchant.order()["totals"]
        assert {name: str(value) for name, value in shown.items()} == {
            "subtotal": "45", "tax": "5", "shipping": "4.8", "total": "60.00",
        }  # fmt: skip
        merchant.sync(order(totals={"tax": None}))
        assert "tax" not in merchant.order()["totals"]
        merchant.sync(order(totals=None))
        assert merchant.order()["totals"] == {}
        check(merchant)

    def test_a_customer_is_merged_while_the_person_is_the_same(self, merchant: Merchant) -> None:
        merchant.sync(order(customer={"name": "Jane Doe", "email": "jane@example.com"}))
        merchant.sync(order(customer={"phone": "+1 555 0100"}))
        merchant.sync(order(customer={"email": "JANE@example.com"}))
        assert merchant.order()["customer"] == {"name": "Jane Doe", "email": "JANE@example.com", "phone": "+1 555 0100"}
        merchant.sync(order(customer={"phone": None}))
        assert merchant.order()["customer"]["phone"] is None

    def test_a_customer_with_another_address_is_replaced_whole(self, merchant: Merchant) -> None:
        merchant.sync(order(customer={"name": "Jane Doe", "email": "jane@example.com", "phone": "1"}))
        merchant.sync(order(customer={"email": "eve@example.com"}))
        assert merchant.order()["customer"] == {"name": None, "email": "eve@example.com", "phone": None}
        check(merchant)

    def test_weight_and_dimensions_are_merged_by_field(self, merchant: Merchant) -> None:
        size = {"length": 12, "width": 8, "height": 6, "unit": "in"}
        merchant.sync(shipments=[shipment(weight={"value": 2, "unit": "lb"}, dimensions=size)])
        merchant.sync(shipments=[shipment(weight={"value": 3}, dimensions={"height": 7, "unit": None})])
        shown = merchant.shipment()
        assert shown["weight"] == {"value": 3, "unit": "lb"}
        assert shown["dimensions"] == {"length": 12, "width": 8, "height": 7}

    def test_addresses_and_lists_are_replaced_whole(self, merchant: Merchant) -> None:
        merchant.sync(order(tags=["a", "b"]))
        merchant.sync(order(shipping_address={"city": "Bonn"}, tags=["c"], line_items=[{"sku": "X"}]))
        shown = merchant.order()
        assert (shown["shipping_address"], shown["tags"], shown["line_items"]) == (
            {"city": "Bonn"},
            ["c"],
            [{"sku": "X"}],
        )

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "img.png", "https://"]
    )
    def test_an_image_is_at_a_web_address_or_left_out(self, merchant: Merchant, address: str) -> None:
        answer = merchant.sync(order(line_items=[{"sku": "A", "image_url": address}]))
        assert places(answer) == [("order", 0, "line_items.0.image_url")]
        assert merchant.order()["line_items"] == [{"sku": "A"}]

    def test_an_image_without_a_scheme_is_at_https(self, merchant: Merchant) -> None:
        assert merchant.sync(order(line_items=[{"image_url": "//cdn.example/a.png"}]))["warnings"] == []
        assert merchant.order()["line_items"][0]["image_url"] == "https://cdn.example/a.png"

    def test_a_field_that_cannot_be_read_keeps_its_stored_value(self, merchant: Merchant) -> None:
        merchant.sync(order(notes="Ring", ordered_at="2026-01-15T10:30:00Z"))
        answer = merchant.sync(order(notes=["x"], ordered_at="soon", totals={"tax": "much", "total": 1}))
        assert {path for _, _, path in places(answer)} == {"notes", "totals.tax", "ordered_at"}
        shown = merchant.order()
        assert (shown["notes"], shown["ordered_at"]) == ("Ring", "2026-01-15T10:30:00.000Z")
        assert (str(shown["totals"]["tax"]), shown["totals"]["total"]) == ("4.99", 1)


class TestTimes:
    def test_a_clock_of_the_far_future_counts_as_now(self, merchant: Merchant) -> None:
        with time_machine.travel("2026-05-01T12:00:00Z", tick=False):
            merchant = Merchant.of(merchant.acme, "merchant-2")
            answer = merchant.sync(order(status="processing", updated_at="2206-05-01T12:00:00Z"))
            assert places(answer) == [("order", 0, "updated_at")]
        with time_machine.travel("2026-05-01T12:45:00Z", tick=False):
            again = merchant.sync(order(status="processing", updated_at="2206-05-01T12:00:00Z"))
            assert again["orders"] == counted(unchanged=1)
            assert merchant.sync(order(status="shipped", updated_at="2026-05-01T12:30:00Z"))["orders"] == counted(
                updated=1
            )
            assert merchant.order()["status"] == "shipped"

    def test_a_clock_of_tomorrow_is_believed(self, merchant: Merchant) -> None:
        with time_machine.travel("2026-05-01T12:00:00Z", tick=False):
            merchant = Merchant.of(merchant.acme, "merchant-2")
            assert merchant.sync(order(updated_at="2026-05-02T11:59:00Z"))["warnings"] == []
            assert merchant.sync(order(notes="x", updated_at="2026-05-02T11:00:00Z"))["orders"] == counted(unchanged=1)

    def test_what_such_a_clock_has_frozen_already_thaws(self, merchant: Merchant) -> None:
        merchant.sync(order(status="processing", updated_at="2026-01-01T00:00:00Z"))
        (row,) = [
            row for row in everything() if row["pk"]["S"].startswith("O#") and row["sk"]["S"].endswith("#SUMMARY")
        ]
        update(OrderItem.of(row).key, [OrderItem.source_updated_at.set("2206-01-01T00:00:00.000Z")])
        assert merchant.sync(order(status="shipped", updated_at="2026-01-02T00:00:00Z"))["orders"] == counted(updated=1)

    def test_days_keep_their_offset(self, merchant: Merchant) -> None:
        sent = {"ship_date": "20261128T080000+0100", "estimated_delivery": "2026-11-30T20:00:00-07:00"}
        assert merchant.sync(shipments=[shipment(**sent)])["warnings"] == []
        shown = merchant.shipment()
        assert shown["ship_date"] == "2026-11-28T08:00:00+01:00"
        assert shown["estimated_delivery"] == "2026-11-30T20:00:00-07:00"
