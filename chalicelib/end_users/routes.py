from chalicelib.bridges import service as bridges
from chalicelib.end_users import deletion, service
from chalicelib.end_users.schemas import BrandRead, BrandUpdate, EndUserDetail, EndUserQuery, EndUserRead
from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, ITEMS, LIST
from chalicelib.organizations.principals import ApiKey, EmbedSession

routes = Routes("End users")


@routes.endpoint(
    "GET",
    "/users",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="List end users with their bridge counts",
    spends=LIST,
    query=EndUserQuery,
    response=EndUserRead,
    envelope="page",
)
def list_end_users(request: Request[ApiKey, None, EndUserQuery]) -> Response:
    query = request.query
    page = service.list_page(request.principal.organization_id, query)
    return responses.page(page.rows, pagination(query.window, page.total, page.following, capped=page.capped))


@routes.endpoint(
    "GET",
    "/users/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Get an end user and their bridges",
    spends=ITEMS,
    response=EndUserDetail,
)
def get_end_user(request: Request[ApiKey]) -> Response:
    owned = bridges.summaries_of_end_user(request.principal.organization_id, request.id)
    return responses.data(service.get(request.principal.organization_id, request.id, owned))


@routes.endpoint(
    "PATCH",
    "/users/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Set the brand and the contact that an end user's shoppers see",
    spends=CHANGE,
    body=BrandUpdate,
    response=EndUserDetail,
)
def update_end_user(request: Request[ApiKey, BrandUpdate]) -> Response:
    organization_id = request.principal.organization_id
    item = service.update_brand(organization_id, request.id, request.body.changes(), request.actor)
    return responses.data(service.to_detail(item, bridges.summaries_of_end_user(organization_id, request.id)))


@routes.endpoint(
    "DELETE",
    "/users/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Delete an end user and revoke all their sessions",
    spends=CHANGE.sending("removal of what was theirs"),
    envelope="bare",
)
def delete_end_user(request: Request[ApiKey]) -> Response:
    deletion.delete(request.principal.organization_id, request.id, request.actor)
    return responses.success()


@routes.endpoint(
    "GET",
    "/branding",
    auth=Auth.SESSION,
    scope="bridges:read",
    feature="bridges",
    summary="Get the end user's own brand for shoppers",
    spends=ITEMS,
    response=BrandRead,
)
def get_own_branding(request: Request[EmbedSession]) -> Response:
    return responses.data(service.to_brand(request.principal.end_user))


@routes.endpoint(
    "PATCH",
    "/branding",
    auth=Auth.SESSION,
    scope="bridges:write",
    feature="bridges",
    summary="Set the end user's own brand for shoppers, if `settings.merchantBranding` is on",
    spends=CHANGE,
    body=BrandUpdate,
    response=BrandRead,
)
def update_own_branding(request: Request[EmbedSession, BrandUpdate]) -> Response:
    session = request.principal
    service.require_own_branding(session)
    item = service.update_brand(session.organization_id, session.end_user_id, request.body.changes(), request.actor)
    return responses.data(service.to_brand(item))
