from chalicelib.action_requests import applications, listing, service
from chalicelib.action_requests.schemas import (
    ActionRequestCreate,
    ActionRequestCreated,
    ActionRequestQuery,
    ActionRequestRead,
    ActionRequestResolved,
    ActionRequestRow,
    ApplicationUpdate,
    QueueQuery,
    QueueRow,
    Resolution,
)
from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, ITEMS, LIST
from chalicelib.organizations.principals import ApiKey, EmbedSession

routes = Routes("Action requests")


@routes.endpoint(
    "POST",
    "/action-requests",
    auth=Auth.SESSION,
    scope="actions:write",
    feature="action_requests",
    summary="Create an action request for an order",
    spends=CHANGE,
    body=ActionRequestCreate,
    response=ActionRequestCreated,
    status=201,
    errors=(404, 409),
    idempotent=True,
)
def create_action_request(request: Request[EmbedSession, ActionRequestCreate]) -> Response:
    created, customer_id = service.create(request.principal, request.body, request.actor)
    return responses.data(created, customer_id=customer_id)


@routes.endpoint(
    "GET",
    "/action-requests",
    auth=Auth.SESSION,
    scope="actions:read",
    feature="action_requests",
    summary="List the end user's action requests",
    spends=LIST,
    query=ActionRequestQuery,
    response=ActionRequestRow,
    envelope="page",
    with_stats=True,
    prefetch=service.prefetch_page,
)
def list_action_requests(request: Request[EmbedSession, None, ActionRequestQuery]) -> Response:
    query = request.query
    rows, total, following = service.list_page(request.principal, query, request.prefetched)
    return responses.page(rows, pagination(query.window, total, following))


@routes.endpoint(
    "GET",
    "/action-requests/queue",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="List the organization's action requests with their end users",
    spends=LIST,
    query=QueueQuery,
    response=QueueRow,
    envelope="page",
)
def list_action_request_queue(request: Request[ApiKey, None, QueueQuery]) -> Response:
    query = request.query
    rows, total, following = listing.list_queue(request.principal.organization_id, query)
    return responses.page(rows, pagination(query.window, total, following))


@routes.endpoint(
    "GET",
    "/action-requests/{id}",
    auth=Auth.SESSION,
    scope="actions:read",
    feature="action_requests",
    summary="Get an action request",
    spends=ITEMS,
    response=ActionRequestRead,
)
def get_action_request(request: Request[EmbedSession]) -> Response:
    return responses.data(service.get(request.principal, request.id))


@routes.endpoint(
    "DELETE",
    "/action-requests/{id}",
    auth=Auth.SESSION,
    scope="actions:write",
    feature="action_requests",
    summary="Cancel a pending action request",
    spends=CHANGE,
    envelope="bare",
    errors=(409,),
)
def cancel_action_request(request: Request[EmbedSession]) -> Response:
    service.cancel(request.principal, request.id, request.actor)
    return responses.success()


@routes.endpoint(
    "PATCH",
    "/action-requests/{id}/resolve",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Approve or deny a pending action request. What is approved is carried out at the order's source",
    spends=CHANGE,
    body=Resolution,
    response=ActionRequestResolved,
    errors=(409,),
)
def resolve_action_request(request: Request[ApiKey, Resolution]) -> Response:
    return responses.data(service.resolve(request.principal.organization_id, request.id, request.body, request.actor))


@routes.endpoint(
    "POST",
    "/action-requests/{id}/apply",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Try again to carry out an approved action request that failed",
    spends=CHANGE.sending("one change at the order's shop"),
    response=ActionRequestResolved,
    errors=(409,),
)
def apply_action_request(request: Request[ApiKey]) -> Response:
    item = applications.retry(request.principal.organization_id, request.id, request.actor)
    return responses.data(service.to_resolved(item))


@routes.endpoint(
    "PATCH",
    "/action-requests/{id}/application",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Mark an action request that you carried out yourself",
    spends=CHANGE,
    body=ApplicationUpdate,
    response=ActionRequestResolved,
    errors=(409,),
)
def update_application(request: Request[ApiKey, ApplicationUpdate]) -> Response:
    body = request.body
    item = applications.mark_applied(request.principal.organization_id, request.id, body.message, request.actor)
    return responses.data(service.to_resolved(item))
