from chalicelib.config import service
from chalicelib.config.schemas import ConfigRead, ConfigUpdate, PublicConfig, PublicQuery, Rotation, SettingWarning
from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, ITEMS
from chalicelib.organizations.principals import Anonymous, ApiKey
from chalicelib.security.rate_limits import Limit

routes = Routes("Config")


@routes.endpoint(
    "GET",
    "/config",
    auth=Auth.PUBLIC,
    summary="Get the public config by slug",
    spends=ITEMS,
    query=PublicQuery,
    response=PublicConfig,
    errors=(404,),
    limits=(Limit("public-config", 600, 60),),
)
def get_public_config(request: Request[Anonymous, None, PublicQuery]) -> Response:
    return responses.data(service.public(request.query.slug))


@routes.endpoint(
    "GET",
    "/config/me",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Get the whole config",
    spends=ITEMS,
    response=ConfigRead,
    errors=(409,),
)
def get_config(request: Request[ApiKey]) -> Response:
    return responses.data(service.read(request.principal.config, request.info.public_url))


@routes.endpoint(
    "PATCH",
    "/config",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Create or update the config",
    spends=CHANGE,
    body=ConfigUpdate,
    response=ConfigRead,
    extra=(("warnings", list[SettingWarning]),),
    errors=(409,),
)
def update_config(request: Request[ApiKey, ConfigUpdate]) -> Response:
    config = service.update(request.principal.organization_id, request.body, request.info.public_url, request.actor)
    return responses.data(config, warnings=service.warnings(request.body))


@routes.endpoint(
    "POST",
    "/config/rotate",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Rotate the publishable key, the identity secret or the tracking provider's address",
    spends=CHANGE,
    body=Rotation,
    response=ConfigRead,
    errors=(409,),
    idempotent=True,
)
def rotate_config(request: Request[ApiKey, Rotation]) -> Response:
    return responses.data(
        service.rotate(request.principal.organization_id, request.body, request.info.public_url, request.actor)
    )
