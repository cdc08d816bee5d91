from typing import Final

from chalicelib.events.types import SUBSCRIBABLE
from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.organizations.principals import EmbedSession
from chalicelib.webhooks import service
from chalicelib.webhooks.schemas import (
    AttemptRead,
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


@routes.endpoint(
    "GET",
    "/webhooks/event-types",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="List the event types that webhooks can subscribe to",
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
    response=WebhookRead,
    envelope="list",
)
def list_webhooks(request: Request[EmbedSession]) -> Response:
    return responses.data(service.list_all(request.principal.organization_id, request.principal.end_user_id))


@routes.endpoint(
    "POST",
    "/webhooks",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Create a webhook",
    body=WebhookCreate,
    response=WebhookCreated | WebhookCreatedWithSecret,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_webhook(request: Request[EmbedSession, WebhookCreate]) -> Response:
    return responses.data(
        service.create(request.principal.organization_id, request.principal.end_user_id, request.body, request.actor)
    )


@routes.endpoint(
    "PATCH",
    "/webhooks/{id}",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Update a webhook; activating it resets its failure count",
    body=WebhookUpdate,
    response=WebhookRead,
    errors=(409,),
)
def update_webhook(request: Request[EmbedSession, WebhookUpdate]) -> Response:
    principal = request.principal
    return responses.data(
        service.update(principal.organization_id, principal.end_user_id, request.id, request.body, request.actor)
    )


@routes.endpoint(
    "DELETE",
    "/webhooks/{id}",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Delete a webhook",
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
    summary="List the last 50 delivery attempts, newest first",
    response=AttemptRead,
    envelope="list",
)
def list_deliveries(request: Request[EmbedSession]) -> Response:
    return responses.data(
        service.list_attempts(request.principal.organization_id, request.principal.end_user_id, request.id)
    )


@routes.endpoint(
    "POST",
    "/webhooks/{id}/rotate-secret",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Replace the signing secret; both are valid for 24 hours",
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
    response=TestResult,
    envelope="bare",
)
def test_webhook(request: Request[EmbedSession]) -> Response:
    principal, request_id = request.principal, request.info.request_id
    return responses.bare(service.send_test(principal.organization_id, principal.end_user_id, request.id, request_id))


@routes.endpoint(
    "POST",
    "/webhooks/{id}/deliveries/{deliveryId}/retry",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Send one delivery again",
    response=Queued,
    status=202,
    errors=(409,),
)
def retry_delivery(request: Request[EmbedSession]) -> Response:
    principal = request.principal
    delivery_id = request.path["deliveryId"]
    return responses.data(service.retry(principal.organization_id, principal.end_user_id, request.id, delivery_id))


@routes.endpoint(
    "POST",
    "/webhooks/{id}/replay",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Send all deliveries again that failed or were skipped since a given time",
    body=Replay,
    response=Queued,
    status=202,
    errors=(409,),
)
def replay_webhook(request: Request[EmbedSession, Replay]) -> Response:
    principal = request.principal
    return responses.data(service.replay(principal.organization_id, principal.end_user_id, request.id, request.body))
