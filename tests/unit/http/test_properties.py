"""What holds for any input: ids, origins, spellings, pages, times."""

import string
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chalicelib.http import cors
from chalicelib.http.bodies import Body, SnakeBody, read_json, validate
from chalicelib.http.pagination import PageQuery, encode_cursor, pagination
from chalicelib.kit import clock, codec, ids
from chalicelib.kit.errors import ApiError
from chalicelib.table.pages import Window

UUIDS = st.uuids().map(str)
TEXTS = st.text() | st.from_regex(r"(oh|est|svc)_[A-Za-z0-9_=+/-]*", fullmatch=True)
LABELS = st.text(string.ascii_lowercase + string.digits + "-_", min_size=1, max_size=20)
MOMENTS = st.datetimes(timezones=st.timezones())


class TestIds:
    @given(st.lists(UUIDS, max_size=3))
    def test_carried_by_a_credential_come_back(self, carried: list[str]) -> None:
        credential = ids.new_credential("est_", *carried)
        assert ids.carried_ids(credential, "est_", len(carried)) == carried
        assert ids.carried_ids(credential, "est_", len(carried) + 1) is None
        assert ids.carried_ids(credential, "oh_", len(carried)) is None

    @given(TEXTS, st.integers(0, 3))
    def test_of_garbage_are_none(self, text: str, count: int) -> None:
        carried = ids.carried_ids(text, "est_", count)
        assert carried is None or (text.startswith("est_") and len(carried) == count)

    @given(TEXTS)
    def test_are_told_from_garbage(self, text: str) -> None:
        assert not ids.is_id(text) or text == str(text).lower()

    @given(UUIDS)
    def test_have_one_spelling(self, text: str) -> None:
        assert ids.is_id(text)
        for other in (f"{{{text}}}", f"urn:uuid:{text}", text.replace("-", ""), f" {text}", f"{text}\n"):
            assert not ids.is_id(other)

    @given(st.text(), st.text())
    def test_of_credentials_are_ids(self, one: str, other: str) -> None:
        first = ids.credential_id(ids.credential_hash(one.encode("utf-8", "replace").decode()))
        assert ids.is_id(first)

    @given(UUIDS, st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
    def test_that_are_derived_differ_where_what_they_come_from_does(
        self, parent: str, one: list[str], other: list[str]
    ) -> None:
        separate = [name for name in one + other if "\x1f" in name]
        same = ids.derived_id(parent, *one) == ids.derived_id(parent, *other)
        assert same == (one == other) or separate or "" in one + other

    def test_made_in_order_sort_in_order(self) -> None:
        made = [ids.new_ordered_id() for _ in range(2000)]
        assert made == sorted(made)
        assert len(set(made)) == 2000
        assert all(ids.is_id(each) and each[14] == "7" and each[19] in "89ab" for each in made)

    def test_made_in_order_tell_their_time(self) -> None:
        before = clock.timestamp()
        told = ids.time_of(ids.new_ordered_id())
        assert before <= told <= clock.in_seconds(1)


class TestTimes:
    @given(MOMENTS.filter(lambda m: 2 < m.year < 9998))
    def test_come_back_to_the_millisecond(self, moment: datetime) -> None:
        text = clock.timestamp(moment)
        assert len(text) == 24
        assert clock.normalise(text) == text
        assert timedelta(0) <= moment - clock.parse(text) < timedelta(milliseconds=1)

    @given(MOMENTS.filter(lambda m: 2 < m.year < 9998), MOMENTS.filter(lambda m: 2 < m.year < 9998))
    def test_sort_as_text(self, one: datetime, other: datetime) -> None:
        if clock.timestamp(one) < clock.timestamp(other):
            assert one < other

    @given(st.text() | st.from_regex(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?", fullmatch=True))
    def test_that_are_none_are_value_errors(self, text: str) -> None:
        try:
            normal = clock.normalise(text)
        except ValueError:
            return
        assert clock.normalise(normal) == normal

    @given(st.datetimes(datetime(1970, 1, 1), datetime(9998, 1, 1)))  # noqa: DTZ001
    def test_are_where_ids_say_they_are(self, naive: datetime) -> None:
        text = clock.timestamp(naive.replace(tzinfo=UTC))
        prefix = ids.ordered_prefix(text)
        assert ids.time_of(f"{prefix}-7000-8000-000000000000") == text


class TestOrigins:
    @given(st.text())
    def test_of_garbage_never_match(self, text: str) -> None:
        allowed = ["https://shop.example", "https://*.example.com"]
        origin = cors.sent_origin(text)
        if origin is not None and cors.is_allowed(origin, allowed):
            assert origin == "https://shop.example" or origin.endswith(".example.com")

    @given(LABELS, st.lists(LABELS, min_size=1, max_size=3))
    def test_match_a_wildcard_for_one_label(self, domain: str, labels: list[str]) -> None:
        origin = f"https://{'.'.join(labels)}.{domain}.example"
        assert cors.is_allowed(origin, [f"https://*.{domain}.example"]) == (len(labels) == 1)

    @given(st.text())
    def test_are_normal_once_normalised(self, text: str) -> None:
        origin = cors.normalise_origin(text)
        assert origin is None or cors.normalise_origin(origin) == origin

    @given(st.text())
    def test_of_any_url_are_origins(self, text: str) -> None:
        origin = cors.origin_of(f"https://{text}")
        assert origin is None or cors.normalise_origin(origin) == origin


class Camel(Body):
    first_name: str
    line_2: str = ""


class Snake(SnakeBody):
    first_name: str


class TestSpellings:
    @given(st.dictionaries(st.sampled_from(["firstName", "first_name", "line2", "line_2", "other"]), st.text()))
    def test_are_two_and_no_more(self, values: dict[str, Any]) -> None:
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

    def test_hold_for_bodies_in_snake_case(self) -> None:
        assert validate(Snake, {"firstName": "a"}).first_name == validate(Snake, {"first_name": "a"}).first_name

    @given(st.binary())
    def test_of_no_json_are_refused(self, raw: bytes) -> None:
        try:
            value = read_json(raw, 1000)
        except ApiError:
            return
        codec.dumps(value).encode()


class TestPages:
    @given(st.text(min_size=1, max_size=100).filter(lambda t: t.encode("utf-8", "ignore").decode() == t))
    def test_go_on_where_the_cursor_says(self, sort_key: str) -> None:
        assert PageQuery.model_validate({"cursor": encode_cursor(sort_key)}).window.below == sort_key

    @given(st.text())
    def test_of_a_made_up_cursor_are_refused_or_somewhere(self, text: str) -> None:
        try:
            query = PageQuery.model_validate({"cursor": text})
        except ValidationError:
            return
        assert query.window.below

    @given(st.text())
    def test_have_numbers(self, text: str) -> None:
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

    def test_are_one_way_or_the_other(self) -> None:
        with pytest.raises(ValidationError):
            PageQuery.model_validate({"page": "1", "cursor": "YQ"})
