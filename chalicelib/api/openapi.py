"""Generates the OpenAPI 3.1 document from the endpoints' declarations and from examples.

It is imported only to generate the document.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter

from chalicelib.api import openapi_events
from chalicelib.api.openapi_common import (
    DESCRIPTION,
    ERROR_DESCRIPTIONS,
    HEADERS,
    IDEMPOTENCY_KEY,
    PAGINATION,
    SECURITY,
    SECURITY_SCHEMES,
    SERVERS,
    SUCCESS,
    error_schema,
)
from chalicelib.api.openapi_schemas import REF, Json, add, schema_of, tidied
from chalicelib.http.endpoint import EMBED, Auth, Endpoint
from chalicelib.http.pagination import PageQuery
from chalicelib.kit.version import VERSION
from chalicelib.security.rate_limits import Limit

JSON = "application/json"
Examples = Mapping[str, Mapping[str, Any]]
"""By operation: `path` and `query` (values by name), `request`, `responses` (by name), `codes` (by status)."""


def document(endpoints: Iterable[Endpoint], examples: Examples) -> Json:
    schemas: Json = {
        "Error": error_schema(repeated=False),
        "StorefrontError": error_schema(repeated=True),
        "Pagination": PAGINATION,
        "Success": SUCCESS,
        **openapi_events.SCHEMAS,
    }
    paths: dict[str, Json] = {}
    tags: dict[str, None] = {}
    for endpoint in endpoints:
        tags[endpoint.tag] = None
        for number, path in enumerate(endpoint.paths):
            operation = _operation(endpoint, schemas, examples.get(endpoint.name, {}), alias=number > 0)
            paths.setdefault(path, {})[endpoint.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Orderly Embed", "version": VERSION, "description": DESCRIPTION},
        "servers": SERVERS,
        "tags": [{"name": tag} for tag in (*tags, "Webhook deliveries")],
        "paths": paths,
        "webhooks": openapi_events.webhooks(lambda type_: schema_of(type_, schemas, "serialization")),
        "components": {"schemas": schemas, "securitySchemes": SECURITY_SCHEMES, "headers": HEADERS},
    }


def _operation(endpoint: Endpoint, schemas: Json, example: Mapping[str, Any], *, alias: bool) -> Json:
    operation: Json = {
        "operationId": endpoint.name + ("_alias" if alias else ""),
        "summary": endpoint.summary,
        "tags": [endpoint.tag],
        "security": SECURITY[endpoint.auth],
        "responses": _responses(endpoint, schemas, example),
    }
    if description := _description(endpoint, alias):
        operation["description"] = description
    if endpoint.scope:
        operation["x-scope"] = endpoint.scope
    if endpoint.features:
        operation["x-features"] = list(endpoint.features)
    if endpoint.limits:
        operation["x-limits"] = [_limit(limit) for limit in endpoint.limits]
    if parameters := _parameters(endpoint, schemas, example):
        operation["parameters"] = parameters
    if endpoint.body is not None:
        media = {"schema": schema_of(endpoint.body, schemas)}
        if "request" in example:
            media["examples"] = {"example": {"value": example["request"]}}
        operation["requestBody"] = {"required": True, "content": {JSON: media}}
    return operation


def _description(endpoint: Endpoint, alias: bool) -> str:
    sentences = [f"An alias of `{EMBED[0]}{endpoint.path}`."] if alias else []
    if endpoint.auth is Auth.PUBLISHABLE_KEY:
        sentences.append("The body contains the publishable key.")
    if endpoint.scope:
        sentences.append(f"Requires the scope `{endpoint.scope}`.")
    if endpoint.features:
        sentences.append(f"Requires the feature {' or '.join(f'`{feature}`' for feature in endpoint.features)}.")
    sentences += [
        f"At most {limit.max_requests} requests in {limit.seconds} s per {limit.by.value}." for limit in endpoint.limits
    ]
    return " ".join(sentences)


def _parameters(endpoint: Endpoint, schemas: Json, example: Mapping[str, Any]) -> list[Json]:
    names = [part[1:-1] for part in endpoint.path.split("/") if part.startswith("{")]
    parameters: list[Json] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"} if name.lower().endswith("id") else {"type": "string"},
        }
        for name in names
    ]
    if endpoint.query is not None:
        parameters += _query_parameters(endpoint.query, schemas)
    given = {**example.get("path", {}), **example.get("query", {})}
    for parameter in parameters:
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]
    parameters += [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": words}
        for name, words in endpoint.headers
    ]
    return [*parameters, IDEMPOTENCY_KEY] if endpoint.idempotent else parameters


def _limit(limit: Limit) -> Json:
    return {"requests": limit.max_requests, "seconds": limit.seconds, "by": limit.by.value}


def _query_parameters(query: type[BaseModel], schemas: Json) -> list[Json]:
    schema = TypeAdapter(query).json_schema(ref_template=REF, by_alias=True)
    for name, definition in schema.pop("$defs", {}).items():
        add(schemas, name, tidied(definition, "validation"))
    parameters = []
    for name, facts in schema["properties"].items():
        given = {key: value for key, value in _without_null(facts).items() if key not in ("title", "default")}
        if name == "event_type":
            given = {"$ref": REF.format(model="EventType")}
        words = given.pop("description", None)
        if name in ("page", "limit") and issubclass(query, PageQuery):
            given = {"type": "integer", "minimum": 1}
            if name == "limit":
                given |= {"default": query.default_limit}
                words = f"{words} ({query.max_limit})"
        parameter = {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": given}
        parameters.append({**parameter, "description": words} if words else parameter)
    return parameters


def _without_null(facts: Json) -> Json:
    options = [option for option in facts.get("anyOf", ()) if option.get("type") != "null"]
    if len(options) != 1:
        return facts
    return {**{key: value for key, value in facts.items() if key != "anyOf"}, **options[0]}


def _responses(endpoint: Endpoint, schemas: Json, example: Mapping[str, Any]) -> Json:
    if endpoint.content_type.startswith(JSON):
        media: Json = {"schema": _envelope(endpoint, schemas)}
        if "responses" in example:
            media["examples"] = {name: {"value": value} for name, value in example["responses"].items()}
    else:
        media = {"schema": {"type": "string"}}
    success = {"description": endpoint.summary, "content": {_media_type(endpoint): media}}
    responses: Json = {
        str(status): {**success, "headers": _headers(endpoint, status)} for status in (endpoint.status, *endpoint.also)
    }
    for status in sorted(_error_statuses(endpoint)):
        responses[str(status)] = _error(endpoint, status, example.get("codes", {}).get(str(status), ()))
    return responses


def _error(endpoint: Endpoint, status: int, codes: Iterable[str]) -> Json:
    listed = [*_default_codes(endpoint, status), *codes]
    if endpoint.upper_case_errors:
        listed = [code.upper() for code in listed]
    words = (
        f"{ERROR_DESCRIPTIONS[status]} ({', '.join(f'`{code}`' for code in listed)})"
        if listed
        else ERROR_DESCRIPTIONS[status]
    )
    schema = {"$ref": REF.format(model="StorefrontError" if endpoint.upper_case_errors else "Error")}
    content: Json = {JSON: {"schema": schema}}
    is_page = endpoint.content_type.startswith("text/html")
    if is_page and (endpoint.problem_page is not None or status in endpoint.errors):
        # A page reports errors as a page.
        content = {_media_type(endpoint): {"schema": {"type": "string"}}}
    return {"description": words, "x-codes": listed, "content": content, "headers": _headers(endpoint, status)}


def _default_codes(endpoint: Endpoint, status: int) -> list[str]:
    """The error codes that follow from the declaration."""
    if status != 403:
        usual = {400: "invalid_json", 401: "unauthorized", 404: "not_found", 410: "gone", 413: "payload_too_large"}
        usual |= {422: "validation_failed", 429: "rate_limited", 500: "internal_error", 503: "unavailable"}
        codes = [usual[status]] if status in usual else []
        if status == 401 and endpoint.auth is not Auth.PUBLIC:
            codes.append("wrong_credential")
        if endpoint.idempotent and status in (409, 422):
            in_conflict = ["idempotency_in_flight", "idempotency_answer_lost"]
            codes += in_conflict if status == 409 else ["idempotency_key_reused"]
        return codes
    by_browser = endpoint.auth in (Auth.SESSION, Auth.PUBLISHABLE_KEY, Auth.SHOP, Auth.CUSTOMER)
    refused_while_inactive = (by_browser or endpoint.active_embed) and not endpoint.hidden_while_inactive
    codes = ["embed_disabled"] if refused_while_inactive else []
    codes += ["origin_not_allowed"] if by_browser else []
    codes += ["feature_disabled"] if endpoint.features else []
    codes += ["insufficient_scope"] if endpoint.scope else []
    return codes + (["bridge_type_not_allowed"] if endpoint.precheck else [])


def _headers(endpoint: Endpoint, status: int) -> Json:
    names = ["X-Request-Id"]
    if endpoint.limits:
        names += ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]
    if status in (429, 503):
        names.append("Retry-After")
    if endpoint.idempotent and status == endpoint.status:
        names.append("Idempotent-Replay")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _media_type(endpoint: Endpoint) -> str:
    return endpoint.content_type.partition(";")[0]


def _error_statuses(endpoint: Endpoint) -> set[int]:
    statuses = {429, 500, 503, *endpoint.errors}
    if endpoint.auth is not Auth.PUBLIC:
        statuses |= {401, 403}
    if "{" in endpoint.path:
        statuses.add(404)
    if endpoint.query is not None:
        statuses.add(422)
    if endpoint.method != "GET":
        statuses |= {400, 413, 422}
    if endpoint.idempotent:
        statuses.add(409)
    return statuses


def _envelope(endpoint: Endpoint, schemas: Json) -> Json:
    if endpoint.response is None:
        return {"$ref": REF.format(model="Success")} if endpoint.envelope == "bare" else {}
    inner = schema_of(endpoint.response, schemas, "serialization")
    if endpoint.envelope == "bare":
        return inner
    properties: Json = {
        "data": inner if endpoint.envelope == "data" else {"type": "array", "items": inner},
        **{name: schema_of(kind, schemas, "serialization") for name, kind in endpoint.extra},
    }
    required = list(properties)
    if endpoint.envelope in ("page", "pageable"):
        properties["pagination"] = {"$ref": REF.format(model="Pagination")}
    return {
        "type": "object",
        "required": list(properties) if endpoint.envelope == "page" else required,
        "properties": properties,
    }
