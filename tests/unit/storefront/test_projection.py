"""Mapping an order to what shoppers see."""

from decimal import Decimal
from typing import Any

import pytest

from chalicelib.orders.schemas import FulfillmentStatus, OrderStatus, PaymentStatus
from chalicelib.storefront import projection, statuses
from chalicelib.storefront.amounts import shares

ORDER: dict[str, Any] = {
    "id": "6f1c0e0a-3f0c-4a53-9c0e-2b7c5f6f0a11",
    "order_number": "1001",
    "external_id": "ext-1",
    "status": "pending",
    "payment_status": "unpaid",
    "fulfillment_status": "unfulfilled",
    "customer": {"name": "Jane van Doe", "email": "Jane@Shop.Example.com", "phone": "+1 555 0100"},
    "line_items": [
        {"title": "Widget", "sku": "W-1", "quantity": 2, "price": Decimal("22.50")},
        {"title": "Gadget", "quantity": 1, "price": Decimal("5"), "image_url": "https://img.example/g.png"},
    ],
    "shipping_address": {
        "address1": "123 Main St",
        "address2": "Apt 4",
        "city": "Anytown",
        "state": "CA",
        "zip": "90210",
        "country": "US",
    },
    "billing_address": None,
    "totals": {
        "subtotal": Decimal("50.00"),
        "tax": Decimal("4.99"),
        "shipping": Decimal("9.99"),
        "discount": Decimal("-5.00"),
        "total": Decimal("59.98"),
    },
    "currency": "USD",
    "notes": "Ring twice",
    "ordered_at": "2026-01-15T10:30:00.000Z",
}


def activity(before: str | None, after: str | None, at: str, by: str = "system", **more: Any) -> dict[str, Any]:
    return {"from": before, "to": after, "created_at": at, "actor_type": by, "metadata": more}


class TestStatuses:
    @pytest.mark.parametrize(
        ("status", "payment", "word"),
        [
            ("pending", "unpaid", "PENDING"),
            ("pending", None, "PENDING"),
            ("pending", "paid", "CONFIRMED"),
            ("pending", "partially_refunded", "CONFIRMED"),
            ("pending", "refunded", "CONFIRMED"),
            ("confirmed", "unpaid", "CONFIRMED"),
            ("confirmed", "paid", "CONFIRMED"),
            ("processing", "unpaid", "PROCESSING"),
            ("processing", "paid", "PROCESSING"),
            ("partially_shipped", "paid", "PROCESSING"),
            ("on_hold", "paid", "PROCESSING"),
            ("shipped", "paid", "SHIPPED"),
            ("delivered", "paid", "DELIVERED"),
            ("returned", "refunded", "DELIVERED"),
            ("cancelled", "unpaid", "CANCELLED"),
            ("cancelled", "refunded", "CANCELLED"),
            ("refunded", "refunded", "REFUNDED"),
        ],
    )
    def test_an_order_has_one_of_seven_statuses(self, status: str, payment: str | None, word: str) -> None:
        assert statuses.order_status(status, payment) == word

    def test_every_stored_status_is_mapped(self) -> None:
        order_statuses = OrderStatus.__args__  # type: ignore[attr-defined]
        assert set(statuses._ORDER) == set(order_statuses)
        assert set(statuses._PAYMENT) == set(PaymentStatus.__args__)  # type: ignore[attr-defined]
        assert set(statuses._FULFILLMENT) == set(FulfillmentStatus.__args__)  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("actor", "side"),
        [("customer", "customer"), ("guest", "customer"), ("system", "system"), ("api_key", "store"), (None, "store")],
    )
    def test_the_author_of_a_change_is_reduced_to_a_side(self, actor: str | None, side: str) -> None:
        assert statuses.changed_by(actor) == side


class TestListItem:
    def test_has_exactly_the_listed_fields(self) -> None:
        assert projection.list_item(ORDER) == {
            "id": ORDER["id"],
            "orderNumber": "1001",
            "status": "PENDING",
            "paymentStatus": "UNPAID",
            "grandTotal": Decimal("59.98"),
            "currency": "USD",
            "itemCount": 3,
            "createdAt": 1768473000000,
        }

    def test_an_absent_total_is_computed(self) -> None:
        totals = {"tax": Decimal("4.99"), "shipping": Decimal("9.99"), "discount": Decimal("5.00")}
        assert projection.list_item({**ORDER, "totals": totals})["grandTotal"] == Decimal("59.98")

    def test_an_empty_order_is_shown(self) -> None:
        item = projection.list_item({**ORDER, "line_items": [], "totals": {}})
        assert (item["itemCount"], item["grandTotal"]) == (0, 0)


class TestDetail:
    def test_has_exactly_the_listed_fields(self) -> None:
        assert " ".join(projection.detail(ORDER, [], "token")) == (
            "id orderNumber status paymentStatus grandTotal currency itemCount createdAt items shippingAddress "
            "billingAddress email phone customerNote subtotal taxTotal taxBreakdown shippingTotal discountTotal "
            "fulfillmentStatus statusHistory trackingToken downloads"
        )

    def test_lines_show_their_share_of_the_tax(self) -> None:
        widget, gadget = projection.detail(ORDER, [], None)["items"]
        assert widget == {
            "productName": "Widget",
            "sku": "W-1",
            "quantity": 2,
            "unitPrice": Decimal("22.50"),
            "totalPrice": Decimal("45.00"),
            "totalPriceWithTax": Decimal("49.49"),
        }
        assert gadget["imageUrl"] == "https://img.example/g.png"
        assert gadget["totalPriceWithTax"] == Decimal("5.50")

    def test_amounts(self) -> None:
        detail = projection.detail(ORDER, [], None)
        assert detail["discountTotal"] == Decimal("5.00")
        assert detail["shippingTotal"] == Decimal("9.99")
        assert detail["taxBreakdown"] == [{"name": "Tax", "rate": None, "amount": Decimal("4.99")}]

    def test_addresses(self) -> None:
        detail = projection.detail(ORDER, [], None)
        assert detail["shippingAddress"] == {
            "firstName": "Jane",
            "lastName": "van Doe",
            "street": "123 Main St, Apt 4",
            "city": "Anytown",
            "zip": "90210",
            "state": "CA",
            "country": "US",
            "phone": None,
        }
        assert detail["billingAddress"] is None

    def test_history_is_in_order_and_in_shopper_statuses(self) -> None:
        changes = [
            activity("processing", "on_hold", "2026-01-15T14:00:00.000Z"),
            activity("pending", "processing", "2026-01-15T13:00:00.000Z", "service"),
            activity(None, "pending", "2026-01-15T12:00:00.000Z"),
            activity("on_hold", "cancelled", "2026-01-15T15:00:00.000Z", "customer", note="Changed my mind"),
        ]
        history = projection.detail(ORDER, changes, None)["statusHistory"]
        assert [(step["fromStatus"], step["toStatus"], step["changedBy"], step["note"]) for step in history] == [
            (None, "PENDING", "system", None),
            ("PENDING", "PROCESSING", "store", None),
            ("PROCESSING", "CANCELLED", "customer", "Changed my mind"),
        ]
        assert history[0]["createdAt"] == 1768478400000

    def test_an_order_of_an_erased_customer_can_be_shown(self) -> None:
        erased = {**ORDER, "customer": {}, "shipping_address": {"city": "Anytown", "country": "US"}}
        detail = projection.detail(erased, [], None)
        assert (detail["email"], detail["phone"]) == (None, None)
        assert detail["shippingAddress"]["firstName"] is None
        assert projection.tracking_view(erased)["emailMasked"] is None


class TestTrackingView:
    def test_is_exactly_eleven_fields(self) -> None:
        view = projection.tracking_view(ORDER)
        assert " ".join(view) == (
            "orderNumber status paymentStatus fulfillmentStatus currency grandTotal emailMasked shippingCity "
            "shippingCountry items createdAt"
        )
        assert (view["emailMasked"], view["shippingCity"], view["shippingCountry"]) == (
            "J***@S***.com",
            "Anytown",
            "US",
        )

    @pytest.mark.parametrize(
        ("email", "shown"),
        [
            ("jane@example.com", "j***@e***.com"),
            ("a@b.co.uk", "a***@b***.uk"),
            ("root@localhost", "r***@l***"),
            ("", None),
            (None, None),
        ],
    )
    def test_e_mail_addresses_are_masked(self, email: str | None, shown: str | None) -> None:
        assert projection.masked(email) == shown


class TestShares:
    @pytest.mark.parametrize(
        ("tax", "totals", "currency", "expected"),
        [
            ("1.00", ["1", "1", "1"], "USD", ["0.34", "0.33", "0.33"]),
            ("100", ["1", "1", "1"], "JPY", ["34", "33", "33"]),
            ("0.001", ["1", "2"], "KWD", ["0.000", "0.001"]),
            ("0.005", ["1", "2"], "USD", ["0.00", "0.005"]),
            ("0", ["1", "2"], "USD", ["0", "0"]),
            ("5", ["0", "0"], "USD", ["0", "0"]),
            ("-1.00", ["1", "1", "1"], "USD", ["-0.34", "-0.33", "-0.33"]),
            ("5", [], None, []),
        ],
    )
    def test_they_add_up_to_the_tax(
        self, tax: str, totals: list[str], currency: str | None, expected: list[str]
    ) -> None:
        assert shares(Decimal(tax), list(map(Decimal, totals)), currency) == list(map(Decimal, expected))
