"""Field types of records. They accept the many ways in which sources write numbers, texts, times and nothing at all."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema

from chalicelib.records import times

MAX_NUMBER = Decimal(10) ** 15
MAX_PLACES = 10
MAX_TEXT_DIGITS = 300


def _number(value: Any) -> int | Decimal | None:
    """Rounds half-even to ten places and keeps other digits unchanged, except that `1E2` becomes 100. None for blank
    text."""
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
    is_negative_zero = number.is_signed() and not number
    if exponent >= 0 or is_negative_zero:
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


def whole_number_between(low: int, high: int) -> Callable[[Any], int | None]:
    read_number = number_between(low, high)

    def read(value: Any) -> int | None:
        number = read_number(value)
        if number is not None and number != int(number):
            raise ValueError("must be a whole number")
        return None if number is None else int(number)

    return read


def to_text(value: Any) -> Any:
    """Numbers become text: a whole number becomes its digits, whatever its notation. Other values are returned as they
    are."""
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
"""A date or time, stored with the offset it came with."""

Id = Annotated[str, Field(min_length=1, max_length=255), BeforeValidator(to_text)]
Short = Annotated[str, Field(max_length=255), BeforeValidator(to_text)]
Text = Annotated[str, Field(max_length=5000), BeforeValidator(to_text)]
LongText = Annotated[str, BeforeValidator(to_text)]
Word = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(to_text), AfterValidator(str.lower)]
"""In lower case. Its length is that of the text as sent: some letters become longer."""
BLANK_IS_NULL = BeforeValidator(blank_to_null)
"""For fields where blank text is not a value: status words, lists, ids of other records."""
EMPTY_IS_NULL = BeforeValidator(_nothing_to_null)
"""For objects. PHP writes empty ones as `[]`."""
