from chalicelib.events import service
from chalicelib.events.schemas import EventQuery, EventRead
from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import LIST
from chalicelib.organizations.principals import ApiKey

routes = Routes("Events")


@routes.endpoint(
    "GET",
    "/events",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="List the event log",
    spends=LIST,
    query=EventQuery,
    response=EventRead,
    envelope="page",
)
def list_events(request: Request[ApiKey, None, EventQuery]) -> Response:
    query = request.query
    events, total, capped, next_key = service.list_events(
        request.principal.organization_id,
        query.end_user_id,
        query.event_type,
        query.from_time,
        query.to_time,
        query.window,
    )
    return responses.page(events, pagination(query.window, total, next_key, capped=capped))
