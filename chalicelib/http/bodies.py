"""Request bodies: size limits, parsing, validation, and errors in terms of the caller's fields."""

import re
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from chalicelib.http.messages import message_for
from chalicelib.kit import clock, codec, ids
from chalicelib.kit.errors import BadRequest, Invalid, PayloadTooLarge
from chalicelib.kit.said import Said
from chalicelib.kit.text import one_line

MAX_DEPTH = 32
MAX_DETAILS = 100
"""Bounds the response to a large body in which everything is wrong."""
MAX_FIELD_NAME = 200
M = TypeVar("M", bound=BaseModel)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class FieldError(ValueError):
    """Raised by a validator of several fields to name the one that is invalid."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def _id(text: str) -> str:
    if not ids.is_id(text.lower()):
        raise ValueError(Said.of("uuid_expected", "must be a UUID"))
    return text.lower()


BodyId = Annotated[str, AfterValidator(_id)]
"""A UUID in a body or query, normalised to lower case."""


def moment(text: str) -> str:
    """A date or time in a body or query, as `clock.timestamp` writes it."""
    try:
        return clock.normalise(text)
    except ValueError:
        raise ValueError(Said.of("date_expected", "must be an ISO 8601 date or time")) from None


Moment = Annotated[str, AfterValidator(moment)]


def _visible_line(text: str) -> str:
    line = one_line(text)
    if not line:
        raise ValueError(Said.of("blank", "must have visible characters"))
    return line


VisibleLine = AfterValidator(_visible_line)
"""For names: one line, without control characters and invisible ones such as U+202E, which would disguise the name."""

WholeNumber = Annotated[int, BeforeValidator(codec.whole_number)]
"""An integer in a body. Accepts `30` and `30.0`, but not `30.5` or `"30"`."""


class Body(BaseModel):
    """A request body. Accepts each field in camelCase, as documented, and in snake_case. Refuses unknown fields."""

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
    """A change. All fields are optional, but only those in `nullable` may be null."""

    nullable: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="after")
    def _no_nulls(self) -> Self:
        for name in sorted(self.model_fields_set - self.nullable):
            if getattr(self, name) is None:
                raise FieldError(type(self).model_fields[name].alias or name, "must not be null")
        return self


class SnakeBody(Body):
    """A body whose documented field names are snake_case."""

    model_config = ConfigDict(alias_generator=None)


class NoBody(Body):
    """For endpoints without a body: accepts an empty one, or `{}`."""


def read_json(raw: bytes, max_bytes: int) -> dict[str, Any]:
    """The body as an object. An empty body is `{}`."""
    if len(raw) > max_bytes:
        raise PayloadTooLarge(f"The request body is larger than {max_bytes} bytes.")
    if not raw.strip():
        return {}
    try:
        # Decoded here because the parser would also accept UTF-16 and UTF-32, and unpaired surrogates in UTF-8.
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
    """JSON can escape an unpaired surrogate, which UTF-8 cannot encode."""
    if _SURROGATE.search(text):
        try:
            codec.dumps(value).encode()
        except UnicodeEncodeError:
            raise BadRequest("The request body contains an unpaired surrogate.", "invalid_json") from None


def validate(model: type[M], values: dict[str, Any]) -> M:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise Invalid(details_of(error)) from None


def details_of(error: ValidationError) -> list[tuple[str, str]]:
    """Field and message of each problem. Never the value, which may be a secret."""
    return [
        (_field_of(problem), message_for(problem))
        for problem in error.errors(include_url=False, include_input=False)[:MAX_DETAILS]
    ]


def _field_of(problem: ErrorDetails) -> str:
    found = problem.get("ctx", {}).get("error")
    if isinstance(found, FieldError):
        return found.field
    return ".".join(map(str, problem["loc"]))[:MAX_FIELD_NAME] or "body"
