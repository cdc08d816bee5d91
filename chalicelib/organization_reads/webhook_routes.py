from functools import partial
from typing import Any, Final

from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, LIST, PARTITION, Spending
from chalicelib.organization_reads import deliveries, webhooks
from chalicelib.organization_reads.deliveries import Deliveries
from chalicelib.organization_reads.deliveries_schemas import (
    DeliveredEvent,
    DeliveriesOfNumberQuery,
    DeliveriesOfOrderQuery,
    OrderRef,
    SubscriberRead,
)
from chalicelib.organization_reads.schemas import (
    DeliveriesQuery,
    EndUserWebhook,
    OfEndUser,
    WebhooksQuery,
)
from chalicelib.organizations.principals import ApiKey
from chalicelib.webhooks import listing, operations
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.schemas import DeliveryRow, Queued, Replay

routes = Routes("Organization reads", API)
managed_endpoint = partial(routes.endpoint, auth=Auth.API_KEY, scope="embed:manage")
EXPLAINED: Final = Spending(12_000, 2)
"""An order and a filtered list of its events, as elsewhere; two items for each of 50 events at each of 26 webhooks; and
ten responses of 1 MB with their attempts."""
IN_TROUBLE: Final = Spending(6000, 2)
"""A filtered list, and what each of 20 webhooks has pending: one response of 1 MB."""
WHAT_IT_IS_ABOUT: Final = (("order", OrderRef), ("webhooks", list[SubscriberRead]))


@managed_endpoint(
    "GET",
    "/orders/{id}/deliveries",
    name="list_order_deliveries",
    summary="List an order's events, newest first, with what became of each at every webhook, and why",
    spends=EXPLAINED,
    query=DeliveriesOfOrderQuery,
    response=DeliveredEvent,
    envelope="page",
    extra=WHAT_IT_IS_ABOUT,
)
def list_order_deliveries(request: Request[ApiKey, None, DeliveriesOfOrderQuery]) -> Response:
    return _respond(deliveries.read(request.principal, request.id, request.query))


@managed_endpoint(
    "GET",
    "/deliveries",
    name="list_deliveries_by_order_number",
    summary="List what became of an order's events, as `GET /orders/{id}/deliveries`, by its number",
    spends=EXPLAINED,
    query=DeliveriesOfNumberQuery,
    response=DeliveredEvent,
    envelope="page",
    extra=WHAT_IT_IS_ABOUT,
    errors=(404,),
)
def list_deliveries_by_order_number(request: Request[ApiKey, None, DeliveriesOfNumberQuery]) -> Response:
    return _respond(deliveries.read_of_number(request.principal, request.query))


@managed_endpoint(
    "GET",
    "/webhooks",
    name="list_end_user_webhooks",
    summary="List an end user's webhooks, or all of the organization's that are failing or disabled",
    spends=IN_TROUBLE,
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


@managed_endpoint(
    "GET",
    "/webhooks/{id}",
    name="get_end_user_webhook",
    summary="Get an end user's webhook, or that of an alert rule by the rule's id",
    spends=PARTITION,
    query=OfEndUser,
    response=EndUserWebhook,
)
def get_webhook(request: Request[ApiKey, None, OfEndUser]) -> Response:
    whose = request.principal.organization_id, request.query.end_user_id
    return responses.data(webhooks.get(*whose, request.id))


@managed_endpoint(
    "GET",
    "/webhooks/{id}/deliveries",
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


@managed_endpoint(
    "POST",
    "/webhooks/{id}/deliveries/{deliveryId}/retry",
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


@managed_endpoint(
    "POST",
    "/webhooks/{id}/replay",
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


def _respond(found: Deliveries) -> Response:
    return responses.page(found.events, found.pagination, order=found.order, webhooks=found.webhooks)


def _destination(request: Request[ApiKey, Any, OfEndUser]) -> Destination:
    return webhooks.destination_of(request.principal, request.query.end_user_id, request.id)
