from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import LIST, RECORD
from chalicelib.orders import listing, requestable, service
from chalicelib.orders.schemas import OrderDetail, OrderQuery, OrderRow
from chalicelib.organizations.principals import EmbedSession

routes = Routes("Orders")


@routes.endpoint(
    "GET",
    "/orders",
    auth=Auth.SESSION,
    scope="orders:read",
    feature="data_room",
    with_stats=True,
    prefetch=listing.prefetch_page,
    summary="List orders, newest first",
    spends=LIST,
    query=OrderQuery,
    response=OrderRow,
    envelope="page",
)
def list_orders(request: Request[EmbedSession, None, OrderQuery]) -> Response:
    page = listing.page(request.principal, request.query, request.prefetched)
    return responses.page(page.orders, page.pagination)


@routes.endpoint(
    "GET",
    "/orders/{id}",
    auth=Auth.SESSION,
    scope="orders:read",
    feature="data_room",
    summary="Get an order with its shipments and newest activities",
    spends=RECORD,
    response=OrderDetail,
)
def get_order(request: Request[EmbedSession]) -> Response:
    principal = request.principal
    order = service.get(principal.organization_id, principal.end_user_id, request.id, principal.hidden_bridges)
    allowed = requestable.list_allowed(order, principal.config)
    return responses.data({**service.to_response(order, principal.hidden_bridges), "allowed_actions": allowed})
