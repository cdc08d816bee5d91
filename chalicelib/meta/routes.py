from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import PLAIN, Auth, Routes
from chalicelib.principals import Anyone

routes = Routes("Meta", PLAIN)
CACHED = {"Cache-Control": "public, max-age=300"}


@routes.endpoint("GET", "/health", auth=Auth.PUBLIC, summary="Whether the API answers", envelope="bare")
def health(_: Call[Anyone]) -> Answer:
    return answers.bare({"status": "ok"})


@routes.endpoint("GET", "/openapi.json", auth=Auth.PUBLIC, summary="The OpenAPI 3.1 document", envelope="bare")
def openapi(_: Call[Anyone]) -> Answer:
    from chalicelib.meta.documents import openapi_text

    return Answer(openapi_text(), headers=CACHED)
