"""Reads the bodies of the Sync API: a defect inside a record must not cost the call, and so the other records.

Other endpoints use `bodies.read_json`, which rejects everything that readers of JSON disagree on. Here only text that
is no JSON at all is rejected. Whatever else is wrong is repaired, and each repair is listed with its place in the body.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chalicelib.kit.errors import BadRequest, PayloadTooLarge

MAX_DEPTH = 40
"""What is nested deeper is cut off. More than a record may have, so that its reader still sees that it is too deep."""
MAX_INT_DIGITS = 300
REPLACEMENT = "\ufffd"
NOT_UNICODE = "has a character that is no valid Unicode, such as half of a surrogate pair"
_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """Something that was wrong with the body at `path`, and what was done about it."""

    path: Path
    value: Any
    """What is there now."""
    message: str


class _Repeated(dict[str, Any]):
    """An object in which some names occur more than once."""

    names: list[str]


def read_json_leniently(raw: bytes, max_bytes: int, repairs: list[Repair]) -> dict[str, Any]:
    """The body as an object; an empty one is `{}`. `repairs` is added to. Numbers are int or Decimal, NaN included."""
    if len(raw) > max_bytes:
        raise PayloadTooLarge(f"The request body is larger than {max_bytes} bytes.")
    if not raw.strip():
        return {}
    # Bytes that are not UTF-8 become unpaired surrogates, which are repaired like those that JSON has escaped.
    text = raw.decode("utf-8-sig", "surrogateescape")
    try:
        value = _load(text)
    except ValueError:
        raise BadRequest("The request body is not valid JSON.", "invalid_json") from None
    if not isinstance(value, dict):
        raise BadRequest("The request body must be a JSON object.", "invalid_json")
    _cut_deep_values(value)
    if _ESCAPED_SURROGATE.search(text) or _SURROGATES.search(text) or _has_repeated_names(value):
        repaired: dict[str, Any] = _repaired(value, (), repairs)
        return repaired
    return value


def _load(text: str) -> Any:
    try:
        return _loads(text)
    except RecursionError:
        return _loads(_without_deep_text(text))


def _loads(text: str) -> Any:
    return json.loads(
        text,
        # Control characters in strings are taken as they are.
        strict=False,
        parse_int=_int,
        parse_float=_decimal,
        parse_constant=Decimal,
        object_pairs_hook=_object,
    )


def _int(digits: str) -> int | Decimal:
    # Python refuses to convert thousands of digits, because that takes quadratic time. Decimal does not.
    return int(digits) if len(digits) <= MAX_INT_DIGITS else Decimal(digits)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        # Its exponent has more digits than Decimal can hold.
        return Decimal("NaN")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    repeated = _Repeated(values)
    counts = Counter(name for name, _ in pairs)
    repeated.names = [name for name, count in counts.items() if count > 1]
    return repeated


def _has_repeated_names(value: Any) -> bool:
    level: list[Any] = [value]
    while level:
        if any(isinstance(parent, _Repeated) for parent in level):
            return True
        level = [child for parent in level for child in _children(parent) if isinstance(child, dict | list)]
    return False


def _without_deep_text(text: str) -> str:
    """The text with `null` for whatever is nested too deep for the parser."""
    pieces: list[str] = []
    depth = end = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        token = match[0]
        if token in ("[", "{"):
            depth += 1
            if depth == MAX_DEPTH + 1:
                pieces += [text[end : match.start()], "null"]
        elif token in ("]", "}"):
            if depth == MAX_DEPTH + 1:
                end = match.end()
            depth -= 1
    if depth > 0:
        raise ValueError("brackets are not closed")
    return "".join([*pieces, text[end:]])


def _cut_deep_values(value: Any) -> None:
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH - 1):
        level = [child for parent in level for child in _children(parent) if isinstance(child, dict | list)]
    for parent in level:
        places: Iterable[Any] = list(parent) if isinstance(parent, dict) else range(len(parent))
        for place in places:
            if isinstance(parent[place], dict | list):
                parent[place] = None


def _children(parent: Any) -> Iterable[Any]:
    return parent.values() if isinstance(parent, dict) else parent


def _repaired(value: Any, path: Path, repairs: list[Repair]) -> Any:
    if isinstance(value, str):
        return _repaired_text(value, path, repairs)
    if isinstance(value, list):
        return [_repaired(entry, (*path, index), repairs) for index, entry in enumerate(value)]
    if not isinstance(value, dict):
        return value
    fields = {}
    for name, entry in value.items():
        clean_name = _SURROGATES.sub(REPLACEMENT, name)
        fields[clean_name] = _repaired(entry, (*path, clean_name), repairs)
    for name in value.names if isinstance(value, _Repeated) else ():
        clean_name = _SURROGATES.sub(REPLACEMENT, name)
        message = "is given more than once; the last value was used"
        repairs.append(Repair((*path, clean_name), fields[clean_name], message))
    return fields


def _repaired_text(text: str, path: Path, repairs: list[Repair]) -> str:
    if text.isascii() or not _SURROGATES.search(text):
        return text
    clean = _SURROGATES.sub(REPLACEMENT, text)
    repairs.append(Repair(path, clean, f"{NOT_UNICODE}; U+FFFD replaces it"))
    return clean
