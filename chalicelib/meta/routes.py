from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import PLAIN, Auth, Routes
from chalicelib.principals import Anyone

routes = Routes("Meta", PLAIN)


@routes.endpoint("GET", "/health", auth=Auth.PUBLIC, summary="Whether the API answers", envelope="bare")
def health(_: Call[Anyone]) -> Answer:
    return answers.bare({"status": "ok"})
