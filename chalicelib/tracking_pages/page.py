"""The page for people at `/t/{token}`: one view of a shipment in, one HTML document and its headers out.

No script, no form, no request but the organization's logo, never more than `MOST_BYTES`. Everything that comes from
carriers and organizations passes through `markup`, so it can only ever be text.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from chalicelib.kit import clock
from chalicelib.tracking_pages import icons, languages
from chalicelib.tracking_pages.branding import read_brand
from chalicelib.tracking_pages.document import RenderedPage, document
from chalicelib.tracking_pages.languages import written_date, written_day
from chalicelib.tracking_pages.markup import Html, clean, element, fill, foreign
from chalicelib.tracking_pages.progress import steps
from chalicelib.tracking_pages.texts import Problem, Texts
from chalicelib.tracking_pages.timeline import BEFORE_THE_CARRIER, history, status_of

MOST_BYTES: Final = 29_500

# Tone (a class of page.css) and drawing.
_LOOKS: Final[dict[str, tuple[str, Html]]] = {
    "pending": ("moving", icons.PARCEL),
    "label_created": ("moving", icons.LABEL),
    "picked_up": ("moving", icons.PARCEL),
    "in_transit": ("moving", icons.TRUCK),
    "out_for_delivery": ("moving", icons.TRUCK),
    "available_for_pickup": ("moving", icons.PLACE),
    "delivered": ("success", icons.CHECK),
    "attempt_failed": ("warning", icons.ALERT),
    "exception": ("warning", icons.ALERT),
    "returned": ("ended", icons.BACK),
    "cancelled": ("ended", icons.CROSS),
}
_PROBLEM_ICONS: Final[dict[Problem, Html]] = {
    "revoked": icons.LOCK,
    "expired": icons.CLOCK,
    "unknown": icons.SEARCH,
    "busy": icons.CLOCK,
    "failed": icons.ALERT,
}
_PASSING: Final[frozenset[Problem]] = frozenset({"busy", "failed"})
_NOT_SHIPPED: Final = BEFORE_THE_CARRIER | {"cancelled"}
_STILL_COMING: Final = {"picked_up", "in_transit", "out_for_delivery", "attempt_failed", "exception"}


def render(view: Mapping[str, Any], *, language: str, now: str) -> RenderedPage:
    """The page of one shipment. `view` is what the public JSON view answers, with `carrier_name`; `now` a timestamp."""
    texts = languages.TEXTS[language]
    brand = read_brand(view["branding"])
    shipment: Mapping[str, object] = view["shipment"]
    checkpoints: Sequence[Mapping[str, object]] = view["checkpoints"]
    status = clean(shipment.get("status"), 40)
    words = texts.statuses.get(status, texts.other_status)
    tone, icon = _LOOKS.get(status, ("moving", icons.PARCEL))
    this_moment = clock.parse(now)

    arrival = _arrival(shipment, checkpoints, texts, this_moment)
    hero = _hero(icon, words.headline, words.sentence, arrival)
    progress, parcel = steps(status, checkpoints, texts), _parcel(shipment, status, texts, this_moment.year)
    without_history = document(brand, language, words.headline, tone, hero, [progress, parcel])
    room = MOST_BYTES - len(without_history.html.encode())
    cards = [progress, history(status, checkpoints, texts, this_moment.year, room), parcel]
    return document(brand, language, words.headline, tone, hero, cards)


def render_problem(
    kind: Problem, *, branding: Mapping[str, Any] | None, language: str, reference: str | None = None
) -> RenderedPage:
    """The page for a link that leads to nothing: any more, or just now. `reference`: what to look for in the log."""
    texts = languages.TEXTS[language]
    brand = read_brand(branding)
    words = texts.problems[kind]
    company = foreign(brand.name, len(brand.name))
    advice = fill(texts.ask_company, company=company) if company else texts.ask_sender
    hero = _hero(_PROBLEM_ICONS[kind], words.headline, words.sentence, None)
    passes = kind in _PASSING
    card = element(
        "section",
        element("p", element("a", texts.try_again, href="", class_="button")) if passes else None,
        element("p", advice),
        element("p", fill(texts.reference, id=reference), class_="quiet") if reference else None,
        class_="card advice",
    )
    return document(brand, language, words.headline, "ended", hero, [card])


def _hero(icon: Html, headline: str, sentence: str, arrival: Html | None) -> Html:
    told = element("div", element("h1", headline), element("p", sentence, class_="lead"))
    return element(
        "div", element("div", element("span", icon, class_="badge"), told, arrival, class_="wrap"), class_="hero"
    )


def _arrival(
    shipment: Mapping[str, object], checkpoints: Sequence[Mapping[str, object]], texts: Texts, now: datetime
) -> Html | None:
    """The day that matters now: when it came, when it should come, or that nobody knows."""
    status = shipment.get("status")
    if status == "delivered":
        scans = [scan.get("checkpoint_time") for scan in checkpoints if status_of(scan) == "delivered"]
        came = shipment.get("actual_delivery") or (scans[-1] if scans else None)
        return _arrival_day(texts.delivered_on, came, None, texts, now)
    if status in {"returned", "cancelled", "available_for_pickup"}:
        return None
    expected = _day(shipment.get("estimated_delivery"))
    if expected is None:
        return element("p", texts.no_day_yet, class_="arrival") if status in _STILL_COMING else None
    overdue = _is_over_everywhere(expected, now)
    return _arrival_day(
        texts.was_expected if overdue else texts.expected,
        shipment.get("estimated_delivery"),
        texts.overdue if overdue else None,
        texts,
        now,
    )


def _arrival_day(label: str, moment: object, remark: str | None, texts: Texts, now: datetime) -> Html | None:
    day = _day(moment)
    if day is None:
        return None
    written = element("time", written_day(day, texts.calendar, now.year), datetime=day.isoformat())
    return element(
        "p",
        element("span", f"{label} "),
        element("strong", written, element("small", " UTC") if _is_a_time(moment) else None),
        element("span", f" {remark}", class_="remark") if remark else None,
        class_="arrival",
    )


def _day(value: object) -> date | None:
    """The day of a date, or of a time in UTC."""
    try:
        return clock.parse(str(value)).date()
    except (ValueError, OverflowError):
        return None


def _is_a_time(value: object) -> bool:
    return len(str(value)) > len("2026-01-20")


def _is_over_everywhere(day: date, now: datetime) -> bool:
    """The shopper's place is unknown: a day is over when it is over in the last time zone, twelve hours behind UTC."""
    return (now - timedelta(hours=12)).date() > day


def _parcel(shipment: Mapping[str, object], status: str, texts: Texts, this_year: int) -> Html:
    # Until the carrier has the parcel, and where it never will, the day is a plan at best.
    shipped = _day(shipment.get("ship_date")) if status not in _NOT_SHIPPED else None
    number = foreign(shipment.get("tracking_number"), 80)
    rows = [
        _row(texts.tracking_number, element("span", number, class_="number") if number else None, wide=True),
        _row(texts.carrier, foreign(shipment.get("carrier_name") or _readable(shipment.get("carrier")), 80)),
        _row(texts.service, foreign(_readable(shipment.get("service")), 80)),
        _row(
            texts.shipped,
            element("time", written_date(shipped, texts.calendar, this_year), datetime=shipped.isoformat())
            if shipped
            else None,
        ),
    ]
    return element(
        "section",
        element("h2", texts.parcel, id="parcel"),
        element("dl", *rows),
        class_="card parcel",
        aria_labelledby="parcel",
    )


def _readable(value: object) -> str:
    """`next_day_air` as `Next day air`; short codes as capitals: `ups` is `UPS`."""
    words = clean(value, 80).replace("_", " ")
    if not words.islower():
        return words
    return words.upper() if len(words) <= 3 else words[0].upper() + words[1:]


def _row(name: str, value: Html | None, *, wide: bool = False) -> Html | None:
    if value is None:
        return None
    return element("div", element("dt", name), element("dd", value), class_="wide" if wide else None)
