"""Calls the Chalice app with proxy events, as API Gateway does."""

import json
import re
import uuid
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import simplejson

from tests.support import iam


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text, parse_float=Decimal)

    @property
    def data(self) -> Any:
        return self.json["data"]

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])

    @property
    def fields(self) -> list[str]:
        return [detail["field"] for detail in self.json["error"].get("details", [])]


@cache
def _app() -> Any:
    import app

    for entry in (entry for methods in app.app.routes.values() for entry in methods.values()):
        # As in the function: Chalice's CORS setting is only for packaging, where it declares preflights.
        vars(entry)["cors"] = None
    return app.app


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    def rank(path: str) -> tuple[int, str]:
        return path.count("{"), path

    return [(re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path)), path) for path in sorted(_app().routes, key=rank)]


class Client:
    """`client.get("/api/v1/embed/bridges")` sends the headers that the client was created with."""

    def __init__(self, token: str | None = None, ip: str = "203.0.113.1", **headers: str) -> None:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            self.headers["Authorization"] = f"Bearer {token}"
        self.ip = ip

    def get(self, path: str, **headers: str) -> Reply:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Reply:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Reply:
        return self.call("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Reply:
        return self.call("DELETE", path, **headers)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        with iam.acting("api_handler"):
            answer = _app()(self.event(method, path, body, **headers), None)
        return Reply(answer["statusCode"], answer["headers"], answer["body"])

    def event(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        parts = urlsplit(path)
        matches = ((pattern.fullmatch(parts.path), resource) for pattern, resource in _patterns())
        match, resource = next((match, resource) for match, resource in matches if match)
        query: dict[str, list[str]] = {}
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            query.setdefault(name, []).append(value)
        if body is not None and not isinstance(body, str):
            body = simplejson.dumps(body, use_decimal=True)
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return {
            "resource": resource,
            "path": parts.path,
            "httpMethod": method,
            "headers": {"Host": "api.example.com", "X-Forwarded-Proto": "https", **sent},
            "multiValueQueryStringParameters": query or None,
            "pathParameters": match.groupdict() or None,
            "stageVariables": None,
            "body": body,
            "isBase64Encoded": False,
            "requestContext": {
                "resourcePath": resource,
                "httpMethod": method,
                "path": parts.path,
                "requestId": str(uuid.uuid4()),
                "identity": {"sourceIp": self.ip},
                "domainName": "api.example.com",
            },
        }
