"""Dates and times as the world writes them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit import clock
from chalicelib.records import times

FORMS = {
    "2026-05-01": "2026-05-01T00:00:00.000Z",
    "20260501": "2026-05-01T00:00:00.000Z",
    "2026-W18-5": "2026-05-01T00:00:00.000Z",
    "2026W185": "2026-05-01T00:00:00.000Z",
    "2026-121": "2026-05-01T00:00:00.000Z",
    "2026121": "2026-05-01T00:00:00.000Z",
    "2026-05-01T09:59:00Z": "2026-05-01T09:59:00.000Z",
    "2026-05-01t09:59:00z": "2026-05-01T09:59:00.000Z",
    "2026-05-01 09:59:00": "2026-05-01T09:59:00.000Z",
    "2026-05-01T09:59": "2026-05-01T09:59:00.000Z",
    "2026-05-01T09Z": "2026-05-01T09:00:00.000Z",
    "2026-05-01 09:59:00 +0200": "2026-05-01T07:59:00.000Z",
    "2026-05-01 09:59:00 +02:00": "2026-05-01T07:59:00.000Z",
    "2026-05-01T09:59:00+02": "2026-05-01T07:59:00.000Z",
    "2026-05-01T09:59:00-00:00": "2026-05-01T09:59:00.000Z",
    "2026-05-01T09:59:00\u221205:30": "2026-05-01T15:29:00.000Z",
    "2026-05-01 09:59:00 UTC": "2026-05-01T09:59:00.000Z",
    "2026-05-01T09:59:00.123456789Z": "2026-05-01T09:59:00.123Z",
    "2026-05-01T09:59:00,5Z": "2026-05-01T09:59:00.500Z",
    "2026-05-01T09:59.5Z": "2026-05-01T09:59:30.000Z",
    "2026-05-01T09,25Z": "2026-05-01T09:15:00.000Z",
    "20260501T095900Z": "2026-05-01T09:59:00.000Z",
    "20260501T0959+0200": "2026-05-01T07:59:00.000Z",
    "20260501 095900.25": "2026-05-01T09:59:00.250Z",
    "2026-05-01T24:00:00Z": "2026-05-02T00:00:00.000Z",
    "2016-12-31T23:59:60Z": "2017-01-01T00:00:00.000Z",
    "2026-05-01T09:59:00+02:00[Europe/Paris][u-ca=gregory]": "2026-05-01T07:59:00.000Z",
    "+002026-05-01T09:59:00Z": "2026-05-01T09:59:00.000Z",
    "2024-02-29": "2024-02-29T00:00:00.000Z",
    "2024-366": "2024-12-31T00:00:00.000Z",
}


@pytest.mark.parametrize("text", FORMS)
def test_every_form_is_the_same_moment(text: str) -> None:
    assert times.to_timestamp(text) == FORMS[text]
    assert clock.normalise(times.to_plain_form(text)) == FORMS[text]


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2026",
        "2026-05",
        "2026-02-30",
        "2026-13-01",
        "2025-366",
        "2026-000",
        "2026-W54-1",
        "2026-W18-8",
        "2026-05-01T25:00",
        "2026-05-01T24:00:01",
        "2026-05-01T10:60",
        "2026-05-01T10:00:61",
        "2026-05-01T10:00+24:00",
        "2026-05-01T10:00Z+02:00",
        "2026-05-01T10:00:00+",
        "T10:00",
        "10:00:00",
        "1767225600",
        "01/05/2026",
        "2026-5-1",
        "9999-12-31T23:00:00-05:00",
        "Fri, 01 May 2026 09:59:00 GMT",
        "\u0662\u0660\u0662\u0666-05-01",
        "2026-05-01" * 20,
    ],
)
def test_what_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        times.to_timestamp(text)


@pytest.mark.parametrize(
    "text", ["2026-03-22", "2026-03-19T08:00:00Z", "2026-11-30T20:00:00-07:00", "2026-11-30 20:00"]
)
def test_common_forms_stay_as_they_came(text: str) -> None:
    assert times.to_plain_form(text) == text


def test_unusual_forms_keep_their_offset() -> None:
    assert times.to_plain_form("20261130T200000-0700") == "2026-11-30T20:00:00-07:00"
    assert times.to_plain_form("2026-11-30 20:00:00 -0700") == "2026-11-30T20:00:00-07:00"
    assert times.to_plain_form("2026-W18-5") == "2026-05-01"


@pytest.mark.parametrize(
    "text", ["", "0000-00-00", "0000-00-00 00:00:00", "0001-01-01T00:00:00", "0001-01-01T00:00:00Z"]
)
def test_the_words_for_no_time(text: str) -> None:
    assert times.is_no_time(text)


OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
BOUNDS = (datetime(1000, 1, 1), datetime(9000, 1, 1))  # noqa: DTZ001, hypothesis wants them without a zone
MOMENTS = st.datetimes(*BOUNDS, timezones=OFFSETS | st.just(UTC))


@given(MOMENTS, st.sampled_from(["T", "t", " "]), st.booleans(), st.sampled_from(["", " "]))
def test_any_moment_in_any_notation(moment: datetime, separator: str, basic: bool, space: str) -> None:
    day = moment.strftime("%Y%m%d" if basic else "%Y-%m-%d").rjust(8 if basic else 10, "0")
    time = moment.strftime("%H%M%S.%f" if basic else "%H:%M:%S.%f")
    offset = moment.strftime("%z")
    text = f"{day}{separator}{time}{space}{offset if basic else offset[:3] + ':' + offset[3:]}"
    assert times.to_timestamp(text) == clock.timestamp(moment)
    assert clock.normalise(times.to_plain_form(text)) == clock.timestamp(moment)
