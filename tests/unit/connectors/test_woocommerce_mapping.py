"""An order of WooCommerce becomes an order of ours. The values were seen at a WooCommerce 11 shop."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.connectors.woocommerce import mapping, tracking
from chalicelib.connectors.woocommerce.providers import KEYS, NAMED_OTHERWISE, carrier_of, key_of
from chalicelib.kit import codec
from chalicelib.orders.record import OrderRecord
from chalicelib.records.parsing import parse_record
from local.places import ROOT
from tests.support.woocommerce import BILLING, NO_ADDRESS, line, order

PAGE = (ROOT / "docs" / "connectors" / "woocommerce.md").read_text()


def read(**fields: Any) -> dict[str, Any]:
    # As it comes: through JSON, with numbers that have a fraction as Decimals.
    return mapping.read_order(codec.loads(json.dumps(order(**fields))))


def adds_up(totals: dict[str, Any]) -> bool:
    return bool(totals["subtotal"] - totals["discount"] + totals["shipping"] + totals["tax"] == totals["total"])


def test_every_record_is_taken_whole() -> None:
    record, warnings = parse_record(OrderRecord, read())
    assert warnings == []
    assert record.external_id == "18"
    assert record.ordered_at == "2026-11-28T01:18:39.000Z"
    assert record.updated_at == "2026-11-28T01:20:00.000Z"


def test_amounts_with_coupons_fees_and_two_shipping_lines_add_up() -> None:
    totals = read()["totals"]
    assert totals == {
        "subtotal": Decimal("65.30"),
        "tax": Decimal("10.93"),
        "shipping": Decimal("6.00"),
        "discount": Decimal("13.73"),
        "total": Decimal("68.50"),
    }
    assert adds_up(totals)


def test_a_shop_whose_prices_include_tax_sends_the_same_amounts_without_it() -> None:
    # 2 mugs of 11.90 in the shop, of which 19 % is tax.
    lines = [line(quantity=2, subtotal="20.00", subtotal_tax="3.80", total="20.00", price=10)]
    nothing = {"fee_lines": [], "discount_total": "0.00", "shipping_total": "0.00"}
    record = read(prices_include_tax=True, line_items=lines, total="23.80", total_tax="3.80", **nothing)
    assert record["line_items"][0]["price"] == 10
    assert adds_up(record["totals"])


def test_a_price_is_that_of_one_before_discounts() -> None:
    mug, sticker = read()["line_items"]
    assert (mug["price"], mug["quantity"]) == (Decimal("19.99"), 3)
    # Of 2.33 for seven, no cent is lost or made.
    assert sticker["price"] == Decimal("0.332857")
    assert sticker["sku"] is None


def test_a_line_without_a_quantity_or_an_amount_keeps_the_shops_price() -> None:
    free, bundle = read(line_items=[line(quantity=0), line(subtotal="", price=7.489999999999999)])["line_items"]
    assert free["price"] == Decimal("17.023333333333333")
    assert bundle["price"] == Decimal("7.489999999999999")


@pytest.mark.parametrize(
    ("currency", "total", "subtotal"),
    [("JPY", "1500.00", "2000.00"), ("KWD", "1.01", "1.01"), ("USD", "65.22", "59.90")],
)
def test_money_of_any_currency_is_kept_to_the_digit(currency: str, total: str, subtotal: str) -> None:
    record = read(currency=currency, total=total, line_items=[line(quantity=1, subtotal=subtotal)], fee_lines=[])
    assert record["currency"] == currency
    assert str(record["totals"]["total"]) == total
    assert str(record["totals"]["subtotal"]) == subtotal


STATUSES = [
    ("pending", None, "pending", "unpaid"),
    ("failed", None, "pending", "unpaid"),
    ("on-hold", None, "on_hold", "unpaid"),
    ("processing", "2026-11-28T01:18:40", "processing", "paid"),
    # Cash on delivery: being processed, and not paid.
    ("processing", None, "processing", "unpaid"),
    ("completed", "2026-11-28T01:18:40", "shipped", "paid"),
    ("cancelled", "2026-11-28T01:18:40", "cancelled", "paid"),
    ("delivered", None, "delivered", "paid"),
    ("awaiting-pickup", "2026-11-28T01:18:40", "processing", "paid"),
    ("quote-request", None, "pending", "unpaid"),
]


@pytest.mark.parametrize(("status", "paid", "ours", "payment"), STATUSES)
def test_statuses(status: str, paid: str | None, ours: str, payment: str) -> None:
    record = read(status=status, date_paid_gmt=paid, date_paid=paid)
    assert (record["status"], record["payment_status"]) == (ours, payment)
    # A status of a plugin's that we don't know isn't lost.
    assert record["tags"] == ([] if status in mapping.STATUSES else [status])


@pytest.mark.parametrize(
    ("refunds", "status", "payment"),
    [
        ([{"total": "-23.79"}, {"total": "-1.00"}], "processing", "partially_refunded"),
        ([{"total": "-68.50"}], "processing", "refunded"),
        ([{"total": "-68.00"}, {"total": "-0.50"}], "cancelled", "refunded"),
        ([], "refunded", "refunded"),
    ],
)
def test_refunds(refunds: list[dict[str, str]], status: str, payment: str) -> None:
    record = read(status=status, refunds=refunds, date_paid_gmt="2026-11-28T01:18:40")
    assert record["payment_status"] == payment
    assert record["totals"]["total"] == Decimal("68.50")


@pytest.mark.parametrize(
    ("status", "fulfilled", "ours"),
    [
        ("processing", "partially_fulfilled", ("partially_shipped", "partially_fulfilled")),
        ("processing", "fulfilled", ("shipped", "fulfilled")),
        ("processing", "unfulfilled", ("processing", "unfulfilled")),
        ("processing", None, ("processing", "unfulfilled")),
        ("completed", None, ("shipped", "fulfilled")),
        ("on-hold", "partially_fulfilled", ("on_hold", "partially_fulfilled")),
        ("cancelled", "fulfilled", ("cancelled", "fulfilled")),
    ],
)
def test_fulfilments_show_in_the_status(status: str, fulfilled: str | None, ours: tuple[str, str]) -> None:
    meta_data = [{"id": 54, "key": "_fulfillment_status", "value": fulfilled}] if fulfilled else []
    record = read(status=status, meta_data=meta_data)
    assert (record["status"], record["fulfillment_status"]) == ours


def test_an_address_has_its_company_and_both_lines() -> None:
    assert read()["shipping_address"] == {
        "name": "Jörg O'Neill, Töpfer GmbH",
        "address1": "Hauptstr. 5",
        "address2": "Hinterhaus, 3. OG",
        "city": "Berlin",
        "state": "DE-BE",
        "zip": "10115",
        "country": "DE",
        "phone": None,
    }


@pytest.mark.parametrize("billing", [NO_ADDRESS, {**NO_ADDRESS, "country": "DE"}, [], None, ""])
def test_a_guest_without_a_word_about_themselves_is_no_customer(billing: Any) -> None:
    record = read(billing=billing, shipping=[])
    assert record["customer"] is None
    assert record["billing_address"] is None
    assert record["shipping_address"] is None


def test_a_company_without_a_person_is_the_customer() -> None:
    company = {**BILLING, "first_name": "", "last_name": "", "company": "Töpfer GmbH"}
    assert read(billing=company)["customer"]["name"] == "Töpfer GmbH"


@pytest.mark.parametrize(
    ("name", "meta_data", "title"),
    [
        ('Buch "Über &amp; "', [], 'Buch "Über & "'),
        ("Tea <span>new</span>", [], "Tea new"),
        (
            "T-Shirt - M, Red",
            [{"key": "size", "value": "M", "display_key": "Size", "display_value": "M"}],
            "T-Shirt - M, Red",
        ),
        (
            "Ring",
            [
                {"key": "engraving", "display_key": "Engraving", "display_value": "<p>For Ada</p>"},
                {"key": "_reduced_stock", "display_key": "_reduced_stock", "display_value": "1"},
                {"key": "parts", "display_key": "Parts", "display_value": ["not", "text"]},
            ],
            "Ring (Engraving: For Ada)",
        ),
    ],
)
def test_titles(name: str, meta_data: list[Any], title: str) -> None:
    assert read(line_items=[line(name=name, meta_data=meta_data)])["line_items"][0]["title"] == title


def test_an_order_of_250_lines_keeps_them_all() -> None:
    lines = [line(id=number, name=f"Item {number}") for number in range(1, 251)]
    record, warnings = parse_record(OrderRecord, read(line_items=lines))
    assert warnings == []
    assert record.line_items is not None
    assert [each.title for each in record.line_items] == [f"Item {number}" for number in range(1, 251)]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals()
    | st.text(max_size=8)
    | st.sampled_from(["", "1.5", "-0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(sorted(order()))
LINE_NAMES = st.sampled_from(sorted(line()))


@given(st.dictionaries(NAMES, JSON, max_size=4), st.dictionaries(LINE_NAMES, JSON, max_size=3))
def test_whatever_plugins_make_of_an_order_costs_no_more_than_its_own_fields(
    changed: dict[str, Any], changed_line: dict[str, Any]
) -> None:
    sent = {**order(), "line_items": [line(**changed_line), line()], **changed}
    record = mapping.read_order(sent)
    assert record.keys() == mapping.ORDER.keys()
    if "line_items" not in changed:
        assert record["line_items"][1]["sku"] == "MUG-1"
    untouched = mapping.read_order(order())
    for name in ("order_number", "currency", "notes", "ordered_at"):
        if not {"number", "currency", "customer_note", "date_created_gmt"} & changed.keys():
            assert record[name] == untouched[name]


@given(st.dictionaries(st.sampled_from(["id", "status", "meta_data", "tracking_id", "date_shipped"]), JSON))
def test_whatever_a_fulfilment_is_its_fields_can_be_read(changed: dict[str, Any]) -> None:
    for fields in (tracking.FULFILMENT, tracking.PLUGIN_TRACKING):
        assert {name: field.read(changed) for name, field in fields.items()}["status"] == "in_transit"


def test_carriers_are_found_in_both_directions() -> None:
    assert carrier_of("evri-hermes") == "Evri"
    assert carrier_of("royal-mail") == "Royal Mail"
    assert carrier_of("geniki-taxydromiki") == "Geniki Taxydromiki"
    assert carrier_of("My Van") == "My Van"
    assert key_of("dhl_paket") == "dhl"
    assert key_of("royal_mail") == "royal-mail"
    assert key_of("my_van") is key_of(None) is None
    assert set(NAMED_OTHERWISE.values()) <= KEYS


def table_after(heading: str) -> dict[str, str]:
    """The first table below a heading of the page: first column -> second."""
    below = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", below, re.MULTILINE)
    return {left.strip("`"): right for left, right in rows[1:]}


FIELDS = {
    **{name: field.source for name, field in mapping.ORDER.items()},
    **{f"totals.{name}": field.source for name, field in mapping.TOTALS.items()},
    **{f"line_items[].{name}": field.source for name, field in mapping.LINE.items()},
    **{f"…_address.{name}": field.source for name, field in mapping.ADDRESS.items()},
}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Orders", FIELDS),
        ("Statuses", {status: f"`{ours}`" for status, ours in mapping.STATUSES.items()}),
        ("Fulfilments", {name: field.source for name, field in tracking.FULFILMENT.items()}),
        ("Fulfilments of plugins", {name: field.source for name, field in tracking.PLUGIN_TRACKING.items()}),
    ],
)
def test_the_page_has_the_mapping(heading: str, expected: dict[str, str]) -> None:
    assert table_after(heading) == expected
