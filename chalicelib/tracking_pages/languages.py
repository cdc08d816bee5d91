"""Chooses the language of a page, and formats dates and times in it."""

import re
from datetime import date, datetime
from typing import Final

from chalicelib.tracking_pages.texts import Calendar, Texts
from chalicelib.tracking_pages.translations import de, en, es, fr, pt

DEFAULT: Final = "en"
TEXTS: Final[dict[str, Texts]] = {"en": en.TEXTS, "de": de.TEXTS, "es": es.TEXTS, "fr": fr.TEXTS, "pt": pt.TEXTS}
NATIVE_NAMES: Final = {"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français", "pt": "Português"}

_RANGE = re.compile(r"\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?", re.IGNORECASE)


def choose_language(query_lang: str | None, accept_language: str | None) -> str:
    """`?lang=` comes first, then the browser's preferred language, then English. Unsupported languages are skipped."""
    return _supported(query_lang or "") or preferred_language(accept_language) or DEFAULT


def preferred_language(accept_language: str | None) -> str | None:
    """The supported language that the browser prefers, or None if it accepts none of them."""
    best, best_weight = None, 0.0
    for part in (accept_language or "")[:1000].split(","):
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        language = DEFAULT if match[1] == "*" else _supported(match[1])
        weight = float(match[2] or 1)
        if language is not None and weight > best_weight:
            best, best_weight = language, weight
    return best


def _supported(tag: str) -> str | None:
    language = tag[:40].strip().lower().replace("_", "-").partition("-")[0]
    return language if language in TEXTS else None


def format_date(day: date, calendar: Calendar, this_year: int) -> str:
    """`January 20`, followed by the year unless it is `this_year`."""
    pattern = calendar.date if day.year == this_year else calendar.date_and_year
    day_of_month = calendar.first if day.day == 1 else day.day
    return pattern.format(day=day_of_month, month=calendar.months[day.month - 1], year=day.year)


def format_day(day: date, calendar: Calendar, this_year: int) -> str:
    """`Tuesday, January 20`, capitalized to start a line."""
    text = calendar.weekday_and_date.format(
        weekday=calendar.weekdays[day.weekday()], date=format_date(day, calendar, this_year)
    )
    return text[0].upper() + text[1:]


def format_time(moment: datetime, calendar: Calendar) -> str:
    if not calendar.twelve_hours:
        return f"{moment:%H:%M}"
    return f"{moment.hour % 12 or 12}:{moment:%M} {'am' if moment.hour < 12 else 'pm'}"
