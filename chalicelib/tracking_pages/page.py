"""The tracking page at `/t/{token}`, rendered from the public view of a shipment.

It works without scripts, requests nothing but the brand's logo, and never exceeds `MAX_BYTES`. Third-party text always
goes through `markup`, so it can't become markup.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.kit import clock
from chalicelib.tracking_pages import icons, languages
from chalicelib.tracking_pages.branding import read_brand, read_contact
from chalicelib.tracking_pages.components import (
    carrier_name,
    humanize,
    render_card,
    render_carrier_link,
    render_contact,
    render_hero,
    render_items,
    render_row,
    render_tracking_number,
)
from chalicelib.tracking_pages.days import Day, read_day
from chalicelib.tracking_pages.document import RenderedPage, render_document
from chalicelib.tracking_pages.languages import format_date, format_day
from chalicelib.tracking_pages.markup import Html, clean, element, isolate
from chalicelib.tracking_pages.progress import render_progress
from chalicelib.tracking_pages.texts import Texts
from chalicelib.tracking_pages.timeline import BEFORE_THE_CARRIER, normalize_status, render_history

MAX_BYTES: Final = 29_500
MAX_ITEM_BYTES: Final = 2_500

# By status: the tone, which is a class of page.css, and the icon.
_APPEARANCE: Final[dict[str, tuple[str, Html]]] = {
    "pending": ("moving", icons.SHIPMENT),
    "label_created": ("moving", icons.LABEL),
    "picked_up": ("moving", icons.SHIPMENT),
    "in_transit": ("moving", icons.TRUCK),
    "out_for_delivery": ("moving", icons.TRUCK),
    "available_for_pickup": ("moving", icons.PIN),
    "delivered": ("success", icons.CHECK),
    "attempt_failed": ("warning", icons.ALERT),
    "exception": ("warning", icons.ALERT),
    "returned": ("ended", icons.RETURN),
    "cancelled": ("ended", icons.CROSS),
}
_NOT_SHIPPED: Final = BEFORE_THE_CARRIER | {"cancelled"}
_STILL_COMING: Final = {"picked_up", "in_transit", "out_for_delivery", "attempt_failed", "exception"}


def render(
    view: Mapping[str, Any],
    *,
    language: str,
    now: str,
    support: Mapping[str, Any] | None = None,
    order: Mapping[str, Any] | None = None,
) -> RenderedPage:
    """The page of one shipment. `view` has the shape of `PublicView`; `now` is a timestamp.

    `support` and `order`, which has `number` and `items`, are shown if they are given.
    """
    texts = languages.TEXTS[language]
    brand = read_brand(view["branding"])
    shipment: Mapping[str, object] = view["shipment"]
    checkpoints: Sequence[Mapping[str, object]] = view["checkpoints"]
    status = clean(shipment.get("status"), 40)
    words = texts.statuses.get(status, texts.other_status)
    tone, icon = _APPEARANCE.get(status, ("moving", icons.SHIPMENT))
    current_time = clock.parse(now)

    arrival = _arrival(shipment, checkpoints, texts, current_time)
    hero = render_hero(icon, words.headline, words.sentence, arrival)
    progress = render_progress(status, checkpoints, texts)
    aside = element(
        "div",
        _details(shipment, status, texts, current_time.year),
        _order(order, texts) if order else None,
        render_contact(read_contact(support or {}), texts),
        class_="aside",
    )
    without_history = render_document(brand, language, words.headline, tone, hero, [progress, aside])
    remaining_bytes = MAX_BYTES - len(without_history.html.encode())
    history = render_history(status, checkpoints, texts, current_time.year, remaining_bytes)
    return render_document(brand, language, words.headline, tone, hero, [progress, history, aside])


def _arrival(
    shipment: Mapping[str, object], checkpoints: Sequence[Mapping[str, object]], texts: Texts, now: datetime
) -> Html | None:
    """The day of delivery, the expected day, or a note that no day is known yet."""
    status = shipment.get("status")
    if status == "delivered":
        deliveries = [
            checkpoint.get("checkpoint_time")
            for checkpoint in checkpoints
            if normalize_status(checkpoint) == "delivered"
        ]
        day = read_day(shipment.get("actual_delivery")) or (read_day(deliveries[-1]) if deliveries else None)
        return _arrival_day(texts.delivered_on, day, None, texts, now) if day else None
    if status in {"returned", "cancelled", "available_for_pickup"}:
        return None
    expected = read_day(shipment.get("estimated_delivery"))
    if expected is None:
        return element("p", texts.no_day_yet, class_="arrival") if status in _STILL_COMING else None
    if expected.is_over(now):
        return _arrival_day(texts.was_expected, expected, texts.overdue, texts, now)
    return _arrival_day(texts.expected, expected, None, texts, now)


def _arrival_day(label: str, day: Day, remark: str | None, texts: Texts, now: datetime) -> Html:
    formatted = element("time", format_day(day.date, texts.calendar, now.year), datetime=day.date.isoformat())
    return element(
        "p",
        element("span", f"{label} "),
        element("strong", formatted, element("small", " UTC") if day.is_utc else None),
        element("span", f" {remark}", class_="remark") if remark else None,
        class_="arrival",
    )


def _details(shipment: Mapping[str, object], status: str, texts: Texts, this_year: int) -> Html:
    # Before the carrier has the shipment, and for one that was cancelled, `ship_date` is only a plan.
    shipped = read_day(shipment.get("ship_date")) if status not in _NOT_SHIPPED else None
    carrier, number = carrier_name(shipment), shipment.get("tracking_number")
    rows = [
        render_row(texts.tracking_number, render_tracking_number(number, texts), wide=True),
        render_row(texts.carrier, isolate(carrier, 80)),
        render_row(texts.service, isolate(humanize(shipment.get("service")), 80)),
        render_row(
            texts.shipped,
            element("time", format_date(shipped.date, texts.calendar, this_year), datetime=shipped.date.isoformat())
            if shipped
            else None,
        ),
    ]
    link = render_carrier_link(shipment.get("carrier"), carrier, number, texts)
    return render_card("shipment", texts.shipment, element("dl", *rows), link)


def _order(order: Mapping[str, Any], texts: Texts) -> Html:
    number = isolate(order["number"], 80)
    row = render_row(texts.order_number, element("span", number, class_="number") if number else None, wide=True)
    lines = [
        element("span", f"{item['quantity']} × ", isolate(item["title"], 80) or Html("–")) for item in order["items"]
    ]
    return render_card("order", texts.order, element("dl", row), render_items(lines, MAX_ITEM_BYTES, texts))
