"""V1's times: Pacific time without saying so. By rule, as functions have no time zone files."""

import re
from datetime import UTC, datetime, timedelta

from chalicelib.kit import clock

_STANDARD, _SUMMER = timedelta(hours=-8), timedelta(hours=-7)


def from_pacific(text: str) -> str:
    """`2014-10-03T06:51:33.6270000` as one of our timestamps. ValueError if it is no time."""
    if re.search(r"(Z|[+-]\d\d:?\d\d)$", text):
        return clock.normalise(text)
    local = clock.parse(text)
    utc = local - _SUMMER
    # The hour that comes twice in autumn is taken as the first of them.
    return clock.timestamp(utc if _is_summer(utc) else local - _STANDARD)


def to_pacific(text: str) -> str:
    """One of our timestamps as V1's filters take it: `2014-10-03 06:51:33`."""
    utc = clock.parse(text)
    local = utc + (_SUMMER if _is_summer(utc) else _STANDARD)
    return local.strftime("%Y-%m-%d %H:%M:%S")


def _is_summer(utc: datetime) -> bool:
    """From the second Sunday of March to the first of November, at two o'clock."""
    begins = _sunday(utc.year, 3, 8) + timedelta(hours=2) - _STANDARD
    ends = _sunday(utc.year, 11, 1) + timedelta(hours=2) - _SUMMER
    return begins <= utc < ends


def _sunday(year: int, month: int, day: int) -> datetime:
    """The first Sunday on or after the day."""
    start = datetime(year, month, day, tzinfo=UTC)
    return start + timedelta(days=(6 - start.weekday()) % 7)
