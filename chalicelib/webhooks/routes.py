from chalicelib.events.types import SUBSCRIBABLE
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.principals import EmbedSession
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
FEATURE = "end_user_webhooks"
READ = "webhooks:read"
WRITE = "webhooks:write"


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
def list_event_types(_: Call[EmbedSession]) -> Answer:
    return answers.data(SUBSCRIBABLE)


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
def list_webhooks(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.list_all(call.who.organization_id, call.who.end_user_id))


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
def create_webhook(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.create(call.who.organization_id, call.who.end_user_id, call.body, call.actor))


@routes.endpoint(
    "PATCH",
    "/webhooks/{id}",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Update a webhook; activating it forgets its failures",
    body=WebhookUpdate,
    response=WebhookRead,
    errors=(409,),
)
def update_webhook(call: Call[EmbedSession]) -> Answer:
    who = call.who
    return answers.data(service.update(who.organization_id, who.end_user_id, call.path["id"], call.body, call.actor))


@routes.endpoint(
    "DELETE",
    "/webhooks/{id}",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Delete a webhook",
    envelope="bare",
)
def delete_webhook(call: Call[EmbedSession]) -> Answer:
    service.delete(call.who.organization_id, call.who.end_user_id, call.path["id"], call.actor)
    return answers.success()


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
def list_deliveries(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.attempts(call.who.organization_id, call.who.end_user_id, call.path["id"]))


@routes.endpoint(
    "POST",
    "/webhooks/{id}/rotate-secret",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Replace the signing secret; for 24 hours both count",
    response=Secret,
    errors=(409,),
    idempotent=True,
)
def rotate_secret(call: Call[EmbedSession]) -> Answer:
    who = call.who
    return answers.data(service.rotate_secret(who.organization_id, who.end_user_id, call.path["id"], call.actor))


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
def test_webhook(call: Call[EmbedSession]) -> Answer:
    who, request_id = call.who, call.request.request_id
    return answers.bare(service.send_test(who.organization_id, who.end_user_id, call.path["id"], request_id))


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
def retry_delivery(call: Call[EmbedSession]) -> Answer:
    who = call.who
    delivery_id = call.path["deliveryId"]
    return answers.data(service.retry(who.organization_id, who.end_user_id, call.path["id"], delivery_id))


@routes.endpoint(
    "POST",
    "/webhooks/{id}/replay",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Send again what failed or was skipped since a time",
    body=Replay,
    response=Queued,
    status=202,
    errors=(409,),
)
def replay_webhook(call: Call[EmbedSession]) -> Answer:
    who = call.who
    return answers.data(service.replay(who.organization_id, who.end_user_id, call.path["id"], call.body))
