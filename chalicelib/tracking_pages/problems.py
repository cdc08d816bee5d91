"""The page for people that stands in for one that is refused or fails, before anybody has looked whose it is."""

from collections.abc import Mapping
from typing import Final

from chalicelib.http.request import RequestInfo
from chalicelib.http.responses import Response
from chalicelib.kit.errors import ApiError, TooManyRequests, Unavailable
from chalicelib.tracking_pages.languages import choose_language
from chalicelib.tracking_pages.page import render_problem

HTML: Final = "text/html; charset=utf-8"


def problem_page(problem: ApiError, request: RequestInfo, query: Mapping[str, str]) -> Response:
    """Come back later, or a failure of ours with the request id that is in the log."""
    language = choose_language(query.get("lang"), request.headers.get("accept-language"))
    busy = isinstance(problem, TooManyRequests | Unavailable)
    reference = None if busy else request.request_id
    page = render_problem("busy" if busy else "failed", branding=None, language=language, reference=reference)
    return Response(page.html, problem.status, {**page.headers, "Cache-Control": "no-store"}, HTML)
