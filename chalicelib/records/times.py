"""Reads dates and times as sources send them: every ISO 8601, RFC 3339 and RFC 9557 form that names a day.

The rest of the system reads only its own, stricter form (`chalicelib.kit.clock`), so what is unusual is rewritten here.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from chalicelib.kit import clock

MAX_LENGTH = 100
MAX_PLAIN_LENGTH = 40
_NOT_ISO = "must be an ISO 8601 date or time"
NO_TIME = ("0001-01-01", "0000-00-00", "00010101", "00000000")
"""What some languages and databases write for a time that is not known."""

_ISO = re.compile(
    r"""
    (?: \+00 )? (?P<day> \d{4}-\d\d-\d\d | \d{8} | \d{4}-W\d\d-\d | \d{4}W\d{3} | \d{4}-\d{3} | \d{7} )
    (?: [Tt\ ] (?P<hour>\d\d) (?: :?(?P<minute>\d\d) (?: :?(?P<second>\d\d) )? )? (?P<fraction>[.,]\d+)?
        \ ? (?P<offset> [Zz] | UTC | GMT | (?P<sign>[+\-\u2212]) (?P<hours>\d\d) (?: :?(?P<minutes>\d\d) )? )?
        (?: \[ [^\[\]]* \] )* )?
    """,
    re.VERBOSE | re.ASCII,
)


def is_no_time(text: str) -> bool:
    """Whether the text is one of the ways to write that there is no time."""
    return not text or text.startswith(NO_TIME)


def to_timestamp(text: str) -> str:
    """As one of our timestamps. A time without an offset is UTC, and so is the midnight of a day. ValueError."""
    if _is_plain(text):
        return clock.normalise(text)
    try:
        return clock.timestamp(_parse(text)[0])
    except OverflowError:
        raise ValueError(_NOT_ISO) from None


def to_plain_form(text: str) -> str:
    """The text itself where `clock` can read it; otherwise the same day or time, with its offset, in a form that it
    can. ValueError."""
    if _is_plain(text):
        return text
    moment, has_time = _parse(text)
    plain = moment.isoformat() if has_time else moment.date().isoformat()
    if not _is_plain(plain):
        raise ValueError(_NOT_ISO)
    return plain


def utc_offset(value: object) -> int | None:
    """The minutes east of UTC that a time was written with. None for UTC, and for what cannot be read."""
    try:
        offset = _parse(value.strip())[0].utcoffset() if isinstance(value, str) else None
    except ValueError:
        return None
    return int(offset.total_seconds() // 60) if offset else None


def _is_plain(text: str) -> bool:
    """Whether `clock` can read it."""
    try:
        clock.parse(text[: MAX_PLAIN_LENGTH + 1])
    except ValueError:
        return False
    return len(text) <= MAX_PLAIN_LENGTH


def _parse(text: str) -> tuple[datetime, bool]:
    """The time with its own offset, and whether the text has a time of day at all."""
    match = _ISO.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None:
        raise ValueError(_NOT_ISO)
    try:
        midnight = datetime.combine(_day(match["day"]), datetime.min.time(), _offset(match))
        return midnight + _time_of_day(match), match["hour"] is not None
    except (ValueError, OverflowError):
        raise ValueError(_NOT_ISO) from None


def _day(text: str) -> date:
    digits = text.replace("-", "")
    if "W" not in digits and len(digits) == 7:
        day = date(int(digits[:4]), 1, 1) + timedelta(days=int(digits[4:]) - 1)
        if str(day.year) != digits[:4].lstrip("0") or digits.endswith("000"):
            raise ValueError(_NOT_ISO)
        return day
    return date.fromisoformat(text)


def _offset(match: re.Match[str]) -> timezone:
    if match["sign"] is None:
        return UTC
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    if hours > 23 or minutes > 59:
        raise ValueError(_NOT_ISO)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if match["sign"] == "+" else -offset)


def _time_of_day(match: re.Match[str]) -> timedelta:
    if match["hour"] is None:
        return timedelta()
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    time = timedelta(hours=hour, minutes=minute, seconds=second)
    # 24:00 is the end of the day, and 60 a leap second.
    if minute > 59 or second > 60 or time > timedelta(days=1) or hour > 24:
        raise ValueError(_NOT_ISO)
    if match["fraction"]:
        # Of the smallest unit that is given, and cut off after the microsecond.
        factor = 1 if match["second"] else 60 if match["minute"] else 3600
        time += timedelta(microseconds=int(match["fraction"][1:7].ljust(6, "0"))) * factor
    return time
