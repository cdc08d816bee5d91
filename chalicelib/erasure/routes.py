from chalicelib.erasure import exports, service
from chalicelib.erasure.schemas import CustomerErase, CustomerExport, ErasureQueued
from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, LIST
from chalicelib.organizations.principals import ApiKey, EmbedSession

routes = Routes("Customers", API)
embed_routes = Routes("Customers")


@routes.endpoint(
    "POST",
    "/customers/erase",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Erase a customer from the organization's orders and shipments",
    spends=CHANGE.sending("erasing the customer in the organization"),
    body=CustomerErase,
    response=ErasureQueued,
    status=202,
)
def erase_customer(request: Request[ApiKey, CustomerErase]) -> Response:
    service.request_erasure(request.principal.organization_id, request.body.email, request.actor)
    return responses.data(ErasureQueued(queued=True))


@routes.endpoint(
    "GET",
    "/customer-exports/{id}",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Get the data of a customer who asked for it",
    spends=LIST,
    response=CustomerExport,
)
def get_customer_export(request: Request[ApiKey]) -> Response:
    return responses.data(exports.read_of_organization(request.principal, request.id))


@embed_routes.endpoint(
    "GET",
    "/customer-exports/{id}",
    auth=Auth.SESSION,
    scope="orders:read",
    feature="data_room",
    summary="Get the data of one of the end user's customers who asked for it",
    spends=LIST,
    response=CustomerExport,
)
def get_own_customer_export(request: Request[EmbedSession]) -> Response:
    return responses.data(exports.read_of_end_user(request.principal, request.id))
