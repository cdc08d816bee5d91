"""Messages for invalid fields, in this API's words: pydantic's own name Python types and internals."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

FALLBACK = "is not valid"
MESSAGES: dict[str, str] = {
    "missing": "is required",
    "extra_forbidden": "is not a known field",
    "none_required": "must be null",
    # types
    "string_type": "must be text",
    "string_sub_type": "must be text",
    "string_unicode": "must be valid Unicode text",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "decimal_type": "must be a number",
    "decimal_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "set_type": "must be a list",
    "frozen_set_type": "must be a list",
    "iterable_type": "must be a list",
    "dict_type": "must be an object",
    "mapping_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "dataclass_type": "must be an object",
    "dataclass_exact_type": "must be an object",
    # bounds
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must match {pattern}",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "multiple_of": "must be a multiple of {multiple_of}",
    "decimal_max_digits": "must have at most {max_digits} digits",
    "decimal_max_places": "must have at most {decimal_places} decimal places",
    "decimal_whole_digits": "must have at most {whole_digits} digits before the decimal point",
    # choices
    "literal_error": "must be one of {expected}",
    "enum": "must be one of {expected}",
    "union_tag_invalid": "must be one of {expected_tags}",
    # times
    "date_type": "must be a date",
    "date_parsing": "must be a date",
    "date_from_datetime_parsing": "must be a date",
    "datetime_type": "must be a date and time",
    "datetime_parsing": "must be a date and time",
    "datetime_from_date_parsing": "must be a date and time",
    "time_type": "must be a time of day",
    "time_parsing": "must be a time of day",
    "uuid_type": "must be a UUID",
    "uuid_parsing": "must be a UUID",
    "uuid_version": "must be a UUID",
    # links
    "url_type": "must be a URL",
    "url_parsing": "must be a URL",
    "url_syntax_violation": "must be a URL",
    "url_too_long": "must be a URL of at most {max_length} characters",
    "url_scheme": "must be a URL with the scheme {expected_schemes}",
    "json_type": "must be JSON text",
    "json_invalid": "must be JSON text",
    "recursion_loop": "is nested too deep",
}


def message_for(problem: ErrorDetails) -> str:
    """What is wrong, without the field's value, which may be a secret."""
    context: Mapping[str, Any] = problem.get("ctx", {})
    if problem["type"] in ("value_error", "assertion_error"):
        return str(context.get("error", FALLBACK))
    if problem["type"] == "string_pattern_mismatch" and context.get("pattern") == r"\S":
        return "must not be blank"
    template = MESSAGES.get(problem["type"], FALLBACK)
    text = template.format(**{name: _plain(value) for name, value in context.items()})
    return _singular(text)


def _plain(value: Any) -> str:
    # pydantic lists choices as `'a', 'b' or 'c'`.
    return str(value).replace("'", "").replace(" or ", ", ")


def _singular(text: str) -> str:
    for many, one in ((" 1 characters", " 1 character"), (" 1 entries", " 1 entry"), (" 1 digits", " 1 digit")):
        if text.endswith(many):
            return text.removesuffix(many) + one
    return text
