"""What is written in mail to customers, as text and as HTML.

Everything that comes from orders and branding passes through `markup`: it is one line, and it is text. Nothing a
customer typed (name, note, address) is repeated: who orders under another person's e-mail could write them a letter.

The frame is made of tables, with widths and backgrounds as attributes and padding on cells alone: Outlook on Windows
shows letters with Word, which knows no width but a table's and no padding but a cell's.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from chalicelib.mail.texts import TEXTS, Texts
from chalicelib.storefront.amounts import digits
from chalicelib.tracking_pages.branding import Brand, read_brand
from chalicelib.tracking_pages.colours import LIGHT, as_hex
from chalicelib.tracking_pages.markup import Html, clean, element, join

LONGEST_NUMBER = 60
LONGEST_TITLE = 120
MOST_ITEMS = 50
_FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_CARD_WIDTH = 560
_TEXT = f"margin:0 0 16px;font-size:16px;line-height:24px;color:{as_hex(LIGHT.text)}"
_QUIET = f"margin:0;font-size:14px;line-height:20px;color:{as_hex(LIGHT.muted)}"


class Letter(NamedTuple):
    subject: str
    text: str
    html: str


class House(NamedTuple):
    """In whose name a letter goes out."""

    name: str
    brand: Brand


def house(branding: Mapping[str, Any] | None, organization_name: str) -> House:
    brand = read_brand(branding)
    return House(brand.name or clean(organization_name, 60) or "Your order", brand)


def access_code(sender: House, language: str, order_number: str, code: str, minutes: int) -> Letter:
    texts = TEXTS[language]
    number = clean(order_number, LONGEST_NUMBER)
    asked = texts.code_asked.format(number=number)
    valid = texts.code_valid.format(minutes=minutes, name=sender.name)
    shown = element(
        "p",
        code,
        style=f"margin:0 0 16px;font-size:36px;line-height:44px;letter-spacing:6px;font-weight:700;"
        f"color:{as_hex(LIGHT.text)}",
    )
    parts = [_paragraph(asked), shown, _paragraph(valid), _small(texts.code_ignore)]
    return Letter(
        texts.code_subject.format(number=number),
        _text(asked, f"    {code}", valid, texts.code_ignore, sender.name),
        _html(sender, language, texts.code_headline, *parts),
    )


def order_confirmation(sender: House, language: str, order: Mapping[str, Any], tracking_url: str | None) -> Letter:
    """`order` is a storefront OrderDetail."""
    texts, currency = TEXTS[language], order["currency"]
    number = clean(order["orderNumber"], LONGEST_NUMBER)
    placed = texts.order_placed.format(name=sender.name, number=number)
    rows = [
        (
            f"{item['quantity']} × {clean(item['productName'], LONGEST_TITLE)}",
            _money(item["totalPrice"], currency, texts),
        )
        for item in order["items"][:MOST_ITEMS]
    ]
    if (left := len(order["items"]) - MOST_ITEMS) > 0:
        rows.append((texts.more_items.format(count=left), ""))
    kinds = ((texts.shipping, "shippingTotal"), (texts.discount, "discountTotal"), (texts.tax, "taxTotal"))
    sums = [(name, _money(order[field], currency, texts)) for name, field in kinds if order[field]]
    total = (texts.total, _money(order["grandTotal"], currency, texts))
    text = [placed, "\n".join(f"{name}   {value}".rstrip() for name, value in [*rows, *sums, total])]
    html: list[Html] = [_paragraph(placed), _table(rows, sums, total)]
    if tracking_url:
        text += [f"{texts.follow}\n{tracking_url}", texts.follow_private]
        html += [_button(sender, texts.follow_button, tracking_url), _small(texts.follow_private)]
    subject = texts.order_subject.format(number=number)
    return Letter(subject, _text(*text, sender.name), _html(sender, language, texts.order_headline, *html))


def _money(value: Any, currency: Any, texts: Texts) -> str:
    """In the currency's digits, and in the language's way of writing numbers."""
    whole, point, rest = f"{value:,.{digits(currency or 'USD')}f}".partition(".")
    number = f"{whole.replace(',', texts.group)}{texts.decimal if point else ''}{rest}"
    return f"{number} {clean(currency, 3)}".strip()


def _text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def _paragraph(text: str) -> Html:
    return element("p", text, style=_TEXT)


def _small(text: str) -> Html:
    return element("p", text, style=_QUIET)


def _button(sender: House, label: str, url: str) -> Html:
    theme = sender.brand.light
    band, on_band = as_hex(theme.band), as_hex(theme.on_band)
    style = (
        f"display:block;{_FONT};font-size:16px;line-height:24px;font-weight:600;text-decoration:none;color:{on_band}"
    )
    link = element("a", label, href=url, style=style)
    button = _layout(_cell(link, style=f"padding:12px 24px;border-radius:8px;background:{band}", bgcolor=band))
    return _layout(_cell(button, style="padding:24px 0 16px"))


def _layout(*cells: Html, **attributes: str) -> Html:
    """A table that says nothing, one cell below the other."""
    rows = [element("tr", cell) for cell in cells]
    return element("table", *rows, role="presentation", border="0", cellpadding="0", cellspacing="0", **attributes)


def _cell(*children: Html | None, **attributes: str) -> Html:
    return element("td", *children, **attributes)


def _table(rows: list[tuple[str, str]], sums: list[tuple[str, str]], total: tuple[str, str]) -> Html:
    cell = f"padding:6px 0;{_FONT};font-size:16px;line-height:24px;vertical-align:top;color:{as_hex(LIGHT.text)}"
    quiet = f"padding:2px 0;{_FONT};font-size:14px;line-height:20px;color:{as_hex(LIGHT.muted)}"

    def row(name: str, value: str, style: str) -> Html:
        return element(
            "tr",
            element("td", name, style=style),
            element("td", value, align="right", style=f"{style};padding-left:16px;white-space:nowrap"),
        )

    body = [*(row(*line, cell) for line in rows), *(row(*line, quiet) for line in sums)]
    return element(
        "table",
        *body,
        row(*total, f"{cell};font-weight:700"),
        width="100%",
        border="0",
        cellpadding="0",
        cellspacing="0",
    )


def _html(sender: House, language: str, headline: str, *parts: Html) -> str:
    brand, page = sender.brand, as_hex(LIGHT.page)
    title = element("h1", headline, style=f"margin:0 0 16px;font-size:24px;line-height:32px;color:{as_hex(LIGHT.text)}")
    content = _cell(title, *parts, style=f"padding:24px;{_FONT};word-break:break-word")
    card = _layout(
        _masthead(sender.name, brand),
        content,
        width=str(_CARD_WIDTH),
        align="center",
        bgcolor=as_hex(LIGHT.card),
        # Narrower where the window is. Word knows no such limit, and has windows that are wide enough.
        style=f"width:{_CARD_WIDTH}px;max-width:100%;background:{as_hex(LIGHT.card)};border-radius:12px;overflow:hidden",
    )
    ground = _layout(
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
    body = element("body", ground, bgcolor=page, style=f"margin:0;padding:0;background:{page};{_FONT}")
    return join([Html("<!doctype html>"), element("html", head, body, lang=language)])


def _masthead(name: str, brand: Brand) -> Html:
    band, on_band = as_hex(brand.light.band), as_hex(brand.light.on_band)
    logo = None
    if brand.logo:
        style = "display:block;margin:0 0 8px;max-height:32px"
        logo = element("img", src=brand.logo.url, alt="", height="32", border="0", style=style)
    style = f"padding:20px 24px;{_FONT};background:{band};color:{on_band}"
    return _cell(logo, element("strong", name, style="font-size:16px"), bgcolor=band, style=style)
