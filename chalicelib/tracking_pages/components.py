"""Building blocks shared by the tracking page, the order page and the error pages."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any
from urllib.parse import quote, urlsplit

from chalicelib.catalog import carriers
from chalicelib.tracking_pages.branding import Contact
from chalicelib.tracking_pages.markup import Html, clean, element, fill, isolate
from chalicelib.tracking_pages.texts import Texts


def render_hero(icon: Html, headline: str, sentence: str, aside: Html | None = None) -> Html:
    """The band at the top of a page. `aside` is what stands beside the headline on wide screens."""
    text = element("div", element("h1", headline), element("p", sentence, class_="lead"))
    return element(
        "div", element("div", element("span", icon, class_="badge"), text, aside, class_="wrap"), class_="hero"
    )


def render_card(name: str, heading: str, *content: Html | None) -> Html:
    """`name` is the id of the heading, unique within the page."""
    return element("section", element("h2", heading, id=name), *content, class_="card details", aria_labelledby=name)


def render_details(name: str, heading: str, rows: Iterable[Html | None]) -> Html:
    """A card of labelled values."""
    return render_card(name, heading, element("dl", *rows))


def render_row(label: str, value: Html | None, *, wide: bool = False) -> Html | None:
    """One labelled value of a details card, or None where there is no value."""
    if value is None:
        return None
    return element("div", element("dt", label), element("dd", value), class_="wide" if wide else None)


def render_tracking_number(number: object, texts: Texts) -> Html | None:
    """The number with a copy button, which `copy.js` shows."""
    text = clean(number, carriers.MAX_NUMBER_LENGTH)
    if not text:
        return None
    button = element(
        "button", texts.copy, type="button", hidden="", class_="copy", data_copy=text, data_done=texts.copied
    )
    status = element("span", role="status", class_="vh")
    return element("span", element("bdi", text, class_="number"), button, status, class_="copyable")


def render_carrier_link(carrier: object, name: str | None, number: object, texts: Texts) -> Html | None:
    """A link to the carrier's own tracking page, if the carrier is known."""
    url = carriers.tracking_link(carrier, number)
    if url is None:
        return None
    isolated = isolate(name, 80)
    label = fill(texts.track_with, carrier=isolated) if isolated else texts.track_with_carrier
    return element("p", element("a", label, href=url, rel="noreferrer", class_="button secondary"), class_="track")


def humanize(value: object) -> str:
    """`next_day_air` becomes `Next day air`. Codes of up to three letters become capitals: `ups` is `UPS`."""
    words = clean(value, 80).replace("_", " ")
    if not words.islower():
        return words
    return words.upper() if len(words) <= 3 else words[0].upper() + words[1:]


def carrier_name(shipment: Mapping[str, Any]) -> str:
    carrier = shipment.get("carrier")
    return carriers.display_name(carrier, shipment.get("carrier_name")) or humanize(carrier)


def render_items(lines: Sequence[Html], max_bytes: int, texts: Texts) -> Html | None:
    """The items of an order, as far as they fit into `max_bytes`. The others are only counted."""
    if not lines:
        return None
    sizes = accumulate(len(line.encode()) for line in lines)
    fitting = sum(size <= max_bytes for size in sizes)
    shown = [element("li", line) for line in lines[:fitting]]
    if fitting < len(lines):
        shown.append(element("li", fill(texts.more_items, count=str(len(lines) - fitting)), class_="quiet"))
    return element("ul", *shown, role="list", class_="items")


def render_contact(contact: Contact | None, texts: Texts) -> Html | None:
    if contact is None:
        return None
    rows = [
        render_row(texts.email, _link(f"mailto:{quote(contact.email, safe='@')}", contact.email), wide=True)
        if contact.email
        else None,
        render_row(texts.phone, _link(f"tel:{_dialled(contact.phone)}", contact.phone), wide=True)
        if contact.phone
        else None,
        render_row(texts.website, _link(contact.url, urlsplit(contact.url).hostname or contact.url), wide=True)
        if contact.url
        else None,
    ]
    return render_details("contact", texts.contact, rows)


def _link(href: str, text: str) -> Html:
    return element("a", element("bdi", text), href=href, rel="noreferrer")


def _dialled(phone: str) -> str:
    return "".join(character for character in phone if character in "+0123456789")
