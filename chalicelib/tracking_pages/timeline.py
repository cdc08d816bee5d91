"""The history on a tracking page: checkpoints, newest first, grouped by day, within a size limit."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from typing import Final, NamedTuple

from chalicelib.kit import clock
from chalicelib.tracking_pages.languages import format_day, format_time
from chalicelib.tracking_pages.markup import Html, clean, element, fill, isolate, join
from chalicelib.tracking_pages.texts import Texts

# Keeps the page small. Older checkpoints are only counted.
MAX_ENTRIES: Final = 60
# The newest entries are visible and the others folded, unless fewer than the minimum would be folded.
MAX_OPEN_ENTRIES: Final = 8
_MIN_FOLDED_ENTRIES: Final = 3
# Upper bound of what a day's heading and list element add to the size of its entries.
_DAY_BYTES: Final = 160

BEFORE_THE_CARRIER: Final = frozenset({"pending", "label_created"})


class Entry(NamedTuple):
    day: date | None
    markup: Html


def normalize_status(checkpoint: Mapping[str, object]) -> str:
    """The carrier's status as a shipment status where it is one: `Out for Delivery` is `out_for_delivery`.

    Anything that starts with `delivered` is `delivered`, because carriers append the signer's name.
    """
    word = re.sub(r"[^a-z0-9]+", "_", clean(checkpoint.get("status"), 80).lower()).strip("_")
    return "delivered" if word.startswith("delivered_") else word


def parse_time(checkpoint: Mapping[str, object]) -> datetime | None:
    """The local time of the place if the source sent its offset, otherwise UTC. None if it can't be read."""
    offset = checkpoint.get("utc_offset")
    try:
        time = clock.parse(str(checkpoint.get("checkpoint_time")))
        return time.astimezone(timezone(timedelta(minutes=offset))) if isinstance(offset, int) else time
    except (ValueError, OverflowError):
        return None


def render_history(
    status: str, checkpoints: Sequence[Mapping[str, object]], texts: Texts, this_year: int, max_bytes: int
) -> Html:
    """The history card with as many entries as fit into `max_bytes`. `checkpoints` are oldest first."""
    if not checkpoints:
        content = element("p", texts.no_updates if status in BEFORE_THE_CARRIER else texts.no_details, class_="quiet")
    else:
        entries = list(_entries_that_fit(checkpoints, texts, max_bytes))
        folds = len(entries) >= MAX_OPEN_ENTRIES + _MIN_FOLDED_ENTRIES
        open_entries = entries[:MAX_OPEN_ENTRIES] if folds else entries
        content = join(
            [
                element("p", texts.times_local if _are_local(checkpoints) else texts.times_in_utc, class_="quiet"),
                _render_days(open_entries, texts, this_year),
                _folded(entries[len(open_entries) :], texts, this_year),
                _omitted(len(checkpoints) - len(entries), texts),
            ]
        )
    heading = element("h2", texts.history, id="history")
    return element("section", heading, content, class_="card history", aria_labelledby="history")


def _entries_that_fit(checkpoints: Sequence[Mapping[str, object]], texts: Texts, max_bytes: int) -> Iterator[Entry]:
    remaining = max_bytes
    last_day: date | None = None
    newest_first = list(reversed(checkpoints))
    for position, checkpoint in enumerate(newest_first[:MAX_ENTRIES]):
        previous = newest_first[position + 1] if position + 1 < len(newest_first) else {}
        same_status = normalize_status(checkpoint) == normalize_status(previous)
        entry = _entry(checkpoint, texts, latest=position == 0, same_status=same_status)
        remaining -= len(entry.markup.encode()) + (_DAY_BYTES if entry.day != last_day or position == 0 else 0)
        if remaining < 0:
            return
        last_day = entry.day
        yield entry


def _entry(checkpoint: Mapping[str, object], texts: Texts, *, latest: bool, same_status: bool) -> Entry:
    """With `same_status` as the checkpoint before it, an entry is titled with the carrier's details instead."""
    status = normalize_status(checkpoint)
    known = texts.statuses.get(status)
    title: str = known.headline if known else isolate(checkpoint.get("status"), 80) or texts.other_status.headline
    # Not for deliveries, where the carrier's details contain the signer's name.
    detail = clean(checkpoint.get("status_detail"), 200) if status != "delivered" else ""
    if detail.casefold() in {title.casefold(), clean(checkpoint.get("status"), 80).casefold()}:
        detail = ""
    more = isolate(detail, 200)
    if more and same_status and not latest:
        title, more = more, None
    time = parse_time(checkpoint)
    markup = element(
        "li",
        element("p", element("span", f"{texts.latest} ", class_="vh") if latest else None, title, class_="what"),
        element("p", more, class_="more") if more else None,
        _place_and_time(format_place(checkpoint), time, texts),
    )
    return Entry(time.date() if time else None, markup)


def format_place(checkpoint: Mapping[str, object]) -> Html | None:
    parts = (clean(checkpoint.get(part), 60) for part in ("city", "state", "country"))
    return isolate(checkpoint.get("location"), 120) or isolate(", ".join(part for part in parts if part), 120)


def _place_and_time(place: Html | None, time: datetime | None, texts: Texts) -> Html | None:
    if time is None and place is None:
        return None
    return element(
        "p", _render_time(time, texts) if time else None, element("span", place) if place else None, class_="where"
    )


def _render_time(time: datetime, texts: Texts) -> Html:
    written = format_time(time, texts.calendar)
    if time.utcoffset():
        return element("time", written, datetime=time.isoformat(timespec="minutes"))
    return element("time", f"{written} UTC", datetime=f"{time:%Y-%m-%dT%H:%MZ}")


def _are_local(checkpoints: Sequence[Mapping[str, object]]) -> bool:
    return all(time is None or time.utcoffset() for time in map(parse_time, checkpoints))


def _render_days(entries: Sequence[Entry], texts: Texts, this_year: int) -> Html:
    return join(
        join([_day_heading(day, texts, this_year), element("ol", *(e.markup for e in day_entries), role="list")])
        for day, day_entries in groupby(entries, key=lambda entry: entry.day)
    )


def _day_heading(day: date | None, texts: Texts, this_year: int) -> Html:
    if day is None:
        return element("h3", texts.day_unknown)
    return element("h3", element("time", format_day(day, texts.calendar, this_year), datetime=day.isoformat()))


def _folded(entries: Sequence[Entry], texts: Texts, this_year: int) -> Html | None:
    if not entries:
        return None
    summary = texts.earlier_one if len(entries) == 1 else fill(texts.earlier_many, count=str(len(entries)))
    return element("details", element("summary", summary), _render_days(entries, texts, this_year))


def _omitted(count: int, texts: Texts) -> Html | None:
    if count <= 0:
        return None
    text = texts.omitted_one if count == 1 else fill(texts.omitted_many, count=str(count))
    return element("p", text, class_="quiet")
