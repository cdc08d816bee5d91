from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, ITEMS, PARTITION, Spending
from chalicelib.organizations.configs import require
from chalicelib.organizations.principals import ApiKey, EmbedSession, Shop
from chalicelib.security.rate_limits import Limit
from chalicelib.sessions import service
from chalicelib.sessions.schemas import (
    AutoSessionCreate,
    AutoSessionCreated,
    LiveSession,
    SessionCreate,
    SessionCreated,
    SessionRead,
)

# A whole office may share one address, and a page creates a session each time it loads.
PER_ADDRESS = Limit("auto-session-address", 120, 60)

routes = Routes("Sessions")


@routes.endpoint(
    "POST",
    "/sessions/auto",
    auth=Auth.PUBLISHABLE_KEY,
    summary="Create an embed session with a publishable key",
    spends=CHANGE,
    body=AutoSessionCreate,
    response=AutoSessionCreated,
    limits=(PER_ADDRESS,),
    idempotent=True,
)
def create_auto_session(request: Request[Shop, AutoSessionCreate]) -> Response:
    return responses.data(
        service.create_auto(request.principal.config, request.body, request.actor, request.info.public_url)
    )


@routes.endpoint(
    "POST",
    "/sessions",
    auth=Auth.API_KEY,
    scope="embed:manage",
    active_embed=True,
    summary="Create an embed session for an end user",
    spends=CHANGE,
    body=SessionCreate,
    response=SessionCreated,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_session(request: Request[ApiKey, SessionCreate]) -> Response:
    config = require(request.principal.config)
    return responses.data(service.create(config, request.body, request.actor, request.info.public_url))


@routes.endpoint(
    "GET",
    "/session",
    auth=Auth.SESSION,
    summary="Get the session itself: its end, scopes and features, and whose it is",
    spends=ITEMS,
    response=SessionRead,
)
def get_session(request: Request[EmbedSession]) -> Response:
    return responses.data(service.read(request.principal))


@routes.endpoint(
    "DELETE",
    "/sessions/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Revoke an embed session",
    spends=CHANGE,
    envelope="bare",
)
def revoke_session(request: Request[ApiKey]) -> Response:
    service.revoke(request.principal.organization_id, request.id, request.actor)
    return responses.success()


@routes.endpoint(
    "GET",
    "/users/{id}/sessions",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="List an end user's live sessions, newest first",
    spends=PARTITION,
    response=LiveSession,
    envelope="list",
)
def list_sessions(request: Request[ApiKey]) -> Response:
    return responses.data(service.list_live(request.principal.organization_id, request.id))


@routes.endpoint(
    "DELETE",
    "/users/{id}/sessions",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Revoke all live sessions of an end user",
    spends=Spending(600, 1500),
    envelope="bare",
)
def revoke_sessions(request: Request[ApiKey]) -> Response:
    service.revoke_all(request.principal.organization_id, request.id, request.actor)
    return responses.success()
