"""Which language a page is in, and how that language writes days and hours."""

import re
from datetime import date, datetime
from typing import Final

from chalicelib.tracking_pages.texts import Calendar, Texts
from chalicelib.tracking_pages.translations import de, en, es, fr, pt

DEFAULT: Final = "en"
TEXTS: Final[dict[str, Texts]] = {"en": en.TEXTS, "de": de.TEXTS, "es": es.TEXTS, "fr": fr.TEXTS, "pt": pt.TEXTS}
OWN_NAMES: Final = {"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français", "pt": "Português"}

_RANGE = re.compile(r"\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?", re.IGNORECASE)


def choose_language(query_lang: str | None, accept_language: str | None) -> str:
    """The language asked for by `?lang=`, else the one of ours the browser likes best, else English."""
    return _ours(query_lang or "") or preferred_language(accept_language) or DEFAULT


def preferred_language(accept_language: str | None) -> str | None:
    """The one of our languages that a browser likes best; None where it names none of them."""
    best, best_weight = None, 0.0
    for part in (accept_language or "")[:1000].split(","):
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        language = DEFAULT if match[1] == "*" else _ours(match[1])
        weight = float(match[2] or 1)
        if language is not None and weight > best_weight:
            best, best_weight = language, weight
    return best


def _ours(tag: str) -> str | None:
    language = tag[:40].strip().lower().replace("_", "-").partition("-")[0]
    return language if language in TEXTS else None


def written_date(day: date, calendar: Calendar, this_year: int) -> str:
    """`January 20`; with its year if that is another than `this_year`."""
    pattern = calendar.date if day.year == this_year else calendar.date_and_year
    number = calendar.first if day.day == 1 else day.day
    return pattern.format(day=number, month=calendar.months[day.month - 1], year=day.year)


def written_day(day: date, calendar: Calendar, this_year: int) -> str:
    """`Tuesday, January 20`, as the beginning of a line."""
    written = calendar.weekday_and_date.format(
        weekday=calendar.weekdays[day.weekday()], date=written_date(day, calendar, this_year)
    )
    return written[0].upper() + written[1:]


def written_hour(moment: datetime, calendar: Calendar) -> str:
    if not calendar.twelve_hours:
        return f"{moment:%H:%M}"
    return f"{moment.hour % 12 or 12}:{moment:%M} {'am' if moment.hour < 12 else 'pm'}"
