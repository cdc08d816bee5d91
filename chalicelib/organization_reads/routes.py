from functools import partial

from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import ITEMS, LIST, PARTITION, RECORD
from chalicelib.organization_reads import overview, service
from chalicelib.organization_reads.schemas import (
    EndUserNotification,
    EndUserOrder,
    EndUserOrderDetail,
    EndUserRule,
    EndUserShipment,
    EndUserShipmentDetail,
    EndUserTrackingPage,
    NotificationsQuery,
    OfEndUser,
    OrdersQuery,
    OverviewRead,
    ShipmentsQuery,
    TrackingPagesQuery,
)
from chalicelib.organizations.principals import ApiKey

routes = Routes("Organization reads", API)
managed_endpoint = partial(routes.endpoint, auth=Auth.API_KEY, scope="embed:manage")


@managed_endpoint(
    "GET",
    "/overview",
    summary="Get the organization's numbers: orders, shipments, requests and bridges by status, and failing webhooks",
    spends=PARTITION,
    response=OverviewRead,
)
def get_overview(request: Request[ApiKey]) -> Response:
    return responses.data(overview.read(request.principal.organization_id))


@managed_endpoint(
    "GET",
    "/orders",
    name="list_end_user_orders",
    summary="List an end user's orders, newest first",
    spends=LIST,
    query=OrdersQuery,
    response=EndUserOrder,
    envelope="page",
    errors=(404,),
)
def list_orders(request: Request[ApiKey, None, OrdersQuery]) -> Response:
    merchant, page = service.list_orders(request.principal.organization_id, request.query)
    return responses.page(service.name_owner(merchant, page.orders), page.pagination)


@managed_endpoint(
    "GET",
    "/orders/{id}",
    name="get_end_user_order",
    summary="Get an order of any end user with its shipments and newest activities",
    spends=RECORD,
    response=EndUserOrderDetail,
)
def get_order(request: Request[ApiKey]) -> Response:
    return responses.data(service.get_order(request.principal, request.id))


@managed_endpoint(
    "GET",
    "/shipments",
    name="list_end_user_shipments",
    summary="List an end user's shipments, newest first, or all of the organization's that are in exception",
    spends=LIST,
    query=ShipmentsQuery,
    response=EndUserShipment,
    envelope="page",
    errors=(404,),
)
def list_shipments(request: Request[ApiKey, None, ShipmentsQuery]) -> Response:
    return responses.page(*service.list_shipments(request.principal.organization_id, request.query))


@managed_endpoint(
    "GET",
    "/shipments/{id}",
    name="get_end_user_shipment",
    summary="Get a shipment of any end user with its addresses and checkpoints",
    spends=PARTITION,
    response=EndUserShipmentDetail,
)
def get_shipment(request: Request[ApiKey]) -> Response:
    return responses.data(service.get_shipment(request.principal.organization_id, request.id))


@managed_endpoint(
    "GET",
    "/tracking-pages",
    name="list_end_user_tracking_pages",
    summary="List an end user's tracking pages, paged if `page`, `limit` or `cursor` is given",
    spends=PARTITION,
    query=TrackingPagesQuery,
    response=EndUserTrackingPage,
    envelope="pageable",
    errors=(404,),
)
def list_tracking_pages(request: Request[ApiKey, None, TrackingPagesQuery]) -> Response:
    query = request.query
    merchant, rows, total, following = service.list_tracking_pages(
        request.principal.organization_id, query, request.info.public_url
    )
    shown = service.name_owner(merchant, rows)
    if not query.is_paged:
        return responses.data(shown)
    return responses.page(shown, pagination(query.window, total, following))


@managed_endpoint(
    "GET",
    "/tracking-pages/{id}",
    name="get_end_user_tracking_page",
    summary="Get an end user's tracking page",
    spends=ITEMS,
    query=OfEndUser,
    response=EndUserTrackingPage,
)
def get_tracking_page(request: Request[ApiKey, None, OfEndUser]) -> Response:
    whose, base_url = (request.principal.organization_id, request.query.end_user_id), request.info.public_url
    return responses.data(service.get_tracking_page(*whose, request.id, base_url))


@managed_endpoint(
    "GET",
    "/notifications",
    name="list_end_user_notifications",
    summary="List an end user's notifications, except dismissed ones",
    spends=LIST,
    query=NotificationsQuery,
    response=EndUserNotification,
    envelope="page",
    extra=(("unreadCount", int),),
    errors=(404,),
)
def list_notifications(request: Request[ApiKey, None, NotificationsQuery]) -> Response:
    query = request.query
    merchant, rows, total, unread, following = service.list_notifications(request.principal.organization_id, query)
    paging = pagination(query.window, total, following)
    return responses.page(service.name_owner(merchant, rows), paging, unreadCount=unread)


@managed_endpoint(
    "GET",
    "/notifications/{id}",
    name="get_end_user_notification",
    summary="Get an end user's notification, also a dismissed one",
    spends=ITEMS,
    query=OfEndUser,
    response=EndUserNotification,
)
def get_notification(request: Request[ApiKey, None, OfEndUser]) -> Response:
    whose = request.principal.organization_id, request.query.end_user_id
    return responses.data(service.get_notification(*whose, request.id))


@managed_endpoint(
    "GET",
    "/alert-rules",
    name="list_end_user_rules",
    summary="List an end user's alert rules",
    spends=PARTITION,
    query=OfEndUser,
    response=EndUserRule,
    envelope="list",
    errors=(404,),
)
def list_rules(request: Request[ApiKey, None, OfEndUser]) -> Response:
    return responses.data(service.list_rules(request.principal.organization_id, request.query.end_user_id))
