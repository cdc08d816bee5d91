"""The frame of every page: head, masthead, footer, style and the headers that go with them."""

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from chalicelib.tracking_pages import icons, languages
from chalicelib.tracking_pages.branding import Brand
from chalicelib.tracking_pages.colours import DARK, LIGHT, as_hex
from chalicelib.tracking_pages.markup import Html, element, foreign, join
from chalicelib.tracking_pages.texts import Texts


def _packed(sheet: str) -> str:
    """A style sheet without what only its readers need. Space before a colon or around a sign has a meaning."""
    line = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    return re.sub(r" ?([{},;]) ?|(:) ", r"\1\2", line).replace(";}", "}").strip()


_STYLE: Final = _packed(Path(__file__).with_name("page.css").read_text(encoding="utf-8"))


class RenderedPage(NamedTuple):
    html: str
    headers: dict[str, str]


def document(
    brand: Brand, language: str, headline: str, tone: str, hero: Html, cards: Sequence[Html | None]
) -> RenderedPage:
    """`tone` is a class of page.css: moving, success, warning or ended."""
    texts = languages.TEXTS[language]
    style = _style(brand)
    title = f"{headline} – {brand.name or texts.parcel_tracking}"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="robots", content="noindex, nofollow"),
        element("meta", name="format-detection", content="telephone=no, date=no, address=no"),
        *(
            element("meta", name="theme-color", content=as_hex(theme.band), media=f"(prefers-color-scheme: {scheme})")
            for scheme, theme in (("light", brand.light), ("dark", brand.dark))
        ),
        element("link", rel="icon", href=icons.window_icon(brand.light.band, brand.light.on_band)),
        element("title", title),
        element("style", style),
    )
    body = element(
        "body",
        _masthead(brand, texts),
        element("main", hero, element("div", *cards, class_="wrap cards"), class_=tone),
        _footer(language, texts),
    )
    page = join([Html("<!doctype html>"), element("html", head, body, lang=language, dir=texts.direction)])
    return RenderedPage(page, _headers(style, brand, language))


def _style(brand: Brand) -> Html:
    """The sheet with this organization's colours. Those are numbers by now: nothing of what was typed is left."""
    light = f":root{{{LIGHT.css()}{brand.light.css()}}}"
    dark = f"@media (prefers-color-scheme: dark){{:root{{{DARK.css()}{brand.dark.css()}}}}}"
    return Html(f"{light}{dark}{_STYLE}")


def _masthead(brand: Brand, texts: Texts) -> Html:
    # The name stands beside the logo, so the logo itself has nothing to add for who can't see it.
    logo = element("img", src=brand.logo.url, alt="", height="40", referrerpolicy="no-referrer") if brand.logo else None
    name = foreign(brand.name, len(brand.name)) or texts.parcel_tracking
    return element("header", element("div", logo, element("p", name, class_="name"), class_="wrap"))


def _footer(language: str, texts: Texts) -> Html:
    links = (_language_link(code, name, current=code == language) for code, name in languages.OWN_NAMES.items())
    nav = element("nav", element("ul", *links, role="list"), aria_label=texts.language)
    return element("footer", element("div", nav, class_="wrap"))


def _language_link(code: str, name: str, *, current: bool) -> Html:
    here = "true" if current else None
    return element("li", element("a", name, href=f"?lang={code}", lang=code, hreflang=code, aria_current=here))


def _headers(style: str, brand: Brand, language: str) -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        # `data:` is the window's icon, which stands in the page itself.
        "img-src": f"{brand.logo.origin} data:" if brand.logo else "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": language,
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        # Each opening counts and a revoked page is gone at once, so nobody keeps a copy without asking again.
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Language",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }
