from chalicelib.api_keys import operators, service
from chalicelib.api_keys.schemas import (
    ApiKeyCreate,
    ApiKeyCreated,
    ApiKeyRead,
    OperatorSessionCreate,
    OperatorSessionCreated,
    OperatorSessionRead,
)
from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, PARTITION
from chalicelib.organizations.principals import ApiKey
from chalicelib.security.rate_limits import Limit

# A whole office may share one address.
SIGN_INS = Limit("console-sign-in", 30, 60)

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


@routes.endpoint(
    "POST",
    "/console/sessions",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Sign in to the console with an API key and a name",
    spends=CHANGE,
    body=OperatorSessionCreate,
    response=OperatorSessionCreated,
    status=201,
    errors=(409,),
    limits=(SIGN_INS,),
    idempotent=True,
)
def sign_in(request: Request[ApiKey, OperatorSessionCreate]) -> Response:
    return responses.data(operators.sign_in(request.principal, request.body, request.actor))


@routes.endpoint(
    "GET",
    "/console/sessions",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="List who is signed in to the console",
    spends=PARTITION,
    response=OperatorSessionRead,
    envelope="list",
)
def list_operator_sessions(request: Request[ApiKey]) -> Response:
    return responses.data(operators.list_live(request.principal.organization_id))


@routes.endpoint(
    "DELETE",
    "/console/sessions/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="End a session of the console",
    spends=CHANGE,
    envelope="bare",
)
def end_operator_session(request: Request[ApiKey]) -> Response:
    operators.end(request.principal.organization_id, request.id, request.actor)
    return responses.success()
