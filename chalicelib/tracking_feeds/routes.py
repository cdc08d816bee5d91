from chalicelib.connectors.hooks import MAX_BYTES
from chalicelib.http import responses
from chalicelib.http.endpoint import NO_PREFIX, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE
from chalicelib.organizations.principals import Anonymous
from chalicelib.tasks.schemas import HookTaken
from chalicelib.tracking_feeds import hooks

routes = Routes("Hooks", NO_PREFIX)


@routes.endpoint(
    "POST",
    "/hooks/tracking/{token}",
    auth=Auth.PUBLIC,
    summary="Take in a tracking provider's webhook",
    spends=CHANGE,
    response=HookTaken,
    envelope="bare",
    status=202,
    errors=(401, 404, 429),
    raw_body=True,
    max_bytes=MAX_BYTES,
    limits=(hooks.ADDRESS_LIMIT,),
)
def take_tracking_hook(request: Request[Anonymous]) -> Response:
    request.admit()
    hooks.take(request.path["token"], request.info.headers, request.raw_body, request.info.ip_address)
    return responses.bare(HookTaken(accepted=True))
