"""Reads one record of the Sync API.

Bridge services pass on what very different sources send, so that a field costs itself, not its record: what cannot be
read is left out, with a warning. Only what would be dangerous to leave out (`Record.decisive`) fails the record.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from chalicelib.http.bodies import FieldError
from chalicelib.kit import codec
from chalicelib.records import times

MAX_RECORD_BYTES = 200 * 1024
MAX_DEPTH = 32
MAX_WARNINGS = 20
"""Of one record."""
MAX_PROBLEMS = 3
"""Named in one error."""
MAX_SHOWN = 100
"""Characters of a value, or of a field's path, in a warning."""
MAX_NUMBER = Decimal(10) ** 15
MAX_PLACES = 10
MAX_TEXT_DIGITS = 300

M = TypeVar("M", bound="Record")


class BadRecord(Exception):
    """The message says what is wrong with the record."""


@dataclass(frozen=True, slots=True)
class FieldWarning:
    """A part of a record that was left out or repaired."""

    field: str
    """Dotted path: `line_items.0.price`."""
    value: Any
    message: str


# Field types


def _number(value: Any) -> int | Decimal | None:
    """Rounded half-even to ten places; other digits stay as they came, and `1E2` is 100. Null for a blank text."""
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return None
        value = Decimal(text) if _NUMERIC.fullmatch(text) else text
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("must be a number")
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("must be a number")
    if number.copy_abs() > MAX_NUMBER:
        raise ValueError("is out of range")
    if exponent >= 0:
        return int(number)
    if exponent >= -MAX_PLACES:
        return number
    rounded = number.quantize(Decimal(1).scaleb(-MAX_PLACES), ROUND_HALF_EVEN).normalize()
    return int(rounded) if rounded == rounded.to_integral_value() else rounded


_NUMERIC = re.compile(r"[+-]?(\d{1,300}(\.\d*)?|\.\d+)([eE][+-]?\d{1,9})?", re.ASCII)


def _count(value: Any) -> int | Decimal | None:
    number = _number(value)
    if number is not None and number < 0:
        raise ValueError("must not be negative")
    return number


def number_between(low: int, high: int) -> Callable[[Any], int | Decimal | None]:
    def read(value: Any) -> int | Decimal | None:
        number = _number(value)
        if number is not None and not low <= number <= high:
            raise ValueError(f"must be between {low} and {high}")
        return number

    return read


def _text(value: Any) -> Any:
    """Sources write numbers where text is meant; a whole number is its digits, whatever its notation."""
    if isinstance(value, Decimal):
        if not value.is_finite() or abs(value.adjusted()) > MAX_TEXT_DIGITS:
            raise ValueError("must be text")
        is_whole = value == value.to_integral_value()
        return str(int(value)) if is_whole else format(value, "f")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


def _moment(value: Any) -> str | None:
    text = _time_text(value)
    return None if times.is_no_time(text) else times.to_timestamp(text)


def _required_moment(value: Any) -> str:
    moment = _moment(value)
    if moment is None:
        raise ValueError("is required")
    return moment


def _date(value: Any) -> str | None:
    text = _time_text(value)
    return None if times.is_no_time(text) else times.to_plain_form(text)


def _time_text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be an ISO 8601 date or time")
    return value.strip()


def _lower(value: Any) -> Any:
    text = _text(value)
    return text.lower() if isinstance(text, str) else text


def blank_to_null(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _nothing_to_null(value: Any) -> Any:
    return None if value == [] else blank_to_null(value)


_NUMBER = {
    "type": ["number", "string"],
    "minimum": -int(MAX_NUMBER),
    "maximum": int(MAX_NUMBER),
    "description": f"A decimal number, as JSON's or in text, rounded to {MAX_PLACES} places",
}
_COUNT = {**_NUMBER, "minimum": 0}
Number = Annotated[int | Decimal, PlainValidator(_number), WithJsonSchema(_NUMBER)]
Count = Annotated[int | Decimal, PlainValidator(_count), WithJsonSchema(_COUNT)]

_MOMENT = {"type": "string", "description": "Any ISO 8601 or RFC 3339 form; UTC where no offset is given"}
_DATE = {"type": "string", "description": "Any ISO 8601 or RFC 3339 form; is returned with the offset it came with"}
Moment = Annotated[str, PlainValidator(_moment), WithJsonSchema(_MOMENT)]
"""A time, stored as one of our timestamps."""
RequiredMoment = Annotated[str, PlainValidator(_required_moment), WithJsonSchema(_MOMENT)]
Date = Annotated[str, PlainValidator(_date), WithJsonSchema(_DATE)]
"""A date or time that goes out as it came in."""

Id = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=255)]
Short = Annotated[str, BeforeValidator(_text), Field(max_length=255)]
Text = Annotated[str, BeforeValidator(_text), Field(max_length=5000)]
LongText = Annotated[str, BeforeValidator(_text)]
Word = Annotated[str, BeforeValidator(_lower), Field(min_length=1, max_length=200)]
BLANK_IS_NULL = BeforeValidator(blank_to_null)
"""For fields in which an empty text is no value: words of ours, lists, other records' ids."""
EMPTY_IS_NULL = BeforeValidator(_nothing_to_null)
"""For objects, which PHP writes as `[]` when they are empty."""


# Records


def _allow_unknown_fields(schema: dict[str, Any]) -> None:
    # They are left out with a warning, so that a client may send them.
    schema.pop("additionalProperties", None)


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, json_schema_extra=_allow_unknown_fields)

    decisive: ClassVar[frozenset[str]] = frozenset()
    """Dotted paths of fields that fail the whole record where they cannot be read."""
    merged_by_field: ClassVar[bool] = False
    """Whether a stored object keeps the fields that a record does not name. Others are replaced whole."""

    @classmethod
    def shorten(cls, entries: list[Any], limit: int) -> list[Any]:
        """Which entries to keep of a list that is too long."""
        return entries[:limit]


class SourceRecord(Record):
    """A record with the source's own id and clock."""

    external_id: Id = Field(description="The source's own id, unique among the bridge's records of this type")
    updated_at: Moment | None = Field(
        None, description="ISO 8601, the source's own clock: a record older than the stored one changes nothing"
    )

    def given(self) -> dict[str, Any]:
        """The fields that were sent. Objects that are merged by field keep their nulls; others are without."""
        return {name: _plain(getattr(self, name)) for name in sorted(self.model_fields_set)}


class AddressRecord(Record):
    """A postal address. It replaces the stored one whole."""

    name: Short | None = None
    address1: Text | None = None
    address2: Text | None = None
    city: Short | None = None
    state: Short | None = None
    zip: Short | None = None
    country: Short | None = None
    phone: Short | None = None


Address = Annotated[AddressRecord | None, EMPTY_IS_NULL]


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return value.model_dump(exclude_unset=True) if value.merged_by_field else value.model_dump(exclude_none=True)
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value


# Reading


def parse_record(model: type[M], raw: Any) -> tuple[M, list[FieldWarning]]:
    """The record, and what of it was left out. BadRecord."""
    if not isinstance(raw, dict):
        raise BadRecord("must be an object")
    if _depth(raw) > MAX_DEPTH:
        raise BadRecord(f"is nested deeper than {MAX_DEPTH} levels")
    if len(codec.dumps(raw, nan_as_null=True).encode(errors="surrogatepass")) > MAX_RECORD_BYTES:
        raise BadRecord(f"is larger than {MAX_RECORD_BYTES} bytes")
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
    """Takes out of a record what its model refuses, and collects what that was."""

    def __init__(self, model: type[Record]) -> None:
        self.model = model
        self.warnings: list[FieldWarning] = []
        self.failures: list[FieldWarning] = []

    def readable(self, model: type[Record], raw: Any, path: str = "") -> dict[str, Any] | None:
        """The object without what cannot be read; None where too little is left to be of use."""
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
            usable = self._take_out(model, kept, str(name), problem, f"{path}{name}") and usable
        # What was taken out may have hidden other problems.
        return self.readable(model, kept, path) if usable else None

    def _take_out(self, model: type[Record], kept: dict[str, Any], name: str, problem: ErrorDetails, path: str) -> bool:
        """Remove what is wrong with one field; whether the object can still be read without it."""
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
            self._warn(path, value, _unknown(name, list(model.model_fields)))
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
        warning = FieldWarning(path[:MAX_SHOWN], shown(value), message)
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
    """The type of the objects in a field, or in the list that a field is."""

    def find(annotation: Any) -> type[Record] | None:
        if isinstance(annotation, type) and issubclass(annotation, Record):
            return annotation
        return next((found for part in get_args(annotation) if (found := find(part)) is not None), None)

    return find(model.model_fields[name].annotation)


def _field_of(problem: ErrorDetails) -> str | None:
    """The field at fault; None where it is the whole object."""
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
"""Names of other systems for our fields that look nothing like them."""


def _unknown(name: str, known: Sequence[str]) -> str:
    hint = HINTS.get(name)
    likely = [hint] if hint in known else get_close_matches(name[:MAX_SHOWN], known, 1)
    return "is not a known field" + (f"; did you mean {likely[0]}?" if likely else "")


def shown(value: Any) -> Any:
    """A value as a warning shows it: short, and always JSON."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        text = str(value)
        return value if len(text) <= MAX_SHOWN and Decimal(value).is_finite() else text[:MAX_SHOWN]
    if isinstance(value, str):
        return value[:MAX_SHOWN]
    return codec.dumps(value, nan_as_null=True)[:MAX_SHOWN]


def external_id_of(raw: Any) -> str | None:
    """What to call a record that could not be read."""
    value = raw.get("external_id") if isinstance(raw, dict) else None
    try:
        text = _text(value)
    except ValueError:
        return None
    return text[:255] if isinstance(text, str) else None
