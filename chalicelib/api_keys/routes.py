from chalicelib.api_keys import service
from chalicelib.api_keys.schemas import ApiKeyCreate, ApiKeyCreated, ApiKeyRead
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.principals import ApiKey

routes = Routes("API keys", API)


@routes.endpoint(
    "GET",
    "/api-keys",
    auth=Auth.API_KEY,
    scope="keys:manage",
    summary="List the organization's live API keys",
    response=ApiKeyRead,
    envelope="list",
)
def list_api_keys(call: Call[ApiKey]) -> Answer:
    return answers.data(service.list_api_keys(call.who.organization_id))


@routes.endpoint(
    "POST",
    "/api-keys",
    auth=Auth.API_KEY,
    scope="keys:manage",
    summary="Create an API key; it is shown in this answer only",
    body=ApiKeyCreate,
    response=ApiKeyCreated,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_api_key(call: Call[ApiKey]) -> Answer:
    return answers.data(service.create(call.who.organization_id, call.who.scopes, call.body, call.actor))


@routes.endpoint(
    "DELETE",
    "/api-keys/{id}",
    auth=Auth.API_KEY,
    scope="keys:manage",
    summary="Revoke an API key",
    envelope="bare",
    errors=(409,),
)
def revoke_api_key(call: Call[ApiKey]) -> Answer:
    service.revoke(call.who.organization_id, call.path["id"], call.actor)
    return answers.success()
