from chalicelib.action_requests import service
from chalicelib.action_requests.schemas import (
    ActionRequestCreate,
    ActionRequestCreated,
    ActionRequestQuery,
    ActionRequestRead,
    ActionRequestResolved,
    ActionRequestRow,
    QueueQuery,
    QueueRow,
    Resolution,
)
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.principals import ApiKey, EmbedSession

routes = Routes("Action requests")


@routes.endpoint(
    "POST",
    "/action-requests",
    auth=Auth.SESSION,
    scope="actions:write",
    feature="action_requests",
    summary="Create an action request for an order",
    body=ActionRequestCreate,
    response=ActionRequestCreated,
    status=201,
    errors=(404, 409),
    idempotent=True,
)
def create_action_request(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.create(call.who, call.body, call.actor))


@routes.endpoint(
    "GET",
    "/action-requests",
    auth=Auth.SESSION,
    scope="actions:read",
    feature="action_requests",
    summary="List the end user's action requests",
    query=ActionRequestQuery,
    response=ActionRequestRow,
    envelope="page",
    with_stats=True,
    ahead=service.read_page,
)
def list_action_requests(call: Call[EmbedSession]) -> Answer:
    query: ActionRequestQuery = call.query
    rows, total, following = service.list_of_end_user(call.who, query, call.ahead)
    return answers.page(rows, pagination(query.window, total, following))


@routes.endpoint(
    "GET",
    "/action-requests/queue",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="List the organization's action requests with their end users",
    query=QueueQuery,
    response=QueueRow,
    envelope="page",
)
def list_action_request_queue(call: Call[ApiKey]) -> Answer:
    query: QueueQuery = call.query
    rows, total, following = service.list_queue(call.who.organization_id, query)
    return answers.page(rows, pagination(query.window, total, following))


@routes.endpoint(
    "GET",
    "/action-requests/{id}",
    auth=Auth.SESSION,
    scope="actions:read",
    feature="action_requests",
    summary="Get an action request",
    response=ActionRequestRead,
)
def get_action_request(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.get(call.who, call.path["id"]))


@routes.endpoint(
    "DELETE",
    "/action-requests/{id}",
    auth=Auth.SESSION,
    scope="actions:write",
    feature="action_requests",
    summary="Cancel a pending action request",
    envelope="bare",
    errors=(409,),
)
def cancel_action_request(call: Call[EmbedSession]) -> Answer:
    service.cancel(call.who, call.path["id"], call.actor)
    return answers.success()


@routes.endpoint(
    "PATCH",
    "/action-requests/{id}/resolve",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Approve or deny a pending action request",
    body=Resolution,
    response=ActionRequestResolved,
    errors=(409,),
)
def resolve_action_request(call: Call[ApiKey]) -> Answer:
    return answers.data(service.resolve(call.who.organization_id, call.path["id"], call.body, call.actor))
