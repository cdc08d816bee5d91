from collections.abc import Mapping
from typing import Any

from chalicelib.bridges import administration, configs, departing, oauth, service, shapes, types
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
    OrganizationBridge,
)
from chalicelib.catalog.bridge_types import oauth_types
from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, ITEMS, LIST, NOTHING
from chalicelib.kit import ids
from chalicelib.organizations.principals import ApiKey, EmbedSession, ServiceKey

routes = Routes("Bridges")
administration_routes = Routes("Bridge administration", API)


def _require_type(principal: EmbedSession, _: Mapping[str, str], body: Mapping[str, Any]) -> None:
    types.require_allowed(principal, str(body.get("type")))


def _require_type_of_bridge(principal: EmbedSession, path: Mapping[str, str], _: Mapping[str, Any]) -> None:
    if ids.is_id(path["id"]):
        types.require_bridge_allowed(principal, path["id"])


@routes.endpoint(
    "GET",
    "/bridges",
    auth=Auth.SESSION,
    scope="bridges:read",
    feature="bridges",
    summary="List the end user's bridges",
    spends=ITEMS,
    response=BridgeSummary,
    envelope="list",
)
def list_bridges(request: Request[EmbedSession]) -> Response:
    return responses.data(service.summaries(request.principal.organization_id, request.principal.end_user_id))


@routes.endpoint(
    "POST",
    "/bridges",
    auth=Auth.SESSION,
    scope="bridges:write",
    feature="bridges",
    precheck=_require_type,
    summary="Create a bridge",
    spends=CHANGE,
    body=BridgeCreate,
    response=BridgeRead,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_bridge(request: Request[EmbedSession, BridgeCreate]) -> Response:
    return responses.data(service.create(request.principal, request.body, request.actor))


@routes.endpoint(
    "PATCH",
    "/bridges/{id}",
    auth=Auth.SESSION,
    scope="bridges:write",
    feature="bridges",
    precheck=_require_type_of_bridge,
    summary="Update a bridge and merge its config",
    spends=CHANGE,
    body=BridgeUpdate,
    response=BridgeRead,
    errors=(409,),
)
def update_bridge(request: Request[EmbedSession, BridgeUpdate]) -> Response:
    return responses.data(service.update(request.principal, request.id, request.body, request.actor))


@routes.endpoint(
    "DELETE",
    "/bridges/{id}",
    auth=Auth.SESSION,
    scope="bridges:write",
    feature="bridges",
    precheck=_require_type_of_bridge,
    summary="Delete a bridge and its data",
    spends=CHANGE.sending("removal of the bridge's data, and of its webhooks at the platform: 20 s"),
    envelope="bare",
)
def delete_bridge(request: Request[EmbedSession]) -> Response:
    deleted = service.delete(request.principal, request.id, request.actor)
    departing.remove_hooks(deleted, request.info.public_url)
    return responses.success()


@routes.endpoint(
    "POST",
    "/bridges/{id}/test",
    auth=Auth.SESSION,
    scope="bridges:read",
    feature="bridges",
    precheck=_require_type_of_bridge,
    summary="Test a bridge's connection",
    spends=CHANGE.sending("one request to the bridge's service or shop: 10 s"),
    response=BridgeTestResult,
    envelope="bare",
    errors=(409,),
)
def test_bridge(request: Request[EmbedSession]) -> Response:
    from chalicelib.bridges import connectivity

    return responses.bare(connectivity.test(request.principal, request.id, request.actor))


def _declare_start(bridge_type: str, name: str) -> None:
    @routes.endpoint(
        "POST",
        f"/bridges/{bridge_type}/oauth/start",
        auth=Auth.SESSION,
        scope="bridges:write",
        feature="bridges",
        precheck=lambda principal, *_: types.require_allowed(principal, bridge_type),
        name=f"start_{bridge_type}_oauth",
        summary=f"Start {name}'s OAuth flow",
        spends=CHANGE,
        body=OAuthStart,
        response=OAuthStarted,
        errors=(409,),
        idempotent=True,
    )
    def start_oauth(request: Request[EmbedSession, OAuthStart]) -> Response:
        public_url = request.info.public_url
        return responses.data(oauth.start(bridge_type, request.principal, request.body, request.actor, public_url))


for _type, (_name, _) in oauth_types().items():
    _declare_start(_type, _name)


@routes.endpoint(
    "GET",
    "/bridge-types",
    auth=Auth.SESSION,
    summary="List the bridge types that the end user can connect",
    spends=NOTHING,
    response=BridgeTypeRead,
    envelope="list",
)
def list_bridge_types(request: Request[EmbedSession]) -> Response:
    return responses.data(types.list_types(request.principal))


@administration_routes.endpoint(
    "GET",
    "/bridges",
    auth=Auth.API_KEY_OR_SERVICE,
    scope="embed:manage",
    summary="List the bridges of an organization or a service",
    spends=LIST,
    query=BridgeListQuery,
    response=OrganizationBridge,
    envelope="page",
)
def list_all_bridges(request: Request[ApiKey | ServiceKey, None, BridgeListQuery]) -> Response:
    query = request.query
    page = administration.list_all(request.principal, query)
    return responses.page(page.bridges, pagination(query.window, page.total, page.following, capped=page.capped))


@administration_routes.endpoint(
    "GET",
    "/bridges/{id}",
    auth=Auth.API_KEY_OR_SERVICE,
    scope="embed:manage",
    summary="Get a bridge, with its unmasked config for services",
    spends=ITEMS,
    response=OrganizationBridge,
)
def get_bridge(request: Request[ApiKey | ServiceKey]) -> Response:
    return responses.data(administration.read(request.principal, request.id))


@administration_routes.endpoint(
    "PATCH",
    "/bridges/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Update a bridge or assign it to another end user",
    spends=CHANGE,
    body=BridgeAdminUpdate,
    response=OrganizationBridge,
    errors=(409,),
)
def administer_bridge(request: Request[ApiKey, BridgeAdminUpdate]) -> Response:
    return responses.data(administration.update(request.principal, request.id, request.body, request.actor))


@administration_routes.endpoint(
    "DELETE",
    "/bridges/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Delete a bridge and its data",
    spends=CHANGE.sending("removal of the bridge's data, and of its webhooks at the platform: 20 s"),
    envelope="bare",
)
def remove_bridge(request: Request[ApiKey]) -> Response:
    deleted = administration.delete(request.principal, request.id, request.actor)
    departing.remove_hooks(deleted, request.info.public_url)
    return responses.success()


def _declare_complete(bridge_type: str, name: str) -> None:
    @administration_routes.endpoint(
        "POST",
        f"/bridges/{bridge_type}/oauth/complete",
        auth=Auth.SERVICE,
        name=f"complete_{bridge_type}_oauth",
        summary=f"Complete {name}'s OAuth flow",
        spends=CHANGE,
        body=OAuthComplete,
        response=BridgeRead,
        errors=(400,),
    )
    def complete_oauth(request: Request[ServiceKey, OAuthComplete]) -> Response:
        item = oauth.complete(bridge_type, request.principal, request.body, request.actor)
        return responses.data(shapes.read(item, configs.mask(item.type, configs.decrypt(item))))


for _type, (_name, _) in oauth_types().items():
    _declare_complete(_type, _name)
