"""The order page: what a confirmation's link opens where the shop names no page of its own.

It shows what the tracking view shows and nothing else, in the frame of the tracking page: without script, in the
organization's branding, everything foreign as text.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from chalicelib.kit import clock
from chalicelib.storefront.order_page_texts import TEXTS, Texts
from chalicelib.tracking_pages import icons, languages
from chalicelib.tracking_pages.branding import read_brand
from chalicelib.tracking_pages.document import RenderedPage, document
from chalicelib.tracking_pages.languages import written_date
from chalicelib.tracking_pages.markup import Html, clean, element, foreign
from chalicelib.tracking_pages.texts import Words

MOST_ITEMS: Final = 60
_LOOKS: Final[dict[str, tuple[str, Html]]] = {
    "PENDING": ("warning", icons.CLOCK),
    "CONFIRMED": ("moving", icons.CHECK),
    "PROCESSING": ("moving", icons.PARCEL),
    "SHIPPED": ("moving", icons.TRUCK),
    "DELIVERED": ("success", icons.CHECK),
    "CANCELLED": ("ended", icons.CROSS),
    "REFUNDED": ("ended", icons.BACK),
}


def render(view: Mapping[str, Any], branding: Mapping[str, Any] | None, language: str) -> RenderedPage:
    """`view` is the tracking view."""
    texts = TEXTS[language]
    words = texts.statuses[view["status"]]
    tone, icon = _LOOKS[view["status"]]
    cards = [_order(view, texts, language), _items(view, texts)]
    return document(read_brand(branding), language, words.headline, tone, _hero(icon, words), cards)


def render_unknown(branding: Mapping[str, Any] | None, language: str) -> RenderedPage:
    texts = TEXTS[language]
    card = element("section", element("p", texts.unknown_advice), class_="card advice")
    hero = _hero(icons.SEARCH, texts.unknown)
    return document(read_brand(branding), language, texts.unknown.headline, "ended", hero, [card])


def _hero(icon: Html, words: Words) -> Html:
    told = element("div", element("h1", words.headline), element("p", words.sentence, class_="lead"))
    return element("div", element("div", element("span", icon, class_="badge"), told, class_="wrap"), class_="hero")


def _order(view: Mapping[str, Any], texts: Texts, language: str) -> Html:
    day = datetime.fromtimestamp(view["createdAt"] / 1000, UTC).date()
    ordered = written_date(day, languages.TEXTS[language].calendar, clock.now().year)
    place = ", ".join(clean(view[name], 80) for name in ("shippingCity", "shippingCountry") if view[name])
    rows = [
        _row(texts.number, element("span", foreign(view["orderNumber"], 80), class_="number"), wide=True),
        _row(texts.ordered, element("time", ordered, datetime=day.isoformat())),
        _row(texts.total, foreign(f"{view['grandTotal']} {view['currency'] or ''}", 40)),
        _row(texts.to, foreign(place, 170)),
    ]
    return element(
        "section",
        element("h2", texts.order, id="order"),
        element("dl", *rows),
        class_="card parcel",
        aria_labelledby="order",
    )


def _row(name: str, value: Html | None, *, wide: bool = False) -> Html | None:
    if value is None:
        return None
    return element("div", element("dt", name), element("dd", value), class_="wide" if wide else None)


def _items(view: Mapping[str, Any], texts: Texts) -> Html | None:
    lines = [
        element("li", f"{item['quantity']} × ", foreign(item["productName"], 120) or "–")
        for item in view["items"][:MOST_ITEMS]
    ]
    if not lines:
        return None
    if len(view["items"]) > MOST_ITEMS:
        lines.append(element("li", f"+ {len(view['items']) - MOST_ITEMS}"))
    return element(
        "section",
        element("h2", texts.items, id="items"),
        element("ul", *lines, role="list"),
        class_="card",
        aria_labelledby="items",
    )
