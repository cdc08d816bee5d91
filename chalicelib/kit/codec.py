"""JSON in and out, with money decimal all the way: a number with a fraction is a Decimal, never a binary float."""

import json
from decimal import Decimal
from typing import Any

import simplejson

MOST_DIGITS = 300
"""A double holds numbers of 308 digits."""


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def loads(text: str | bytes) -> Any:
    """ValueError (RecursionError for absurd nesting) where `text` is not JSON; NaN and Infinity are not."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)


def whole(value: Any) -> Any:
    """`3600.0` as 3600: JSON knows one kind of number, and many writers put a point into every one."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def loads_received(text: str) -> Any:
    """As `loads`, for what others send. What JSON allows and readers disagree on is refused too: a name twice in one
    object, and numbers beyond those that any reader of JSON can hold."""
    return json.loads(
        text,
        parse_int=_bounded_int,
        parse_float=_bounded_decimal,
        parse_constant=_refuse_constant,
        object_pairs_hook=_unambiguous,
    )


def _bounded_int(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("a number is too large")
    return int(digits)


def _bounded_decimal(text: str) -> Decimal:
    if len(text) > MOST_DIGITS:
        raise ValueError("a number is too long")
    try:
        number = Decimal(text)
    except ArithmeticError:
        raise ValueError("a number is no number") from None
    if ("e" in text or "E" in text) and abs(number.adjusted()) > MOST_DIGITS:
        raise ValueError("a number is too large or too small")
    return number


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a name is there twice")
    return values


def dumps(value: Any) -> str:
    """Compact JSON; Decimal as a number with its digits as they came."""
    return simplejson.dumps(value, use_decimal=True, separators=(",", ":"), ensure_ascii=False)
