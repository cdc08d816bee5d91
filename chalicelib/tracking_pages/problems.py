"""The pages shown instead of a tracking page or order page that can't be shown."""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.http.files import HTML
from chalicelib.http.request import RequestInfo
from chalicelib.http.responses import Response
from chalicelib.kit.errors import ApiError, TooManyRequests, Unavailable
from chalicelib.tracking_pages import icons, languages
from chalicelib.tracking_pages.branding import read_brand, read_contact
from chalicelib.tracking_pages.components import render_contact, render_hero
from chalicelib.tracking_pages.document import RenderedPage, render_document
from chalicelib.tracking_pages.languages import choose_language
from chalicelib.tracking_pages.markup import Html, element, fill, isolate
from chalicelib.tracking_pages.texts import Problem

_ICONS: Final[dict[Problem, Html]] = {
    "revoked": icons.LOCK,
    "expired": icons.CLOCK,
    "unknown": icons.SEARCH,
    "busy": icons.CLOCK,
    "failed": icons.ALERT,
}
_TRANSIENT: Final[frozenset[Problem]] = frozenset({"busy", "failed"})


def render_problem(
    problem: Problem,
    *,
    branding: Mapping[str, Any] | None,
    language: str,
    support: Mapping[str, Any] | None = None,
    reference: str | None = None,
) -> RenderedPage:
    """`support` is whom to contact. `reference` is the request id, which leads to the request in the log."""
    texts = languages.TEXTS[language]
    brand = read_brand(branding)
    words = texts.problems[problem]
    company = isolate(brand.name, len(brand.name))
    advice = fill(texts.ask_company, company=company) if company else texts.ask_sender
    card = element(
        "section",
        element("p", element("a", texts.try_again, href="", class_="button")) if problem in _TRANSIENT else None,
        element("p", advice),
        element("p", fill(texts.reference, id=reference), class_="quiet") if reference else None,
        class_="card advice",
    )
    hero = render_hero(_ICONS[problem], words.headline, words.sentence)
    contact = render_contact(read_contact(support or {}), texts)
    return render_document(brand, language, words.headline, "ended", hero, [card, contact])


def render_error(error: ApiError, request: RequestInfo, query: Mapping[str, str]) -> Response:
    """The page for an error that came before the owner of the page was known, so it carries no branding."""
    language = choose_language(query.get("lang"), request.headers.get("accept-language"))
    busy = isinstance(error, TooManyRequests | Unavailable)
    reference = None if busy else request.request_id
    page = render_problem("busy" if busy else "failed", branding=None, language=language, reference=reference)
    return Response(page.html, error.status, {**page.headers, "Cache-Control": "no-store"}, HTML)
