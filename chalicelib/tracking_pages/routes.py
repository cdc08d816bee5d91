from collections.abc import Mapping
from typing import Final

from chalicelib.http import responses
from chalicelib.http.endpoint import NO_PREFIX, Auth, Routes
from chalicelib.http.files import HTML
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request, RequestInfo
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, PARTITION
from chalicelib.kit import clock
from chalicelib.kit.errors import ApiError, Gone, NotFound
from chalicelib.organizations.principals import Anonymous, EmbedSession
from chalicelib.security.rate_limits import Limit
from chalicelib.tracking_pages import problems, service
from chalicelib.tracking_pages.languages import choose_language
from chalicelib.tracking_pages.page import render
from chalicelib.tracking_pages.problems import render_problem
from chalicelib.tracking_pages.schemas import (
    LanguageQuery,
    PublicView,
    TrackingPageCreate,
    TrackingPageCreated,
    TrackingPageQuery,
    TrackingPageRow,
)
from chalicelib.tracking_pages.texts import Problem
from chalicelib.tracking_pages.views import OpenedPage, open_page

GONE: Final[dict[Problem | None, str]] = {
    "revoked": "This tracking page has been revoked.",
    "expired": "This tracking page has expired.",
}
STATUSES: Final[dict[Problem | None, int]] = {None: 200, "unknown": 404, "revoked": 410, "expired": 410}

# Generous, because a shop's server may request pages for all its customers. Tokens can't be guessed at any rate.
PER_ADDRESS: Final = Limit("tracking-view", 600, 60)

routes = Routes("Tracking pages")
page_routes = Routes("Tracking pages", NO_PREFIX)


@routes.endpoint(
    "POST",
    "/tracking-pages",
    auth=Auth.SESSION,
    scope="tracking:read",
    feature="branded_tracking",
    summary="Create the tracking page of a shipment, or get the existing one",
    spends=CHANGE,
    body=TrackingPageCreate,
    response=TrackingPageCreated,
    status=201,
    also=(200,),
    errors=(404,),
    idempotent=True,
)
def create_tracking_page(request: Request[EmbedSession, TrackingPageCreate]) -> Response:
    page, created = service.create(request.principal, request.body.shipment_id, request.info.public_url, request.actor)
    return responses.data(page, 201 if created else 200)


@routes.endpoint(
    "GET",
    "/tracking-pages",
    auth=Auth.SESSION,
    scope="tracking:read",
    feature="branded_tracking",
    summary="List the end user's tracking pages, paged if `page`, `limit` or `cursor` is given",
    spends=PARTITION,
    query=TrackingPageQuery,
    response=TrackingPageRow,
    envelope="pageable",
    with_stats=True,
    prefetch=service.read_pages,
)
def list_tracking_pages(request: Request[EmbedSession, None, TrackingPageQuery]) -> Response:
    query = request.query
    rows, total, following = service.list_pages(request.principal, query, request.info.public_url, request.prefetched)
    if not query.is_paged:
        return responses.data(rows)
    return responses.page(rows, pagination(query.window, total, following))


@routes.endpoint(
    "DELETE",
    "/tracking-pages/{id}",
    auth=Auth.SESSION,
    scope="tracking:read",
    feature="branded_tracking",
    summary="Revoke a tracking page",
    spends=CHANGE,
    envelope="bare",
)
def revoke_tracking_page(request: Request[EmbedSession]) -> Response:
    service.revoke(request.principal, request.id, request.actor)
    return responses.success()


@routes.endpoint(
    "GET",
    "/tracking-pages/view/{token}",
    auth=Auth.PUBLIC,
    summary="Get the public data of a tracking page",
    spends=PARTITION,
    response=PublicView,
    errors=(404, 410),
    limits=(PER_ADDRESS,),
)
def view_tracking_page(request: Request[Anonymous]) -> Response:
    opened = open_page(request.path["token"], request.admit)
    if opened.view is not None:
        return responses.data(opened.view)
    if opened.problem in GONE:
        raise Gone(GONE[opened.problem])
    raise NotFound


def problem_page(error: ApiError, request: RequestInfo, query: Mapping[str, str]) -> Response:
    """The page for an error raised before the tracking page was read."""
    if error.status == NotFound.status:
        language = choose_language(query.get("lang"), request.headers.get("accept-language"))
        return _html(OpenedPage(problem="unknown"), language)
    return problems.render_error(error, request, query)


@page_routes.endpoint(
    "GET",
    "/t/{token}",
    auth=Auth.PUBLIC,
    summary="Open the tracking page of a shipment (HTML)",
    spends=PARTITION,
    query=LanguageQuery,
    envelope="bare",
    content_type=HTML,
    head=True,
    errors=(404, 410),
    limits=(PER_ADDRESS,),
    problem_page=problem_page,
)
def open_tracking_page(request: Request[Anonymous, None, LanguageQuery]) -> Response:
    language = choose_language(request.query.lang, request.info.headers.get("accept-language"))
    opened = open_page(request.path["token"], request.admit, for_people=True, counts=request.info.method != "HEAD")
    return _html(opened, language)


def _html(opened: OpenedPage, language: str) -> Response:
    if opened.problem is not None or opened.view is None:
        problem = opened.problem or "unknown"
        page = render_problem(problem, branding=opened.branding, support=opened.support, language=language)
    else:
        page = render(opened.view, language=language, now=clock.timestamp(), support=opened.support, order=opened.order)
    return Response(page.html, STATUSES[opened.problem], page.headers, HTML)
