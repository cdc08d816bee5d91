from chalicelib.http.endpoint import NO_PREFIX, Auth, Routes
from chalicelib.http.files import HTML
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, ITEMS
from chalicelib.kit.errors import NotFound
from chalicelib.organizations.principals import Anonymous
from chalicelib.security.rate_limits import Limit
from chalicelib.tracking_pages.languages import choose_language
from chalicelib.tracking_pages.problems import render_error, render_problem
from chalicelib.tracking_pages.schemas import LanguageQuery

routes = Routes("Letters", NO_PREFIX)
PER_ADDRESS = Limit("unsubscribe", 600, 60)
"""Mail services unsubscribe for all of their users from a few addresses."""


@routes.endpoint(
    "GET",
    "/unsubscribe/{token}",
    auth=Auth.PUBLIC,
    summary="Open the page to unsubscribe from letters (HTML)",
    spends=ITEMS,
    query=LanguageQuery,
    envelope="bare",
    content_type=HTML,
    head=True,
    errors=(404,),
    limits=(PER_ADDRESS,),
    problem_page=render_error,
)
def open_unsubscribe_page(request: Request[Anonymous, None, LanguageQuery]) -> Response:
    request.admit()
    return _page(request, done=False)


@routes.endpoint(
    "POST",
    "/unsubscribe/{token}",
    auth=Auth.PUBLIC,
    summary="Unsubscribe from letters, as mail services do with one click (RFC 8058)",
    spends=CHANGE,
    query=LanguageQuery,
    envelope="bare",
    content_type=HTML,
    errors=(404,),
    raw_body=True,
    max_bytes=4096,
    limits=(PER_ADDRESS,),
    problem_page=render_error,
)
def unsubscribe(request: Request[Anonymous, None, LanguageQuery]) -> Response:
    request.admit()
    return _page(request, done=True)


def _page(request: Request[Anonymous, None, LanguageQuery], *, done: bool) -> Response:
    # Imported here, so that a request for another page does not pay for it.
    from chalicelib.mail import unsubscribe_page, unsubscribing

    language = choose_language(request.query.lang, request.info.headers.get("accept-language"))
    wanted = unsubscribing.read_token(request.path["token"])
    brand = unsubscribing.brand_of(wanted) if wanted is not None else None
    if wanted is None or brand is None:
        page = render_problem("unknown", branding=None, language=language)
        return Response(page.html, NotFound.status, page.headers, HTML)
    if done:
        unsubscribing.unsubscribe(wanted)
    page = unsubscribe_page.render(wanted, brand, language, done=done)
    return Response(page.html, 200, page.headers, HTML)
