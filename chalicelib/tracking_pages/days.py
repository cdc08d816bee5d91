"""Reads the dates and times that sources send for a day: as a date, or as a time with or without an offset."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

_MIN_YEAR: Final = 1990
"""Sources send 0001-01-01, 1900-01-01 or 1970-01-01 for no day. No shipment is older than this."""
_WESTERNMOST: Final = timedelta(hours=-12)
_SPACE_BEFORE_OFFSET: Final = re.compile(r"\s+(?=[+-]\d)")
_LEADING_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ]", re.ASCII)


class Day(NamedTuple):
    """A day at the place it was written for."""

    date: date
    utc_offset: timedelta | None
    """Of that place. None for a date, and for a time in UTC: senders use that wherever they are."""
    is_utc: bool
    """Whether it is the UTC day of a time, which may be another at the place."""

    def is_over(self, now: datetime) -> bool:
        """Without an offset, the day must be over everywhere, up to UTC-12."""
        offset = _WESTERNMOST if self.utc_offset is None else self.utc_offset
        return (now.astimezone(UTC) + offset).date() > self.date


def read_day(value: object) -> Day | None:
    """None if it can't be read or stands for no day. Midnight in UTC is a date, as many sources send dates that way."""
    if not isinstance(value, str):
        return None
    text = _SPACE_BEFORE_OFFSET.sub("", value.strip()[:40]).upper()
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        leading = _LEADING_DATE.match(text)
        return read_day(leading[1]) if leading else None
    if time.year < _MIN_YEAR:
        return None
    offset = time.utcoffset()
    if offset:
        return Day(time.date(), offset, is_utc=False)
    return Day(time.date(), None, is_utc=(time.hour, time.minute, time.second, time.microsecond) != (0, 0, 0, 0))
