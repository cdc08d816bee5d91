from chalicelib.alerts import notifications, service
from chalicelib.alerts.schemas import (
    DryRun,
    NotificationQuery,
    NotificationRead,
    NotificationUpdate,
    RuleCreate,
    RuleRead,
    RuleUpdate,
    RuleWithSecret,
)
from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.principals import EmbedSession

routes = Routes("Alerts")
FEATURE = "smart_alerts"
READ = "alerts:read"
WRITE = "alerts:write"


@routes.endpoint(
    "GET",
    "/alerts/rules",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="List the end user's alert rules",
    response=RuleRead,
    envelope="list",
)
def list_rules(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.list_all(call.who.organization_id, call.who.end_user_id))


@routes.endpoint(
    "POST",
    "/alerts/rules",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Create an alert rule",
    body=RuleCreate,
    response=RuleRead | RuleWithSecret,
    status=201,
    errors=(409,),
    idempotent=True,
)
def create_rule(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.create(call.who.organization_id, call.who.end_user_id, call.body, call.actor))


@routes.endpoint(
    "PATCH",
    "/alerts/rules/{id}",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Update an alert rule",
    body=RuleUpdate,
    response=RuleRead | RuleWithSecret,
    errors=(409,),
)
def update_rule(call: Call[EmbedSession]) -> Answer:
    who = call.who
    return answers.data(service.update(who.organization_id, who.end_user_id, call.path["id"], call.body, call.actor))


@routes.endpoint(
    "DELETE",
    "/alerts/rules/{id}",
    auth=Auth.SESSION,
    scope=WRITE,
    feature=FEATURE,
    summary="Delete an alert rule; its notifications stay",
    envelope="bare",
)
def delete_rule(call: Call[EmbedSession]) -> Answer:
    service.delete(call.who.organization_id, call.who.end_user_id, call.path["id"], call.actor)
    return answers.success()


@routes.endpoint(
    "POST",
    "/alerts/rules/{id}/test",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="See which recent events a rule holds for; nothing is sent",
    response=DryRun,
)
def test_rule(call: Call[EmbedSession]) -> Answer:
    return answers.data(service.dry_run(call.who.organization_id, call.who.end_user_id, call.path["id"]))


@routes.endpoint(
    "GET",
    "/alerts/notifications",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="List notifications, without the dismissed ones",
    query=NotificationQuery,
    response=NotificationRead,
    envelope="page",
    beside=(("unreadCount", int),),
    with_stats=True,
)
def list_notifications(call: Call[EmbedSession]) -> Answer:
    query: NotificationQuery = call.query
    who = call.who
    shown, total, unread, following = notifications.list_page(
        who.organization_id, who.end_user_id, who.stats, query.window, unread=query.unread == "true"
    )
    return answers.page(shown, pagination(query.window, total, following), unreadCount=unread)


@routes.endpoint(
    "PATCH",
    "/alerts/notifications/{id}",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="Mark a notification as read or dismissed",
    body=NotificationUpdate,
    response=NotificationRead,
    errors=(409,),
)
def update_notification(call: Call[EmbedSession]) -> Answer:
    who = call.who
    return answers.data(notifications.update(who.organization_id, who.end_user_id, call.path["id"], call.body))
