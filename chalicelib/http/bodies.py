"""Request bodies: read, bounded, validated, with errors that name the caller's fields."""

import re
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from chalicelib.kit import clock, codec, ids
from chalicelib.kit.errors import BadRequest, Invalid, PayloadTooLarge

MAX_DEPTH = 32
MAX_DETAILS = 100
"""A body of a megabyte has room for so many mistakes that no answer could hold them."""
MAX_FIELD_NAME = 200
M = TypeVar("M", bound=BaseModel)
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


class FieldError(ValueError):
    """What a validator of several fields finds wrong with one of them."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def _id(text: str) -> str:
    if not ids.is_id(text.lower()):
        raise ValueError("must be a UUID")
    return text.lower()


BodyId = Annotated[str, AfterValidator(_id)]
"""The id of something, in a body or a query."""


def moment(text: str) -> str:
    """A date or time that somebody sent, as a timestamp of ours."""
    try:
        return clock.normalise(text)
    except ValueError:
        raise ValueError("must be an ISO 8601 date or time") from None


Moment = Annotated[str, AfterValidator(moment)]

WholeNumber = Annotated[int, BeforeValidator(codec.whole)]
"""A count in a body: `30` and `30.0` are the same, `30.5` and `"30"` are none."""


class Body(BaseModel):
    """A request body. Fields are known by their documented name and its other casing; unknown ones are refused.

    Documented names are camelCase unless `documented_snake` is set.
    """

    model_config = ConfigDict(
        extra="forbid", strict=True, populate_by_name=True, alias_generator=to_camel, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def _either_casing(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        spellings: dict[str, str] = {}
        for field, info in cls.model_fields.items():
            spellings[field] = spellings[to_camel(field)] = info.alias or field
        merged: dict[str, Any] = {}
        for name, value in values.items():
            target = spellings[name] if name in spellings else str(name)
            if target in merged and merged[target] != value:
                raise FieldError(target, "is given twice, in both casings, with different values")
            merged[target] = value
        return merged


class PatchBody(Body):
    """A change: every field may be left out, but only those in `nullable` may be null."""

    nullable: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="after")
    def _no_nulls(self) -> Self:
        for name in sorted(self.model_fields_set - self.nullable):
            if getattr(self, name) is None:
                raise FieldError(type(self).model_fields[name].alias or name, "must not be null")
        return self


class SnakeBody(Body):
    """A body whose documented names are snake_case."""

    model_config = ConfigDict(alias_generator=None)


class NoBody(Body):
    """Of endpoints that take none: an empty body or `{}`."""


def read_json(raw: bytes, max_bytes: int) -> dict[str, Any]:
    """The body as an object; an empty one is `{}`."""
    if len(raw) > max_bytes:
        raise PayloadTooLarge(f"The request body is larger than {max_bytes} bytes.")
    if not raw.strip():
        return {}
    try:
        # Not left to the parser, which would take other encodings, and halves of characters in this one.
        text = raw.decode("utf-8-sig")
        value = codec.loads_received(text)
    except (ValueError, RecursionError):
        raise BadRequest("The request body is not valid JSON.", "invalid_json") from None
    if not isinstance(value, dict):
        raise BadRequest("The request body must be a JSON object.", "invalid_json")
    _check_depth(value)
    _check_characters(text, value)
    return value


def _check_depth(value: dict[str, Any]) -> None:
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH):
        level = [c for v in level if isinstance(v, dict | list) for c in (v.values() if isinstance(v, dict) else v)]
        if not level:
            return
    raise BadRequest(f"The request body is nested deeper than {MAX_DEPTH} levels.", "invalid_json")


def _check_characters(text: str, value: dict[str, Any]) -> None:
    """JSON can escape half of a surrogate pair, which no text that is stored or sent can hold."""
    if _HALF_CHARACTER.search(text):
        try:
            codec.dumps(value).encode()
        except UnicodeEncodeError:
            raise BadRequest("The request body has half a character in it.", "invalid_json") from None


def validate(model: type[M], values: dict[str, Any]) -> M:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise Invalid(details_of(error)) from None


def details_of(error: ValidationError) -> list[tuple[str, str]]:
    """Field and message of each problem; never the value, which may be a secret."""
    return [
        (_field_of(problem), problem["msg"].removeprefix("Value error, "))
        for problem in error.errors(include_url=False, include_input=False)[:MAX_DETAILS]
    ]


def _field_of(problem: ErrorDetails) -> str:
    found = problem.get("ctx", {}).get("error")
    if isinstance(found, FieldError):
        return found.field
    return ".".join(map(str, problem["loc"]))[:MAX_FIELD_NAME] or "body"
