"""Where platforms post. Apart from the routes of people, which need nothing of what hooks start."""

from chalicelib.connectors import hooks
from chalicelib.http import responses
from chalicelib.http.endpoint import NO_PREFIX, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE
from chalicelib.organizations.principals import Anonymous
from chalicelib.tasks.schemas import HookTaken

routes = Routes("Hooks", NO_PREFIX)


@routes.endpoint(
    "POST",
    "/hooks/bridges/{bridge}",
    auth=Auth.PUBLIC,
    summary="Take in a platform's webhook for a bridge",
    spends=CHANGE.sending("one task of the bridge: a call to its shop"),
    response=HookTaken,
    envelope="bare",
    status=202,
    errors=(401, 404, 429),
    raw_body=True,
    max_bytes=hooks.MAX_BYTES,
    limits=(hooks.ADDRESS_LIMIT,),
)
def take_hook(request: Request[Anonymous]) -> Response:
    request.admit()
    hooks.take(request.path["bridge"], request.info.headers, request.raw_body, request.raw_query)
    return responses.bare(HookTaken(accepted=True))


@routes.endpoint(
    "POST",
    "/hooks/{type}",
    auth=Auth.PUBLIC,
    summary="Take in what a platform asks of the deployment's app about one of its shops",
    spends=CHANGE.sending("erasing or exporting one customer, or removing one shop's bridges"),
    response=HookTaken,
    envelope="bare",
    status=202,
    errors=(401, 404, 429),
    raw_body=True,
    max_bytes=hooks.MAX_BYTES,
    limits=(hooks.ADDRESS_LIMIT,),
)
def take_app_hook(request: Request[Anonymous]) -> Response:
    from chalicelib.connectors import app_hooks

    request.admit()
    app_hooks.take(request.path["type"], request.info.headers, request.raw_body, request.raw_query)
    return responses.bare(HookTaken(accepted=True))
