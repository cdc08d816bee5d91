"""The conditions of alert rules and of webhooks' filters: validation, and evaluation against an event's data.

`validate` reports everything that is wrong with a condition. `matches` accepts any value, including conditions stored
before validation was tightened: an invalid condition does not hold, and nothing raises. Both take time in proportion
to the condition and the data, which are small. docs/alert-conditions.md has the rules as a table of examples, which
the tests run.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from chalicelib.catalog.carriers import carrier_slug
from chalicelib.kit import clock, codec

MAX_BYTES = 4096
MAX_DEPTH = 5
MAX_PATH_LENGTH = 200
CARRIER = "carrier"

_GROUPS = ("all", "any")
_COMPARISON = frozenset({"field", "operator", "value"})
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_MAX_NUMBER_BITS = 200

Problem = tuple[str, str]
"""(path of the field; message)."""


def validate(condition: Any, where: str = "condition") -> list[Problem]:
    """Everything that is wrong with a condition; an empty list if it can be saved. `where` is the field that has it."""
    if not isinstance(condition, Mapping):
        return [(where, "Must be an object.")]
    problems = list(_problems(condition, where, 1))
    # Checked last, so that absurdly nested input is refused without being serialized.
    if not problems and len(codec.dumps(condition).encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return [(where, "Must not be longer than 4 KB.")]
    return problems


def matches(condition: Any, data: Any) -> bool:
    """Whether `condition` holds for `data`. Never raises; an invalid condition does not hold."""
    return _holds(condition, data, 1)


def _problems(condition: Any, where: str, depth: int) -> Iterator[Problem]:
    if not isinstance(condition, Mapping):
        yield where, "Must be an object."
        return
    group = next((key for key in _GROUPS if key in condition), None)
    if group is not None:
        yield from _group_problems(condition, group, where, depth)
    elif "field" in condition:
        yield from _comparison_problems(condition, where)
    else:
        for path, expected in condition.items():
            yield from _path_problems(path, where)
            yield from _equality_problems(expected, f"{where}.{path}")


def _group_problems(condition: Mapping[str, Any], group: str, where: str, depth: int) -> Iterator[Problem]:
    if len(condition) > 1:
        yield where, f"`{group}` cannot be combined with other keys; put the other conditions into its list."
    members = condition[group]
    where = f"{where}.{group}"
    if not isinstance(members, list) or not members:
        yield where, "Must be a list of at least one condition."
    elif depth > MAX_DEPTH:
        yield where, f"`all` and `any` can be nested at most {MAX_DEPTH} deep."
    else:
        for position, member in enumerate(members):
            yield from _problems(member, f"{where}[{position}]", depth + 1)


def _comparison_problems(condition: Mapping[str, Any], where: str) -> Iterator[Problem]:
    for key in condition.keys() - _COMPARISON:
        yield f"{where}.{key}", "A comparison has only `field`, `operator` and `value`."
    yield from _path_problems(condition["field"], f"{where}.field")
    operator = condition.get("operator")
    if not isinstance(operator, str) or operator not in OPERATORS:
        yield f"{where}.operator", f"Must be one of {', '.join(OPERATORS)}."
    elif "value" not in condition:
        yield f"{where}.value", "Is required."
    else:
        takes, _ = OPERATORS[operator]
        problem = takes(condition["value"])
        if problem:
            yield f"{where}.value", problem


def _path_problems(path: Any, where: str) -> Iterator[Problem]:
    if not _is_path(path):
        yield where, f"Must be a path such as `totals.total`, of at most {MAX_PATH_LENGTH} characters."


def _is_path(path: Any) -> bool:
    return isinstance(path, str) and len(path) <= MAX_PATH_LENGTH and all(path.split("."))


def _equality_problems(expected: Any, where: str) -> Iterator[Problem]:
    takes, _ = OPERATORS["in" if isinstance(expected, list) else "eq"]
    problem = takes(expected)
    if problem:
        yield where, problem


def _not_scalar(value: Any) -> str | None:
    fits = value is None or isinstance(value, str | bool) or _as_number(value) is not None
    return None if fits else "Must be text, a number, true, false or null."


def _not_in_list(value: Any) -> str | None:
    if isinstance(value, list) and value and not any(map(_not_scalar, value)):
        return None
    return "Must be a list of at least one text, number, true, false or null."


def _not_ordered(value: Any) -> str | None:
    return None if _rank(value) is not None else "Must be a number, or a date or time like 2026-01-15."


def _not_text(value: Any) -> str | None:
    return None if isinstance(value, str) else "Must be text."


def _not_text_or_number(value: Any) -> str | None:
    fits = isinstance(value, str) or _as_number(value) is not None
    return None if fits else "Must be text or a number."


def _not_bool(value: Any) -> str | None:
    return None if isinstance(value, bool) else "Must be true or false."


def _holds(condition: Any, data: Any, depth: int) -> bool:
    if not isinstance(condition, Mapping):
        return False
    group = next((key for key in _GROUPS if key in condition), None)
    if group is not None:
        members = condition[group]
        if not isinstance(members, list) or not members or len(condition) > 1 or depth > MAX_DEPTH:
            return False
        combine = all if group == "all" else any
        return combine(_holds(member, data, depth + 1) for member in members)
    if "field" in condition:
        return _compares(condition, data)
    return all(_equals_at(path, expected, data) for path, expected in condition.items())


def _compares(condition: Mapping[str, Any], data: Any) -> bool:
    field, operator = condition["field"], condition.get("operator")
    if not _is_path(field) or not isinstance(operator, str) or operator not in OPERATORS:
        return False
    if condition.keys() != _COMPARISON:
        return False
    takes, holds = OPERATORS[operator]
    value, found = condition["value"], _found(data, field)
    if takes(value) is not None:
        return False
    if field.rpartition(".")[2] == CARRIER:
        value, found = _as_slugs(value), [_as_slugs(each) for each in found]
    return holds(found, value)


def _as_slugs(value: Any) -> Any:
    """Carriers are compared in the form in which they are stored: `Royal Mail` is `royal_mail`."""
    if isinstance(value, list):
        return [_as_slugs(each) for each in value]
    return carrier_slug(value) or "" if isinstance(value, str) else value


def _equals_at(path: Any, expected: Any, data: Any) -> bool:
    operator = "in" if isinstance(expected, list) else "eq"
    return _compares({"field": path, "operator": operator, "value": expected}, data)


def _found(data: Any, path: str) -> list[Any]:
    """All values at `path`, which goes into every element of the lists on its way."""
    reached = [data]
    for name in path.split("."):
        objects = (element for value in reached for element in (value if isinstance(value, list) else (value,)))
        reached = [each[name] for each in objects if isinstance(each, Mapping) and name in each]
    return reached


def _elements(found: list[Any]) -> Iterator[Any]:
    """The values to compare; lists are replaced by their elements."""
    for value in found:
        if isinstance(value, list):
            yield from value
        else:
            yield value


def _is(found: list[Any], expected: Any) -> bool:
    if expected is None and not found:
        return True
    return any(_same(value, expected) for value in _elements(found))


def _is_in(found: list[Any], expected: list[Any]) -> bool:
    if not found:
        return None in expected
    # Folding long texts is expensive, so each is folded once and not for every expected value.
    texts = {each.casefold() for each in expected if isinstance(each, str)}
    others = [each for each in expected if not isinstance(each, str)]
    for value in _elements(found):
        if isinstance(value, str):
            if value.casefold() in texts or any(_same(value, each) for each in others):
                return True
        elif any(_same(value, each) for each in expected):
            return True
    return False


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[list[Any], Any], bool]:
    def holds(found: list[Any], bound: Any) -> bool:
        limit = _rank(bound)
        ranks = (_rank(value) for value in _elements(found))
        return any(limit and rank and rank[0] == limit[0] and test(rank[1], limit[1]) for rank in ranks)

    return holds


def _contains(found: list[Any], part: Any) -> bool:
    """Text contains a substring; a list contains a value equal to one of its elements."""
    for value in found:
        if isinstance(value, list):
            if any(_same(element, part) for element in value):
                return True
        elif isinstance(value, str) and str(part).casefold() in value.casefold():
            return True
    return False


def _starts_with(found: list[Any], beginning: str) -> bool:
    prefix = beginning.casefold()
    return any(isinstance(value, str) and value.casefold().startswith(prefix) for value in _elements(found))


def _exists(found: list[Any], expected: bool) -> bool:
    return any(value is not None for value in found) is expected


def _same(value: Any, expected: Any) -> bool:
    """JSON equality, except that text ignores case and a number equals the text that spells it."""
    if isinstance(value, str) and isinstance(expected, str):
        return value.casefold() == expected.casefold()
    if value is None or isinstance(value, bool) or expected is None or isinstance(expected, bool):
        return value is expected
    left, right = _as_number(value), _as_number(expected)
    return left is not None and left == right


def _rank(value: Any) -> tuple[str, Decimal | datetime] | None:
    """A sortable value with its type: numbers and text that spells one, or points in time. None if it has no order."""
    number = _as_number(value)
    if number is not None:
        return "number", number
    if not isinstance(value, str):
        return None
    try:
        return "moment", clock.parse(value)
    except (ValueError, OverflowError):
        return None


def _as_number(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return Decimal(value) if _NUMBER.fullmatch(value) else None
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, int) and value.bit_length() < _MAX_NUMBER_BITS:
        return Decimal(value)
    return value if isinstance(value, Decimal) and value.is_finite() else None


OPERATORS: dict[str, tuple[Callable[[Any], str | None], Callable[[list[Any], Any], bool]]] = {
    "eq": (_not_scalar, _is),
    "ne": (_not_scalar, lambda found, value: not _is(found, value)),
    "gt": (_not_ordered, _ordered(lambda value, limit: value > limit)),
    "gte": (_not_ordered, _ordered(lambda value, limit: value >= limit)),
    "lt": (_not_ordered, _ordered(lambda value, limit: value < limit)),
    "lte": (_not_ordered, _ordered(lambda value, limit: value <= limit)),
    "in": (_not_in_list, _is_in),
    "not_in": (_not_in_list, lambda found, value: not _is_in(found, value)),
    "contains": (_not_text_or_number, _contains),
    "starts_with": (_not_text, _starts_with),
    "exists": (_not_bool, _exists),
}
"""For each operator: (what is wrong with its value, or None; whether it holds for the values found)."""
