"""Handles one request, from API Gateway's event to the response. Every endpoint takes the same steps."""

import time
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from pydantic import ValidationError

from chalicelib.api.admission import Admission
from chalicelib.api.authenticate import authenticate, claimed_end_user
from chalicelib.api.authorize import authorize, config_of
from chalicelib.api.idempotency import run_once
from chalicelib.http import cors
from chalicelib.http.bodies import NoBody, details_of, read_json, validate
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.http.lenient import Repair, read_json_leniently
from chalicelib.http.request import Request, RequestInfo
from chalicelib.http.responses import SECURITY_HEADERS, Response
from chalicelib.kit import codec, ids, log
from chalicelib.kit.errors import ApiError, Invalid, NotFound, PayloadTooLarge, TooManyRequests, Unavailable
from chalicelib.organizations.principals import Anonymous, ApiKey, EmbedSession, Principal, ServiceKey
from chalicelib.table.reads import prefetch
from chalicelib.table.transaction import before_writes


def respond(endpoint: Endpoint, event: dict[str, Any]) -> tuple[int, dict[str, str], str]:
    """Status, headers and body for an API Gateway event. Never raises."""
    started = time.perf_counter()
    info = read_request(event)
    caller: list[Principal] = []
    admission = Admission(endpoint, info)
    with log.bound(request_id=info.request_id, event_ids=[]):
        try:
            try:
                response = _handle(endpoint, event, info, caller, admission)
            finally:
                # Takes precedence over any other error.
                admission.enforce()
            status, code = response.status or endpoint.status, None
        except ApiError as problem:
            response, status, code = _error_response(endpoint, problem, info, event), problem.status, problem.code
        except Exception as failure:
            log.error("request_failed", failure, route=endpoint.path)
            hidden = ApiError()
            response, status, code = _error_response(endpoint, hidden, info, event), 500, hidden.code
        _log(endpoint, info, caller, status, code, started)
    headers = {**_headers(endpoint, response, info, caller, status), **admission.headers()}
    if info.method == "HEAD":
        # An empty body would otherwise be described as the page's own length.
        return status, {**headers, "Content-Length": str(len(response.text.encode()))}, ""
    return status, headers, response.text


def read_request(event: dict[str, Any]) -> RequestInfo:
    context = event.get("requestContext") or {}
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items() if value is not None}
    host = headers.get("host", context.get("domainName", ""))
    scheme = headers.get("x-forwarded-proto", "https")
    # The path contains the stage only if the API is called by API Gateway's own host name.
    full, path = context.get("path") or "", event.get("path") or ""
    stage = full.removesuffix(path) if path and full.endswith(path) else ""
    return RequestInfo(
        request_id=context.get("requestId") or ids.new_id(),
        method=context.get("httpMethod", ""),
        route=context.get("resourcePath", ""),
        ip_address=(context.get("identity") or {}).get("sourceIp") or "",
        origin=cors.parse_origin_header(headers.get("origin")),
        headers=headers,
        base_url=f"{scheme}://{host}{stage}",
    )


def _handle(
    endpoint: Endpoint, event: dict[str, Any], info: RequestInfo, caller: list[Principal], admission: Admission
) -> Response:
    repairs: list[Repair] = []
    body = _cached(lambda: _read_body(endpoint, event, repairs))
    if endpoint.raw_body and len(_raw_body(event)) > endpoint.max_bytes:
        raise PayloadTooLarge
    admission.begin()
    raw_query = _raw_query(event)
    prefetched = None
    if endpoint.prefetch is not None and (claimed := claimed_end_user(info.headers)) is not None:
        query = _query_or_none(endpoint, raw_query)
        prefetched = prefetch(endpoint.prefetch, *claimed, query) if query is not None else None
    principal = authenticate(endpoint, info, body)
    caller.append(principal)
    if endpoint.auth is not Auth.PUBLIC:
        admission.enforce()
    authorize(endpoint, principal, info)
    admission.begin_session(principal)
    path = _path(event)
    if endpoint.precheck is not None:
        endpoint.precheck(principal, path, body())
    request = Request(
        principal=principal,
        info=info,
        path=path,
        query=_query(endpoint, raw_query) if endpoint.query is not None else None,
        body=_body(endpoint, body),
        raw_body=_raw_body(event) if endpoint.raw_body else b"",
        raw_query={name: values[-1] for name, values in _raw_query(event).items()} if endpoint.raw_body else {},
        prefetched=prefetched,
        admit=admission.enforce,
        repairs=repairs,
    )
    if not all(ids.is_id(value) for name, value in path.items() if _is_id(name)):
        raise NotFound
    # Counting takes no time of its own: the handler reads meanwhile, and waits for the counts before its first write.
    with before_writes(admission.enforce):
        return run_once(endpoint, principal, info, path, _raw_body(event), lambda: endpoint.handler(request))


def _body(endpoint: Endpoint, read: Callable[[], dict[str, Any]]) -> Any:
    if endpoint.method == "GET" or endpoint.raw_body:
        return None
    return validate(endpoint.body or NoBody, read())


def _read_body(endpoint: Endpoint, event: dict[str, Any], repairs: list[Repair]) -> dict[str, Any]:
    if endpoint.lenient_json:
        return read_json_leniently(_raw_body(event), endpoint.max_bytes, repairs)
    return read_json(_raw_body(event), endpoint.max_bytes)


def _path(event: dict[str, Any]) -> dict[str, str]:
    values = {name: unquote(value) for name, value in (event.get("pathParameters") or {}).items()}
    return {name: value.lower() if _is_id(name) else value for name, value in values.items()}


def _is_id(name: str) -> bool:
    return name.lower().endswith("id")


def _cached(read: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    kept: list[dict[str, Any]] = []

    def reading() -> dict[str, Any]:
        if not kept:
            kept.append(read())
        return kept[0]

    return reading


def _raw_body(event: dict[str, Any]) -> bytes:
    body = event.get("body") or ""
    return b64decode(body) if event.get("isBase64Encoded") else body.encode()


def _raw_query(event: dict[str, Any]) -> dict[str, list[str]]:
    return event.get("multiValueQueryStringParameters") or {}


def _query(endpoint: Endpoint, raw: dict[str, list[str]]) -> Any:
    assert endpoint.query is not None
    try:
        # An empty filter (`?status=`) counts as absent. An empty page or limit is invalid.
        sent = {name: values[-1] for name, values in raw.items() if values[-1] != "" or name in ("page", "limit")}
        return endpoint.query.model_validate(sent)
    except ValidationError as error:
        raise Invalid(details_of(error)) from None


def _query_or_none(endpoint: Endpoint, raw: dict[str, list[str]]) -> Any:
    try:
        return _query(endpoint, raw)
    except Invalid:
        return None


def _error_response(endpoint: Endpoint, problem: ApiError, info: RequestInfo, event: dict[str, Any]) -> Response:
    if endpoint.problem_page is not None:
        try:
            query = {name: values[-1] for name, values in _raw_query(event).items()}
            page = endpoint.problem_page(problem, info, query)
            return replace(page, status=problem.status, headers={**page.headers, **_retry_after(problem)})
        except Exception as failure:
            log.error("problem_page_failed", failure, route=endpoint.path)
    code = problem.code.upper() if endpoint.upper_case_errors else problem.code
    error: dict[str, Any] = {"code": code, "message": problem.message, "request_id": info.request_id}
    if problem.details or isinstance(problem, Invalid):
        error["details"] = problem.details
    shape: dict[str, Any] = {"error": error}
    if endpoint.upper_case_errors:
        shape |= {"code": code, "message": problem.message}
    return Response(codec.dumps(shape), problem.status, _retry_after(problem))


def _retry_after(problem: ApiError) -> dict[str, str]:
    if isinstance(problem, TooManyRequests):
        return {"Retry-After": str(problem.retry_after)}
    return {"Retry-After": "1"} if isinstance(problem, Unavailable) else {}


def _headers(
    endpoint: Endpoint, response: Response, info: RequestInfo, caller: list[Principal], status: int
) -> dict[str, str]:
    config = config_of(caller[0]) if caller and endpoint.auth is not Auth.PUBLIC else None
    allowed = config.allowed_origins if config is not None else None
    if status >= 400 and allowed and info.origin is not None and not cors.is_allowed(info.origin, allowed):
        # Errors contain no data. Without CORS headers, a browser would hide even `origin_not_allowed` from its page.
        allowed = None
    return {
        **SECURITY_HEADERS,
        "Content-Type": response.content_type,
        "X-Request-Id": info.request_id,
        **cors.headers(info.origin, allowed),
        **response.headers,
    }


def _log(
    endpoint: Endpoint, info: RequestInfo, caller: list[Principal], status: int, code: str | None, started: float
) -> None:
    principal = caller[0] if caller else Anonymous()
    log.info(
        "request",
        method=endpoint.method,
        route=info.route,
        status=status,
        code=code,
        milliseconds=round((time.perf_counter() - started) * 1000, 1),
        caller=type(principal).__name__,
        organization_id=None if isinstance(principal, Anonymous | ServiceKey) else principal.organization_id,
        end_user_id=principal.end_user_id if isinstance(principal, EmbedSession) else None,
        key_id=principal.key_id if isinstance(principal, ApiKey | ServiceKey) else None,
    )
