"""Pages of a partition are complete, in order, and within it for any cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pynamodb.expressions.operand import Path

from chalicelib.table import pages, reads
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.pages import PageTooDeep, Window, list_entries
from chalicelib.table.reads import ALL, Between, Part, Prefix, count, query
from chalicelib.table.transaction import put

NAMES = [f"A#{n}" for n in range(3)] + [f"B#{n}" for n in range(5)] + ["C#0", "é"]
PARTS: list[tuple[Part, list[str]]] = [
    (ALL, NAMES),
    (Prefix("B#"), NAMES[3:8]),
    (Prefix("Z"), []),
    (Between(low="A#1", high="B#1"), NAMES[1:5]),
    (Between(low="B#1", high="A#1"), []),
    (Between(low="B#4"), NAMES[7:]),
    (Between(high="A#2"), NAMES[:3]),
]


@pytest.fixture(autouse=True)
def items(cloud: None) -> None:
    for name in NAMES:
        put(Item.at(Key("PARTITION", name)))
        put(Item.at(Key("PARTITION#", name)))


def names(part: Part, window: Window) -> tuple[list[str], str | None]:
    entries = list_entries("PARTITION", window, part=part)
    return [row["sk"]["S"] for row in entries.rows], entries.next


class TestListEntries:
    @pytest.mark.parametrize(("part", "expected"), PARTS)
    @pytest.mark.parametrize("limit", [1, 2, 3, 20])
    def test_shows_everything_once_newest_first(self, part: Part, expected: list[str], limit: int) -> None:
        by_offset = [name for n in range(0, 12, limit) for name in names(part, Window(limit, offset=n))[0]]
        by_cursor, following = names(part, Window(limit))
        while following is not None:
            more, following = names(part, Window(limit, below=following))
            assert more
            by_cursor += more
        assert by_offset == by_cursor == expected[::-1]
        assert count("PARTITION", part, limit=100) == (len(expected), False)

    def test_reads_on_if_one_page_is_not_enough(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pages, "PAGE_ENTRIES", 2)
        assert names(ALL, Window(3, offset=4)) == (NAMES[::-1][4:7], NAMES[::-1][6])
        assert names(ALL, Window(3, offset=10**12)) == ([], None)

    def test_stops_after_max_pages_and_returns_where_to_continue(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pages, "PAGE_ENTRIES", 2)
        monkeypatch.setattr(reads, "PAGE_ENTRIES", 2)
        where = Path(["sk"]).startswith("A") | (Path(["sk"]) == "C#0")
        found, following, looks = list[str](), None, 0
        while looks == 0 or following is not None:
            entries = list_entries("PARTITION", Window(2, below=following), where=where, max_pages=2)
            found += [row["sk"]["S"] for row in entries.rows]
            following, looks = entries.next, looks + 1
        assert found == ["C#0", "A#2", "A#1", "A#0"]
        assert looks > 2
        with pytest.raises(PageTooDeep):
            list_entries("PARTITION", Window(2, offset=2), where=where, max_pages=2)
        assert count("PARTITION", where=where, limit=10, max_pages=2) == (1, True)
        assert count("PARTITION", where=where, limit=10, max_pages=20) == (4, False)

    @pytest.mark.parametrize("bound", ["", "A", "A#1", "B", "B#", "B#2", "B#2x", "B~", "C", "\U0010ffff", "\x00"])
    @pytest.mark.parametrize(("part", "expected"), PARTS)
    def test_never_leaves_its_part_of_the_partition(self, part: Part, expected: list[str], bound: str) -> None:
        if bound:
            assert names(part, Window(100, below=bound))[0] == [name for name in reversed(expected) if name < bound]


class TestBounds:
    @given(st.text(), st.text())
    def test_that_cross_are_empty(self, low: str, high: str) -> None:
        assert Between(low=low, high=high).is_empty == (low > high)

    def test_that_cross_are_not_sent_to_dynamodb(self) -> None:
        assert query("PARTITION", Between(low="b", high="a")).rows == []
        assert count("PARTITION", Between(low="b", high="a"), limit=10) == (0, False)

    def test_stop_counting(self) -> None:
        assert count("PARTITION", limit=len(NAMES)) == (len(NAMES), False)
        assert count("PARTITION", limit=4) == (4, True)
