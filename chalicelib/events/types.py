"""The names of events."""

SUBSCRIBABLE = (
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
)
"""What an end user's webhooks and alert rules may name, in the order of the documentation."""

ORGANIZATION_ONLY = (
    "action_request.created",
    "action_request.cancelled",
    "action_request.approved",
    "action_request.denied",
    "action_request.expired",
    "end_user.created",
    "webhook.disabled",
)
"""What the organization's own webhook receives besides all of those."""

DELIVERED = frozenset(SUBSCRIBABLE + ORGANIZATION_ONLY)
"""Every other event is for the log alone."""

ACCESS_CODE_REQUESTED = "access_code.requested"
CUSTOMER_ERASED = "customer.erased"
"""For the log, and each the beginning of work in the background."""
