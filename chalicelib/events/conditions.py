"""The conditions of alert rules and of webhooks' filters: validation, and evaluation against an event's data.

`validate` reports everything that is wrong with a condition. `matches` accepts any value, including conditions stored
before validation was tightened: an invalid condition does not hold, and nothing raises. Time is in proportion to the
condition plus the data, but for `contains`, which looks for each part in each text. docs/alert-conditions.md has the
rules as a table of examples, which the tests run.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chalicelib.events.facts import Facts, Rank, Values, as_number, as_slugs, names_carrier, rank
from chalicelib.kit import codec
from chalicelib.kit.said import Said

MAX_BYTES = 4096
MAX_DEPTH = 5
MAX_PATH_LENGTH = 200

_GROUPS = ("all", "any")
_COMPARISON = frozenset({"field", "operator", "value"})

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
    return holds(condition, Facts(data))


def holds(condition: Any, facts: Facts) -> bool:
    """As `matches`, for data that several conditions ask about."""
    return _holds(condition, facts, 1)


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


NOT_ORDERED = Said.of("number_or_date_expected", "Must be a number, or a date or time like 2026-01-15.")


def _not_scalar(value: Any) -> str | None:
    fits = value is None or isinstance(value, str | bool) or as_number(value) is not None
    return None if fits else "Must be text, a number, true, false or null."


def _not_in_list(value: Any) -> str | None:
    if isinstance(value, list) and value and not any(map(_not_scalar, value)):
        return None
    return "Must be a list of at least one text, number, true, false or null."


def _not_ordered(value: Any) -> str | None:
    return None if rank(value) is not None else NOT_ORDERED


def _not_text(value: Any) -> str | None:
    return None if isinstance(value, str) else "Must be text."


def _not_text_or_number(value: Any) -> str | None:
    fits = isinstance(value, str) or as_number(value) is not None
    return None if fits else "Must be text or a number."


def _not_bool(value: Any) -> str | None:
    return None if isinstance(value, bool) else "Must be true or false."


def _holds(condition: Any, facts: Facts, depth: int) -> bool:
    if not isinstance(condition, Mapping):
        return False
    group = next((key for key in _GROUPS if key in condition), None)
    if group is not None:
        members = condition[group]
        if not isinstance(members, list) or not members or len(condition) > 1 or depth > MAX_DEPTH:
            return False
        combine = all if group == "all" else any
        return combine(_holds(member, facts, depth + 1) for member in members)
    if "field" in condition:
        return _compares(condition, facts)
    return all(_equals_at(path, expected, facts) for path, expected in condition.items())


def _compares(condition: Mapping[str, Any], facts: Facts) -> bool:
    field, name = condition["field"], condition.get("operator")
    if not _is_path(field) or not isinstance(name, str) or name not in OPERATORS:
        return False
    if condition.keys() != _COMPARISON:
        return False
    takes, is_met = OPERATORS[name]
    value = condition["value"]
    if takes(value) is not None:
        return False
    return is_met(facts.at(field), as_slugs(value) if names_carrier(field) else value)


def _equals_at(path: Any, expected: Any, facts: Facts) -> bool:
    name = "in" if isinstance(expected, list) else "eq"
    return _compares({"field": path, "operator": name, "value": expected}, facts)


def _is(values: Values, expected: Any) -> bool:
    if expected is None and not values.found:
        return True
    return expected in values.equals


def _is_in(values: Values, expected: list[Any]) -> bool:
    if not values.found:
        return None in expected
    return any(each in values.equals for each in expected)


def _least(test: Callable[[Any, Any], bool]) -> Callable[[Values, Any], bool]:
    return lambda values, bound: _ordered(values, bound, 0, test)


def _greatest(test: Callable[[Any, Any], bool]) -> Callable[[Values, Any], bool]:
    return lambda values, bound: _ordered(values, bound, 1, test)


def _ordered(values: Values, bound: Any, end: int, test: Callable[[Rank, Rank], bool]) -> bool:
    """Whether any value is beyond the bound: then the least (`end` 0) or the greatest (1) is."""
    limit = rank(bound)
    if limit is None or limit[0] not in values.ranks:
        return False
    return test(values.ranks[limit[0]][end], limit[1])


def _contains(values: Values, part: Any) -> bool:
    """Text contains a substring; a list contains a value equal to one of its elements."""
    if part in values.in_lists:
        return True
    folded = str(part).casefold()
    return any(folded in text for text in values.texts)


def _starts_with(values: Values, beginning: str) -> bool:
    return values.has_beginning(beginning.casefold())


def _exists(values: Values, expected: bool) -> bool:
    return any(value is not None for value in values.found) is expected


OPERATORS: dict[str, tuple[Callable[[Any], str | None], Callable[[Values, Any], bool]]] = {
    "eq": (_not_scalar, _is),
    "ne": (_not_scalar, lambda values, expected: not _is(values, expected)),
    "gt": (_not_ordered, _greatest(operator.gt)),
    "gte": (_not_ordered, _greatest(operator.ge)),
    "lt": (_not_ordered, _least(operator.lt)),
    "lte": (_not_ordered, _least(operator.le)),
    "in": (_not_in_list, _is_in),
    "not_in": (_not_in_list, lambda values, expected: not _is_in(values, expected)),
    "contains": (_not_text_or_number, _contains),
    "starts_with": (_not_text, _starts_with),
    "exists": (_not_bool, _exists),
}
"""For each operator: (what is wrong with its value, or None; whether it holds for the values found)."""
