"""Properties of ids and times that hold for any input."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit import clock, ids

UUIDS = st.uuids().map(str)
TEXTS = st.text() | st.from_regex(r"(oh|est|svc)_[A-Za-z0-9_=+/-]*", fullmatch=True)
MOMENTS = st.datetimes(timezones=st.timezones())


class TestIds:
    @given(st.lists(UUIDS, max_size=3))
    def test_can_be_read_from_a_credential(self, carried: list[str]) -> None:
        credential = ids.new_credential("est_", *carried)
        assert ids.carried_ids(credential, "est_", len(carried)) == carried
        assert ids.carried_ids(credential, "est_", len(carried) + 1) is None
        assert ids.carried_ids(credential, "oh_", len(carried)) is None

    @given(TEXTS, st.integers(0, 3))
    def test_cannot_be_read_from_garbage(self, text: str, count: int) -> None:
        carried = ids.carried_ids(text, "est_", count)
        assert carried is None or (text.startswith("est_") and len(carried) == count)

    @given(TEXTS)
    def test_are_distinguished_from_garbage(self, text: str) -> None:
        assert not ids.is_id(text) or text == str(text).lower()

    @given(UUIDS)
    def test_have_one_canonical_form(self, text: str) -> None:
        assert ids.is_id(text)
        for other in (f"{{{text}}}", f"urn:uuid:{text}", text.replace("-", ""), f" {text}", f"{text}\n"):
            assert not ids.is_id(other)

    @given(st.text(), st.text())
    def test_derived_from_credentials_are_uuids(self, one: str, other: str) -> None:
        first = ids.credential_id(ids.credential_hash(one.encode("utf-8", "replace").decode()))
        assert ids.is_id(first)

    @given(UUIDS, st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
    def test_derived_from_different_names_differ(self, parent: str, one: list[str], other: list[str]) -> None:
        separate = [name for name in one + other if "\x1f" in name]
        same = ids.derived_id(parent, *one) == ids.derived_id(parent, *other)
        assert same == (one == other) or separate or "" in one + other

    def test_sort_by_creation(self) -> None:
        made = [ids.new_ordered_id() for _ in range(2000)]
        assert made == sorted(made)
        assert len(set(made)) == 2000
        assert all(ids.is_id(each) and each[14] == "7" and each[19] in "89ab" for each in made)

    def test_contain_their_creation_time(self) -> None:
        before = clock.timestamp()
        time = ids.time_of(ids.new_ordered_id())
        assert before <= time <= clock.in_seconds(1)


class TestTimes:
    @given(MOMENTS.filter(lambda m: 2 < m.year < 9998))
    def test_round_trip_to_the_millisecond(self, moment: datetime) -> None:
        text = clock.timestamp(moment)
        assert len(text) == 24
        assert clock.normalise(text) == text
        assert timedelta(0) <= moment - clock.parse(text) < timedelta(milliseconds=1)

    @given(MOMENTS.filter(lambda m: 2 < m.year < 9998), MOMENTS.filter(lambda m: 2 < m.year < 9998))
    def test_sort_as_text(self, one: datetime, other: datetime) -> None:
        if clock.timestamp(one) < clock.timestamp(other):
            assert one < other

    @given(st.text() | st.from_regex(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?", fullmatch=True))
    def test_invalid_text_raises_value_error(self, text: str) -> None:
        try:
            normal = clock.normalise(text)
        except ValueError:
            return
        assert clock.normalise(normal) == normal

    @given(st.datetimes(datetime(1970, 1, 1), datetime(9998, 1, 1)))  # noqa: DTZ001
    def test_match_the_time_in_ids(self, naive: datetime) -> None:
        text = clock.timestamp(naive.replace(tzinfo=UTC))
        prefix = ids.ordered_prefix(text)
        assert ids.time_of(f"{prefix}-7000-8000-000000000000") == text
