from chalicelib.erasure import service
from chalicelib.erasure.schemas import CustomerErase, ErasureQueued
from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE
from chalicelib.organizations.principals import ApiKey

routes = Routes("Customers", API)


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
