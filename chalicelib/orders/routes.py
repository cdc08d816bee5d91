from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import LIST, PARTITION, RECORD
from chalicelib.orders import listing, lookup, requestable, service
from chalicelib.orders.schemas import Found, OrderDetail, OrderQuery, OrderRow, SearchQuery
from chalicelib.organizations.principals import ApiKey, EmbedSession

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


@routes.endpoint(
    "GET",
    "/search",
    auth=Auth.API_KEY,
    scope="embed:manage",
    prefixes=API,
    summary="Find orders and shipments of all end users by a whole order number, tracking number or e-mail address",
    spends=PARTITION,
    query=SearchQuery,
    response=Found,
    envelope="list",
    extra=(("more", bool),),
)
def search_organization(request: Request[ApiKey, None, SearchQuery]) -> Response:
    found, more = lookup.find(request.principal.organization_id, request.query.q)
    return responses.data(found, more=more)
