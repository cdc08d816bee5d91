"""Declared endpoints as Chalice routes."""

import os
from collections.abc import Iterable

from chalice.app import Chalice, CORSConfig, Response

from chalicelib.api.handler import respond
from chalicelib.api.routing import Route
from chalicelib.http import cors

# API Gateway answers preflights itself, for any origin and without credentials. Chalice gets this config only while
# packaging: at run time it would add its static origin to responses, which set their own.
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
    def view(**_: str) -> Response:
        assert app.current_request is not None
        status, headers, body = respond(route.endpoint(), app.current_request.to_original_event())
        return Response(body=body, status_code=status, headers=dict(headers))

    # Any content type, so that a body that is not JSON gets this API's error rather than Chalice's.
    app.route(path, name=route.name, methods=route.methods, cors=preflight, content_types=["*/*"])(view)
