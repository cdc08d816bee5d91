from chalicelib import ids
from chalicelib.bridges import administration, configs, oauth, service, shapes
from chalicelib.bridges.schemas import (
    BridgeAdminUpdate,
    BridgeCreate,
    BridgeListQuery,
    BridgeRead,
    BridgeSummary,
    BridgeTestResult,
    BridgeTypeRead,
    BridgeUpdate,
    OAuthComplete,
    OAuthStart,
    OAuthStarted,
)
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.principals import ApiKey, EmbedSession, ServiceKey

routes = Routes("Bridges")
administration_routes = Routes("Bridge administration", API)


def _creates_type(call: Call[EmbedSession]) -> None:
    service.require_allowed(call.who, str(call.raw_body.get("type")))


def _touches_bridge(call: Call[EmbedSession]) -> None:
    if ids.is_id(call.path["id"]):
        service.require_bridge_allowed(call.who, call.path["id"])


def _creates_shopify(call: Call[EmbedSession]) -> None:
    service.require_allowed(call.who, oauth.SHOPIFY)


@routes.endpoint(
    "GET",
    "/bridges",
    auth=Auth.SESSION,
    scope="bridges:read",
    feature="bridges",
    summary="List the end user's bridges",
    response=BridgeSummary,
    envelope="list",
)
def list_bridges(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.summaries(call.who.organization_id, call.who.end_user_id))


@routes.endpoint(
    "POST",
    "/bridges",
    auth=Auth.SESSION,
    scope="bridges:write",
    feature="bridges",
    precheck=_creates_type,
    summary="Create a bridge",
    body=BridgeCreate,
    response=BridgeRead,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_bridge(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.create(call.who, call.body, call.actor))


@routes.endpoint(
    "PATCH",
    "/bridges/{id}",
    auth=Auth.SESSION,
    scope="bridges:write",
    feature="bridges",
    precheck=_touches_bridge,
    summary="Update a bridge; config is merged",
    body=BridgeUpdate,
    response=BridgeRead,
    errors=(409,),
)
def update_bridge(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.update(call.who, call.path["id"], call.body, call.actor))


@routes.endpoint(
    "DELETE",
    "/bridges/{id}",
    auth=Auth.SESSION,
    scope="bridges:write",
    feature="bridges",
    precheck=_touches_bridge,
    summary="Delete a bridge and its data",
    envelope="bare",
)
def delete_bridge(call: Call[EmbedSession]) -> Answer:
    service.delete(call.who, call.path["id"], call.actor)
    return answers.success()


@routes.endpoint(
    "POST",
    "/bridges/{id}/test",
    auth=Auth.SESSION,
    scope="bridges:read",
    feature="bridges",
    precheck=_touches_bridge,
    summary="Test a bridge's connection",
    response=BridgeTestResult,
    envelope="bare",
)
def test_bridge(call: Call[EmbedSession]) -> Answer:
    from chalicelib.bridges import connection_test  # brings an HTTP client, which no other endpoint needs

    return answers.bare(connection_test.test(call.who, call.path["id"], call.actor))


@routes.endpoint(
    "POST",
    "/bridges/shopify/oauth/start",
    auth=Auth.SESSION,
    scope="bridges:write",
    feature="bridges",
    precheck=_creates_shopify,
    summary="Start Shopify's OAuth flow",
    body=OAuthStart,
    response=OAuthStarted,
    errors=(409,),
    idempotent=True,
)
def start_shopify_oauth(call: Call[EmbedSession]) -> Answer:
    return answers.data(oauth.start(call.who, call.body, call.actor))


@routes.endpoint(
    "GET",
    "/bridge-types",
    auth=Auth.SESSION,
    summary="List the bridge types that the end user may connect",
    response=BridgeTypeRead,
    envelope="list",
)
def list_bridge_types(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.list_types(call.who))


@administration_routes.endpoint(
    "GET",
    "/bridges",
    auth=Auth.API_KEY_OR_SERVICE,
    scope="embed:manage",
    summary="List the organization's bridges, or a service's",
    query=BridgeListQuery,
    response=BridgeRead,
    envelope="page",
)
def list_all_bridges(call: Call[ApiKey | ServiceKey]) -> Answer:
    query: BridgeListQuery = call.query
    page = administration.list_all(call.who, query)
    return answers.page(page.bridges, pagination(query.window, page.total, page.following, capped=page.capped))


@administration_routes.endpoint(
    "GET",
    "/bridges/{id}",
    auth=Auth.API_KEY_OR_SERVICE,
    scope="embed:manage",
    summary="Get a bridge; services see its config",
    response=BridgeRead,
)
def get_bridge(call: Call[ApiKey | ServiceKey]) -> Answer:
    return answers.data(administration.get(call.who, call.path["id"]))


@administration_routes.endpoint(
    "PATCH",
    "/bridges/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Update a bridge, or give it to another end user",
    body=BridgeAdminUpdate,
    response=BridgeRead,
    errors=(409,),
)
def administer_bridge(call: Call[ApiKey]) -> Answer:
    return answers.data(administration.update(call.who, call.path["id"], call.body, call.actor))


@administration_routes.endpoint(
    "DELETE",
    "/bridges/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Delete a bridge and its data",
    envelope="bare",
)
def remove_bridge(call: Call[ApiKey]) -> Answer:
    administration.remove(call.who, call.path["id"], call.actor)
    return answers.success()


@administration_routes.endpoint(
    "POST",
    "/bridges/shopify/oauth/complete",
    auth=Auth.SERVICE,
    summary="Complete Shopify's OAuth flow",
    body=OAuthComplete,
    response=BridgeRead,
    errors=(400,),
)
def complete_shopify_oauth(call: Call[ServiceKey]) -> Answer:
    item = oauth.complete(call.who, call.body, call.actor)
    return answers.data(shapes.read(item, configs.masked(item.type, configs.decrypt(item))))
