"""JSON in and out, with money decimal all the way: a number with a fraction is a Decimal, never a binary float."""

import json
from decimal import Decimal
from typing import Any

import simplejson


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def loads(text: str | bytes) -> Any:
    """ValueError (RecursionError for absurd nesting) where `text` is not JSON; NaN and Infinity are not."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)


def dumps(value: Any) -> str:
    """Compact JSON; Decimal as a number with its digits as they came."""
    return simplejson.dumps(value, use_decimal=True, separators=(",", ":"), ensure_ascii=False)
