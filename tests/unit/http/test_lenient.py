"""JSON of the Sync API: what is wrong inside a body is repaired where it stands, and the rest is left as it is."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.http.lenient import MAX_DEPTH, Repair, read_json_leniently
from chalicelib.kit.errors import BadRequest, PayloadTooLarge


def read(raw: bytes | str) -> tuple[dict[str, Any], list[Repair]]:
    repairs: list[Repair] = []
    body = read_json_leniently(raw.encode() if isinstance(raw, str) else raw, 10_000_000, repairs)
    return body, repairs


class TestCharacters:
    @pytest.mark.parametrize("escaped", ["\\ud83c", "\\udfff", "\\uDC00\\uD800"])
    def test_halves_of_surrogate_pairs_are_replaced(self, escaped: str) -> None:
        body, repairs = read(f'{{"a": [{{"b": "x{escaped}y"}}], "c": "fine"}}')
        replaced = "x" + "\ufffd" * (len(escaped) // 6) + "y"
        assert body == {"a": [{"b": replaced}], "c": "fine"}
        assert [(repair.path, repair.value) for repair in repairs] == [(("a", 0, "b"), replaced)]

    def test_in_a_name_too(self) -> None:
        assert read('{"\\ud83c": {"b": 1}}') == ({"\ufffd": {"b": 1}}, [])

    def test_pairs_are_kept(self) -> None:
        assert read(json.dumps({"a": "🦊"})) == ({"a": "🦊"}, [])

    def test_bytes_that_are_not_utf_8_are_replaced(self) -> None:
        body, repairs = read('{"a": "é", "b": "ä"}'.encode("latin-1"))
        assert body == {"a": "\ufffd", "b": "\ufffd"}
        assert [repair.path for repair in repairs] == [("a",), ("b",)]

    def test_control_characters_in_strings_are_kept(self) -> None:
        assert read('{"a": "x\ny\x00"}') == ({"a": "x\ny\x00"}, [])


class TestNames:
    def test_of_a_repeated_name_the_last_value_is_used(self) -> None:
        body, repairs = read('{"a": {"b": 1, "c": 2, "b": 3, "b": [{"d": 1, "d": 2}]}}')
        assert body == {"a": {"b": [{"d": 2}], "c": 2}}
        assert sorted(repair.path for repair in repairs) == [("a", "b"), ("a", "b", 0, "d")]


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("14.309999999999999", Decimal("14.309999999999999")),
            ("1" * 301, Decimal("1" * 301)),
            ("0." + "3" * 400, Decimal("0." + "3" * 400)),
            ("1e999", Decimal("1e999")),
            ("-0", 0),
        ],
    )
    def test_of_any_length_are_read(self, text: str, number: Any) -> None:
        assert read(f'{{"a": {text}}}') == ({"a": number}, [])

    @pytest.mark.parametrize("text", ["NaN", "1e" + "9" * 30])
    def test_that_no_decimal_can_hold_are_nan(self, text: str) -> None:
        assert read(f'{{"a": {text}}}')[0]["a"].is_nan()


class TestDepth:
    @pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 500, 100_000])
    def test_what_is_too_deep_is_cut_off_and_costs_no_neighbour(self, levels: int) -> None:
        body, _ = read('{"before": "[{", "a": ' + "[" * levels + "]" * levels + ', "after": "]\\"}"}')
        assert (body["before"], body["after"]) == ("[{", ']"}')
        value, depth = body["a"], 1
        while value:
            value, depth = value[0], depth + 1
        assert depth == MAX_DEPTH

    def test_objects_too(self) -> None:
        body, _ = read('{"a": ' + '{"b":' * 5000 + "1" + "}" * 5000 + ', "c": 1}')
        assert body["c"] == 1

    @pytest.mark.parametrize("raw", ['{"a": ' + "[" * 50_000, '{"a": ' + "[" * 50_000 + "}" * 50_001])
    def test_brackets_that_do_not_match_are_no_json(self, raw: str) -> None:
        with pytest.raises(BadRequest):
            read(raw)


@pytest.mark.parametrize("raw", ["{", "[]", '"x"', "1", '{"a": 1}x', "{'a': 1}", '{"a": 1,}', b"\xff\xfe{\x00}\x00"])
def test_what_is_no_json_object_is_refused(raw: bytes | str) -> None:
    with pytest.raises(BadRequest):
        read(raw)


def test_a_body_over_the_limit_is_refused() -> None:
    with pytest.raises(PayloadTooLarge):
        read_json_leniently(b"{}" + b" " * 10, 11, [])


def test_an_empty_body_is_an_empty_object() -> None:
    assert read(" \n") == ({}, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), JSON))
def test_sound_json_is_read_as_it_is(value: dict[str, Any]) -> None:
    assert read(json.dumps(value)) == (value, [])
    assert read(json.dumps(value, ensure_ascii=False)) == (value, [])


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        body, _ = read(b'{"a": "' + raw + b'"}')
    except BadRequest:
        return
    json.dumps(body).encode()
    json.dumps(body, ensure_ascii=False).encode()
