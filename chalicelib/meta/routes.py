from chalicelib.errors import NotFound
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import PLAIN, Auth, Routes
from chalicelib.principals import Anyone
from chalicelib.version import VERSION

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
def health(_: Call[Anyone]) -> Answer:
    return answers.bare({"status": "ok", "version": VERSION})


@routes.endpoint(
    "GET",
    "/openapi.json",
    auth=Auth.PUBLIC,
    summary="The OpenAPI 3.1 document",
    response=dict[str, object],
    envelope="bare",
)
def openapi(_: Call[Anyone]) -> Answer:
    from chalicelib.meta.documents import openapi_text

    return Answer(openapi_text(), headers=CACHED)


@routes.endpoint(
    "GET", "/docs", auth=Auth.PUBLIC, summary="The API's reference, to read and try", content_type="text/html"
)
def docs(_: Call[Anyone]) -> Answer:
    from chalicelib.meta import documents

    headers = {**CACHED, "Content-Security-Policy": documents.POLICY}
    return Answer(documents.PAGE, headers=headers, content_type="text/html; charset=utf-8")


@routes.endpoint(
    "GET",
    "/docs/{asset}",
    auth=Auth.PUBLIC,
    summary="What the reference page is made of",
    content_type="text/javascript",
    errors=(404,),
)
def docs_asset(call: Call[Anyone]) -> Answer:
    from chalicelib.meta import documents

    found = documents.asset(call.path["asset"])
    if found is None:
        raise NotFound
    text, content_type = found
    return Answer(text, headers=CACHED_LONG, content_type=content_type)
