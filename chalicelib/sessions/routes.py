from chalicelib.config.service import need
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.principals import ApiKey, Shop
from chalicelib.rate_limits import By, Limit
from chalicelib.sessions import service
from chalicelib.sessions.schemas import AutoSessionCreate, AutoSessionCreated, SessionCreate, SessionCreated

# A whole office may be behind one address; a page makes a session when it is loaded.
PER_ADDRESS = Limit("auto-session-address", 120, 60)
PER_KEY = Limit("auto-session-key", 6000, 60, By.CREDENTIAL)

routes = Routes("Sessions")


@routes.endpoint(
    "POST",
    "/sessions/auto",
    auth=Auth.PUBLISHABLE_KEY,
    summary="Create an embed session with a publishable key",
    body=AutoSessionCreate,
    response=AutoSessionCreated,
    limits=(PER_ADDRESS, PER_KEY),
    idempotent=True,
)
def create_auto_session(call: Call[Shop]) -> Answer:
    return answers.data(service.create_auto(call.who.config, call.body, call.actor))


@routes.endpoint(
    "POST",
    "/sessions",
    auth=Auth.API_KEY,
    scope="embed:manage",
    active_embed=True,
    summary="Create an embed session for an end user",
    body=SessionCreate,
    response=SessionCreated,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_session(call: Call[ApiKey]) -> Answer:
    return answers.data(service.create(need(call.who.config), call.body, call.actor))


@routes.endpoint(
    "DELETE",
    "/sessions/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Revoke an embed session",
    envelope="bare",
)
def revoke_session(call: Call[ApiKey]) -> Answer:
    service.revoke(call.who.organization_id, call.path["id"], call.actor)
    return answers.success()
