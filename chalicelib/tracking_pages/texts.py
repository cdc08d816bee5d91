"""The texts of the pages that a translation has to provide. A translation that lacks one fails type checking."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Problem = Literal["revoked", "expired", "unknown", "busy", "failed"]


class Words(NamedTuple):
    """A headline and the sentence below it."""

    headline: str
    sentence: str


class Calendar(NamedTuple):
    """How a language writes dates and times. Names are spelled as within a sentence; weeks begin on Monday."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    date: str  # with {day} and {month}
    date_and_year: str  # with {day}, {month} and {year}
    weekday_and_date: str  # with {weekday} and {date}
    first: str = "1"  # the first day of a month
    twelve_hours: bool = False


class Texts(NamedTuple):
    calendar: Calendar
    direction: Literal["ltr", "rtl"]

    shipment_tracking: str
    """The name of the page where there is no company name."""
    statuses: Mapping[str, Words]
    """By shipment status. Checkpoints with the same status use the headline."""
    other_status: Words
    """For statuses that are not in `statuses`."""

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
    """Replaces the fourth step of a shipment that can be collected at a pickup point."""

    shipment: str
    tracking_number: str
    carrier: str
    service: str
    shipped: str
    track_with: str  # with {carrier}
    track_with_carrier: str
    """Where the carrier's name is unknown."""
    copy: str
    copied: str

    order: str
    order_number: str
    items: str
    more_items: str  # with {count}

    contact: str
    email: str
    phone: str
    website: str

    history: str
    times_in_utc: str
    times_local: str
    """Where every time is shown as the local time of its place."""
    no_updates: str
    """Shown before the carrier has the shipment."""
    no_details: str
    latest: str
    earlier_one: str
    earlier_many: str  # with {count}
    omitted_one: str
    omitted_many: str  # with {count}
    day_unknown: str

    language: str
    problems: Mapping[Problem, Words]
    try_again: str
    reference: str  # with {id}
    ask_sender: str
    ask_company: str  # with {company}
