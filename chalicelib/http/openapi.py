"""The OpenAPI 3.1 document, from the declarations alone."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, TypeAdapter

from chalicelib.http.endpoint import EMBED, Auth, Endpoint
from chalicelib.http.pagination import PageQuery

REF = "#/components/schemas/{model}"
VERSION = "1.0.0"

SECURITY_SCHEMES: dict[str, Any] = {
    "apiKey": {"type": "http", "scheme": "bearer", "description": "An organization's API key, `oh_…`"},
    "embedSession": {"type": "http", "scheme": "bearer", "description": "An end user's session, `est_…`"},
    "serviceKey": {"type": "http", "scheme": "bearer", "description": "A bridge service's key, `svc_…`"},
    "publishableKey": {"type": "apiKey", "in": "header", "name": "X-Api-Key", "description": "`pk_live_…`"},
    "customerSession": {"type": "http", "scheme": "bearer", "description": "A customer's session, `cst_…`"},
}
SECURITY: dict[Auth, list[dict[str, list[str]]]] = {
    Auth.PUBLIC: [],
    Auth.PUBLISHABLE_KEY: [],
    Auth.API_KEY: [{"apiKey": []}],
    Auth.SESSION: [{"embedSession": []}],
    Auth.SERVICE: [{"serviceKey": []}],
    Auth.API_KEY_OR_SERVICE: [{"apiKey": []}, {"serviceKey": []}],
    Auth.SHOP: [{"publishableKey": []}],
    Auth.CUSTOMER: [{"publishableKey": [], "customerSession": []}],
}
ERROR_WORDS = {
    400: "The body is not JSON, or not an object",
    401: "The credential is missing, malformed, unknown, expired or revoked",
    403: "The scope, feature, origin or bridge type is not allowed, or the embed is inactive",
    404: "There is nothing here, or it belongs to somebody else",
    409: "It conflicts with the present state",
    410: "It was revoked, or has expired",
    413: "The body is too large",
    422: "The input is not valid; `details` names the fields",
    429: "Too many requests; see Retry-After",
    500: "Something went wrong on our side",
    503: "Too busy just now; see Retry-After",
}
PAGINATION: dict[str, Any] = {
    "type": "object",
    "required": ["page", "limit", "total", "totalPages", "hasMore", "nextCursor"],
    "properties": {
        "page": {"type": ["integer", "null"], "description": "null where a cursor was used"},
        "limit": {"type": "integer"},
        "total": {"type": "integer"},
        "totalPages": {"type": "integer"},
        "hasMore": {"type": "boolean"},
        "nextCursor": {"type": ["string", "null"], "description": "Give it back as `cursor`, instead of `page`"},
        "totalCapped": {"type": "boolean", "description": "Counting stopped at `total`"},
    },
}
SUCCESS: dict[str, Any] = {"type": "object", "required": ["success"], "properties": {"success": {"const": True}}}


def error_schema(*, repeated: bool) -> dict[str, Any]:
    """The one error shape; on the storefront `code` and `message` stand at the top level too."""
    error = {
        "type": "object",
        "required": ["code", "message", "request_id"],
        "properties": {
            "code": {"type": "string"},
            "message": {"type": "string"},
            "request_id": {"type": "string"},
            "details": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["field", "message"],
                    "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
                },
            },
        },
    }
    properties: dict[str, Any] = {"error": error}
    if repeated:
        properties |= {"code": {"type": "string"}, "message": {"type": "string"}}
    return {"type": "object", "required": list(properties), "properties": properties}


def document(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    schemas: dict[str, Any] = {
        "Error": error_schema(repeated=False),
        "StorefrontError": error_schema(repeated=True),
        "Pagination": PAGINATION,
        "Success": SUCCESS,
    }
    paths: dict[str, dict[str, Any]] = {}
    tags: dict[str, None] = {}
    for endpoint in endpoints:
        tags[endpoint.tag] = None
        for number, path in enumerate(endpoint.paths):
            operation = _operation(endpoint, schemas, alias=number > 0)
            paths.setdefault(path, {})[endpoint.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Orderly Embed",
            "version": VERSION,
            "description": "Connect shops, see orders and shipments, ask for changes, be warned, and track parcels.",
        },
        "tags": [{"name": tag} for tag in tags],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": SECURITY_SCHEMES},
    }


def _operation(endpoint: Endpoint, schemas: dict[str, Any], *, alias: bool) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name + ("_alias" if alias else ""),
        "summary": endpoint.summary,
        "tags": [endpoint.tag],
        "security": SECURITY[endpoint.auth],
        "responses": _responses(endpoint, schemas),
    }
    if alias:
        operation["description"] = f"The same as `{EMBED[0]}{endpoint.path}`."
    if endpoint.scope:
        operation["x-scope"] = endpoint.scope
    if endpoint.features:
        operation["x-features"] = list(endpoint.features)
    if parameters := _parameters(endpoint, schemas):
        operation["parameters"] = parameters
    if endpoint.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _schema(endpoint.body, schemas, "validation")}},
        }
    return operation


def _parameters(endpoint: Endpoint, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in endpoint.path.split("/") if part.startswith("{")]
    parameters: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"} if name == "id" else {"type": "string"},
        }
        for name in names
    ]
    parameters += [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": words}
        for name, words in endpoint.headers
    ]
    if endpoint.query is not None:
        parameters += _query_parameters(endpoint.query, schemas)
    if endpoint.idempotent:
        parameters.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "minLength": 1, "maxLength": 255},
                "description": "The same key with the same body gives the first answer again, for 24 hours",
            }
        )
    return parameters


def _query_parameters(query: type[BaseModel], schemas: dict[str, Any]) -> list[dict[str, Any]]:
    schema = TypeAdapter(query).json_schema(ref_template=REF, by_alias=True)
    schemas.update(schema.pop("$defs", {}))
    parameters = []
    for name, facts in schema["properties"].items():
        given = {key: value for key, value in _without_null(facts).items() if key not in ("title", "default")}
        words = given.pop("description", None)
        if name in ("page", "limit") and issubclass(query, PageQuery):
            given = {"type": "integer", "minimum": 1}
            if name == "limit":
                given |= {"default": query.default_limit}
                words = f"{words} ({query.max_limit})"
        parameter = {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": given}
        parameters.append({**parameter, "description": words} if words else parameter)
    return parameters


def _without_null(facts: dict[str, Any]) -> dict[str, Any]:
    options = [option for option in facts.get("anyOf", ()) if option.get("type") != "null"]
    if len(options) != 1:
        return facts
    return {**{key: value for key, value in facts.items() if key != "anyOf"}, **options[0]}


def _responses(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    error = REF.format(model="StorefrontError" if endpoint.upper_case_errors else "Error")
    answer = {"description": endpoint.summary}
    if endpoint.content_type == "application/json":
        answer["content"] = {"application/json": {"schema": _answer(endpoint, schemas)}}  # type: ignore[assignment]
    else:
        answer["content"] = {endpoint.content_type: {"schema": {"type": "string"}}}  # type: ignore[assignment]
    responses: dict[str, Any] = {str(status): answer for status in (endpoint.status, *endpoint.also)}
    for status in sorted(_error_statuses(endpoint)):
        media = {"application/json": {"schema": {"$ref": error}}}
        if endpoint.content_type != "application/json" and status in endpoint.errors:
            media = {endpoint.content_type: {"schema": {"type": "string"}}}
        responses[str(status)] = {"description": ERROR_WORDS[status], "content": media}
    return responses


def _error_statuses(endpoint: Endpoint) -> set[int]:
    statuses = {429, 500, 503, *endpoint.errors}
    if endpoint.auth is not Auth.PUBLIC:
        statuses |= {401, 403}
    if "{" in endpoint.path:
        statuses.add(404)
    if endpoint.query is not None:
        statuses.add(422)
    if endpoint.body is not None:
        statuses |= {400, 413, 422}
    elif endpoint.method != "GET":
        statuses |= {400, 413}
    return statuses


def _answer(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    if endpoint.response is None:
        return {"$ref": REF.format(model="Success")} if endpoint.envelope == "bare" else {}
    inner = _schema(endpoint.response, schemas, "serialization")
    if endpoint.envelope == "bare":
        return inner
    properties: dict[str, Any] = {
        "data": inner if endpoint.envelope == "data" else {"type": "array", "items": inner},
        **{name: _schema(kind, schemas, "serialization") for name, kind in endpoint.beside},
    }
    if endpoint.envelope == "page":
        properties["pagination"] = {"$ref": REF.format(model="Pagination")}
    return {"type": "object", "required": list(properties), "properties": properties}


def _schema(kind: Any, schemas: dict[str, Any], mode: Any) -> dict[str, Any]:
    """The schema of a type: named models go to the components, once, and are referred to."""
    schema = TypeAdapter(kind).json_schema(mode=mode, ref_template=REF, by_alias=True)
    schemas.update(schema.pop("$defs", {}))
    name = getattr(kind, "__name__", None)
    if schema.get("type") == "object" and isinstance(kind, type) and name:
        schemas[name] = schema
        return {"$ref": REF.format(model=name)}
    return schema
