"""The top-level fields of each event type's data, so that a condition on any other field is refused when it is saved.

A test compares this table with real events.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chalicelib.events.types import SubscribableEvent

Problem = tuple[str, str]

_ORDER = (
    "id",
    "external_id",
    "order_number",
    "status",
    "fulfillment_status",
    "payment_status",
    "customer",
    "totals",
    "currency",
    "bridge_id",
    "ordered_at",
    "created_at",
    "updated_at",
)
_SHIPMENT = (
    "id",
    "external_id",
    "tracking_number",
    "carrier",
    "carrier_name",
    "service",
    "status",
    "ship_date",
    "estimated_delivery",
    "actual_delivery",
    "weight",
    "dimensions",
    "order_id",
    "bridge_id",
    "created_at",
    "updated_at",
)
_BRIDGE = ("id", "name", "type", "status", "last_sync_at", "error_message", "created_at", "updated_at")

EVENT_FIELDS: Final[dict[SubscribableEvent, tuple[str, ...]]] = {
    "order.created": _ORDER,
    "order.updated": _ORDER,
    "order.status_changed": (*_ORDER, "previous_status"),
    "shipment.created": _SHIPMENT,
    "shipment.shipped": _SHIPMENT,
    "shipment.delivered": _SHIPMENT,
    "shipment.exception": _SHIPMENT,
    "tracking.updated": (*_SHIPMENT, "checkpoints"),
    "bridge.connected": _BRIDGE,
    "bridge.disconnected": _BRIDGE,
    "bridge.sync_completed": _BRIDGE,
}


def unknown_fields(condition: Mapping[str, Any], event_type: str) -> list[Problem]:
    """Problems with the fields of a valid condition that events of this type never have."""
    known = {str(name): fields for name, fields in EVENT_FIELDS.items()}[event_type]
    return [
        (where, f"`{event_type}` events have no field `{name}`. They have {', '.join(known)}.")
        for where, path in _paths(condition, "condition")
        if (name := path.partition(".")[0]) not in known
    ]


def _paths(condition: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:
    """The path of every comparison, with the place that names it."""
    for group in ("all", "any"):
        if group in condition:
            for position, member in enumerate(condition[group]):
                yield from _paths(member, f"{where}.{group}[{position}]")
            return
    if "field" in condition:
        yield f"{where}.field", condition["field"]
    else:
        yield from ((f"{where}.{path}", path) for path in condition)
