from chalicelib.config.service import need
from chalicelib.customers import erasure, service
from chalicelib.customers.schemas import CustomerErase, CustomerSessionCreate, CustomerSessionCreated, ErasureQueued
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.principals import ApiKey

routes = Routes("Customers", API)


@routes.endpoint(
    "POST",
    "/storefront/customer-sessions",
    auth=Auth.API_KEY,
    scope="embed:manage",
    active_embed=True,
    summary="Create a customer session for the storefront",
    body=CustomerSessionCreate,
    response=CustomerSessionCreated,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_customer_session(call: Call[ApiKey]) -> Answer:
    return answers.data(service.create_session(need(call.who.config), call.body, call.actor))


@routes.endpoint(
    "POST",
    "/customers/erase",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Erase a customer from the organization's orders and shipments",
    body=CustomerErase,
    response=ErasureQueued,
    status=202,
)
def erase_customer(call: Call[ApiKey]) -> Answer:
    erasure.request(call.who.organization_id, call.body.email, call.actor)
    return answers.data(ErasureQueued(queued=True))
