"""Field types that records of the Sync API share, and how one record is read.

Bridge services pass on what very different sources send, so a record is read leniently: numbers where text belongs
become text, unknown fields are ignored. What would be wrong to guess is that record's error.
"""

from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
)

from chalicelib.http.bodies import details_of, moment
from chalicelib.kit import codec

MAX_RECORD_BYTES = 200 * 1024
MAX_PROBLEMS = 3
LARGEST_NUMBER = Decimal(10) ** 15
MOST_PLACES = 10

M = TypeVar("M", bound=BaseModel)


class Record(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, str_strip_whitespace=True)


class BadRecord(Exception):
    """The message says what is wrong with the record."""


def _number(value: Any) -> int | Decimal:
    if isinstance(value, str):
        value = _parsed(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("must be a number")
    if isinstance(value, int):
        value = Decimal(value)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_PLACES or abs(value) > LARGEST_NUMBER:
        raise ValueError("is out of range")
    # `1E2` becomes 100; digits after the point stay as they came.
    return int(value) if exponent >= 0 else value


def _parsed(text: str) -> Decimal:
    """Sources that keep money as text send it as text."""
    try:
        return Decimal(text.strip()[:40])
    except ArithmeticError:
        raise ValueError("must be a number") from None


def _date(text: str) -> str:
    moment(text)
    return text


def _lower(text: str) -> str:
    return text.lower()


_NUMBER = {
    "type": ["number", "string"],
    "minimum": -int(LARGEST_NUMBER),
    "maximum": int(LARGEST_NUMBER),
    "description": f"A decimal number of {MOST_PLACES} places at most, as JSON's or in text; kept digit by digit",
}
Number = Annotated[int | Decimal, PlainValidator(_number), WithJsonSchema(_NUMBER)]
Moment = Annotated[
    str, Field(max_length=40, description="ISO 8601; UTC where no offset is given"), AfterValidator(moment)
]
"""A time; stored as one of our timestamps."""
Date = Annotated[
    str, Field(max_length=40, description="ISO 8601, a date or a time; goes out as it came in"), AfterValidator(_date)
]
"""A date or time that goes out as it came in."""
Id = Annotated[str, Field(min_length=1, max_length=255)]
Short = Annotated[str, Field(max_length=255)]
Text = Annotated[str, Field(max_length=5000)]
Word = Annotated[str, Field(max_length=50), AfterValidator(_lower)]


class AddressRecord(Record):
    """A postal address."""

    name: Short | None = None
    address1: Text | None = None
    address2: Text | None = None
    city: Short | None = None
    state: Short | None = None
    zip: Short | None = None
    country: Short | None = None
    phone: Short | None = None


def read(model: type[M], raw: Any) -> M:
    """The record, or BadRecord."""
    if not isinstance(raw, dict):
        raise BadRecord("must be an object")
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems = [f"{field}: {message}" for field, message in details_of(error)]
        more = f"; and {len(problems) - MAX_PROBLEMS} more" if len(problems) > MAX_PROBLEMS else ""
        raise BadRecord("; ".join(problems[:MAX_PROBLEMS]) + more) from None


def check_size(raw: Any) -> None:
    if len(codec.dumps(raw).encode()) > MAX_RECORD_BYTES:
        raise BadRecord(f"is larger than {MAX_RECORD_BYTES} bytes")


def external_id_of(raw: Any) -> str | None:
    """What to call a record that could not be read."""
    value = raw.get("external_id") if isinstance(raw, dict) else None
    return str(value)[:255] if isinstance(value, str | int) else None


def plain(value: object) -> object:
    """A field's value without models: dicts without what is null."""
    if isinstance(value, BaseModel):
        return value.model_dump(exclude_none=True)
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return value
