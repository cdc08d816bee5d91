"""The parts of the OpenAPI document that all endpoints share: texts, security schemes, headers and common schemas."""

from typing import Any

from chalicelib.api.error_codes import CODES
from chalicelib.http.endpoint import Auth

DESCRIPTION = """\
Connect shops, read orders and shipments, request changes, receive alerts and webhooks, and track shipments.

**Authentication.** Send `Authorization: Bearer …` with an organization's API key (`oh_…`, for servers only), an end
user's embed session (`est_…`, for browsers), a bridge service's key (`svc_…`) or a customer's session (`cst_…`). The
storefront identifies the shop by its publishable key in `X-Api-Key`. A credential of the wrong type is a 401. An
operation's `x-scope` is the scope it requires (`:write` includes `:read`), and `x-features` lists features of which
one must be enabled in the config.

**Bodies** are JSON objects in UTF-8, at most 256 KB (1 MB on the Sync API) and 32 levels deep. Fields are accepted
under the documented name and in the other casing (camelCase or snake_case). Unknown fields are refused; unknown query
parameters are ignored.

**Lists** take `page` and `limit`, or `cursor` with the previous page's `nextCursor`. A `limit` above the maximum is
reduced to it. If a filter matches little of a very long list, a page can be short or empty although `hasMore` is true;
continue with `nextCursor`.

**Errors** have one shape. Each status lists its codes. `request_id` is also in the header `X-Request-Id`.

**Rate limits.** If an operation is limited, its responses have the headers `RateLimit-Limit`, `RateLimit-Remaining` and
`RateLimit-Reset` (in seconds), and a 429 has `Retry-After`.

**Idempotency.** A POST that creates an object or a secret accepts an `Idempotency-Key`. For 24 hours, the same key with
the same body returns the first response again, with `Idempotent-Replay: true`. A different body is a 422; while the
first request is being processed, a second one is a 409. If the first request took effect but its response was lost,
repeating it is a 409 `idempotency_answer_lost`. Errors are not stored: after one, the key can be used again.

**Values.** Times are UTC with milliseconds. Dates are returned as they were received. Ids are UUIDs. Money is decimal.
"""

SERVERS: list[dict[str, str]] = [{"url": "/", "description": "This deployment"}]
"""Each deployment puts its own address here when it serves the document."""
SECURITY_SCHEMES: dict[str, Any] = {
    "apiKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "An organization's API key, `oh_…`, or the console's, `ops_…`",
    },
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
ERROR_DESCRIPTIONS = {
    400: "The request is malformed or not possible",
    401: "The credential is missing, malformed, unknown, expired or revoked",
    403: "The scope, feature, origin or bridge type is not allowed, or the embed is inactive",
    404: "The object does not exist, or belongs to another owner",
    409: "The request conflicts with the current state",
    410: "The object was revoked or has expired",
    413: "The body is too large",
    422: "The input is not valid; `details` lists the fields",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "The service is busy",
}
PAGINATION: dict[str, Any] = {
    "type": "object",
    "required": ["page", "limit", "total", "totalPages", "hasMore", "nextCursor"],
    "properties": {
        "page": {"type": ["integer", "null"], "description": "null if a cursor was used"},
        "limit": {"type": "integer"},
        "total": {"type": "integer"},
        "totalPages": {"type": "integer"},
        "hasMore": {"type": "boolean"},
        "nextCursor": {"type": ["string", "null"], "description": "Pass it as `cursor` to get the next page"},
        "totalCapped": {"type": "boolean", "description": "Counting stopped at `total`"},
    },
}
SUCCESS: dict[str, Any] = {"type": "object", "required": ["success"], "properties": {"success": {"const": True}}}
_COUNT = {"type": "integer", "minimum": 0}
HEADERS: dict[str, Any] = {
    "X-Request-Id": {"description": "Identifies the request in the logs", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait before retrying", "schema": _COUNT},
    "RateLimit-Limit": {"description": "Requests allowed per window", "schema": _COUNT},
    "RateLimit-Remaining": {"description": "Requests left in the current window", "schema": _COUNT},
    "RateLimit-Reset": {"description": "Seconds until the next window", "schema": _COUNT},
    "Idempotent-Replay": {"description": "`true` on a repeated response", "schema": {"const": "true"}},
}
IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
    "description": "Repeats the first response for the same key and body, for 24 hours",
}


def error_schema(*, repeated: bool) -> dict[str, Any]:
    """The error shape. The storefront repeats `code` and `message` at the top level."""
    codes = [code.upper() if repeated else code for code in CODES]
    code = {"type": "string", "enum": codes, "description": "Stable. Programs branch on it"}
    error = {
        "type": "object",
        "required": ["code", "message", "request_id"],
        "properties": {
            "code": code,
            "message": {"type": "string", "description": "For people. May change at any time"},
            "request_id": {"type": "string"},
            "details": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["field", "message"],
                    "properties": {
                        "field": {"type": "string"},
                        "message": {"type": "string"},
                        "code": {"type": "string", "description": "Stable, where there is one: what is wrong"},
                        "values": {"type": "object", "description": "Of the code: `limit`, `expected`, …"},
                    },
                },
            },
        },
    }
    properties: dict[str, Any] = {"error": error}
    if repeated:
        properties |= {"code": code, "message": {"type": "string"}}
    return {"type": "object", "required": list(properties), "properties": properties}
