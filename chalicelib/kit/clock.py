"""The one place time comes from. Tests replace `now`.

Timestamps are text: UTC, ISO 8601, milliseconds, `Z`. They sort as text, are stored as they are sent, and cost no
conversion on the way out.
"""

import re
from datetime import UTC, datetime, timedelta

_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)


def now() -> datetime:
    return datetime.now(UTC)


def timestamp(moment: datetime | None = None) -> str:
    """`moment` (now, if not given) as `2026-01-15T10:30:00.000Z`."""
    moment = (moment or now()).astimezone(UTC)
    # Not strftime: it leaves out the leading zeros of early years, and then text no longer sorts by time.
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
        raise ValueError(f"not a time that UTC can tell: {text[:40]!r}") from None


def normalise(text: str) -> str:
    """Any ISO 8601 time as a timestamp of ours."""
    return timestamp(parse(text))


def epoch(text: str) -> int:
    """Whole seconds since 1970 of a timestamp, rounded up: what DynamoDB's TTL takes."""
    return int(-(-parse(text).timestamp() // 1))


def epoch_milliseconds(text: str) -> int:
    return round(parse(text).timestamp() * 1000)
