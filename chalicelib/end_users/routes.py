from chalicelib.bridges import service as bridges
from chalicelib.end_users import deletion, service
from chalicelib.end_users.schemas import EndUserDetail, EndUserQuery, EndUserRead
from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.organizations.principals import ApiKey

routes = Routes("End users")


@routes.endpoint(
    "GET",
    "/users",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="List end users with their bridge counts",
    query=EndUserQuery,
    response=EndUserRead,
    envelope="page",
)
def list_end_users(request: Request[ApiKey, None, EndUserQuery]) -> Response:
    query = request.query
    users, total, following = service.list_all(request.principal.organization_id, query.external_id, query.window)
    return responses.page(users, pagination(query.window, total, following))


@routes.endpoint(
    "GET",
    "/users/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Get an end user with their bridges",
    response=EndUserDetail,
)
def get_end_user(request: Request[ApiKey]) -> Response:
    of_user = bridges.summaries_of_end_user(request.principal.organization_id, request.id)
    return responses.data(service.get(request.principal.organization_id, request.id, of_user))


@routes.endpoint(
    "DELETE",
    "/users/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Delete an end user and revoke all their sessions",
    envelope="bare",
)
def delete_end_user(request: Request[ApiKey]) -> Response:
    deletion.delete(request.principal.organization_id, request.id, request.actor)
    return responses.success()
