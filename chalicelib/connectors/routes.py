from chalicelib.connectors import service
from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, LIST
from chalicelib.organizations.principals import ApiKey, EmbedSession, ServiceKey
from chalicelib.tasks.schemas import RunQuery, RunRead, TaskQuery, TaskRead, TaskResult

routes = Routes("Bridges")
administration_routes = Routes("Bridge administration", API)


@routes.endpoint(
    "POST",
    "/bridges/{id}/sync",
    auth=Auth.SESSION,
    scope="bridges:write",
    feature="bridges",
    summary="Bring in now what changed at the shop",
    spends=CHANGE.sending("one run of the bridge: up to 5 minutes of calls to its shop"),
    response=RunRead,
    envelope="list",
    status=202,
    errors=(409,),
)
def sync_now(request: Request[EmbedSession]) -> Response:
    return responses.data(service.ask_for_sync(request.principal, request.id, request.actor))


@routes.endpoint(
    "GET",
    "/bridges/{id}/runs",
    auth=Auth.SESSION,
    scope="bridges:read",
    feature="bridges",
    summary="List what was done for a bridge",
    spends=LIST,
    query=RunQuery,
    response=RunRead,
    envelope="page",
)
def list_runs(request: Request[EmbedSession, None, RunQuery]) -> Response:
    window = request.query.window
    runs, total, capped, following = service.runs_of_session(request.principal, request.id, window)
    return responses.page(runs, pagination(window, total, following, capped=capped))


@administration_routes.endpoint(
    "GET",
    "/bridges/{id}/runs",
    auth=Auth.API_KEY_OR_SERVICE,
    scope="embed:manage",
    summary="List what was done for a bridge of the organization",
    spends=LIST,
    query=RunQuery,
    response=RunRead,
    envelope="page",
)
def list_all_runs(request: Request[ApiKey | ServiceKey, None, RunQuery]) -> Response:
    window = request.query.window
    runs, total, capped, following = service.runs_of_bridge(request.principal, request.id, window)
    return responses.page(runs, pagination(window, total, following, capped=capped))


@administration_routes.endpoint(
    "GET",
    "/bridges/{id}/tasks",
    auth=Auth.SERVICE,
    summary="List what waits to be done for a bridge",
    spends=LIST,
    query=TaskQuery,
    response=TaskRead,
    envelope="page",
)
def list_tasks(request: Request[ServiceKey, None, TaskQuery]) -> Response:
    window = request.query.window
    waiting, total, following = service.tasks_of_service(request.principal, request.id, window)
    return responses.page(waiting, pagination(window, total, following))


@administration_routes.endpoint(
    "POST",
    "/bridges/{id}/tasks/{taskId}/result",
    auth=Auth.SERVICE,
    summary="Say what became of a task",
    spends=CHANGE,
    body=TaskResult,
    response=RunRead,
    errors=(409,),
)
def record_task_result(request: Request[ServiceKey, TaskResult]) -> Response:
    ended = service.record_result(request.principal, request.id, request.path["taskId"], request.body)
    return responses.data(ended)
