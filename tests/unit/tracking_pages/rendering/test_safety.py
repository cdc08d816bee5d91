"""Third-party text is never interpreted as markup."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.tracking_pages.markup import Html, clean, element, escape, fill, isolate, join
from chalicelib.tracking_pages.page import render
from tests.unit.tracking_pages.rendering.samples import NOW, STATUSES, Document, checkpoint, view

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<!--",
    "]]>",
    "&lt;script&gt;",
    "{company} %s {0.__class__}",
    "javascript:alert(1)",
    "red;}body{background:url(https://evil.example/)}",
    "\u202egnp.exe",
    "\x00<b>",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
anything = st.one_of(texts, st.none(), st.booleans(), st.integers(), st.floats(), st.lists(texts, max_size=2))


def shape(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and their attribute names, which text must not change."""
    return [(tag, tuple(attributes)) for tag, attributes in Document(page).elements]


class TestPage:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_text_does_not_change_the_elements(self, text: str) -> None:
        def page(word: str) -> str:
            scan = checkpoint(word, f"{word} 2", word, "2026-01-15T14:00:00.000Z")
            branding = {"company_name": word, "primary_color": word, "logo_url": word, "font": word}
            shipment = {"tracking_number": word, "carrier": word, "carrier_name": word, "service": word}
            return render(view("in_transit", [scan], branding, **shipment), language="en", now=NOW).html

        assert shape(page(text)) == shape(page("harmless"))
        assert "evil.example" not in page(text).partition("</style>")[0].partition("<style>")[2]

    @settings(max_examples=150, deadline=None)
    @given(
        status=st.one_of(st.sampled_from(STATUSES), texts),
        shipment=st.fixed_dictionaries(
            dict.fromkeys(
                ["tracking_number", "carrier", "carrier_name", "service", "ship_date", "estimated_delivery",
                 "actual_delivery"], anything,
            )
        ),
        scans=st.lists(st.tuples(texts, texts, texts, texts), max_size=15),
        branding=st.dictionaries(st.sampled_from(["primary_color", "logo_url", "company_name", "x"]), anything),
    )  # fmt: skip
    def test_any_data_renders_a_safe_page(
        self, status: str, shipment: dict[str, Any], scans: list[tuple[str, str, str, str]], branding: dict[str, Any]
    ) -> None:
        checkpoints = [checkpoint(*scan) for scan in scans]
        page = render(view(status, checkpoints, branding, **shipment), language="fr", now=NOW).html
        document = Document(page)
        names = {name for _, attributes in document.elements for name in attributes}

        assert page.encode()
        assert not {tag for tag, _ in document.elements} & {"iframe", "object", "form", "base", "b"}
        assert page.count("<script") <= 1
        assert not {name for name in names if name.startswith("on") or name == "style"}


class TestMarkup:
    @given(st.text())
    def test_text_is_escaped_in_elements_and_attributes(self, text: str) -> None:
        document = Document(element("p", text, title=text))

        assert document.elements == [("p", {"title": document.text})]

    def test_only_html_is_inserted_unescaped(self) -> None:
        bold = element("b", "x")

        assert join([bold, "<", None]) == "<b>x</b>&lt;"
        assert escape(bold + "<i>") == "&lt;b&gt;x&lt;/b&gt;&lt;i&gt;"
        assert isinstance(bold, Html)

    def test_placeholders_are_filled_once(self) -> None:
        assert fill("to {a} & {b}", a="{b}", b=element("i", "<")) == "to {b} &amp; <i>&lt;</i>"

    @given(st.text(), st.integers(min_value=1, max_value=40))
    def test_clean_text_is_one_short_line(self, text: str, limit: int) -> None:
        line = clean(text, limit)

        assert len(line) <= limit
        assert line.encode().decode() == line
        assert line == " ".join(line.split())

    @pytest.mark.parametrize("value", [None, True, [], {}, b"x", "", " \n ", "\x00", "\ud800"])
    def test_values_without_text_yield_none(self, value: object) -> None:
        assert isolate(value, 40) is None

    def test_text_cannot_change_the_direction_of_what_follows(self) -> None:
        assert isolate("\u202eabc\u2066 def", 40) == "<bdi>abc def</bdi>"
