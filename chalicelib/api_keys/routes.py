from chalicelib.api_keys import service
from chalicelib.api_keys.schemas import ApiKeyCreate, ApiKeyCreated, ApiKeyRead
from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, PARTITION
from chalicelib.organizations.principals import ApiKey

routes = Routes("API keys", API)


@routes.endpoint(
    "GET",
    "/api-keys",
    auth=Auth.API_KEY,
    scope="keys:manage",
    summary="List the organization's live API keys",
    spends=PARTITION,
    response=ApiKeyRead,
    envelope="list",
)
def list_api_keys(request: Request[ApiKey]) -> Response:
    return responses.data(service.list_api_keys(request.principal.organization_id))


@routes.endpoint(
    "POST",
    "/api-keys",
    auth=Auth.API_KEY,
    scope="keys:manage",
    summary="Create an API key, which only this response shows",
    spends=CHANGE,
    body=ApiKeyCreate,
    response=ApiKeyCreated,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_api_key(request: Request[ApiKey, ApiKeyCreate]) -> Response:
    return responses.data(
        service.create(request.principal.organization_id, request.principal.scopes, request.body, request.actor)
    )


@routes.endpoint(
    "DELETE",
    "/api-keys/{id}",
    auth=Auth.API_KEY,
    scope="keys:manage",
    summary="Revoke an API key",
    spends=CHANGE,
    envelope="bare",
    errors=(409,),
)
def revoke_api_key(request: Request[ApiKey]) -> Response:
    service.revoke(request.principal.organization_id, request.id, request.actor)
    return responses.success()
