from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.principals import ApiKey, ServiceKey
from chalicelib.sync import service
from chalicelib.sync.schemas import MAX_BYTES, SyncBody, SyncResult

routes = Routes("Sync", API)


@routes.endpoint(
    "POST",
    "/bridges/{id}/sync",
    auth=Auth.API_KEY_OR_SERVICE,
    scope="bridges:sync",
    summary="Bring in orders and shipments",
    body=SyncBody,
    response=SyncResult,
    errors=(409,),
    max_bytes=MAX_BYTES,
)
def sync_bridge(call: Call[ApiKey | ServiceKey]) -> Answer:
    return answers.data(service.sync(call.who, call.path["id"], call.body, call.actor))
