"""Reading JSON that PHP and plugins wrote: nothing raises, and what isn't as expected is nothing.

Empty objects come as `[]`, missing numbers as empty text, names with HTML entities.
"""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from chalicelib.kit import clock

PRICE_PLACES = Decimal("0.000001")
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_TAG = re.compile(r"<[^<>]*>")


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list."""
    return (entry for entry in listed(value) if isinstance(entry, dict))


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def text(value: Any) -> str | None:
    """Text without space around it; None if there is none."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value)
    return value.strip() or None if isinstance(value, str) else None


def plain(value: Any) -> str | None:
    """Text of a product or a plugin, without its HTML: `Tea &amp; <b>more</b>` is `Tea & more`."""
    return text(html.unescape(_TAG.sub("", value))) if isinstance(value, str) else text(value)


def identifier(value: Any) -> str | None:
    """The id of an order, a line or a fulfilment as text. WordPress's ids are whole numbers above 0."""
    number = amount(value)
    return str(int(number)) if number is not None and number == number.to_integral_value() and number > 0 else None


def amount(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        number = Decimal(value)
        return number if number.is_finite() and number.adjusted() < 30 else None
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return Decimal(value.strip())
    return None


def total(values: Iterator[Any]) -> Decimal:
    return sum((amount(value) or Decimal(0) for value in values), Decimal(0))


def moment(value: Any) -> str | None:
    """A time of the REST API, which is UTC without saying so (the fields named `…_gmt`)."""
    try:
        return clock.normalise(value) if isinstance(value, str) else None
    except ValueError:
        return None


def moment_of_epoch(value: Any) -> str | None:
    """A time in seconds since 1970, as plugins store it."""
    seconds = amount(value)
    try:
        return clock.timestamp(datetime.fromtimestamp(int(seconds), UTC)) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None


def meta(record: dict[str, Any], key: str) -> Any:
    """The value that plugins, or WooCommerce itself, stored with a record under this key."""
    found = [entry.get("value") for entry in mappings(record.get("meta_data")) if entry.get("key") == key]
    return found[-1] if found else None
