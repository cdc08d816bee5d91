"""What the OpenAPI document says about all endpoints alike."""

from typing import Any

from chalicelib.http.endpoint import Auth

DESCRIPTION = """\
Connect shops, see orders and shipments, ask for changes, be warned, and track parcels.

**Authentication.** `Authorization: Bearer …` with an organization's API key (`oh_…`, for its server only), an end
user's embed session (`est_…`, for browsers), a bridge service's key (`svc_…`) or a customer's session (`cst_…`). The
storefront names the shop with its publishable key in `X-Api-Key`. A credential of the wrong kind is a 401. `x-scope`
on an operation is the scope it needs (`:write` includes `:read`), `x-features` the feature that must be on in the
config; of several, any one.

**Bodies** are JSON objects in UTF-8, of 256 KB (1 MB on the Sync API) and 32 levels at most. Fields are known by the
name given here and by its other casing. Unknown fields are refused, unknown query parameters are not.

**Lists.** `page` and `limit`, or `cursor` with the `nextCursor` of the page before. `pagination` says what there is.
A `limit` above the maximum gives the maximum. Where a filter leaves little of a very long list, a page may be short or
empty although `hasMore` is true: go on with `nextCursor`.

**Errors** have one shape. Each status lists its codes; `request_id` is also in `X-Request-Id`.

**Rate limits.** Where an operation has one, answers carry `RateLimit-Limit`, `RateLimit-Remaining` and
`RateLimit-Reset` (seconds), and 429 carries `Retry-After`.

**Idempotency.** A POST that creates, or makes a new secret, takes an `Idempotency-Key`: the same key with the same body
gives the first answer again (`Idempotent-Replay: true`) for 24 hours, with another body it is a 422, while the first is
in flight a 409. It is never done twice: where the first was done and its answer lost on our side, that is a 409 too,
`idempotency_answer_lost`. A refusal is not kept: after one the key may be used again.

**Values.** Times are UTC with milliseconds; dates go out as they came in; ids are UUIDs; money is decimal.
"""

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
    400: "The body cannot be read, or the request makes no sense",
    401: "The credential is missing, malformed, unknown, expired or revoked",
    403: "The scope, feature, origin or bridge type is not allowed, or the embed is inactive",
    404: "There is nothing here, or it belongs to somebody else",
    409: "It conflicts with the present state",
    410: "It was revoked, or has expired",
    413: "The body is too large",
    422: "The input is not valid; `details` names the fields",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "Too busy just now",
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
_COUNT = {"type": "integer", "minimum": 0}
HEADERS: dict[str, Any] = {
    "X-Request-Id": {"description": "What the log calls this request", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait", "schema": _COUNT},
    "RateLimit-Limit": {"description": "Requests in a window", "schema": _COUNT},
    "RateLimit-Remaining": {"description": "Requests left in this one", "schema": _COUNT},
    "RateLimit-Reset": {"description": "Seconds until the next window", "schema": _COUNT},
    "Idempotent-Replay": {"description": "`true` on the first answer, again", "schema": {"const": "true"}},
}
IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
    "description": "The same key with the same body gives the first answer again, for 24 hours",
}


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
