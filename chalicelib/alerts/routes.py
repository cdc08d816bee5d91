from typing import Any, Final

from chalicelib.alerts import service
from chalicelib.alerts.schemas import (
    DryRun,
    DryRunCreate,
    RuleCreate,
    RuleRead,
    RuleUpdate,
    RuleWithSecret,
)
from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, LIST, PARTITION, Spending
from chalicelib.organizations.principals import EmbedSession
from chalicelib.webhooks import listing, operations
from chalicelib.webhooks.attached import rule_destination
from chalicelib.webhooks.destinations import Destination
from chalicelib.webhooks.schemas import DeliveryQuery, DeliveryRow, Queued, Replay

routes = Routes("Alerts")
FEATURE: Final = "smart_alerts"
READ: Final = "alerts:read"
WRITE: Final = "alerts:write"


@routes.endpoint(
    "GET",
    "/alerts/rules",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="List the end user's alert rules",
    spends=PARTITION,
    response=RuleRead,
    envelope="list",
)
def list_rules(request: Request[EmbedSession]) -> Response:
    session = request.principal
    rules = service.list_all(session.organization_id, session.end_user_id)
    return responses.data([rule.shown_to(session) for rule in rules])


@routes.endpoint(
    "POST",
    "/alerts/rules",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Create an alert rule",
    spends=CHANGE,
    body=RuleCreate,
    response=RuleRead | RuleWithSecret,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_rule(request: Request[EmbedSession, RuleCreate]) -> Response:
    session = request.principal
    created = service.create(session.organization_id, session.end_user_id, request.body, request.actor)
    return responses.data(created.shown_to(session))


@routes.endpoint(
    "PATCH",
    "/alerts/rules/{id}",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Update an alert rule",
    spends=CHANGE,
    body=RuleUpdate,
    response=RuleRead | RuleWithSecret,
    errors=(409,),
)
def update_rule(request: Request[EmbedSession, RuleUpdate]) -> Response:
    session = request.principal
    updated = service.update(session.organization_id, session.end_user_id, request.id, request.body, request.actor)
    return responses.data(updated.shown_to(session))


@routes.endpoint(
    "DELETE",
    "/alerts/rules/{id}",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Delete an alert rule; its notifications are kept",
    spends=CHANGE,
    envelope="bare",
)
def delete_rule(request: Request[EmbedSession]) -> Response:
    service.delete(request.principal.organization_id, request.principal.end_user_id, request.id, request.actor)
    return responses.success()


@routes.endpoint(
    "POST",
    "/alerts/rules/{id}/test",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="Dry-run a rule against recent events; nothing is sent",
    spends=Spending(400, 8),
    response=DryRun,
)
def test_rule(request: Request[EmbedSession]) -> Response:
    return responses.data(service.dry_run(request.principal.organization_id, request.principal.end_user_id, request.id))


@routes.endpoint(
    "POST",
    "/alerts/dry-run",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="Try a condition on recent events before there is a rule; nothing is sent",
    spends=Spending(400, 8),
    body=DryRunCreate,
    response=DryRun,
)
def dry_run_condition(request: Request[EmbedSession, DryRunCreate]) -> Response:
    return responses.data(
        service.try_condition(request.principal.organization_id, request.principal.end_user_id, request.body)
    )


@routes.endpoint(
    "GET",
    "/alerts/rules/{id}/deliveries",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="List deliveries to a rule's webhook: the last 50 attempts, or what matches a filter, newest first",
    spends=LIST,
    query=DeliveryQuery,
    response=DeliveryRow,
    envelope="pageable",
)
def list_rule_deliveries(request: Request[EmbedSession, None, DeliveryQuery]) -> Response:
    return listing.respond(request.query, operations.list_deliveries(_webhook(request), request.query))


@routes.endpoint(
    "POST",
    "/alerts/rules/{id}/deliveries/{deliveryId}/retry",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Send one delivery to a rule's webhook again",
    spends=CHANGE.sending("one delivery"),
    response=Queued,
    status=202,
    errors=(409,),
)
def retry_rule_delivery(request: Request[EmbedSession]) -> Response:
    return responses.data(operations.retry(_webhook(request), request.path["deliveryId"]))


@routes.endpoint(
    "POST",
    "/alerts/rules/{id}/replay",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Send deliveries to a rule's webhook again that failed, were skipped or are pending",
    spends=Spending(3000, 20, "the deliveries that failed or were skipped"),
    body=Replay,
    response=Queued,
    status=202,
    errors=(409,),
)
def replay_rule(request: Request[EmbedSession, Replay]) -> Response:
    return responses.data(operations.replay(_webhook(request), request.body))


def _webhook(request: Request[EmbedSession, Any, Any]) -> Destination:
    return rule_destination(request.principal.organization_id, request.principal.end_user_id, request.id)
