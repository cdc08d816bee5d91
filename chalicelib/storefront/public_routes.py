"""What browsers load without any key: the client module, and the page behind a confirmation's link."""

import hashlib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, Field

from chalicelib.http.endpoint import PLAIN, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.kit.errors import NotFound
from chalicelib.organizations.principals import Anyone
from chalicelib.security.rate_limits import Limit
from chalicelib.storefront import service
from chalicelib.tracking_pages.languages import choose_language
from chalicelib.tracking_pages.problems import HTML, problem_page

JAVASCRIPT = "text/javascript; charset=utf-8"

routes = Routes("Storefront", PLAIN)


class LanguageQuery(BaseModel):
    lang: str | None = Field(None, description="en, de, es, fr or pt; the browser's language otherwise")


@cache
def _client() -> tuple[str, str]:
    """The module and its ETag."""
    text = Path(__file__).with_name("client.js").read_text(encoding="utf-8")
    return text, f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


@routes.endpoint(
    "GET",
    "/client.js",
    auth=Auth.PUBLIC,
    summary="The client for browsers, one JavaScript module",
    content_type="text/javascript",
    also=(304,),
)
def get_client(request: Request[Anyone]) -> Response:
    text, etag = _client()
    headers = {
        "ETag": etag,
        "Cache-Control": "public, max-age=3600",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    known = [tag.strip().removeprefix("W/") for tag in request.info.headers.get("if-none-match", "").split(",")]
    if etag in known or known == ["*"]:
        return Response("", 304, headers, JAVASCRIPT)
    return Response(text, headers=headers, content_type=JAVASCRIPT)


@routes.endpoint(
    "GET",
    "/o/{organization}/{token}",
    auth=Auth.PUBLIC,
    summary="The order page, for people",
    query=LanguageQuery,
    content_type="text/html",
    errors=(404,),
    limits=(Limit("order-page", 600, 60),),
    problem_page=problem_page,
)
def view_order_page(request: Request[Anyone, None, LanguageQuery]) -> Response:
    # Imported here, since no other request needs it.
    from chalicelib.storefront import order_page

    language = choose_language(request.query.lang, request.info.headers.get("accept-language"))
    organization_id = request.path["organization"]
    branding = service.branding_of(organization_id)
    try:
        if branding is None:
            raise NotFound
        page = order_page.render(service.track(organization_id, request.path["token"]), branding, language)
        status = 200
    except NotFound:
        page, status = order_page.render_unknown(branding, language), 404
    return Response(page.html, status, page.headers, HTML)
