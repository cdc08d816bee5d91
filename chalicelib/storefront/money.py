"""Amounts as a shopper's language writes them."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final, NamedTuple

from chalicelib.storefront.amounts import digits

_NBSP: Final = "\u00a0"
_COMMON: Final = {
    "EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "CAD": "CA$", "AUD": "AU$", "NZD": "NZ$",
    "MXN": "MX$", "HKD": "HK$", "TWD": "NT$", "BRL": "R$", "INR": "₹", "KRW": "₩", "ILS": "₪", "VND": "₫", "PHP": "₱",
}  # fmt: skip


class _Format(NamedTuple):
    group: str
    decimal: str
    symbol_first: bool
    symbol_space: str
    symbols: dict[str, str]
    """By currency. Others are written with their ISO 4217 code."""


# As in the Unicode CLDR for en-US, de-DE, es-ES, fr-FR and pt-BR.
_FORMATS: Final = {
    "en": _Format(",", ".", True, "", {**_COMMON, "AUD": "A$"}),
    "de": _Format(".", ",", False, _NBSP, _COMMON),
    "es": _Format(".", ",", False, _NBSP, {"EUR": "€", "USD": "US$"}),
    "fr": _Format(
        "\u202f", ",", False, _NBSP,
        {"EUR": "€", "USD": "$US", "GBP": "£GB", "CAD": "$CA", "AUD": "$AU", "NZD": "$NZ", "MXN": "$MX", "BRL": "R$"},
    ),
    "pt": _Format(".", ",", True, _NBSP, {**_COMMON, "USD": "US$", "JPY": "JP¥"}),
}  # fmt: skip


def format_money(value: Decimal, currency: str | None, language: str) -> str:
    """Rounded to the minor unit of the currency; without a currency, to two places."""
    style, places = _FORMATS[language], digits(currency or "USD")
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    number = _write(f"{abs(rounded):,.{places}f}", style)
    sign = "-" if rounded < 0 else ""
    if not currency:
        return f"{sign}{number}"
    symbol = style.symbols.get(currency, currency)
    if style.symbol_first:
        # A code is never written without a space, even where symbols are.
        space = _NBSP if symbol[-1].isalpha() else style.symbol_space
        return f"{sign}{symbol}{space}{number}"
    return f"{sign}{number}{style.symbol_space}{symbol}"


def format_quantity(value: Decimal | int, language: str) -> str:
    """Without trailing zeros: `2`, `1.5`."""
    text = f"{Decimal(value):,f}"
    return _write(text.rstrip("0").rstrip(".") if "." in text else text, _FORMATS[language])


def _write(text: str, style: _Format) -> str:
    """`1,234.50` with the separators of the language."""
    whole, point, fraction = text.partition(".")
    return whole.replace(",", style.group) + (style.decimal if point else "") + fraction
