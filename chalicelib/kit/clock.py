"""The only source of time. Tests replace `now`.

Timestamps are text: UTC, ISO 8601, milliseconds, `Z`. They sort as text and are stored exactly as responses show them.
"""

import re
from datetime import UTC, datetime, timedelta

_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)


def now() -> datetime:
    return datetime.now(UTC)


def timestamp(moment: datetime | None = None) -> str:
    """`moment` (now, if not given) as `2026-01-15T10:30:00.000Z`."""
    moment = (moment or now()).astimezone(UTC)
    # strftime drops the leading zeros of early years, after which timestamps would no longer sort as text.
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def in_seconds(seconds: float) -> str:
    return timestamp(now() + timedelta(seconds=seconds))


def parse(text: str) -> datetime:
    """An ISO 8601 date or time as an aware datetime; a time without an offset is UTC. ValueError otherwise."""
    if not _ISO.fullmatch(text):
        raise ValueError(f"not an ISO 8601 date or time: {text[:40]!r}")
    moment = datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"out of range in UTC: {text[:40]!r}") from None


def normalise(text: str) -> str:
    """Any ISO 8601 date or time in the format of `timestamp`."""
    return timestamp(parse(text))


def epoch(text: str) -> int:
    """Seconds since 1970, rounded up, as DynamoDB's TTL expects them."""
    return int(-(-parse(text).timestamp() // 1))


def epoch_milliseconds(text: str) -> int:
    return round(parse(text).timestamp() * 1000)
