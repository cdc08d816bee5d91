"""The content of e-mails to customers, as text and as HTML.

Everything from orders and branding passes through `markup`, which makes it a single line of text; what a source synced
also passes through `wording`, which takes links out. Nothing that a customer typed (name, note, address) is repeated:
whoever orders under somebody else's address could write to them.

The frame is made of tables, with widths and backgrounds as attributes and padding on cells only. Outlook on Windows
renders e-mails with Word, which ignores the width of anything but tables and the padding of anything but cells.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from chalicelib.mail.texts import TEXTS
from chalicelib.mail.wording import order_number as shown_number
from chalicelib.mail.wording import without_links
from chalicelib.storefront.money import format_money, format_quantity
from chalicelib.tracking_pages.branding import Brand, read_brand
from chalicelib.tracking_pages.colours import LIGHT, as_hex
from chalicelib.tracking_pages.markup import Html, clean, element, join

MAX_TITLE_LENGTH = 120
MAX_ITEMS = 50
_FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_CARD_WIDTH = 560
_TEXT = f"margin:0 0 16px;font-size:16px;line-height:24px;color:{as_hex(LIGHT.text)}"
_SMALL = f"margin:0;font-size:14px;line-height:20px;color:{as_hex(LIGHT.muted)}"


class Email(NamedTuple):
    subject: str
    text: str
    html: str


class SenderIdentity(NamedTuple):
    """In whose name an e-mail is sent."""

    name: str
    brand: Brand


def sender_identity(branding: Mapping[str, Any] | None, organization_name: str) -> SenderIdentity:
    brand = read_brand(branding)
    return SenderIdentity(brand.name or clean(organization_name, 60) or "Your order", brand)


def access_code(sender: SenderIdentity, language: str, order_number: str, code: str, minutes: int) -> Email:
    texts = TEXTS[language]
    number = shown_number(order_number)
    intro = texts.code_intro.format(number=number)
    expiry = texts.code_expiry.format(minutes=minutes, name=sender.name)
    large_code = element(
        "p",
        code,
        style=f"margin:0 0 16px;font-size:36px;line-height:44px;letter-spacing:6px;font-weight:700;"
        f"color:{as_hex(LIGHT.text)}",
    )
    parts = [_paragraph(intro), large_code, _paragraph(expiry), _small(texts.code_unrequested)]
    return Email(
        texts.code_subject.format(number=number),
        _text(intro, f"    {code}", expiry, texts.code_unrequested, sender.name),
        _html(sender, language, texts.code_headline, *parts),
    )


def order_confirmation(
    sender: SenderIdentity, language: str, order: Mapping[str, Any], tracking_url: str | None
) -> Email:
    """`order` is a storefront OrderDetail."""
    texts, currency = TEXTS[language], clean(order["currency"], 3) or None
    number = shown_number(order["orderNumber"])
    received = texts.order_received.format(name=sender.name, number=number)
    rows = [
        (
            f"{format_quantity(item['quantity'], language)} × {without_links(item['productName'], MAX_TITLE_LENGTH)}",
            format_money(item["totalPrice"], currency, language),
        )
        for item in order["items"][:MAX_ITEMS]
    ]
    if (left := len(order["items"]) - MAX_ITEMS) > 0:
        rows.append((texts.more_items.format(count=left), ""))
    labels = ((texts.shipping, "shippingTotal"), (texts.discount, "discountTotal"), (texts.tax, "taxTotal"))
    sums = [(name, format_money(order[field], currency, language)) for name, field in labels if order[field]]
    total = (texts.total, format_money(order["grandTotal"], currency, language))
    text = [received, "\n".join(f"{name}   {value}".rstrip() for name, value in [*rows, *sums, total])]
    html: list[Html] = [_paragraph(received), _table(rows, sums, total)]
    if tracking_url:
        text += [f"{texts.track}\n{tracking_url}", texts.track_privacy]
        html += [_button(sender, texts.track_button, tracking_url), _small(texts.track_privacy)]
    subject = texts.order_subject.format(number=number)
    return Email(subject, _text(*text, sender.name), _html(sender, language, texts.order_headline, *html))


def letter(
    sender: SenderIdentity,
    language: str,
    subject: str,
    headline: str,
    said: str,
    track: tuple[str, str, str] | None,
    leave: tuple[str, str] | None,
) -> Email:
    """`track`: words, the button's label and a URL. `leave`: words and a URL to unsubscribe."""
    text, html = [said], [_paragraph(said)]
    if track is not None:
        words, label, url = track
        text.append(f"{words}\n{url}")
        html.append(_button(sender, label, url))
    if leave is not None:
        words, url = leave
        text.append(f"{words}\n{url}")
        html.append(element("p", element("a", words, href=url, style=_SMALL), style=_SMALL))
    return Email(subject, _text(*text, sender.name), _html(sender, language, headline, *html))


def _text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def _paragraph(text: str) -> Html:
    return element("p", text, style=_TEXT)


def _small(text: str) -> Html:
    return element("p", text, style=_SMALL)


def _button(sender: SenderIdentity, label: str, url: str) -> Html:
    theme = sender.brand.light
    band, on_band = as_hex(theme.band), as_hex(theme.on_band)
    style = (
        f"display:block;{_FONT};font-size:16px;line-height:24px;font-weight:600;text-decoration:none;color:{on_band}"
    )
    link = element("a", label, href=url, style=style)
    button = _layout(_cell(link, style=f"padding:12px 24px;border-radius:8px;background:{band}", bgcolor=band))
    return _layout(_cell(button, style="padding:24px 0 16px"))


def _layout(*cells: Html, **attributes: str) -> Html:
    """A table for layout only, one cell per row."""
    rows = [element("tr", cell) for cell in cells]
    return element("table", *rows, role="presentation", border="0", cellpadding="0", cellspacing="0", **attributes)


def _cell(*children: Html | None, **attributes: str) -> Html:
    return element("td", *children, **attributes)


def _table(rows: list[tuple[str, str]], sums: list[tuple[str, str]], total: tuple[str, str]) -> Html:
    cell = f"padding:6px 0;{_FONT};font-size:16px;line-height:24px;vertical-align:top;color:{as_hex(LIGHT.text)}"
    small = f"padding:2px 0;{_FONT};font-size:14px;line-height:20px;color:{as_hex(LIGHT.muted)}"

    def row(name: str, value: str, style: str) -> Html:
        return element(
            "tr",
            element("td", name, style=style),
            element("td", value, align="right", style=f"{style};padding-left:16px;white-space:nowrap"),
        )

    body = [*(row(*line, cell) for line in rows), *(row(*line, small) for line in sums)]
    return element(
        "table",
        *body,
        row(*total, f"{cell};font-weight:700"),
        width="100%",
        border="0",
        cellpadding="0",
        cellspacing="0",
    )


def _html(sender: SenderIdentity, language: str, headline: str, *parts: Html) -> str:
    brand, page = sender.brand, as_hex(LIGHT.page)
    title = element("h1", headline, style=f"margin:0 0 16px;font-size:24px;line-height:32px;color:{as_hex(LIGHT.text)}")
    content = _cell(title, *parts, style=f"padding:24px;{_FONT};word-break:break-word")
    card = _layout(
        _masthead(sender.name, brand),
        content,
        width=str(_CARD_WIDTH),
        align="center",
        bgcolor=as_hex(LIGHT.card),
        # Narrower in narrow windows. Word ignores max-width, but its windows are wide enough.
        style=f"width:{_CARD_WIDTH}px;max-width:100%;background:{as_hex(LIGHT.card)};border-radius:12px;overflow:hidden",
    )
    background = _layout(
        _cell(card, align="center", style="padding:24px 12px"),
        width="100%",
        bgcolor=page,
        style=f"table-layout:fixed;background:{page}",
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", headline),
    )
    body = element("body", background, bgcolor=page, style=f"margin:0;padding:0;background:{page};{_FONT}")
    return join([Html("<!doctype html>"), element("html", head, body, lang=language)])


def _masthead(name: str, brand: Brand) -> Html:
    band, on_band = as_hex(brand.light.band), as_hex(brand.light.on_band)
    logo = None
    if brand.logo:
        style = "display:block;margin:0 0 8px;max-height:32px"
        logo = element("img", src=brand.logo.url, alt="", height="32", border="0", style=style)
    style = f"padding:20px 24px;{_FONT};background:{band};color:{on_band}"
    return _cell(logo, element("strong", name, style="font-size:16px"), bgcolor=band, style=style)
