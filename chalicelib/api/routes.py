from chalicelib.http import responses
from chalicelib.http.endpoint import NO_PREFIX, Auth, Routes
from chalicelib.http.files import HTML
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import NOTHING
from chalicelib.kit.errors import NotFound
from chalicelib.kit.version import VERSION
from chalicelib.organizations.principals import Anonymous

routes = Routes("Meta", NO_PREFIX)
CACHED = {"Cache-Control": "public, max-age=300"}
CACHED_LONG = {"Cache-Control": "public, max-age=86400"}

# `documents` is imported where it is used, so that other requests do not pay for it.


@routes.endpoint(
    "GET",
    "/health",
    auth=Auth.PUBLIC,
    summary="Check that the API is up, and get its version",
    spends=NOTHING,
    response=dict[str, str],
    envelope="bare",
    head=True,
)
def health(_: Request[Anonymous]) -> Response:
    return responses.bare({"status": "ok", "version": VERSION})


@routes.endpoint(
    "GET",
    "/openapi.json",
    auth=Auth.PUBLIC,
    summary="Get the OpenAPI 3.1 document",
    spends=NOTHING,
    response=dict[str, object],
    envelope="bare",
    head=True,
)
def openapi(request: Request[Anonymous]) -> Response:
    from chalicelib.api.documents import openapi_text

    return Response(openapi_text(request.info.public_url), headers=CACHED)


@routes.endpoint(
    "GET",
    "/docs",
    auth=Auth.PUBLIC,
    summary="Open the interactive API reference",
    spends=NOTHING,
    content_type="text/html",
    head=True,
)
def docs(_: Request[Anonymous]) -> Response:
    from chalicelib.api import documents

    headers = {**CACHED, "Content-Security-Policy": documents.POLICY}
    return Response(documents.PAGE, headers=headers, content_type=HTML)


@routes.endpoint(
    "GET",
    "/docs/{asset}",
    auth=Auth.PUBLIC,
    summary="Get a file of the API reference",
    spends=NOTHING,
    content_type="text/javascript",
    head=True,
    errors=(404,),
)
def docs_asset(request: Request[Anonymous]) -> Response:
    from chalicelib.api import documents

    found = documents.asset(request.path["asset"])
    if found is None:
        raise NotFound
    text, content_type = found
    return Response(text, headers=CACHED_LONG, content_type=content_type)
