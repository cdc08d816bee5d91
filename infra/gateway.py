"""Responses that API Gateway gives by itself: errors in the API's usual shape, and preflights of unknown paths."""

import json
from typing import Any

from chalicelib.http import cors
from chalicelib.http.responses import SECURITY_HEADERS

# No route has an authorizer and there is no resource policy, so a refusal by the gateway means an unknown path.
UNKNOWN_PATH = ("404", "not_found", "Nothing exists at this path.")

RESPONSES: dict[str, tuple[str | None, str, str]] = {
    "DEFAULT_4XX": (None, "bad_request", "The request could not be understood."),
    "DEFAULT_5XX": (None, "internal_error", "Something went wrong on our side."),
    "MISSING_AUTHENTICATION_TOKEN": UNKNOWN_PATH,
    "RESOURCE_NOT_FOUND": UNKNOWN_PATH,
    "INVALID_SIGNATURE": UNKNOWN_PATH,
    "ACCESS_DENIED": UNKNOWN_PATH,
    "BAD_REQUEST_BODY": ("400", "bad_request", "The request body could not be read."),
    "BAD_REQUEST_PARAMETERS": ("400", "bad_request", "A parameter could not be read."),
    "REQUEST_TOO_LARGE": ("413", "payload_too_large", "The request body is too large."),
    "UNSUPPORTED_MEDIA_TYPE": ("415", "unsupported_media_type", "The request body must be JSON."),
    "THROTTLED": ("429", "rate_limited", "Too many requests. Try again in a moment."),
    "QUOTA_EXCEEDED": ("429", "rate_limited", "Too many requests. Try again later."),
    "API_CONFIGURATION_ERROR": ("500", "internal_error", "Something went wrong on our side."),
    "INTEGRATION_FAILURE": ("502", "bad_gateway", "The service returned an invalid response."),
    "INTEGRATION_TIMEOUT": ("504", "gateway_timeout", "The service did not respond in time."),
}

CORS = {
    "Access-Control-Allow-Origin": "'*'",
    "Access-Control-Allow-Headers": "'*'",
    "Access-Control-Allow-Methods": "'*'",
    "Access-Control-Expose-Headers": "'X-Request-Id,Retry-After'",
    "X-Request-Id": "context.requestId",
}
# API Gateway quotes values with apostrophes, so it cannot send a Content-Security-Policy, which contains them.
SECURITY = {name: f"'{value}'" for name, value in SECURITY_HEADERS.items() if "'" not in value}


def response(status: str | None, code: str, message: str) -> dict[str, Any]:
    body = {"error": {"code": code, "message": message, "request_id": "$context.requestId"}}
    headers = {**CORS, **SECURITY, **({"Retry-After": "'1'"} if status == "429" else {})}
    made = {
        "ResponseParameters": {"Headers": headers},
        "ResponseTemplates": {"application/json": json.dumps(body)},
    }
    return made if status is None else {"StatusCode": status, **made}


def gateway_responses() -> dict[str, Any]:
    return {response_type: response(*content) for response_type, content in RESPONSES.items()}


ANY_PATH = "/{proxy+}"


def preflight() -> dict[str, Any]:
    """The OPTIONS method of every path that is not a route. Without it a browser reports a CORS failure instead of
    the 404. Chalice declares the preflights of the routes themselves."""
    headers = {
        "Access-Control-Allow-Methods": "'GET,POST,PUT,PATCH,DELETE,OPTIONS'",
        "Access-Control-Allow-Origin": "'*'",
        "Access-Control-Allow-Headers": f"'{','.join(cors.ALLOWED_HEADERS)}'",
        "Access-Control-Max-Age": f"'{cors.MAX_AGE_S}'",
    }
    return {
        "options": {
            "consumes": ["application/json"],
            "produces": ["application/json"],
            "parameters": [{"name": "proxy", "in": "path", "required": True, "type": "string"}],
            "responses": {"200": {"description": "OK", "headers": {name: {"type": "string"} for name in headers}}},
            "x-amazon-apigateway-integration": {
                "type": "mock",
                "passthroughBehavior": "when_no_match",
                "requestTemplates": {"application/json": '{"statusCode": 200}'},
                # API Gateway treats some content types as binary, and a mock integration cannot read binary bodies.
                "contentHandling": "CONVERT_TO_TEXT",
                "responses": {
                    "default": {
                        "statusCode": "200",
                        "responseParameters": {
                            f"method.response.header.{name}": text for name, text in headers.items()
                        },
                    }
                },
            },
        }
    }
