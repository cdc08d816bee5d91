"""Codes and messages for invalid fields, in this API's words: pydantic's own name Python types and internals."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic_core import ErrorDetails

from chalicelib.kit.said import Said

FALLBACK = ("not_valid", "is not valid")
BLANK = ("blank", "must not be blank")
MESSAGES: dict[str, tuple[str, str]] = {
    "missing": ("required", "is required"),
    "extra_forbidden": ("unknown_field", "is not a known field"),
    "none_required": ("null_expected", "must be null"),
    # types
    "string_type": ("text_expected", "must be text"),
    "string_sub_type": ("text_expected", "must be text"),
    "string_unicode": ("text_expected", "must be valid Unicode text"),
    "int_type": ("whole_number_expected", "must be a whole number"),
    "int_parsing": ("whole_number_expected", "must be a whole number"),
    "int_parsing_size": ("too_large", "must be a smaller number"),
    "int_from_float": ("whole_number_expected", "must be a whole number"),
    "float_type": ("number_expected", "must be a number"),
    "float_parsing": ("number_expected", "must be a number"),
    "decimal_type": ("number_expected", "must be a number"),
    "decimal_parsing": ("number_expected", "must be a number"),
    "finite_number": ("number_expected", "must be a finite number"),
    "bool_type": ("boolean_expected", "must be true or false"),
    "bool_parsing": ("boolean_expected", "must be true or false"),
    "list_type": ("list_expected", "must be a list"),
    "tuple_type": ("list_expected", "must be a list"),
    "set_type": ("list_expected", "must be a list"),
    "frozen_set_type": ("list_expected", "must be a list"),
    "iterable_type": ("list_expected", "must be a list"),
    "dict_type": ("object_expected", "must be an object"),
    "mapping_type": ("object_expected", "must be an object"),
    "model_type": ("object_expected", "must be an object"),
    "model_attributes_type": ("object_expected", "must be an object"),
    "dataclass_type": ("object_expected", "must be an object"),
    "dataclass_exact_type": ("object_expected", "must be an object"),
    # bounds
    "string_too_short": ("too_short", "must have at least {min_length} characters"),
    "string_too_long": ("too_long", "must have at most {max_length} characters"),
    "string_pattern_mismatch": ("wrong_form", "must match {pattern}"),
    "too_short": ("too_few", "must have at least {min_length} entries"),
    "too_long": ("too_many", "must have at most {max_length} entries"),
    "greater_than": ("not_greater", "must be greater than {gt}"),
    "greater_than_equal": ("too_small", "must be at least {ge}"),
    "less_than": ("not_less", "must be less than {lt}"),
    "less_than_equal": ("too_large", "must be at most {le}"),
    "multiple_of": ("not_a_multiple", "must be a multiple of {multiple_of}"),
    "decimal_max_digits": ("too_many_digits", "must have at most {max_digits} digits"),
    "decimal_max_places": ("too_many_digits", "must have at most {decimal_places} decimal places"),
    "decimal_whole_digits": ("too_many_digits", "must have at most {whole_digits} digits before the decimal point"),
    # choices
    "literal_error": ("not_an_option", "must be one of {expected}"),
    "enum": ("not_an_option", "must be one of {expected}"),
    "union_tag_invalid": ("not_an_option", "must be one of {expected_tags}"),
    # times
    "date_type": ("date_expected", "must be a date"),
    "date_parsing": ("date_expected", "must be a date"),
    "date_from_datetime_parsing": ("date_expected", "must be a date"),
    "datetime_type": ("date_and_time_expected", "must be a date and time"),
    "datetime_parsing": ("date_and_time_expected", "must be a date and time"),
    "datetime_from_date_parsing": ("date_and_time_expected", "must be a date and time"),
    "time_type": ("time_expected", "must be a time of day"),
    "time_parsing": ("time_expected", "must be a time of day"),
    "uuid_type": ("uuid_expected", "must be a UUID"),
    "uuid_parsing": ("uuid_expected", "must be a UUID"),
    "uuid_version": ("uuid_expected", "must be a UUID"),
    # links
    "url_type": ("url_expected", "must be a URL"),
    "url_parsing": ("url_expected", "must be a URL"),
    "url_syntax_violation": ("url_expected", "must be a URL"),
    "url_too_long": ("too_long", "must be a URL of at most {max_length} characters"),
    "url_scheme": ("url_expected", "must be a URL with the scheme {expected_schemes}"),
    "json_type": ("json_expected", "must be JSON text"),
    "json_invalid": ("json_expected", "must be JSON text"),
    "recursion_loop": ("too_deep", "is nested too deep"),
}


def message_for(problem: ErrorDetails) -> str:
    """What is wrong, without the field's value, which may be a secret."""
    context: Mapping[str, Any] = problem.get("ctx", {})
    if problem["type"] in ("value_error", "assertion_error"):
        # Said by whoever checked it, perhaps with a code.
        error = context.get("error")
        found = error.args[0] if isinstance(error, Exception) and error.args else error
        return found if isinstance(found, str) else str(error or FALLBACK[1])
    is_blank = problem["type"] == "string_pattern_mismatch" and context.get("pattern") == r"\S"
    code, template = BLANK if is_blank else MESSAGES.get(problem["type"], FALLBACK)
    numbers = (int, float, Decimal)
    values = {name: value if isinstance(value, numbers) else _plain(value) for name, value in context.items()}
    named = {name: value for name, value in values.items() if f"{{{name}}}" in template}
    # One value, whatever it is called: a limit, or what may be chosen.
    given = {"limit" if isinstance(value, numbers) else "expected": value for value in named.values()}
    return Said.of(code, _singular(template.format(**named)), **given)


def _plain(value: Any) -> str:
    # pydantic lists choices as `'a', 'b' or 'c'`.
    return str(value).replace("'", "").replace(" or ", ", ")


def _singular(text: str) -> str:
    for many, one in ((" 1 characters", " 1 character"), (" 1 entries", " 1 entry"), (" 1 digits", " 1 digit")):
        if text.endswith(many):
            return text.removesuffix(many) + one
    return text
