"""The checkpoints of a parcel: newest first, grouped by day, never more than a page can hold."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Final, NamedTuple

from chalicelib.kit import clock
from chalicelib.tracking_pages.languages import written_day, written_hour
from chalicelib.tracking_pages.markup import Html, clean, element, fill, foreign, join
from chalicelib.tracking_pages.texts import Texts

# Nobody reads further back, and a page has to stay small: the rest is counted.
MOST_ENTRIES: Final = 60
# The newest ones stand open, the others are folded away, unless that would hide next to nothing.
OPEN_ENTRIES: Final = 8
_NOT_WORTH_FOLDING: Final = 2
# What a day's heading and its list add to the bytes of its entries, generously.
_DAY_BYTES: Final = 160

BEFORE_THE_CARRIER: Final = frozenset({"pending", "label_created"})


class Entry(NamedTuple):
    day: date | None
    markup: Html


def status_of(checkpoint: Mapping[str, object]) -> str:
    """A carrier's word as one of ours: `Out for Delivery` is `out_for_delivery`. Whatever starts with `delivered` is
    a delivery, as carriers add the signer's name there."""
    word = re.sub(r"[^a-z0-9]+", "_", clean(checkpoint.get("status"), 80).lower()).strip("_")
    return "delivered" if word.startswith("delivered_") else word


def moment_of(checkpoint: Mapping[str, object]) -> datetime | None:
    try:
        return clock.parse(str(checkpoint.get("checkpoint_time")))
    except (ValueError, OverflowError):
        return None


def history(status: str, checkpoints: Sequence[Mapping[str, object]], texts: Texts, this_year: int, room: int) -> Html:
    """The section with all that fits into `room` bytes. `checkpoints` come oldest first."""
    if not checkpoints:
        content = element("p", texts.no_updates if status in BEFORE_THE_CARRIER else texts.no_details, class_="quiet")
    else:
        entries = list(_fitting(checkpoints, texts, room))
        open_entries = entries[:OPEN_ENTRIES] if len(entries) > OPEN_ENTRIES + _NOT_WORTH_FOLDING else entries
        content = join(
            [
                element("p", texts.times_in_utc, class_="quiet"),
                _days(open_entries, texts, this_year),
                _folded(entries[len(open_entries) :], texts, this_year),
                _left_out(len(checkpoints) - len(entries), texts),
            ]
        )
    heading = element("h2", texts.history, id="history")
    return element("section", heading, content, class_="card history", aria_labelledby="history")


def _fitting(checkpoints: Sequence[Mapping[str, object]], texts: Texts, room: int) -> Iterator[Entry]:
    last_day: date | None = None
    newest_first = list(reversed(checkpoints))
    for position, checkpoint in enumerate(newest_first[:MOST_ENTRIES]):
        before = newest_first[position + 1] if position + 1 < len(newest_first) else {}
        entry = _entry(checkpoint, texts, latest=position == 0, same=status_of(checkpoint) == status_of(before))
        room -= len(entry.markup.encode()) + (_DAY_BYTES if entry.day != last_day or position == 0 else 0)
        if room < 0:
            return
        last_day = entry.day
        yield entry


def _entry(checkpoint: Mapping[str, object], texts: Texts, *, latest: bool, same: bool) -> Entry:
    """`same`: the one before had the same status, which need not be said again if the carrier said more."""
    status = status_of(checkpoint)
    known = texts.statuses.get(status)
    title: str = known.headline if known else foreign(checkpoint.get("status"), 80) or texts.other_status.headline
    # The carrier's own words say more than ours, except for deliveries: there they hold the signer's name.
    detail = clean(checkpoint.get("status_detail"), 200) if status != "delivered" else ""
    if detail.casefold() in {title.casefold(), clean(checkpoint.get("status"), 80).casefold()}:
        detail = ""
    more = foreign(detail, 200)
    if more and same and not latest:
        title, more = more, None
    moment = moment_of(checkpoint)
    markup = element(
        "li",
        element("p", element("span", f"{texts.latest} ", class_="vh") if latest else None, title, class_="what"),
        element("p", more, class_="more") if more else None,
        _where_and_when(moment, place_of(checkpoint), texts),
    )
    return Entry(moment.date() if moment else None, markup)


def place_of(checkpoint: Mapping[str, object]) -> Html | None:
    parts = (clean(checkpoint.get(part), 60) for part in ("city", "state", "country"))
    return foreign(checkpoint.get("location"), 120) or foreign(", ".join(part for part in parts if part), 120)


def _where_and_when(moment: datetime | None, place: Html | None, texts: Texts) -> Html | None:
    if moment is None and place is None:
        return None
    hour = (
        element("time", f"{written_hour(moment, texts.calendar)} UTC", datetime=f"{moment:%Y-%m-%dT%H:%MZ}")
        if moment
        else None
    )
    return element("p", hour, element("span", place) if place else None, class_="where")


def _days(entries: Sequence[Entry], texts: Texts, this_year: int) -> Html:
    return join(
        join([_day_heading(day, texts, this_year), element("ol", *(e.markup for e in of_day), role="list")])
        for day, of_day in groupby(entries, key=lambda entry: entry.day)
    )


def _day_heading(day: date | None, texts: Texts, this_year: int) -> Html:
    if day is None:
        return element("h3", texts.day_unknown)
    return element("h3", element("time", written_day(day, texts.calendar, this_year), datetime=day.isoformat()))


def _folded(entries: Sequence[Entry], texts: Texts, this_year: int) -> Html | None:
    if not entries:
        return None
    summary = texts.earlier_one if len(entries) == 1 else fill(texts.earlier_many, count=str(len(entries)))
    return element("details", element("summary", summary), _days(entries, texts, this_year))


def _left_out(count: int, texts: Texts) -> Html | None:
    if count <= 0:
        return None
    text = texts.left_out_one if count == 1 else fill(texts.left_out_many, count=str(count))
    return element("p", text, class_="quiet")
