"""What is written in mail to customers, as text and as HTML.

Everything that comes from orders and branding passes through `markup`: it is one line, and it is text. Nothing a
customer typed (name, note, address) is repeated: who orders under another person's e-mail could write them a letter.
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
    style = (
        f"display:inline-block;padding:12px 24px;border-radius:8px;font-size:16px;font-weight:600;"
        f"text-decoration:none;background:{as_hex(theme.band)};color:{as_hex(theme.on_band)}"
    )
    return element("p", element("a", label, href=url, style=style), style="margin:24px 0 16px")


def _table(rows: list[tuple[str, str]], sums: list[tuple[str, str]], total: tuple[str, str]) -> Html:
    cell = f"padding:6px 0;font-size:16px;line-height:24px;vertical-align:top;color:{as_hex(LIGHT.text)}"
    quiet = f"padding:2px 0;font-size:14px;line-height:20px;color:{as_hex(LIGHT.muted)}"

    def row(name: str, value: str, style: str) -> Html:
        return element(
            "tr",
            element("td", name, style=style),
            element("td", value, style=f"{style};text-align:right;white-space:nowrap"),
        )

    body = [*(row(*line, cell) for line in rows), *(row(*line, quiet) for line in sums)]
    return element(
        "table", *body, row(*total, f"{cell};font-weight:700"), width="100%", cellpadding="0", cellspacing="0"
    )


def _html(sender: House, language: str, headline: str, *parts: Html) -> str:
    brand = sender.brand
    logo = (
        element("img", src=brand.logo.url, alt="", height="32", style="display:block;margin:0 0 8px;max-height:32px")
        if brand.logo
        else None
    )
    masthead = element(
        "div",
        logo,
        element("strong", sender.name, style="font-size:16px"),
        style=f"padding:20px 24px;background:{as_hex(brand.light.band)};color:{as_hex(brand.light.on_band)}",
    )
    title = element("h1", headline, style=f"margin:0 0 16px;font-size:24px;line-height:32px;color:{as_hex(LIGHT.text)}")
    card = element(
        "div",
        masthead,
        element("div", title, *parts, style="padding:24px"),
        style=f"max-width:560px;margin:0 auto;background:{as_hex(LIGHT.card)};border-radius:12px;overflow:hidden",
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", headline),
    )
    body = element("body", card, style=f"margin:0;padding:24px 12px;background:{as_hex(LIGHT.page)};{_FONT}")
    return join([Html("<!doctype html>"), element("html", head, body, lang=language)])
