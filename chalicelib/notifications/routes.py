from typing import Final

from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.pagination import pagination
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, LIST
from chalicelib.notifications import service
from chalicelib.notifications.schemas import NotificationQuery, NotificationRead, NotificationUpdate
from chalicelib.organizations.principals import EmbedSession

routes = Routes("Alerts")
FEATURE: Final = "smart_alerts"
READ: Final = "alerts:read"


@routes.endpoint(
    "GET",
    "/alerts/notifications",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="List notifications, except dismissed ones",
    spends=LIST,
    query=NotificationQuery,
    response=NotificationRead,
    envelope="page",
    extra=(("unreadCount", int),),
    with_stats=True,
)
def list_notifications(request: Request[EmbedSession, None, NotificationQuery]) -> Response:
    query = request.query
    principal = request.principal
    notifications, total, unread, next_key = service.list_page(
        principal.organization_id, principal.end_user_id, principal.stats, query.window, unread=query.unread == "true"
    )
    return responses.page(notifications, pagination(query.window, total, next_key), unreadCount=unread)


@routes.endpoint(
    "PATCH",
    "/alerts/notifications/{id}",
    auth=Auth.SESSION,
    scope=READ,
    feature=FEATURE,
    summary="Mark a notification as read or dismissed",
    spends=CHANGE,
    body=NotificationUpdate,
    response=NotificationRead,
    errors=(409,),
)
def update_notification(request: Request[EmbedSession, NotificationUpdate]) -> Response:
    principal = request.principal
    return responses.data(service.update(principal.organization_id, principal.end_user_id, request.id, request.body))
