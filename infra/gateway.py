"""What API Gateway answers by itself: errors in the shape of every other one, and preflights of unknown paths."""

import json
from typing import Any

from chalicelib.http import cors
from chalicelib.http.responses import SECURITY_HEADERS

# No route has an authorizer and no resource policy stands: being refused by the gateway means the path is unknown.
UNKNOWN_PATH = ("404", "not_found", "There is nothing at this path.")

ANSWERS: dict[str, tuple[str | None, str, str]] = {
    "DEFAULT_4XX": (None, "bad_request", "The request could not be understood."),
    "DEFAULT_5XX": (None, "internal_error", "Something went wrong on our side."),
    "MISSING_AUTHENTICATION_TOKEN": UNKNOWN_PATH,
    "RESOURCE_NOT_FOUND": UNKNOWN_PATH,
    "INVALID_SIGNATURE": UNKNOWN_PATH,
    "ACCESS_DENIED": UNKNOWN_PATH,
    "BAD_REQUEST_BODY": ("400", "bad_request", "The body could not be read."),
    "BAD_REQUEST_PARAMETERS": ("400", "bad_request", "A parameter could not be read."),
    "REQUEST_TOO_LARGE": ("413", "payload_too_large", "The body is too large."),
    "UNSUPPORTED_MEDIA_TYPE": ("415", "unsupported_media_type", "Bodies are JSON."),
    "THROTTLED": ("429", "rate_limited", "Too many requests; try again in a moment."),
    "QUOTA_EXCEEDED": ("429", "rate_limited", "Too many requests; try again later."),
    "API_CONFIGURATION_ERROR": ("500", "internal_error", "Something went wrong on our side."),
    "INTEGRATION_FAILURE": ("502", "bad_gateway", "The service did not answer properly."),
    "INTEGRATION_TIMEOUT": ("504", "gateway_timeout", "The service did not answer in time."),
}

CORS = {
    "Access-Control-Allow-Origin": "'*'",
    "Access-Control-Allow-Headers": "'*'",
    "Access-Control-Allow-Methods": "'*'",
    "Access-Control-Expose-Headers": "'X-Request-Id,Retry-After'",
    "X-Request-Id": "context.requestId",
}
# The gateway quotes values with the marks that a content policy is made of, so it cannot say one.
SECURITY = {name: f"'{value}'" for name, value in SECURITY_HEADERS.items() if "'" not in value}


def response(status: str | None, code: str, message: str) -> dict[str, Any]:
    body = {"error": {"code": code, "message": message, "request_id": "$context.requestId"}}
    headers = {**CORS, **SECURITY, **({"Retry-After": "'1'"} if status == "429" else {})}
    answer = {
        "ResponseParameters": {"Headers": headers},
        "ResponseTemplates": {"application/json": json.dumps(body)},
    }
    return answer if status is None else {"StatusCode": status, **answer}


def gateway_responses() -> dict[str, Any]:
    return {kind: response(*answer) for kind, answer in ANSWERS.items()}


ANY_PATH = "/{proxy+}"


def preflight() -> dict[str, Any]:
    """Of every path that is no route: without it a browser would never see that 404, only that it may not ask.

    Other methods of it do not exist, so the gateway answers them as it does now. Chalice makes those of the routes.
    """
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
                # API Gateway converts what it takes for binary, by content type, and a mock cannot read that.
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
