"""What an event's data says at a path, prepared once for all conditions that ask.

Preparing takes time in proportion to the data, and an answer afterwards hardly any. Otherwise a condition with hundreds
of values against hundreds of texts would compare each with each.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from chalicelib.catalog.carriers import carrier_slug
from chalicelib.kit import clock

CARRIER = "carrier"
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_MAX_NUMBER_BITS = 200

Rank = Decimal | datetime


class Equals:
    """A set of JSON values. Text ignores case, and a number equals the text that spells it."""

    def __init__(self, values: Iterable[Any]) -> None:
        self.texts: set[str] = set()
        self._literals: set[bool | None] = set()
        self._numbers: set[Decimal] = set()
        self._spelled: set[Decimal] = set()
        for value in values:
            if value is None or isinstance(value, bool):
                self._literals.add(value)
                continue
            number = as_number(value)
            if isinstance(value, str):
                self.texts.add(value.casefold())
            if number is not None:
                (self._spelled if isinstance(value, str) else self._numbers).add(number)

    def __contains__(self, expected: Any) -> bool:
        if expected is None or isinstance(expected, bool):
            return expected in self._literals
        number = as_number(expected)
        if isinstance(expected, str):
            return expected.casefold() in self.texts or (number is not None and number in self._numbers)
        return number is not None and (number in self._numbers or number in self._spelled)


class Values:
    """The values at one path. Where a comparison is with single values, lists are replaced by their elements."""

    def __init__(self, found: list[Any]) -> None:
        self.found = found

    @cached_property
    def equals(self) -> Equals:
        return Equals(self._elements())

    @cached_property
    def in_lists(self) -> Equals:
        return Equals(element for value in self.found if isinstance(value, list) for element in value)

    @cached_property
    def texts(self) -> list[str]:
        """Those that are in no list, without case."""
        return [value.casefold() for value in self.found if isinstance(value, str)]

    @cached_property
    def ranks(self) -> dict[str, tuple[Rank, Rank]]:
        """The least and the greatest number and moment."""
        found: dict[str, list[Any]] = {}
        for value in self._elements():
            if (ranked := rank(value)) is not None:
                found.setdefault(ranked[0], []).append(ranked[1])
        return {kind: (min(values), max(values)) for kind, values in found.items()}

    def has_beginning(self, prefix: str) -> bool:
        """Whether a text begins with `prefix`, which is without case."""
        position = bisect_left(self._sorted, prefix)
        return position < len(self._sorted) and self._sorted[position].startswith(prefix)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.equals.texts)

    def _elements(self) -> Iterator[Any]:
        for value in self.found:
            if isinstance(value, list):
                yield from value
            else:
                yield value


class Facts:
    """An event's data by path."""

    def __init__(self, data: Any) -> None:
        self._data = data
        self._known: dict[str, Values] = {}

    def at(self, path: str) -> Values:
        """All values at `path`, which goes into every element of the lists on its way."""
        known = self._known.get(path)
        if known is None:
            found = _reach(self._data, path.split("."))
            known = self._known[path] = Values(as_slugs(found) if names_carrier(path) else found)
        return known


def _reach(data: Any, names: list[str]) -> list[Any]:
    reached = [data]
    for name in names:
        objects = (element for value in reached for element in (value if isinstance(value, list) else (value,)))
        reached = [each[name] for each in objects if isinstance(each, Mapping) and name in each]
    return reached


def names_carrier(path: str) -> bool:
    return path.rpartition(".")[2] == CARRIER


def as_slugs(value: Any) -> Any:
    """Carriers are compared in the form in which they are stored: `Royal Mail` is `royal_mail`."""
    if isinstance(value, list):
        return [as_slugs(each) for each in value]
    return carrier_slug(value) or "" if isinstance(value, str) else value


def rank(value: Any) -> tuple[str, Rank] | None:
    """A sortable value with its type: numbers and text that spells one, or points in time. None if it has no order."""
    number = as_number(value)
    if number is not None:
        return "number", number
    if not isinstance(value, str):
        return None
    try:
        return "moment", clock.parse(value)
    except (ValueError, OverflowError):
        return None


def as_number(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return Decimal(value) if _NUMBER.fullmatch(value) else None
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, int) and value.bit_length() < _MAX_NUMBER_BITS:
        return Decimal(value)
    return value if isinstance(value, Decimal) and value.is_finite() else None
