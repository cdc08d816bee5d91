"""Third-party text on one line, without what can't be seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.text import one_line, strip_invisible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme", "Acme"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\u2066Acme\u2069", "Acme"),
        ("Ac\u200bme\u00ad", "Acme"),
        ("\u200fAcme\u200e\u061c", "Acme"),
        ("Acme\U000e0041\U000e0042", "Acme"),
        ("a\x00b\x1b[31mc\x85d", "a b [31mc d"),
        ("a\u2028b\r\nc\td", "a b c d"),
        ("half \ud83c of it", "half of it"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🍳", "👩\u200d🍳"),
        ("Straße \u00a0 12", "Straße 12"),
        ("\u202e\u200b", ""),
    ],
)
def test_only_what_can_be_seen_is_left(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(st.text())
def test_nothing_can_turn_break_or_hide_the_text_around_it(text: str) -> None:
    shown = one_line(text)

    assert shown == one_line(shown)
    assert len(shown.splitlines()) <= 1
    assert shown.encode().decode() == shown
    assert not any(
        unicodedata.bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"} for c in shown
    )
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in shown)


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "S"])))
def test_visible_text_is_kept(text: str) -> None:
    assert strip_invisible(text).replace(" ", "") == text.replace("\ufffc", "").replace("\ufffd", "")
