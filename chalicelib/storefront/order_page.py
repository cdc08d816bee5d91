"""The order page, which the link in an order confirmation opens unless `settings.orderTrackingUrl` is set.

It shows the data of the storefront's tracking view and the order's shipments, laid out like the tracking page: it works
without scripts, carries the merchant's or the organization's brand, and escapes all third-party text.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from chalicelib.kit import clock
from chalicelib.storefront.money import format_money, format_quantity
from chalicelib.storefront.order_page_texts import TEXTS, Texts
from chalicelib.storefront.order_page_view import ON_HOLD, PARTIALLY_SHIPPED, RETURNED, Cancelling, OpenedOrder
from chalicelib.tracking_pages import icons, languages
from chalicelib.tracking_pages.branding import read_brand, read_contact
from chalicelib.tracking_pages.components import (
    carrier_name,
    render_card,
    render_carrier_link,
    render_contact,
    render_details,
    render_hero,
    render_items,
    render_row,
    render_tracking_number,
)
from chalicelib.tracking_pages.document import RenderedPage, render_document
from chalicelib.tracking_pages.languages import format_date
from chalicelib.tracking_pages.markup import Html, clean, element, fill, isolate
from chalicelib.tracking_pages.texts import Texts as PageTexts

MAX_ITEM_BYTES: Final = 20_000
_APPEARANCE: Final[dict[str, tuple[str, Html]]] = {
    "PENDING": ("warning", icons.CLOCK),
    "CONFIRMED": ("moving", icons.CHECK),
    "PROCESSING": ("moving", icons.SHIPMENT),
    ON_HOLD: ("warning", icons.CLOCK),
    PARTIALLY_SHIPPED: ("moving", icons.TRUCK),
    "SHIPPED": ("moving", icons.TRUCK),
    "DELIVERED": ("success", icons.CHECK),
    "CANCELLED": ("ended", icons.CROSS),
    "REFUNDED": ("ended", icons.RETURN),
    RETURNED: ("ended", icons.RETURN),
}


def render(opened: OpenedOrder, language: str, token: str = "") -> RenderedPage:
    """`token` is the link's, which the form to cancel leads to."""
    texts, page_texts = TEXTS[language], languages.TEXTS[language]
    brand = read_brand(opened.brand.branding)
    if opened.view is None:
        hero = render_hero(icons.SEARCH, texts.unknown.headline, texts.unknown.sentence)
        card = element("section", element("p", texts.unknown_advice), class_="card advice")
        contact = render_contact(read_contact(opened.brand.support), page_texts)
        return render_document(brand, language, texts.unknown.headline, "ended", hero, [card, contact])
    words = texts.statuses[opened.status]
    tone, icon = _APPEARANCE[opened.status]
    hero = render_hero(icon, words.headline, words.sentence)
    main = [
        *(_shipment(opened, position, texts, page_texts) for position in range(len(opened.shipments))),
        _items(opened.view, language, page_texts),
    ]
    aside = [
        _order(opened.view, texts, page_texts, language),
        _cancelling(opened.cancelling, texts, language, token),
        render_contact(read_contact(opened.brand.support), page_texts),
    ]
    columns = [element("div", *main, class_="column"), element("div", *aside, class_="aside")]
    return render_document(brand, language, words.headline, tone, hero, columns)


def _shipment(opened: OpenedOrder, position: int, texts: Texts, page_texts: PageTexts) -> Html:
    shipment, total = opened.shipments[position], len(opened.shipments)
    heading = fill(texts.shipment_of, number=str(position + 1), total=str(total)) if total > 1 else page_texts.shipment
    status = page_texts.statuses.get(shipment["status"], page_texts.other_status)
    carrier, number = carrier_name(shipment), shipment["tracking_number"]
    rows = [
        render_row(texts.status, element("span", status.headline)),
        render_row(page_texts.carrier, isolate(carrier, 60)),
        render_row(page_texts.tracking_number, render_tracking_number(number, page_texts), wide=True),
    ]
    link = render_carrier_link(shipment["carrier"], carrier, number, page_texts)
    return render_card(f"shipment-{position + 1}", heading, element("dl", *rows), link)


def _order(view: Mapping[str, Any], texts: Texts, page_texts: PageTexts, language: str) -> Html:
    day = datetime.fromtimestamp(view["createdAt"] / 1000, UTC).date()
    ordered = format_date(day, page_texts.calendar, clock.now().year)
    place = ", ".join(clean(view[name], 80) for name in ("shippingCity", "shippingCountry") if view[name])
    number = element("span", isolate(view["orderNumber"], 80), class_="number")
    rows = [
        render_row(page_texts.order_number, number, wide=True),
        render_row(texts.ordered, element("time", ordered, datetime=day.isoformat())),
        render_row(texts.total, element("bdi", format_money(view["grandTotal"], view["currency"], language))),
        render_row(texts.to, isolate(place, 170)),
    ]
    return render_details("order", page_texts.order, rows)


def _cancelling(offered: Cancelling | None, texts: Texts, language: str, token: str) -> Html | None:
    """A form behind one more click, which needs no script. Opening the page changes nothing, whoever fetches it."""
    if offered is None:
        return None
    if offered == "requested":
        return render_card("cancel", texts.cancel, element("p", texts.cancel_requested))
    explained = texts.cancel_at_once if offered == "at_once" else texts.cancel_by_request
    button = element("button", texts.cancel_confirm, type="submit", class_="button secondary")
    form = element("form", button, method="post", action=f"{quote(token, safe='')}/cancel?lang={language}")
    steps = element("details", element("summary", texts.cancel_question), element("p", explained), form)
    return render_card("cancel", texts.cancel, steps)


def _items(view: Mapping[str, Any], language: str, page_texts: PageTexts) -> Html | None:
    lines = [
        element(
            "span",
            element(
                "span",
                f"{format_quantity(item['quantity'], language)} × ",
                isolate(item["productName"], 120) or "–",
            ),
            element("span", format_money(item["totalPrice"], view["currency"], language), class_="amount"),
            class_="line",
        )
        for item in view["items"]
    ]
    items = render_items(lines, MAX_ITEM_BYTES, page_texts)
    return render_card("items", page_texts.items, items) if items else None
