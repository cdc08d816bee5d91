from typing import Any, Final

from chalicelib.events.types import SUBSCRIBABLE
from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, ITEMS, LIST, NOTHING, PARTITION, Spending
from chalicelib.organizations.principals import ApiKey, EmbedSession
from chalicelib.webhooks import listing, operations, service
from chalicelib.webhooks.attached import organization_destination
from chalicelib.webhooks.destinations import Destination, webhook_destination
from chalicelib.webhooks.schemas import (
    DeliveryQuery,
    DeliveryRow,
    Queued,
    Replay,
    Secret,
    TestResult,
    WebhookCreate,
    WebhookCreated,
    WebhookCreatedWithSecret,
    WebhookRead,
    WebhookUpdate,
)

routes = Routes("Webhooks")
FEATURE: Final = "end_user_webhooks"
READ: Final = "webhooks:read"
WRITE: Final = "webhooks:write"
MANAGE: Final = "embed:manage"


@routes.endpoint(
    "GET",
    "/webhooks/event-types",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="List the event types that webhooks can subscribe to",
    spends=NOTHING,
    response=str,
    envelope="list",
)
def list_event_types(_: Request[EmbedSession]) -> Response:
    return responses.data(SUBSCRIBABLE)


@routes.endpoint(
    "GET",
    "/webhooks",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="List the end user's webhooks",
    spends=PARTITION,
    response=WebhookRead,
    envelope="list",
)
def list_webhooks(request: Request[EmbedSession]) -> Response:
    session = request.principal
    webhooks = service.list_all(session.organization_id, session.end_user_id)
    return responses.data([webhook.shown_to(session) for webhook in webhooks])


@routes.endpoint(
    "POST",
    "/webhooks",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Create a webhook",
    spends=CHANGE,
    body=WebhookCreate,
    response=WebhookCreated | WebhookCreatedWithSecret,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_webhook(request: Request[EmbedSession, WebhookCreate]) -> Response:
    session = request.principal
    created = service.create(session.organization_id, session.end_user_id, request.body, request.actor)
    return responses.data(created.shown_to(session))


@routes.endpoint(
    "PATCH",
    "/webhooks/{id}",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Update a webhook; activating it resets its failure count",
    spends=CHANGE,
    body=WebhookUpdate,
    response=WebhookRead,
    errors=(409,),
)
def update_webhook(request: Request[EmbedSession, WebhookUpdate]) -> Response:
    session = request.principal
    updated = service.update(session.organization_id, session.end_user_id, request.id, request.body, request.actor)
    return responses.data(updated.shown_to(session))


@routes.endpoint(
    "DELETE",
    "/webhooks/{id}",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Delete a webhook",
    spends=CHANGE,
    envelope="bare",
)
def delete_webhook(request: Request[EmbedSession]) -> Response:
    service.delete(request.principal.organization_id, request.principal.end_user_id, request.id, request.actor)
    return responses.success()


@routes.endpoint(
    "GET",
    "/webhooks/{id}/deliveries",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="List the last 50 delivery attempts, or the deliveries that match a filter, newest first",
    spends=LIST,
    query=DeliveryQuery,
    response=DeliveryRow,
    envelope="pageable",
)
def list_deliveries(request: Request[EmbedSession, None, DeliveryQuery]) -> Response:
    return listing.respond(request.query, operations.list_deliveries(_destination(request), request.query))


@routes.endpoint(
    "POST",
    "/webhooks/{id}/rotate-secret",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Replace the signing secret; both are valid for 24 hours",
    spends=CHANGE,
    response=Secret,
    errors=(409,),
    idempotent=True,
)
def rotate_secret(request: Request[EmbedSession]) -> Response:
    principal = request.principal
    return responses.data(
        service.rotate_secret(principal.organization_id, principal.end_user_id, request.id, request.actor)
    )


@routes.endpoint(
    "POST",
    "/webhooks/{id}/test",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Send a test event",
    spends=CHANGE.sending("one request to the receiver: 10 s, 8 KB"),
    response=TestResult,
    envelope="bare",
)
def test_webhook(request: Request[EmbedSession]) -> Response:
    return responses.bare(operations.send_test(_destination(request), request.info.request_id))


@routes.endpoint(
    "POST",
    "/webhooks/{id}/deliveries/{deliveryId}/retry",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Send one delivery again",
    spends=CHANGE.sending("one delivery"),
    response=Queued,
    status=202,
    errors=(409,),
)
def retry_delivery(request: Request[EmbedSession]) -> Response:
    return responses.data(operations.retry(_destination(request), request.path["deliveryId"]))


@routes.endpoint(
    "POST",
    "/webhooks/{id}/replay",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Send deliveries again that failed or were skipped since a given time, or are pending",
    spends=Spending(3000, 20, "the deliveries that failed or were skipped"),
    body=Replay,
    response=Queued,
    status=202,
    errors=(409,),
)
def replay_webhook(request: Request[EmbedSession, Replay]) -> Response:
    return responses.data(operations.replay(_destination(request), request.body))


@routes.endpoint(
    "GET",
    "/organization-webhook",
    auth=Auth.API_KEY,
    scope=MANAGE,
    summary="Get the organization's own webhook, which `settings.webhookUrl` defines",
    spends=ITEMS,
    response=WebhookRead,
    errors=(404,),
)
def get_organization_webhook(request: Request[ApiKey]) -> Response:
    return responses.data(operations.read(operations.get(_organization_destination(request))))


@routes.endpoint(
    "POST",
    "/organization-webhook/test",
    auth=Auth.API_KEY,
    scope=MANAGE,
    summary="Send a test event to the organization's own webhook",
    spends=CHANGE.sending("one request to the receiver: 10 s, 8 KB"),
    response=TestResult,
    envelope="bare",
    errors=(404,),
)
def test_organization_webhook(request: Request[ApiKey]) -> Response:
    return responses.bare(operations.send_test(_organization_destination(request), request.info.request_id))


@routes.endpoint(
    "GET",
    "/organization-webhook/deliveries",
    auth=Auth.API_KEY,
    scope=MANAGE,
    summary="List deliveries to the organization's own webhook: the last 50 attempts, or what matches a filter",
    spends=LIST,
    query=DeliveryQuery,
    response=DeliveryRow,
    envelope="pageable",
    errors=(404,),
)
def list_organization_deliveries(request: Request[ApiKey, None, DeliveryQuery]) -> Response:
    page = operations.list_deliveries(_organization_destination(request), request.query)
    return listing.respond(request.query, page)


@routes.endpoint(
    "POST",
    "/organization-webhook/deliveries/{deliveryId}/retry",
    auth=Auth.API_KEY,
    scope=MANAGE,
    summary="Send one delivery to the organization's own webhook again",
    spends=CHANGE.sending("one delivery"),
    response=Queued,
    status=202,
    errors=(409,),
)
def retry_organization_delivery(request: Request[ApiKey]) -> Response:
    return responses.data(operations.retry(_organization_destination(request), request.path["deliveryId"]))


@routes.endpoint(
    "POST",
    "/organization-webhook/replay",
    auth=Auth.API_KEY,
    scope=MANAGE,
    summary="Send deliveries to the organization's own webhook again that failed, were skipped or are pending",
    spends=Spending(3000, 20, "the deliveries that failed or were skipped"),
    body=Replay,
    response=Queued,
    status=202,
    errors=(404, 409),
)
def replay_organization_webhook(request: Request[ApiKey, Replay]) -> Response:
    return responses.data(operations.replay(_organization_destination(request), request.body))


def _destination(request: Request[EmbedSession, Any, Any]) -> Destination:
    return webhook_destination(request.principal.organization_id, request.principal.end_user_id, request.id)


def _organization_destination(request: Request[ApiKey, Any, Any]) -> Destination:
    return organization_destination(request.principal.organization_id)
