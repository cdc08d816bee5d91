from chalicelib.connectors import app_hooks, hooks, service
from chalicelib.http import responses
from chalicelib.http.endpoint import API, NO_PREFIX, Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, LIST
from chalicelib.organizations.principals import Anonymous, ApiKey, EmbedSession, ServiceKey
from chalicelib.tasks.schemas import HookTaken, RunQuery, RunRead, TaskQuery, TaskRead, TaskResult

routes = Routes("Bridges")
hook_routes = Routes("Hooks", NO_PREFIX)
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


@hook_routes.endpoint(
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


@hook_routes.endpoint(
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
    request.admit()
    app_hooks.take(request.path["type"], request.info.headers, request.raw_body, request.raw_query)
    return responses.bare(HookTaken(accepted=True))
