from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.orders import listing, service
from chalicelib.orders.schemas import OrderDetail, OrderQuery, OrderSummary
from chalicelib.principals import EmbedSession

routes = Routes("Orders")


@routes.endpoint(
    "GET",
    "/orders",
    auth=Auth.SESSION,
    scope="orders:read",
    feature="data_room",
    with_stats=True,
    ahead=listing.look_ahead,
    summary="List orders, newest first",
    query=OrderQuery,
    response=OrderSummary,
    envelope="page",
)
def list_orders(call: Call[EmbedSession]) -> Answer:
    page = listing.page(call.who, call.query, call.ahead)
    return answers.page(page.orders, page.pagination)


@routes.endpoint(
    "GET",
    "/orders/{id}",
    auth=Auth.SESSION,
    scope="orders:read",
    feature="data_room",
    summary="Get an order with its shipments and newest activities",
    response=OrderDetail,
)
def get_order(call: Call[EmbedSession]) -> Answer:
    who = call.who
    order = service.get(who.organization_id, who.end_user_id, call.path["id"], who.hidden_bridges)
    return answers.data(service.shown(order, who.hidden_bridges))
