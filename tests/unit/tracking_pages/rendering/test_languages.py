import string
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.tracking_pages.languages import (
    NATIVE_NAMES,
    TEXTS,
    choose_language,
    format_date,
    format_day,
    format_time,
)
from chalicelib.tracking_pages.texts import Problem
from tests.unit.tracking_pages.rendering.samples import STATUSES


class TestChoice:
    @pytest.mark.parametrize(
        ("query", "accept", "language"),
        [
            (None, None, "en"),
            ("", "", "en"),
            ("de", "fr", "de"),
            ("DE-at", None, "de"),
            ("pt_BR", None, "pt"),
            ("xx", "fr", "fr"),
            ("<script>", "es", "es"),
            (None, "de-CH", "de"),
            (None, "it, pt-BR;q=0.8, en;q=0.5", "pt"),
            (None, "en;q=0.2,fr;q=0.9", "fr"),
            (None, "fr;q=0, es;q=0.1", "es"),
            (None, "fr,es", "fr"),
            (None, "*", "en"),
            (None, "de;q=oops, es", "es"),
            (None, "zh, ja", "en"),
            (None, "den, deutsch", "en"),
            (None, "x" * 100_000, "en"),
        ],
    )
    def test_prefers_the_query_then_the_browser_then_english(
        self, query: str | None, accept: str | None, language: str
    ) -> None:
        assert choose_language(query, accept) == language

    @given(st.text(), st.text())
    def test_is_always_a_supported_one(self, query: str, accept: str) -> None:
        assert choose_language(query, accept) in TEXTS


class TestCalendar:
    @pytest.mark.parametrize(
        ("language", "day", "first", "hour"),
        [
            ("en", "Tuesday, January 20", "March 1, 2027", "12:05 am"),
            ("de", "Dienstag, 20. Januar", "1. März 2027", "00:05"),
            ("es", "Martes, 20 de enero", "1 de marzo de 2027", "00:05"),
            ("fr", "Mardi 20 janvier", "1er mars 2027", "00:05"),
            ("pt", "Terça-feira, 20 de janeiro", "1 de março de 2027", "00:05"),
        ],
    )
    def test_dates_and_times_follow_the_language(self, language: str, day: str, first: str, hour: str) -> None:
        calendar = TEXTS[language].calendar

        assert format_day(date(2026, 1, 20), calendar, 2026) == day
        assert format_date(date(2027, 3, 1), calendar, 2026) == first
        assert format_time(datetime(2026, 1, 20, 0, 5, tzinfo=UTC), calendar) == hour

    def test_noon_is_pm(self) -> None:
        assert format_time(datetime(2026, 1, 20, 12, 0, tzinfo=UTC), TEXTS["en"].calendar) == "12:00 pm"


@pytest.mark.parametrize("language", TEXTS)
class TestTranslation:
    def test_is_complete(self, language: str) -> None:
        texts = TEXTS[language]

        assert set(texts.statuses) == set(STATUSES)
        assert set(texts.problems) == set(get_args(Problem))
        assert (len(texts.calendar.months), len(texts.calendar.weekdays), len(texts.steps)) == (12, 7, 5)
        assert language in NATIVE_NAMES

    def test_has_the_same_placeholders_as_english(self, language: str) -> None:
        for name, text in TEXTS["en"]._asdict().items():
            if isinstance(text, str):
                assert placeholders(text) == placeholders(getattr(TEXTS[language], name)), name

    def test_is_a_translation(self, language: str) -> None:
        if language != "en":
            headlines = {words.headline for words in TEXTS[language].statuses.values()}
            assert not headlines & {words.headline for words in TEXTS["en"].statuses.values()}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
