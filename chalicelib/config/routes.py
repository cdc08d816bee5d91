from chalicelib.config import service
from chalicelib.config.schemas import ConfigRead, ConfigUpdate, PublicConfig, PublicQuery, Rotation
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.principals import Anyone, ApiKey
from chalicelib.rate_limits import Limit

routes = Routes("Config")


@routes.endpoint(
    "GET",
    "/config",
    auth=Auth.PUBLIC,
    summary="Get the public config by slug",
    query=PublicQuery,
    response=PublicConfig,
    errors=(404,),
    limits=(Limit("public-config", 600, 60),),
)
def get_public_config(call: Call[Anyone]) -> Answer:
    return answers.data(service.public(call.query.slug))


@routes.endpoint(
    "GET",
    "/config/me",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Get the whole config",
    response=ConfigRead,
    errors=(409,),
)
def get_config(call: Call[ApiKey]) -> Answer:
    return answers.data(service.read(call.who.config))


@routes.endpoint(
    "PATCH",
    "/config",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Create or update the config",
    body=ConfigUpdate,
    response=ConfigRead,
    errors=(409,),
)
def update_config(call: Call[ApiKey]) -> Answer:
    return answers.data(service.update(call.who.organization_id, call.body, call.actor))


@routes.endpoint(
    "POST",
    "/config/rotate",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Replace the publishable key or the identity secret",
    body=Rotation,
    response=ConfigRead,
    errors=(409,),
    idempotent=True,
)
def rotate_config(call: Call[ApiKey]) -> Answer:
    return answers.data(service.rotate(call.who.organization_id, call.body, call.actor))
