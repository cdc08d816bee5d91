"""Public routes for browsers: the client module and the order page."""

from pathlib import Path
from urllib.parse import quote

from chalicelib.http.endpoint import NO_PREFIX, Auth, Routes
from chalicelib.http.files import HTML, JAVASCRIPT, send_file
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import NOTHING, RECORD, Spending
from chalicelib.kit.errors import NotFound
from chalicelib.organizations.principals import Anonymous
from chalicelib.security.rate_limits import Limit
from chalicelib.tracking_pages.languages import choose_language
from chalicelib.tracking_pages.problems import render_error
from chalicelib.tracking_pages.schemas import LanguageQuery

TYPESCRIPT = "text/plain; charset=utf-8"
"""TypeScript has no media type of its own, and `.ts` is registered for video."""

routes = Routes("Storefront", NO_PREFIX)


@routes.endpoint(
    "GET",
    "/client.js",
    auth=Auth.PUBLIC,
    summary="Get the browser client (JavaScript module)",
    spends=NOTHING,
    content_type="text/javascript",
    head=True,
    also=(304,),
)
def get_client(request: Request[Anonymous]) -> Response:
    return _send(request, "client.js", JAVASCRIPT)


@routes.endpoint(
    "GET",
    "/client.d.ts",
    auth=Auth.PUBLIC,
    summary="Get the TypeScript declarations of the browser client",
    spends=NOTHING,
    content_type="text/plain",
    head=True,
    also=(304,),
)
def get_client_types(request: Request[Anonymous]) -> Response:
    return _send(request, "client.d.ts", TYPESCRIPT)


def _send(request: Request[Anonymous], name: str, content_type: str) -> Response:
    return send_file(request.info, Path(__file__).with_name(name), content_type, "public, max-age=3600")


@routes.endpoint(
    "GET",
    "/o/{organization}/{token}",
    auth=Auth.PUBLIC,
    summary="Open the order page (HTML)",
    spends=RECORD,
    query=LanguageQuery,
    content_type="text/html",
    head=True,
    errors=(404,),
    limits=(Limit("order-page", 600, 60),),
    problem_page=render_error,
)
def view_order_page(request: Request[Anonymous, None, LanguageQuery]) -> Response:
    # Imported here because no other request needs it.
    from chalicelib.storefront import order_page, order_page_view

    language = choose_language(request.query.lang, request.info.headers.get("accept-language"))
    token = request.path["token"]
    opened = order_page_view.open_order(request.path["organization"], token)
    page = order_page.render(opened, language, token)
    return Response(page.html, 404 if opened.view is None else 200, page.headers, HTML)


@routes.endpoint(
    "POST",
    "/o/{organization}/{token}/cancel",
    auth=Auth.PUBLIC,
    summary="Cancel the order from its page, or ask for it",
    spends=Spending(4600, 250),
    query=LanguageQuery,
    raw_body=True,
    status=303,
    content_type="text/html",
    errors=(404,),
    max_bytes=4096,
    limits=(Limit("order-page-cancel", 20, 60),),
    problem_page=render_error,
)
def cancel_from_order_page(request: Request[Anonymous, None, LanguageQuery]) -> Response:
    """Leads back to the page, which shows what came of it."""
    # Imported here because the page needs no more than it shows.
    from chalicelib.storefront import service

    request.admit()
    token, language = request.path["token"], request.query.lang
    if not service.cancel_by_link(request.path["organization"], token, request.actor):
        raise NotFound
    back = f"../{quote(token, safe='')}" + (f"?lang={quote(language, safe='')}" if language else "")
    return Response("", 303, {"Location": back, "Cache-Control": "no-store"}, HTML)
