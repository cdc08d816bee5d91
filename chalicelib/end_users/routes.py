from chalicelib.bridges import service as bridges
from chalicelib.end_users import deletion, service
from chalicelib.end_users.schemas import EndUserDetail, EndUserQuery, EndUserRead
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.principals import ApiKey

routes = Routes("End users")


@routes.endpoint(
    "GET",
    "/users",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="List end users with their bridge counts",
    query=EndUserQuery,
    response=EndUserRead,
    envelope="page",
)
def list_end_users(call: Call[ApiKey]) -> Answer:
    query: EndUserQuery = call.query
    users, total, following = service.list_all(call.who.organization_id, query.external_id, query.window)
    return answers.page(users, pagination(query.window, total, following))


@routes.endpoint(
    "GET",
    "/users/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Get an end user with their bridges",
    response=EndUserDetail,
)
def get_end_user(call: Call[ApiKey]) -> Answer:
    of_user = bridges.summaries_of_end_user(call.who.organization_id, call.path["id"])
    return answers.data(service.get(call.who.organization_id, call.path["id"], of_user))


@routes.endpoint(
    "DELETE",
    "/users/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Delete an end user and revoke all their sessions",
    envelope="bare",
)
def delete_end_user(call: Call[ApiKey]) -> Answer:
    deletion.delete(call.who.organization_id, call.path["id"], call.actor)
    return answers.success()
