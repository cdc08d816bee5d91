"""The pages of a consent: who is about to be connected with what, and how it ended."""

import base64
import hashlib
from typing import Final

from chalicelib.connectors.consent import Finished, Flow, form_token
from chalicelib.connectors.consent_texts import TEXTS
from chalicelib.http.files import HTML
from chalicelib.http.responses import Response
from chalicelib.tracking_pages.markup import Html, element, isolate, join

COOKIE: Final = "__Host-connect"
MAX_NAME = 200
_STYLE: Final = Html(
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;"
    "min-height:100vh;background:Canvas;color:CanvasText}main{max-width:28rem;padding:1.5rem;box-sizing:border-box}"
    "dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dt{opacity:.75}dd{margin:0;font-weight:600;"
    "overflow-wrap:anywhere}button,a.button{font:inherit;font-weight:600;padding:.75rem 1.25rem;border:0;"
    "border-radius:.5rem;background:#1d4ed8;color:#fff;text-decoration:none;display:inline-block;cursor:pointer}"
)


def render_question(flow: Flow, state: str, cookie: str, target: str, language: str) -> Response:
    """`target`: the origin that the form leads to, which the policy has to name."""
    texts = TEXTS[language]
    facts = element(
        "dl",
        *_fact(texts.shop, flow.shop),
        *_fact(texts.account, flow.merchant),
        *_fact(texts.organization, flow.organization),
    )
    form = element(
        "form",
        Html(f'<input type="hidden" name="state" value="{element("b", state)[3:-4]}">'),
        Html(f'<input type="hidden" name="token" value="{form_token(cookie)}">'),
        element("button", texts.proceed.format(platform=flow.platform_name), type="submit"),
        method="post",
    )
    title = texts.title.format(platform=flow.platform_name)
    return _page(language, title, facts, element("p", texts.warning), form, forms=f"'self' {target}", cookie=cookie)


def render_end(finished: Finished, language: str) -> Response:
    texts = TEXTS[language]
    title = texts.connected if finished.success else texts.not_connected
    # The message is the platform's or ours, in English.
    text = element("p", finished.message, lang="en")
    status = 200 if finished.success else 400
    return _page(language, title, text, element("p", texts.close), forms="'none'", status=status)


def _fact(name: str, value: str) -> tuple[Html, Html]:
    return element("dt", name), element("dd", isolate(value, MAX_NAME) or "–")


def _page(
    language: str, title: str, *parts: Html, forms: str, cookie: str | None = None, status: int = 200
) -> Response:
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        element("style", _STYLE),
    )
    body = element("body", element("main", element("h1", title), *parts))
    page = join([Html("<!doctype html>"), element("html", head, body, lang=language)])
    style = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    headers = {
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; "
        f"form-action {forms}; frame-ancestors 'none'",
        "Cache-Control": "no-store",
        "Vary": "Accept-Language",
    }
    if cookie is not None:
        # Lax: sent when the platform leads the merchant back, but not with a form of another site.
        headers["Set-Cookie"] = f"{COOKIE}={cookie}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=900"
    return Response(page, status, headers, HTML)
