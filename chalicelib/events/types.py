"""The name of every event type. The group that a type belongs to decides who receives it."""

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
    "shipment.stalled",
    "shipment.late",
    "shipment.eta_changed",
]
"""Available to end users' webhooks and alert rules, in the order of the documentation."""

OrganizationEvent = Literal[
    "action_request.created",
    "action_request.cancelled",
    "action_request.approved",
    "action_request.denied",
    "action_request.expired",
    "action_request.applied",
    "action_request.failed",
    "customer.data_requested",
    "end_user.created",
    "webhook.disabled",
    "tracking_provider.refused",
]
"""Received by the organization's own webhook, in addition to the subscribable events."""

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
    "bridge.task_queued",
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
    "operator_session.created",
    "operator_session.ended",
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
"""Not delivered to webhooks. Some of them start background work (see `dispatch`)."""

EventType = SubscribableEvent | OrganizationEvent | LoggedEvent

SUBSCRIBABLE: Final[tuple[SubscribableEvent, ...]] = get_args(SubscribableEvent)
ORGANIZATION_ONLY: Final[tuple[OrganizationEvent, ...]] = get_args(OrganizationEvent)
DELIVERED: Final[frozenset[str]] = frozenset(SUBSCRIBABLE + ORGANIZATION_ONLY)

ACCESS_CODE_REQUESTED: Final = "access_code.requested"
ALERT_TRIGGERED: Final = "alert.triggered"
"""Delivered to the rule's own webhook."""
CUSTOMER_ERASED: Final = "customer.erased"
