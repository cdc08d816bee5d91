"""JSON in and out. A number with a fraction is a Decimal, never a binary float, so that money stays exact."""

import json
from decimal import Decimal
from typing import Any

import simplejson

MAX_DIGITS = 300
"""Numbers up to 308 digits fit a double, which is what most JSON readers use."""


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def loads(text: str | bytes) -> Any:
    """Raises ValueError if `text` is not JSON (NaN and Infinity included), RecursionError if it is nested too deep."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)


def whole_number(value: Any) -> Any:
    """`3600.0` as 3600. JSON has a single number type, and many writers add a decimal point to every number."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def loads_received(text: str) -> Any:
    """As `loads`, for untrusted input. Also refuses what JSON allows but readers interpret differently: duplicate names
    in an object, and numbers that do not fit a double."""
    return json.loads(
        text,
        parse_int=_bounded_int,
        parse_float=_bounded_decimal,
        parse_constant=_refuse_constant,
        object_pairs_hook=_unambiguous,
    )


def _bounded_int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("a number is too large")
    return int(digits)


def _bounded_decimal(text: str) -> Decimal:
    if len(text) > MAX_DIGITS:
        raise ValueError("a number is too long")
    try:
        number = Decimal(text)
    except ArithmeticError:
        raise ValueError("a number is malformed") from None
    if ("e" in text or "E" in text) and abs(number.adjusted()) > MAX_DIGITS:
        raise ValueError("a number is too large or too small")
    return number


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("an object has a duplicate name")
    return values


def dumps(value: Any, *, nan_as_null: bool = False) -> str:
    """Compact JSON. A Decimal is written as a number with its digits unchanged. NaN and infinity have no JSON:
    ValueError, unless `nan_as_null`."""
    return simplejson.dumps(
        value, use_decimal=True, separators=(",", ":"), ensure_ascii=False, ignore_nan=nan_as_null, allow_nan=False
    )
