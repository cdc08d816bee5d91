"""What a translation of the page consists of. A translation that lacks a text does not type-check."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Problem = Literal["revoked", "expired", "unknown", "busy", "failed"]


class Words(NamedTuple):
    """A headline, and the sentence below it."""

    headline: str
    sentence: str


class Calendar(NamedTuple):
    """How days and hours are written. Months and weekdays as they stand within a sentence; a week begins on Monday."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    date: str  # with {day} and {month}
    date_and_year: str  # and {year}
    weekday_and_date: str  # with {weekday} and {date}
    first: str = "1"  # the first of a month
    twelve_hours: bool = False


class Texts(NamedTuple):
    calendar: Calendar
    direction: Literal["ltr", "rtl"]

    parcel_tracking: str
    statuses: Mapping[str, Words]
    """By status of shipments; checkpoints mostly use the same."""
    other_status: Words
    """For a status that this page does not know."""

    expected: str
    was_expected: str
    no_day_yet: str
    overdue: str
    delivered_on: str

    progress: str
    step_of: str  # with {number} and {total}
    next_step: str  # with {step}
    step_done: str
    step_current: str
    step_ahead: str
    steps: tuple[str, str, str, str, str]
    step_pickup: str
    """Takes the place of the fourth step when the parcel waits at a pickup point."""

    parcel: str
    tracking_number: str
    carrier: str
    service: str
    shipped: str

    history: str
    times_in_utc: str
    no_updates: str
    """Before the carrier has the parcel."""
    no_details: str
    latest: str
    earlier_one: str
    earlier_many: str  # with {count}
    left_out_one: str
    left_out_many: str  # with {count}
    day_unknown: str

    language: str
    problems: Mapping[Problem, Words]
    try_again: str
    reference: str  # with {id}
    ask_sender: str
    ask_company: str  # with {company}
