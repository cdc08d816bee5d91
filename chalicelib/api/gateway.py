"""Declared endpoints as Chalice routes."""

import os
from collections.abc import Iterable

from chalice.app import Chalice, CORSConfig, Response

from chalicelib.api.handler import respond
from chalicelib.api.routing import Route
from chalicelib.http import cors

# The gateway answers preflights itself, for any origin and without credentials. That is all Chalice is told of CORS:
# at run time it would add its one static origin to the answers, which name theirs.
PREFLIGHT = CORSConfig(
    allow_origin="*",
    allow_headers=list(cors.ALLOWED_HEADERS),
    expose_headers=cors.EXPOSED_HEADERS.split(", "),
    max_age=cors.MAX_AGE_S,
)


def register(app: Chalice, routes: Iterable[Route]) -> None:
    packaging = "AWS_LAMBDA_FUNCTION_NAME" not in os.environ
    for route in routes:
        for path in route.paths:
            _route(app, route, path, PREFLIGHT if packaging else None)


def _route(app: Chalice, route: Route, path: str, preflight: CORSConfig | None) -> None:
    def answer(**_: str) -> Response:
        assert app.current_request is not None
        status, headers, body = respond(route.endpoint(), app.current_request.to_original_event())
        return Response(body=body, status_code=status, headers=dict(headers))

    # Any content type: what is not JSON gets our own error rather than Chalice's.
    app.route(path, name=route.name, methods=[route.method], cors=preflight, content_types=["*/*"])(answer)
