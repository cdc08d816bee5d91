"""Reads one record of the Sync API.

Bridge services pass on what very different sources send. A field that cannot be read is therefore left out with a
warning instead of failing its record, except for the few that would be dangerous to leave out (`Record.decisive`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from chalicelib.http.bodies import FieldError
from chalicelib.kit import codec
from chalicelib.records.fields import to_text
from chalicelib.records.record import Record

MAX_RECORD_BYTES = 200 * 1024
MAX_DEPTH = 32
MAX_WARNINGS = 20
"""Per record."""
MAX_PROBLEMS = 3
"""How many of a record's problems its error message names."""
MAX_PREVIEW = 100
"""Characters of a value and of a field's path in a warning."""

M = TypeVar("M", bound=Record)


class BadRecord(Exception):
    """The message says what is wrong with the record."""


@dataclass(frozen=True, slots=True)
class FieldWarning:
    """A part of a record that was left out or repaired."""

    field: str
    """Dotted path: `line_items.0.price`."""
    value: Any
    message: str


def parse_record(model: type[M], raw: Any) -> tuple[M, list[FieldWarning]]:
    """The record, and warnings about the parts that were left out. Raises BadRecord."""
    if not isinstance(raw, dict):
        raise BadRecord("must be an object")
    if _depth(raw) > MAX_DEPTH:
        raise BadRecord(f"is nested deeper than {MAX_DEPTH} levels")
    if len(codec.dumps(raw, nan_as_null=True).encode(errors="surrogatepass")) > MAX_RECORD_BYTES:
        raise BadRecord(f"is larger than {MAX_RECORD_BYTES} bytes")
    try:
        return model.model_validate(raw), []
    except ValidationError:
        # Rare, and slower: find the fields at fault.
        pass
    reading = _Reading(model)
    readable = reading.readable(model, raw)
    if reading.failures or readable is None:
        problems = [f"{warning.field}: {warning.message}" for warning in reading.failures]
        more = f"; and {len(problems) - MAX_PROBLEMS} more" if len(problems) > MAX_PROBLEMS else ""
        raise BadRecord("; ".join(problems[:MAX_PROBLEMS]) + more)
    return model.model_validate(readable), reading.warnings


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level := [entry for entry in level if isinstance(entry, dict | list)]:
        depth += 1
        level = [child for parent in level for child in (parent.values() if isinstance(parent, dict) else parent)]
    return depth


class _Reading:
    """Removes from a record whatever its model rejects, and collects warnings about it."""

    def __init__(self, model: type[Record]) -> None:
        self.model = model
        self.warnings: list[FieldWarning] = []
        self.failures: list[FieldWarning] = []

    def readable(self, model: type[Record], raw: Any, path: str = "") -> dict[str, Any] | None:
        """The object without the parts that cannot be read; None if a required one is among them."""
        try:
            model.model_validate(raw)
            return dict(raw)
        except ValidationError as error:
            problems = error.errors(include_url=False)
        if _field_of(problems[0]) is None:
            self._warn(path, raw, _message(problems[0]))
            return None
        kept = dict(raw)
        usable = True
        for name, problem in {_field_of(problem): problem for problem in problems}.items():
            usable = self._remove(model, kept, str(name), problem, f"{path}{name}") and usable
        # One problem may have hidden another.
        return self.readable(model, kept, path) if usable else None

    def _remove(self, model: type[Record], kept: dict[str, Any], name: str, problem: ErrorDetails, path: str) -> bool:
        """Remove one field, or what is wrong inside it. Returns whether the object is still valid without it."""
        value = kept.pop(name, None)
        if len(problem["loc"]) > 1:
            kept[name] = self._readable_parts(model, name, value, path)
            if kept[name] is None:
                del kept[name]
        elif problem["type"] == "too_long" and isinstance(value, list):
            limit = problem["ctx"]["max_length"]
            self._warn(path, len(value), f"has more than {limit} entries; the others were left out")
            kept[name] = model.shorten(value, limit)
        elif problem["type"] == "extra_forbidden":
            # Finding a similar name is slow, and a record may have thousands of unknown fields.
            known = list(model.model_fields) if len(self.warnings) < MAX_WARNINGS else []
            self._warn(path, value, _unknown(name, known))
        else:
            self._warn(path, value, _message(problem))
        info = model.model_fields.get(name)
        return name in kept or info is None or not info.is_required()

    def _readable_parts(self, model: type[Record], name: str, value: Any, path: str) -> Any:
        nested = _nested_model(model, name)
        if isinstance(value, list):
            return list(self._readable_entries(model, name, nested, value, path))
        assert nested is not None
        return self.readable(nested, value, f"{path}.")

    def _readable_entries(
        self, model: type[Record], name: str, nested: type[Record] | None, entries: list[Any], path: str
    ) -> Iterator[Any]:
        bad = {} if nested else _bad_entries(model, name, entries)
        for index, entry in enumerate(entries):
            if nested is not None:
                found = self.readable(nested, entry, f"{path}.{index}.")
                if found is not None:
                    yield found
            elif index in bad:
                self._warn(f"{path}.{index}", entry, bad[index])
            else:
                yield entry

    def _warn(self, path: str, value: Any, message: str) -> None:
        path = path.removesuffix(".")
        warning = FieldWarning(path[:MAX_PREVIEW], preview(value), message)
        (self.failures if path in self.model.decisive else self.warnings).append(warning)


def _bad_entries(model: type[Record], name: str, entries: list[Any]) -> dict[int, str]:
    """Index and message of the entries of a list of plain values that cannot be read."""
    try:
        model.model_validate({name: entries})
    except ValidationError as error:
        problems = [problem for problem in error.errors(include_url=False) if problem["loc"][:1] == (name,)]
        return {int(problem["loc"][1]): _message(problem) for problem in problems if len(problem["loc"]) > 1}
    return {}


@cache
def _nested_model(model: type[Record], name: str) -> type[Record] | None:
    """The type of a field that is an object, or of the objects in a field that is a list."""

    def find(annotation: Any) -> type[Record] | None:
        if isinstance(annotation, type) and issubclass(annotation, Record):
            return annotation
        return next((found for part in get_args(annotation) if (found := find(part)) is not None), None)

    return find(model.model_fields[name].annotation)


def _field_of(problem: ErrorDetails) -> str | None:
    """The field at fault; None if it is the object itself."""
    if problem["loc"]:
        return str(problem["loc"][0])
    found = problem.get("ctx", {}).get("error")
    return found.field if isinstance(found, FieldError) else None


MESSAGES = {
    "missing": "is required",
    "string_type": "must be text",
    "string_too_long": "is longer than {max_length} characters",
    "string_too_short": "must not be empty",
    "literal_error": "must be one of {expected}",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "dict_type": "must be an object",
    "list_type": "must be a list",
}
"""By pydantic's type of error."""


def _message(problem: ErrorDetails) -> str:
    context = problem.get("ctx", {})
    if "error" in context:
        return str(context["error"])
    template = MESSAGES.get(problem["type"])
    return template.format_map(context) if template is not None else problem["msg"]


HINTS = {
    "line1": "address1",
    "street1": "address1",
    "line2": "address2",
    "street2": "address2",
    "postal_code": "zip",
    "postcode": "zip",
    "province": "state",
    "qty": "quantity",
    "unit_price": "price",
    "tracking_code": "tracking_number",
}
"""Other systems' names for our fields, where the two are not similar."""


def _unknown(name: str, known: Sequence[str]) -> str:
    hint = HINTS.get(name)
    likely = [hint] if hint in known else get_close_matches(name[:MAX_PREVIEW], known, 1)
    return "is not a known field" + (f"; did you mean {likely[0]}?" if likely else "")


def preview(value: Any) -> Any:
    """A value as warnings show it: shortened, and valid JSON."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        text = str(value)
        return value if len(text) <= MAX_PREVIEW and Decimal(value).is_finite() else text[:MAX_PREVIEW]
    if isinstance(value, str):
        return value[:MAX_PREVIEW]
    return codec.dumps(value, nan_as_null=True)[:MAX_PREVIEW]


def external_id_of(raw: Any) -> str | None:
    """The id to report for a record that could not be read."""
    value = raw.get("external_id") if isinstance(raw, dict) else None
    try:
        text = to_text(value)
    except ValueError:
        return None
    return text[:255] if isinstance(text, str) else None
