from collections.abc import Mapping
from typing import Final

from chalicelib import clock
from chalicelib.errors import ApiError, Gone, NotFound
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call, RequestInfo
from chalicelib.http.endpoint import PLAIN, Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.principals import Anyone, EmbedSession
from chalicelib.rate_limits import Limit
from chalicelib.settings import settings
from chalicelib.tracking_pages import problems, service
from chalicelib.tracking_pages.page import choose_language, render, render_problem
from chalicelib.tracking_pages.problems import HTML
from chalicelib.tracking_pages.schemas import (
    LanguageQuery,
    PublicView,
    TrackingPageCreate,
    TrackingPageCreated,
    TrackingPageQuery,
    TrackingPageRow,
)
from chalicelib.tracking_pages.texts import Problem
from chalicelib.tracking_pages.views import Opened, open_page

GONE: Final[dict[Problem | None, str]] = {
    "revoked": "This tracking page has been revoked.",
    "expired": "This tracking page has expired.",
}
STATUSES: Final[dict[Problem | None, int]] = {None: 200, "unknown": 404, "revoked": 410, "expired": 410}

# Wide, since a shop's server may show pages to all its customers. Tokens are not to be guessed at any rate.
PER_ADDRESS: Final = Limit("tracking-view", 600, 60)

routes = Routes("Tracking pages")
page_routes = Routes("Tracking pages", PLAIN)


@routes.endpoint(
    "POST",
    "/tracking-pages",
    auth=Auth.SESSION,
    scope="tracking:read",
    feature="branded_tracking",
    summary="Create a shipment's tracking page, or get the one it has",
    body=TrackingPageCreate,
    response=TrackingPageCreated,
    status=201,
    also=(200,),
    errors=(404,),
    idempotent=True,
)
def create_tracking_page(call: Call[EmbedSession]) -> Answer:
    page, made = service.create(call.who, call.body.shipment_id, _base_url(call), call.actor)
    return answers.data(page, 201 if made else 200)


@routes.endpoint(
    "GET",
    "/tracking-pages",
    auth=Auth.SESSION,
    scope="tracking:read",
    feature="branded_tracking",
    summary="List the end user's tracking pages; paged when asked",
    query=TrackingPageQuery,
    response=TrackingPageRow,
    envelope="pageable",
    with_stats=True,
    ahead=service.read_pages,
)
def list_tracking_pages(call: Call[EmbedSession]) -> Answer:
    query: TrackingPageQuery = call.query
    rows, total, following = service.list_pages(call.who, query, _base_url(call), call.ahead)
    if not query.is_paged:
        return answers.data(rows)
    return answers.page(rows, pagination(query.window, total, following))


@routes.endpoint(
    "DELETE",
    "/tracking-pages/{id}",
    auth=Auth.SESSION,
    scope="tracking:read",
    feature="branded_tracking",
    summary="Revoke a tracking page",
    envelope="bare",
)
def revoke_tracking_page(call: Call[EmbedSession]) -> Answer:
    service.revoke(call.who, call.path["id"], call.actor)
    return answers.success()


@routes.endpoint(
    "GET",
    "/tracking-pages/view/{token}",
    auth=Auth.PUBLIC,
    summary="View a tracking page",
    response=PublicView,
    errors=(404, 410),
    limits=(PER_ADDRESS,),
)
def view_tracking_page(call: Call[Anyone]) -> Answer:
    opened = open_page(call.path["token"], call.admit)
    if opened.view is not None:
        return answers.data(opened.view)
    if opened.problem in GONE:
        raise Gone(GONE[opened.problem])
    raise NotFound


def problem_page(problem: ApiError, request: RequestInfo, query: Mapping[str, str]) -> Answer:
    """What went wrong before, or instead of, opening the page: nothing is known of whose it is."""
    if problem.status == NotFound.status:
        language = choose_language(query.get("lang"), request.headers.get("accept-language"))
        return _html(Opened(problem="unknown"), language)
    return problems.problem_page(problem, request, query)


@page_routes.endpoint(
    "GET",
    "/t/{token}",
    auth=Auth.PUBLIC,
    summary="A shipment's tracking page, for people",
    query=LanguageQuery,
    envelope="bare",
    content_type=HTML,
    errors=(404, 410),
    limits=(PER_ADDRESS,),
    problem_page=problem_page,
)
def open_tracking_page(call: Call[Anyone]) -> Answer:
    language = choose_language(call.query.lang, call.request.headers.get("accept-language"))
    opened = open_page(call.path["token"], call.admit)
    return _html(opened, language)


def _html(opened: Opened, language: str) -> Answer:
    """Problems have a page too: whoever opens a link is not to read JSON."""
    if opened.problem is not None or opened.view is None:
        page = render_problem(opened.problem or "unknown", branding=opened.branding, language=language)
    else:
        page = render(opened.view, language=language, now=clock.timestamp())
    return Answer(page.html, STATUSES[opened.problem], page.headers, HTML)


def _base_url(call: Call[EmbedSession]) -> str:
    return settings().public_base_url or call.request.base_url
