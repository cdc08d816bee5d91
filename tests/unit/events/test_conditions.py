"""The examples in docs/alert-conditions.md are the table these tests run."""

import re
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.catalog.carriers import carrier_slug
from chalicelib.events.conditions import OPERATORS, holds, matches, validate
from chalicelib.events.facts import Facts
from chalicelib.kit import codec

PAGE = (Path(__file__).parents[3] / "docs" / "alert-conditions.md").read_text()
DATA = codec.loads(PAGE.split("```json\n")[1].split("```")[0])


def rows(heading: str) -> list[tuple[str, str]]:
    """The first two columns of the table under a heading of the page."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(.+?)` \| `?(.+?)`? \|", section, re.MULTILINE)


EXAMPLES = rows("Examples")
REFUSED = rows("Refused")

texts = st.text(max_size=8) | st.sampled_from(["ups", "totals.total", "2026-01-15", "49.99", "1e5", "NaN", "0" * 50])
scalars = (
    st.none()
    | st.booleans()
    | texts
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.integers(0, 10**6).map(lambda exponent: Decimal(f"1e{exponent}"))
)
keys = st.sampled_from(
    ["all", "any", "field", "operator", "value", "status", "totals", "total", "a.b", "", "line_items"]
)
json_like = st.recursive(
    scalars | st.sampled_from([*OPERATORS, "like"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)
fields = st.sampled_from(["status", "totals.total", "line_items.sku", "tags", "notes", "nothing.here"])
comparisons = st.fixed_dictionaries(
    {"field": fields, "operator": st.sampled_from([*OPERATORS]), "value": scalars | st.lists(scalars, max_size=3)}
)


class TestACarrier:
    """Compares as a slug, however it is spelled and whatever the operator."""

    @pytest.mark.parametrize("spelled", ["Royal Mail", "royal mail", "ROYAL-MAIL", " Royal  Mail ", "royal_mail"])
    def test_is_the_same_in_every_spelling(self, spelled: str) -> None:
        data = {"carrier": "royal_mail", "carrier_name": "Royal Mail"}
        held = {
            operator: matches({"field": "carrier", "operator": operator, "value": value}, data)
            for operator, value in {
                "eq": spelled,
                "ne": spelled,
                "in": ["ups", spelled],
                "not_in": ["ups", spelled],
                "contains": spelled,
                "starts_with": spelled,
            }.items()
        }
        assert held == {"eq": True, "ne": False, "in": True, "not_in": False, "contains": True, "starts_with": True}
        assert matches({"carrier": spelled}, data)
        assert matches({"carrier": ["ups", spelled]}, data)

    @given(st.text(max_size=30), st.sampled_from(["eq", "in", "contains", "starts_with"]))
    def test_matches_the_slug_that_is_stored_for_it(self, name: str, operator: str) -> None:
        slug = carrier_slug(name)
        assume(slug is not None)
        value = [name] if operator == "in" else name
        assert matches({"field": "carrier", "operator": operator, "value": value}, {"carrier": slug})

    def test_that_is_another_does_not_match(self) -> None:
        assert not matches({"carrier": "Royal Mail"}, {"carrier": "royal_mail_24"})
        assert matches({"field": "carrier", "operator": "not_in", "value": ["Royal Mail"]}, {"carrier": "ups"})
        assert matches({"field": "carrier", "operator": "ne", "value": "Royal Mail"}, {"carrier": None})
        assert not matches({"carrier": "--"}, {"carrier": None})

    def test_leaves_other_fields_as_text(self) -> None:
        assert not matches({"carrier_name": "royal_mail"}, {"carrier_name": "Royal Mail"})


@pytest.mark.parametrize("name", ["eq", "in", "contains", "starts_with", "gt"])
def test_each_text_is_prepared_once_however_many_conditions_ask(name: str) -> None:
    prepared: list[str] = []

    class Text(str):
        def casefold(self) -> str:
            prepared.append(self)
            return super().casefold()

    facts = Facts({"tags": [Text(f"tag {number}") for number in range(50)], "notes": Text("notes")})
    for number in range(60):
        value = ["x", number] if name == "in" else f"2026-01-{number % 28 + 1:02}"
        for field in ("tags", "notes"):
            holds({"field": field, "operator": name, "value": value}, facts)
    assert len(prepared) == len(set(prepared))


def test_a_long_list_of_values_is_compared_with_long_texts_in_little_time() -> None:
    condition = {"status": [f"{number:04}" for number in range(400)]}
    began = process_time()
    assert not matches(condition, {"status": "İ" * 200_000})
    assert process_time() - began < 0.5


def nested(path: str, value: Any) -> Any:
    """Data that has `value` at `path` and nothing else."""
    for name in reversed(path.split(".")):
        value = {name: value}
    return value


class TestTheDocumentedExamples:
    def test_are_found(self) -> None:
        assert len(EXAMPLES) > 50
        assert len(REFUSED) > 25
        used = {codec.loads(condition).get("operator") for condition, _ in EXAMPLES}
        assert used >= set(OPERATORS)

    @pytest.mark.parametrize(("condition", "holds"), EXAMPLES, ids=[condition for condition, _ in EXAMPLES])
    def test_hold_or_do_not_as_the_page_says(self, condition: str, holds: str) -> None:
        assert validate(codec.loads(condition)) == []
        assert matches(codec.loads(condition), DATA) is {"yes": True, "no": False}[holds]

    @pytest.mark.parametrize(("condition", "place"), REFUSED, ids=[condition for condition, _ in REFUSED])
    def test_are_refused_at_the_place_the_page_says(self, condition: str, place: str) -> None:
        assert [where for where, _ in validate(codec.loads(condition))] == [place]

    def test_name_every_operator(self) -> None:
        table = PAGE.split("| operator |")[1].split("\n## ")[0]
        assert set(OPERATORS) <= set(re.findall(r"`(\w+)`", table))


class TestValidating:
    def test_lists_everything_that_is_wrong(self) -> None:
        problems = validate({"all": [{"a": {}}, {"field": "", "operator": "gt", "value": "x"}, 5]})
        assert [where for where, _ in problems] == [
            "condition.all[0].a",
            "condition.all[1].field",
            "condition.all[1].value",
            "condition.all[2]",
        ]

    def test_takes_groups_five_deep(self) -> None:
        condition: dict[str, Any] = {"carrier": "ups"}
        for _ in range(5):
            condition = {"all": [condition]}
        assert validate(condition) == []
        assert validate({"any": [condition]}) != []

    @pytest.mark.parametrize(("length", "fits"), [(4096, True), (4097, False)])
    def test_takes_4_kb(self, length: int, fits: bool) -> None:
        frame = len('{"note":""}')
        assert (validate({"note": "x" * (length - frame)}) == []) is fits

    def test_counts_bytes_rather_than_characters(self) -> None:
        assert validate({"note": "ü" * 2100}) == [("condition", "Must not be longer than 4 KB.")]

    @given(json_like | comparisons)
    def test_never_raises(self, condition: Any) -> None:
        assert all(where.startswith("condition") and why for where, why in validate(condition))

    def test_refuses_absurd_depth(self) -> None:
        condition: Any = {"carrier": "ups"}
        for _ in range(100_000):
            condition = {"all": [condition]}
        assert validate(condition) != []
        assert matches(condition, DATA) is False


class TestMatching:
    @given(json_like | comparisons, json_like | st.just(DATA))
    def test_never_raises(self, condition: Any, data: Any) -> None:
        assert matches(condition, data) in (True, False)

    @pytest.mark.parametrize("condition", [codec.loads(condition) for condition, _ in REFUSED])
    def test_an_invalid_condition_does_not_hold(self, condition: Any) -> None:
        assert matches(condition, DATA) is False

    @given(st.dictionaries(keys, json_like), json_like | st.just(DATA))
    def test_an_invalid_condition_holds_for_no_data(self, condition: Any, data: Any) -> None:
        if validate(condition) and "'any'" not in repr(condition):
            assert matches(condition, data) is False

    @given(comparisons.filter(lambda condition: not validate(condition)), json_like | st.just(DATA))
    def test_negated_operators_are_opposites(self, condition: dict[str, Any], data: Any) -> None:
        opposites = {"eq": "ne", "in": "not_in"}
        if condition["operator"] in opposites:
            negated = {**condition, "operator": opposites[condition["operator"]]}
            assert matches(condition, data) is not matches(negated, data)

    @given(comparisons, comparisons, st.just(DATA))
    def test_groups_combine_with_and_and_or(self, one: dict[str, Any], other: dict[str, Any], data: Any) -> None:
        both = (matches(one, data), matches(other, data))
        assert matches({"all": [one, other]}, data) is all(both)
        assert matches({"any": [one, other]}, data) is any(both)

    @given(fields, texts, texts)
    def test_case_makes_no_difference(self, field: str, held: str, wanted: str) -> None:
        same = held.casefold() == wanted.casefold()
        assert matches({field: wanted}, nested(field, held)) is same
        assert matches({field: wanted.casefold()}, nested(field, held)) is same
        assert matches({field: held.casefold()}, nested(field, held))

    @given(fields, st.lists(scalars, min_size=1, max_size=4), json_like | st.just(DATA))
    def test_a_list_of_values_means_any_of_them(self, field: str, values: list[Any], data: Any) -> None:
        assume(not validate({field: values}))
        assert matches({field: values}, data) is any(matches({field: value}, data) for value in values)

    @given(st.dictionaries(fields, scalars, max_size=4), json_like | st.just(DATA))
    def test_several_fields_must_all_be_equal(self, condition: dict[str, Any], data: Any) -> None:
        assert matches(condition, data) is all(matches({field: value}, data) for field, value in condition.items())

    @given(st.lists(st.text(st.characters(exclude_characters="."), min_size=1), min_size=1, max_size=6), texts)
    def test_a_path_reaches_any_depth(self, names: list[str], value: str) -> None:
        path = ".".join(names)
        if len(names) > 1 or path not in ("all", "any", "field"):
            assert validate({path: value}) == []
            assert matches({path: value}, nested(path, value))
            assert not matches({path: value}, nested(f"{path}.more", value))

    @given(st.lists(st.sampled_from(["all", "any"]), max_size=8), st.just(DATA))
    def test_groups_count_five_deep_and_no_further(self, kinds: list[str], data: Any) -> None:
        condition: dict[str, Any] = {"carrier": "UPS"}
        for kind in kinds:
            condition = {kind: [condition]}
        assert (validate(condition) == []) is (len(kinds) <= 5)
        assert matches(condition, data) is (len(kinds) <= 5)

    @given(
        st.sampled_from(["all", "any", "field"]), scalars | st.dictionaries(texts, scalars), json_like | st.just(DATA)
    )
    def test_reserved_keys_are_never_fields(self, key: str, value: Any, data: Any) -> None:
        assert validate({key: value}) != []
        assert matches({key: value}, {key: value} if value else data) is False

    @given(st.decimals(allow_nan=False, allow_infinity=False), st.decimals(allow_nan=False, allow_infinity=False))
    def test_numbers_are_ordered_exactly(self, value: Decimal, limit: Decimal) -> None:
        def holds(operator: str) -> bool:
            return matches({"field": "x", "operator": operator, "value": limit}, {"x": value})

        assert [holds(operator) for operator in ("gt", "gte", "lt", "lte")] == [
            value > limit,
            value >= limit,
            value < limit,
            value <= limit,
        ]

    def test_money_is_not_binary(self) -> None:
        assert matches({"total": Decimal("0.3")}, {"total": Decimal("0.1") + Decimal("0.2")})

    @pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-02-30", "2026"])
    def test_impossible_times_are_text(self, moment: str) -> None:
        condition = {"field": "ordered_at", "operator": "gte", "value": "2026-01-01"}
        assert matches(condition, {"ordered_at": moment}) is False
