from typing import Any, Final

from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, LIST, PARTITION, RECORD, Spending
from chalicelib.organization_reads import overview, service, webhooks
from chalicelib.organization_reads.schemas import (
    DeliveriesQuery,
    EndUserNotification,
    EndUserOrder,
    EndUserOrderDetail,
    EndUserRule,
    EndUserShipment,
    EndUserShipmentDetail,
    EndUserTrackingPage,
    EndUserWebhook,
    NotificationsQuery,
    OfEndUser,
    OrdersQuery,
    OverviewRead,
    ShipmentsQuery,
    TrackingPagesQuery,
    WebhooksQuery,
)
from chalicelib.organizations.principals import ApiKey
from chalicelib.webhooks import listing, operations
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.schemas import DeliveryRow, Queued, Replay

routes = Routes("Organization reads", API)
MANAGE: Final = "embed:manage"


@routes.endpoint(
    "GET",
    "/overview",
    auth=Auth.API_KEY,
    scope=MANAGE,
    summary="Get the organization's numbers: orders, shipments, requests and bridges by status, and failing webhooks",
    spends=PARTITION,
    response=OverviewRead,
)
def get_overview(request: Request[ApiKey]) -> Response:
    return responses.data(overview.read(request.principal.organization_id))


@routes.endpoint(
    "GET",
    "/orders",
    auth=Auth.API_KEY,
    scope=MANAGE,
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


@routes.endpoint(
    "GET",
    "/orders/{id}",
    auth=Auth.API_KEY,
    scope=MANAGE,
    name="get_end_user_order",
    summary="Get an order of any end user with its shipments and newest activities",
    spends=RECORD,
    response=EndUserOrderDetail,
)
def get_order(request: Request[ApiKey]) -> Response:
    return responses.data(service.get_order(request.principal, request.id))


@routes.endpoint(
    "GET",
    "/shipments",
    auth=Auth.API_KEY,
    scope=MANAGE,
    name="list_end_user_shipments",
    summary="List an end user's shipments, newest first",
    spends=LIST,
    query=ShipmentsQuery,
    response=EndUserShipment,
    envelope="page",
    errors=(404,),
)
def list_shipments(request: Request[ApiKey, None, ShipmentsQuery]) -> Response:
    merchant, page = service.list_shipments(request.principal.organization_id, request.query)
    return responses.page(service.name_owner(merchant, page.shipments), page.pagination)


@routes.endpoint(
    "GET",
    "/shipments/{id}",
    auth=Auth.API_KEY,
    scope=MANAGE,
    name="get_end_user_shipment",
    summary="Get a shipment of any end user with its addresses and checkpoints",
    spends=PARTITION,
    response=EndUserShipmentDetail,
)
def get_shipment(request: Request[ApiKey]) -> Response:
    return responses.data(service.get_shipment(request.principal.organization_id, request.id))


@routes.endpoint(
    "GET",
    "/tracking-pages",
    auth=Auth.API_KEY,
    scope=MANAGE,
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


@routes.endpoint(
    "GET",
    "/notifications",
    auth=Auth.API_KEY,
    scope=MANAGE,
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


@routes.endpoint(
    "GET",
    "/alert-rules",
    auth=Auth.API_KEY,
    scope=MANAGE,
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


@routes.endpoint(
    "GET",
    "/webhooks",
    auth=Auth.API_KEY,
    scope=MANAGE,
    name="list_end_user_webhooks",
    summary="List an end user's webhooks, or all of the organization's that are failing or disabled",
    spends=LIST,
    query=WebhooksQuery,
    response=EndUserWebhook,
    envelope="pageable",
    errors=(404,),
)
def list_webhooks(request: Request[ApiKey, None, WebhooksQuery]) -> Response:
    organization_id, query = request.principal.organization_id, request.query
    if query.state is None:
        return responses.data(webhooks.list_of_end_user(organization_id, str(query.end_user_id)))
    return responses.page(*webhooks.list_in_trouble(organization_id, query.state, query))


@routes.endpoint(
    "GET",
    "/webhooks/{id}/deliveries",
    auth=Auth.API_KEY,
    scope=MANAGE,
    name="list_end_user_deliveries",
    summary="List deliveries to an end user's webhook: the last 50 attempts, or what matches a filter, newest first",
    spends=LIST,
    query=DeliveriesQuery,
    response=DeliveryRow,
    envelope="pageable",
)
def list_deliveries(request: Request[ApiKey, None, DeliveriesQuery]) -> Response:
    destination = webhooks.destination_of(request.principal, request.query.end_user_id, request.id)
    return listing.respond(request.query, operations.list_deliveries(destination, request.query))


@routes.endpoint(
    "POST",
    "/webhooks/{id}/deliveries/{deliveryId}/retry",
    auth=Auth.API_KEY,
    scope=MANAGE,
    name="retry_end_user_delivery",
    summary="Send one delivery to an end user's webhook again",
    spends=CHANGE.sending("one delivery"),
    query=OfEndUser,
    response=Queued,
    status=202,
    errors=(409,),
)
def retry_delivery(request: Request[ApiKey, None, OfEndUser]) -> Response:
    return responses.data(operations.retry(_destination(request), request.path["deliveryId"]))


@routes.endpoint(
    "POST",
    "/webhooks/{id}/replay",
    auth=Auth.API_KEY,
    scope=MANAGE,
    name="replay_end_user_webhook",
    summary="Send deliveries to an end user's webhook again that failed, were skipped or are pending",
    spends=Spending(3000, 20, "the deliveries that failed or were skipped"),
    query=OfEndUser,
    body=Replay,
    response=Queued,
    status=202,
    errors=(409,),
)
def replay_webhook(request: Request[ApiKey, Replay, OfEndUser]) -> Response:
    return responses.data(operations.replay(_destination(request), request.body))


def _destination(request: Request[ApiKey, Any, OfEndUser]) -> Destination:
    return webhooks.destination_of(request.principal, request.query.end_user_id, request.id)
