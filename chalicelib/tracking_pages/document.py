"""The parts shared by all pages: head, masthead, footer, style sheet and HTTP headers."""

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from chalicelib.http.files import HTML
from chalicelib.tracking_pages import icons, languages
from chalicelib.tracking_pages.branding import Brand
from chalicelib.tracking_pages.colours import DARK, LIGHT, as_hex
from chalicelib.tracking_pages.markup import Html, element, isolate, join
from chalicelib.tracking_pages.texts import Texts


def _minify(sheet: str) -> str:
    """Drops comments and white space, except before a colon and around operators, where white space has a meaning."""
    line = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    return re.sub(r" ?([{},;]) ?|(:) ", r"\1\2", line).replace(";}", "}").strip()


_STYLE: Final = _minify(Path(__file__).with_name("page.css").read_text(encoding="utf-8"))
_SCRIPT: Final = re.sub(r"\n\s*(//.*)?", "\n", "\n" + Path(__file__).with_name("copy.js").read_text(encoding="utf-8"))
_COPY_BUTTON: Final = "data-copy="
_FORM: Final = "<form "


class RenderedPage(NamedTuple):
    html: str
    headers: dict[str, str]


def render_document(
    brand: Brand,
    language: str,
    headline: str,
    tone: str,
    hero: Html,
    cards: Sequence[Html | None],
) -> RenderedPage:
    """`tone` is one of the classes in page.css: moving, success, warning or ended."""
    texts = languages.TEXTS[language]
    style = _style(brand)
    title = f"{headline} – {brand.name or texts.shipment_tracking}"
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
        element("link", rel="icon", href=icons.favicon(brand.light.band, brand.light.on_band)),
        element("title", title),
        element("style", style),
    )
    main = element("main", hero, element("div", *cards, class_="wrap cards"), class_=tone)
    script = Html(_SCRIPT) if _COPY_BUTTON in main else None
    body = element(
        "body",
        _masthead(brand, texts),
        main,
        _footer(language, texts),
        element("script", script) if script else None,
    )
    page = join([Html("<!doctype html>"), element("html", head, body, lang=language, dir=texts.direction)])
    return RenderedPage(page, _headers(style, script, brand, language, has_form=_FORM in main))


def _style(brand: Brand) -> Html:
    """The style sheet with the brand's colours. They were parsed into numbers, so no user input reaches the CSS."""
    light = f":root{{{LIGHT.css()}{brand.light.css()}}}"
    dark = f"@media (prefers-color-scheme: dark){{:root{{{DARK.css()}{brand.dark.css()}}}}}"
    return Html(f"{light}{dark}{_STYLE}")


def _masthead(brand: Brand, texts: Texts) -> Html:
    # `alt` is empty because the name is next to the logo.
    logo = element("img", src=brand.logo.url, alt="", height="40", referrerpolicy="no-referrer") if brand.logo else None
    name = isolate(brand.name, len(brand.name)) or texts.shipment_tracking
    return element("header", element("div", logo, element("p", name, class_="name"), class_="wrap"))


def _footer(language: str, texts: Texts) -> Html:
    links = (_language_link(code, name, current=code == language) for code, name in languages.NATIVE_NAMES.items())
    nav = element("nav", element("ul", *links, role="list"), aria_label=texts.language)
    return element("footer", element("div", nav, class_="wrap"))


def _language_link(code: str, name: str, *, current: bool) -> Html:
    here = "true" if current else None
    return element("li", element("a", name, href=f"?lang={code}", lang=code, hreflang=code, aria_current=here))


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _headers(style: str, script: str | None, brand: Brand, language: str, *, has_form: bool) -> dict[str, str]:
    policy = {
        "default-src": "'none'",
        "style-src": _hash(style),
        **({"script-src": _hash(script)} if script else {}),
        # `data:` is for the favicon, which is part of the page.
        "img-src": f"{brand.logo.origin} data:" if brand.logo else "data:",
        "base-uri": "'none'",
        "form-action": "'self'" if has_form else "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Type": HTML,
        "Content-Language": language,
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        # Every view is counted and a revoked page must disappear at once, so caches have to revalidate.
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Language",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }
