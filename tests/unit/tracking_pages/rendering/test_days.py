"""Days as sources write them: any ISO 8601 form, at the offset it came with."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.records import times
from chalicelib.tracking_pages.days import read_day

days = st.dates(date(1990, 1, 1), date(9999, 12, 30))
day_times = st.times().map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))
offsets = st.integers(-14 * 60, 14 * 60).filter(bool).map(lambda minutes: timezone(timedelta(minutes=minutes)))
FORMS = (
    lambda moment: moment.isoformat(),
    lambda moment: moment.isoformat(sep=" "),
    lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S%z}",
    lambda moment: f"{moment:%Y-%m-%d %H:%M:%S %z}",
    lambda moment: f"{moment:%Y%m%dT%H%M%S%z}",
    lambda moment: moment.isoformat().lower(),
)


@given(days, day_times, offsets, st.sampled_from(FORMS))
def test_a_time_with_an_offset_is_the_day_at_that_offset(
    day: date, moment: time, offset: timezone, form: object
) -> None:
    written = form(datetime.combine(day, moment, offset))  # type: ignore[operator]
    read = read_day(written)

    assert read is not None
    assert (read.date, read.utc_offset, read.is_utc) == (day, offset.utcoffset(None), False)


@given(days, day_times, offsets, st.sampled_from(FORMS[:5]))
def test_what_sync_stores_is_the_same_day(day: date, moment: time, offset: timezone, form: object) -> None:
    written = form(datetime.combine(day, moment, offset))  # type: ignore[operator]
    stored = read_day(times.to_plain_form(written))

    assert stored is not None
    assert stored.date == day


@given(days, st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y-%m-%dT00:00:00Z", "%Y-%m-%dT00:00:00", "%Y-%m-%d 00:00:00"]))
def test_a_date_is_that_day(day: date, form: str) -> None:
    read = read_day(day.strftime(form).zfill(8))

    assert read is not None
    assert (read.date, read.utc_offset, read.is_utc) == (day, None, False)


@given(days, day_times.filter(lambda moment: moment != time()))
def test_a_time_in_utc_is_marked(day: date, moment: time) -> None:
    read = read_day(datetime.combine(day, moment, UTC).isoformat())

    assert read is not None
    assert (read.date, read.is_utc) == (day, True)


@given(st.text())
def test_any_text_can_be_asked_for(text: str) -> None:
    read_day(text)


@given(days, offsets)
def test_a_day_is_over_at_midnight_of_its_place(day: date, offset: timezone) -> None:
    read = read_day(datetime.combine(day, time(20), offset).isoformat())
    midnight = datetime.combine(day + timedelta(days=1), time(), offset)

    assert read is not None
    assert read.is_over(midnight)
    assert not read.is_over(midnight - timedelta(seconds=1))


@pytest.mark.parametrize("value", [None, 7, "", "soon", "2026-02-30", "0001-01-01", "0000-00-00", "1970-01-01"])
def test_what_is_no_day_is_none(value: object) -> None:
    assert read_day(value) is None
