from chalicelib.customers import service
from chalicelib.customers.schemas import CustomerSessionCreate, CustomerSessionCreated
from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE
from chalicelib.organizations.configs import require
from chalicelib.organizations.principals import ApiKey

routes = Routes("Customers", API)


@routes.endpoint(
    "POST",
    "/storefront/customer-sessions",
    auth=Auth.API_KEY,
    scope="embed:manage",
    active_embed=True,
    summary="Create a customer session for the storefront",
    spends=CHANGE,
    body=CustomerSessionCreate,
    response=CustomerSessionCreated,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_customer_session(request: Request[ApiKey, CustomerSessionCreate]) -> Response:
    created, customer_id = service.create_session(require(request.principal.config), request.body, request.actor)
    return responses.data(created, customer_id=customer_id)
