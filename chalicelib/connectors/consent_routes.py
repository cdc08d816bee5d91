"""Pages and callbacks of `/connect/…`, and the start of flows for platforms without OAuth."""

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from chalicelib.bridges import types
from chalicelib.bridges.oauth import InvalidState
from chalicelib.bridges.schemas import ConnectStart, OAuthStarted
from chalicelib.catalog.bridge_types import consent_types
from chalicelib.connectors import consent, platforms
from chalicelib.connectors.consent_page import COOKIE, render_end, render_question
from chalicelib.http import responses
from chalicelib.http.endpoint import NO_PREFIX, Auth, Routes
from chalicelib.http.files import HTML
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, ITEMS
from chalicelib.kit import ids
from chalicelib.organizations.principals import Anonymous, EmbedSession
from chalicelib.security.rate_limits import Limit
from chalicelib.tracking_pages.languages import choose_language
from chalicelib.tracking_pages.problems import render_error

routes = Routes("Bridges")
pages = Routes("Consent", NO_PREFIX)
LIMITS = (Limit("consent", 60, 60),)


def _cookie(request: Request[Anonymous]) -> str:
    try:
        found = SimpleCookie(request.info.headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def _declare_start(bridge_type: str, name: str) -> None:
    @routes.endpoint(
        "POST",
        f"/bridges/{bridge_type}/connect",
        auth=Auth.SESSION,
        scope="bridges:write",
        feature="bridges",
        precheck=lambda principal, *_: types.require_allowed(principal, bridge_type),
        name=f"start_{bridge_type}_consent",
        summary=f"Connect {name} by consent at the shop",
        spends=CHANGE,
        body=ConnectStart,
        response=OAuthStarted,
        errors=(409,),
    )
    def start_consent(request: Request[EmbedSession, ConnectStart]) -> Response:
        started = consent.start(bridge_type, request.principal, request.body, request.actor, request.info.public_url)
        return responses.data(started)


for _type, (_name, _) in consent_types().items():
    _declare_start(_type, _name)


@pages.endpoint(
    "GET",
    "/connect/{type}/oauth/authorize",
    auth=Auth.PUBLIC,
    summary="Show who is about to be connected with which shop (HTML)",
    spends=ITEMS,
    content_type="text/html",
    raw_body=True,
    errors=(400,),
    limits=LIMITS,
    problem_page=render_error,
)
def show_consent(request: Request[Anonymous]) -> Response:
    state = request.raw_query.get("state", "")
    flow = consent.open_flow(request.path["type"], state)
    cookie = _cookie(request) or ids.random_text(32)
    target = consent.origin_of_page(consent.platform_page(flow, state, request.info.public_url))
    return render_question(flow, state, cookie, target, _language(request))


@pages.endpoint(
    "POST",
    "/connect/{type}/oauth/authorize",
    auth=Auth.PUBLIC,
    summary="Go on to the platform's own page",
    spends=ITEMS,
    content_type="text/html",
    raw_body=True,
    status=303,
    errors=(400,),
    max_bytes=4096,
    limits=LIMITS,
    problem_page=render_error,
)
def agree_to_consent(request: Request[Anonymous]) -> Response:
    request.admit()
    form, cookie = dict(parse_qsl(request.raw_body.decode("utf-8", "replace"))), _cookie(request)
    _require_own_form(form, cookie)
    flow = consent.open_flow(request.path["type"], form["state"])
    return _see_other(consent.agree(flow, form["state"], cookie, request.info.public_url))


@pages.endpoint(
    "GET",
    "/connect/{type}/oauth/callback",
    auth=Auth.PUBLIC,
    summary="Come back from a platform with OAuth",
    spends=CHANGE.sending("calls to the shop: 20 s"),
    content_type="text/html",
    raw_body=True,
    errors=(400,),
    limits=LIMITS,
    problem_page=render_error,
)
def return_from_platform(request: Request[Anonymous]) -> Response:
    platform = platforms.find(request.path["type"])
    state = platform.reads_state(request.raw_query) if platform is not None and platform.reads_state else None
    return _finish(request, state or "")


@pages.endpoint(
    "POST",
    "/connect/{type}/callback/{state}",
    auth=Auth.PUBLIC,
    summary="Take in the credentials that a shop posts",
    spends=ITEMS,
    response=dict[str, bool],
    envelope="bare",
    raw_body=True,
    errors=(400,),
    max_bytes=consent.MAX_ANSWER_BYTES,
    limits=LIMITS,
)
def take_credentials(request: Request[Anonymous]) -> Response:
    request.admit()
    consent.keep_answer(request.path["type"], request.path["state"], request.raw_body)
    return responses.bare({"accepted": True})


@pages.endpoint(
    "GET",
    "/connect/{type}/return/{state}",
    auth=Auth.PUBLIC,
    summary="Come back from a shop that posted its credentials",
    spends=CHANGE.sending("calls to the shop: 20 s"),
    content_type="text/html",
    raw_body=True,
    errors=(400,),
    limits=LIMITS,
    problem_page=render_error,
)
def return_from_shop(request: Request[Anonymous]) -> Response:
    return _finish(request, request.path["state"])


def _require_own_form(form: dict[str, str], cookie: str) -> None:
    if not cookie or form.get("token") != consent.form_token(cookie) or "state" not in form:
        raise InvalidState


def _finish(request: Request[Anonymous], state: str) -> Response:
    request.admit()
    kind, query = request.path["type"], request.raw_query
    finished = consent.finish(kind, state, _cookie(request), query, request.info.public_url)
    if finished.return_url is None:
        return render_end(finished, _language(request))
    outcome = {"connected": "true"} if finished.success else {"connected": "false", "message": finished.message}
    separator = "&" if "?" in finished.return_url else "?"
    return _see_other(f"{finished.return_url}{separator}{urlencode(outcome)}")


def _language(request: Request[Anonymous]) -> str:
    return choose_language(None, request.info.headers.get("accept-language"))


def _see_other(url: str) -> Response:
    return Response("", 303, {"Location": url, "Cache-Control": "no-store"}, HTML)
