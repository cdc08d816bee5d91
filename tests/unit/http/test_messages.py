"""Messages for invalid fields use this API's words, whatever pydantic finds."""

import re
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core._pydantic_core import list_all_errors

from chalicelib.api.routing import endpoints
from chalicelib.http.bodies import details_of
from chalicelib.http.messages import MESSAGES, message_for

FRAMEWORK = re.compile(
    r"pydantic|input|instance|dictionary|string|boolean|valid integer|subclass|python|extra inputs|field required"
    r"|class\b|Value error|Assertion|none\b|tuple|frozenset",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def cloud() -> None:
    """These tests need no AWS account."""


def example(error: Any) -> str:
    """The message for an error of this type, with some value for each of its parameters."""
    context = dict.fromkeys(re.findall(r"{(\w+)}", error["message_template_python"]), "x")
    return message_for(
        {"type": error["type"], "loc": ("field",), "msg": "from pydantic", "input": None, "ctx": context}
    )


@pytest.mark.parametrize("error", list_all_errors(), ids=lambda error: str(error["type"]))
def test_every_type_of_error_has_words_of_our_own(error: Any) -> None:
    message = example(error)
    assert message
    assert "{" not in message
    assert not FRAMEWORK.search(message)


def test_every_message_belongs_to_a_type_of_error() -> None:
    assert MESSAGES.keys() <= {each["type"] for each in list_all_errors()}


@pytest.mark.parametrize("junk", [None, True, 0, -1.5, "", "x" * 70_000, [], [{}], {}, {"a": None}])
def test_no_schema_of_the_api_lets_the_frameworks_words_through(junk: Any) -> None:
    models = {endpoint.body for endpoint in endpoints() if endpoint.body is not None}
    if isinstance(junk, str):
        models |= {endpoint.query for endpoint in endpoints() if endpoint.query is not None}
    seen = 0
    for model in models:
        sent = {info.alias or name: junk for name, info in model.model_fields.items()}
        for values in (sent, {**sent, "unknown": junk}, junk):
            try:
                TypeAdapter(model).validate_python(values)
            except ValidationError as error:
                for _, message in details_of(error):
                    seen += 1
                    assert not FRAMEWORK.search(message), (model.__name__, message)
    assert seen > 50


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (int, "x", "must be a whole number"),
        (dict[str, int], 1, "must be an object"),
        (list[str], {}, "must be a list"),
        (bool, "maybe", "must be true or false"),
        (Annotated[str, Field(min_length=1)], "", "must have at least 1 character"),
        (Annotated[list[int], Field(max_length=2)], [1, 2, 3], "must have at most 2 entries"),
        (Annotated[int, Field(le=10)], 11, "must be at most 10"),
        (Annotated[str, Field(pattern=r"\S")], " ", "must not be blank"),
        (Literal["a", "b", "c"], "d", "must be one of a, b, c"),
    ],
)
def test_examples(schema: Any, value: Any, expected: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(schema).validate_python(value)
    assert [message for _, message in details_of(caught.value)] == [expected]
