"""The name of every event. A new one is added here first; who hears of it follows from the group it stands in."""

from typing import Final, Literal, get_args

SubscribableEvent = Literal[
    "order.created",
    "order.updated",
    "order.status_changed",
    "shipment.created",
    "shipment.shipped",
    "shipment.delivered",
    "shipment.exception",
    "tracking.updated",
    "bridge.connected",
    "bridge.disconnected",
    "bridge.sync_completed",
]
"""What an end user's webhooks and alert rules may name, in the order of the documentation."""

OrganizationEvent = Literal[
    "action_request.created",
    "action_request.cancelled",
    "action_request.approved",
    "action_request.denied",
    "action_request.expired",
    "end_user.created",
    "webhook.disabled",
]
"""What the organization's own webhook receives besides all of those."""

LoggedEvent = Literal[
    "access_code.requested",
    "alert.triggered",
    "alert_rule.created",
    "alert_rule.deleted",
    "alert_rule.updated",
    "api_key.created",
    "api_key.revoked",
    "bridge.created",
    "bridge.deleted",
    "bridge.reassigned",
    "bridge.tested",
    "bridge.updated",
    "config.created",
    "config.rotated",
    "config.updated",
    "customer.erased",
    "customer.erasure_completed",
    "customer_session.created",
    "end_user.deleted",
    "end_user.updated",
    "session.created",
    "session.revoked",
    "shipment.updated",
    "tracking_page.created",
    "tracking_page.revoked",
    "webhook.created",
    "webhook.deleted",
    "webhook.secret_rotated",
    "webhook.updated",
]
"""For the log alone; some of them begin work in the background (see `dispatch`)."""

EventType = SubscribableEvent | OrganizationEvent | LoggedEvent

SUBSCRIBABLE: Final[tuple[SubscribableEvent, ...]] = get_args(SubscribableEvent)
ORGANIZATION_ONLY: Final[tuple[OrganizationEvent, ...]] = get_args(OrganizationEvent)
DELIVERED: Final[frozenset[str]] = frozenset(SUBSCRIBABLE + ORGANIZATION_ONLY)

ACCESS_CODE_REQUESTED: Final = "access_code.requested"
CUSTOMER_ERASED: Final = "customer.erased"
