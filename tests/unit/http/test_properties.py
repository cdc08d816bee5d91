"""Properties of origins, field spellings and pages that hold for any input."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chalicelib.http import cors
from chalicelib.http.bodies import Body, SnakeBody, read_json, validate
from chalicelib.http.pagination import PageQuery, encode_cursor, pagination
from chalicelib.kit import codec
from chalicelib.kit.errors import ApiError
from chalicelib.table.pages import Window

UUIDS = st.uuids().map(str)
TEXTS = st.text() | st.from_regex(r"(oh|est|svc)_[A-Za-z0-9_=+/-]*", fullmatch=True)
LABELS = st.text(string.ascii_lowercase + string.digits + "-_", min_size=1, max_size=20)
MOMENTS = st.datetimes(timezones=st.timezones())


class TestOrigins:
    @given(st.text())
    def test_from_garbage_never_match(self, text: str) -> None:
        allowed = ["https://shop.example", "https://*.example.com"]
        origin = cors.parse_origin_header(text)
        if origin is not None and cors.is_allowed(origin, allowed):
            assert origin == "https://shop.example" or origin.endswith(".example.com")

    @given(LABELS, st.lists(LABELS, min_size=1, max_size=3))
    def test_match_a_wildcard_for_one_label(self, domain: str, labels: list[str]) -> None:
        origin = f"https://{'.'.join(labels)}.{domain}.example"
        assert cors.is_allowed(origin, [f"https://*.{domain}.example"]) == (len(labels) == 1)

    @given(st.text())
    def test_normalising_is_idempotent(self, text: str) -> None:
        origin = cors.normalise_origin(text)
        assert origin is None or cors.normalise_origin(origin) == origin

    @given(st.text())
    def test_from_any_url_are_valid_origins(self, text: str) -> None:
        origin = cors.origin_of(f"https://{text}")
        assert origin is None or cors.normalise_origin(origin) == origin


class Camel(Body):
    first_name: str
    line_2: str = ""


class Snake(SnakeBody):
    first_name: str


class TestFieldNames:
    @given(st.dictionaries(st.sampled_from(["firstName", "first_name", "line2", "line_2", "other"]), st.text()))
    def test_both_casings_are_accepted_and_no_other(self, values: dict[str, Any]) -> None:
        agree = values.get("firstName", values.get("first_name")) == values.get("first_name", values.get("firstName"))
        known = "other" not in values
        given_at_all = "firstName" in values or "first_name" in values
        try:
            body = validate(Camel, values)
        except ApiError:
            return
        assert agree
        assert known
        assert given_at_all
        assert body.first_name == values.get("firstName", values.get("first_name"))

    def test_both_casings_are_accepted_for_snake_case_bodies(self) -> None:
        assert validate(Snake, {"firstName": "a"}).first_name == validate(Snake, {"first_name": "a"}).first_name

    @given(st.binary())
    def test_bytes_that_are_not_json_are_refused(self, raw: bytes) -> None:
        try:
            value = read_json(raw, 1000)
        except ApiError:
            return
        codec.dumps(value).encode()


class TestPages:
    @given(st.text(min_size=1, max_size=100).filter(lambda t: t.encode("utf-8", "ignore").decode() == t))
    def test_continue_after_the_cursor(self, sort_key: str) -> None:
        assert PageQuery.model_validate({"cursor": encode_cursor(sort_key)}).window.below == sort_key

    @given(st.text())
    def test_an_invented_cursor_is_refused_or_harmless(self, text: str) -> None:
        try:
            query = PageQuery.model_validate({"cursor": text})
        except ValidationError:
            return
        assert query.window.below

    @given(st.text())
    def test_page_numbers_are_positive_integers(self, text: str) -> None:
        try:
            query = PageQuery.model_validate({"page": text, "limit": text})
        except ValidationError:
            return
        assert text.isascii()
        assert text.isdigit()
        assert 1 <= query.window.limit <= 100

    @given(st.integers(0, 10_000), st.integers(1, 100), st.integers(0, 1000))
    def test_count_up_to_the_total(self, total: int, limit: int, page: int) -> None:
        answer = pagination(Window(limit, offset=page * limit), total, None)
        assert answer["page"] == page + 1
        assert (answer["totalPages"] - 1) * limit < max(total, 1) <= max(1, answer["totalPages"]) * limit

    def test_page_and_cursor_are_exclusive(self) -> None:
        with pytest.raises(ValidationError):
            PageQuery.model_validate({"page": "1", "cursor": "YQ"})
