from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import SYNC
from chalicelib.organizations.principals import ApiKey, ServiceKey
from chalicelib.sync import service
from chalicelib.sync.schemas import MAX_BYTES, SyncBody, SyncResult

routes = Routes("Sync", API)


@routes.endpoint(
    "POST",
    "/bridges/{id}/sync",
    auth=Auth.API_KEY_OR_SERVICE,
    scope="bridges:sync",
    summary="Bring in orders and shipments",
    spends=SYNC,
    body=SyncBody,
    response=SyncResult,
    errors=(409,),
    max_bytes=MAX_BYTES,
    lenient_json=True,
)
def sync_bridge(request: Request[ApiKey | ServiceKey, SyncBody]) -> Response:
    return responses.data(service.sync(request.principal, request.id, request.body, request.actor, request.repairs))
