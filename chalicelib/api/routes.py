from chalicelib.http import responses
from chalicelib.http.endpoint import PLAIN, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.kit.errors import NotFound
from chalicelib.kit.version import VERSION
from chalicelib.organizations.principals import Anyone

routes = Routes("Meta", PLAIN)
CACHED = {"Cache-Control": "public, max-age=300"}
CACHED_LONG = {"Cache-Control": "public, max-age=86400"}

# The documents are imported when one is asked for: no other request pays for making them.


@routes.endpoint(
    "GET",
    "/health",
    auth=Auth.PUBLIC,
    summary="Whether the API answers, and its version",
    response=dict[str, str],
    envelope="bare",
)
def health(_: Request[Anyone]) -> Response:
    return responses.bare({"status": "ok", "version": VERSION})


@routes.endpoint(
    "GET",
    "/openapi.json",
    auth=Auth.PUBLIC,
    summary="The OpenAPI 3.1 document",
    response=dict[str, object],
    envelope="bare",
)
def openapi(_: Request[Anyone]) -> Response:
    from chalicelib.api.documents import openapi_text

    return Response(openapi_text(), headers=CACHED)


@routes.endpoint(
    "GET", "/docs", auth=Auth.PUBLIC, summary="The API's reference, to read and try", content_type="text/html"
)
def docs(_: Request[Anyone]) -> Response:
    from chalicelib.api import documents

    headers = {**CACHED, "Content-Security-Policy": documents.POLICY}
    return Response(documents.PAGE, headers=headers, content_type="text/html; charset=utf-8")


@routes.endpoint(
    "GET",
    "/docs/{asset}",
    auth=Auth.PUBLIC,
    summary="What the reference page is made of",
    content_type="text/javascript",
    errors=(404,),
)
def docs_asset(request: Request[Anyone]) -> Response:
    from chalicelib.api import documents

    found = documents.asset(request.path["asset"])
    if found is None:
        raise NotFound
    text, content_type = found
    return Response(text, headers=CACHED_LONG, content_type=content_type)
