from chalicelib.events import service
from chalicelib.events.schemas import EventQuery, EventRead
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.principals import ApiKey

routes = Routes("Events")


@routes.endpoint(
    "GET",
    "/events",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="List the event log",
    query=EventQuery,
    response=EventRead,
    envelope="page",
)
def list_events(call: Call[ApiKey]) -> Answer:
    query: EventQuery = call.query
    events, total, capped, following = service.list_events(
        call.who.organization_id, query.end_user_id, query.event_type, query.from_time, query.to_time, query.window
    )
    return answers.page(events, pagination(query.window, total, following, capped=capped))
