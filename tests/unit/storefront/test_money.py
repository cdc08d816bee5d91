"""Amounts in the languages of the pages. The expected texts are those of Unicode CLDR."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.storefront.money import _FORMATS, format_money, format_quantity
from chalicelib.tracking_pages.languages import TEXTS

NBSP, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("language", "amounts"),
    [
        ("en", ["€1,234.50", "$12,345.68", "-£5.00", "¥1,234", f"CHF{NBSP}9.90", f"KWD{NBSP}3.500"]),
        ("de", ["1.234,50 €", "12.345,68 $", "-5,00 £", "1.234 ¥", "9,90 CHF", "3,500 KWD"]),
        ("es", ["1.234,50 €", "12.345,68 US$", "-5,00 GBP", "1.234 JPY", "9,90 CHF", "3,500 KWD"]),
        ("fr", ["1_234,50 €", "12_345,68 $US", "-5,00 £GB", "1_234 JPY", "9,90 CHF", "3,500 KWD"]),
        ("pt", ["€ 1.234,50", "US$ 12.345,68", "-£ 5,00", "JP¥ 1.234", "CHF 9,90", "KWD 3,500"]),
    ],
)  # fmt: skip
def test_amounts_are_written_as_the_language_does(language: str, amounts: list[str]) -> None:
    sent = [("1234.5", "EUR"), ("12345.678", "USD"), ("-5", "GBP"), ("1234", "JPY"), ("9.9", "CHF"), ("3.5", "KWD")]
    written = [format_money(Decimal(value), currency, language) for value, currency in sent]

    assert written == [amount.replace(" ", NBSP).replace("_", NARROW) for amount in amounts]


def test_an_amount_without_a_currency_is_a_number() -> None:
    assert format_money(Decimal("1234.5"), None, "de") == "1.234,50"


def test_amounts_finer_than_the_currency_are_rounded() -> None:
    assert format_money(Decimal("54.805"), "EUR", "en") == "€54.80"
    assert format_money(Decimal("-0.001"), "EUR", "en") == "€0.00"


@pytest.mark.parametrize(
    ("quantity", "written"), [(2, "2"), (Decimal("2.0"), "2"), (Decimal("1.50"), "1,5"), (1000, "1.000"), (10, "10")]
)
def test_quantities_have_no_trailing_zeros(quantity: Decimal | int, written: str) -> None:
    assert format_quantity(quantity, "de") == written


@given(st.decimals(-(10**15), 10**15, allow_nan=False, places=10), st.sampled_from(sorted(TEXTS)))
def test_any_stored_amount_can_be_written(value: Decimal, language: str) -> None:
    assert any(character.isdigit() for character in format_money(value, "EUR", language))
    assert "E" not in format_quantity(value, language)


def test_every_language_has_a_format() -> None:
    assert set(_FORMATS) == set(TEXTS)
