"""The amounts of an order, computed from what the source sent, all of them Decimal.

Sources send one tax for the whole order. Each line shows its share by value, rounded so that the shares add up to the
tax exactly.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Any

ZERO = Decimal(0)
_WITHOUT_MINOR_UNITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_WITH_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"


def amount(value: Any) -> Decimal:
    """Absent amounts count as zero."""
    return ZERO if value is None else Decimal(value)


def units(line: Mapping[str, Any]) -> int | Decimal:
    """The quantity of a line, an int if it is whole; 1 if the source sent none."""
    given = line.get("quantity")
    quantity = Decimal(1 if given is None else given)
    return int(quantity) if quantity == int(quantity) else quantity


def line_total(line: Mapping[str, Any]) -> Decimal:
    return amount(line.get("price")) * units(line)


def shares(tax: Decimal, totals: Sequence[Decimal], currency: str | None) -> list[Decimal]:
    """`tax` distributed over `totals` in proportion, in whole minor units. What rounding leaves goes to the shares it
    cut most."""
    whole = sum(totals, ZERO)
    if whole <= 0 or tax == 0:
        return [ZERO for _ in totals]
    unit = Decimal(1).scaleb(-digits(currency or "USD"))
    exact = [tax * total / whole for total in totals]
    cut = [share.quantize(unit, rounding=ROUND_DOWN) for share in exact]
    left = tax - sum(cut, ZERO)
    step = unit.copy_sign(left)
    for position in sorted(range(len(cut)), key=lambda n: abs(exact[n] - cut[n]), reverse=True):
        if abs(left) < unit:
            # The tax has more places than the currency: the rest stays with the line that rounding cut most.
            cut[position] += left
            break
        cut[position] += step
        left -= step
    return cut


def digits(currency: str) -> int:
    """How many digits the currency's minor unit has."""
    if currency in _WITHOUT_MINOR_UNITS:
        return 0
    return 3 if currency in _WITH_THOUSANDTHS else 2


def subtotal(totals: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Decimal:
    given = totals.get("subtotal")
    return sum(map(line_total, lines), ZERO) if given is None else Decimal(given)


def discount(totals: Mapping[str, Any]) -> Decimal:
    """Positive, whichever sign the source sends."""
    return abs(amount(totals.get("discount")))


def grand_total(totals: Mapping[str, Any], lines: Sequence[Mapping[str, Any]] = ()) -> Decimal:
    given = totals.get("total")
    if given is not None:
        return Decimal(given)
    added = amount(totals.get("tax")) + amount(totals.get("shipping"))
    return subtotal(totals, lines) + added - discount(totals)
