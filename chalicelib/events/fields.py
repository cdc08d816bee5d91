"""The top-level fields of each subscribable event's data, which conditions and filters may name.

A test compares them with real events.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from chalicelib.events.types import SubscribableEvent

Problem = tuple[str, str]
Fields = tuple[str, ...]

_ORDER_FIELDS = (
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
_SHIPMENT_FIELDS = (
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
_BRIDGE_FIELDS = ("id", "name", "type", "status", "last_sync_at", "error_message", "created_at", "updated_at")

_FIELDS: Final[dict[SubscribableEvent, Fields]] = {
    "order.created": _ORDER_FIELDS,
    "order.updated": _ORDER_FIELDS,
    "order.status_changed": (*_ORDER_FIELDS, "previous_status"),
    "shipment.created": _SHIPMENT_FIELDS,
    "shipment.shipped": _SHIPMENT_FIELDS,
    "shipment.delivered": _SHIPMENT_FIELDS,
    "shipment.exception": _SHIPMENT_FIELDS,
    "tracking.updated": (*_SHIPMENT_FIELDS, "checkpoints"),
    "bridge.connected": _BRIDGE_FIELDS,
    "bridge.disconnected": _BRIDGE_FIELDS,
    "bridge.sync_completed": _BRIDGE_FIELDS,
    "shipment.stalled": (*_SHIPMENT_FIELDS, "last_checkpoint_at"),
    "shipment.late": _SHIPMENT_FIELDS,
    "shipment.eta_changed": (*_SHIPMENT_FIELDS, "previous_estimated_delivery"),
}
_BY_NAME = {str(name): fields for name, fields in _FIELDS.items()}


def fields_of(event_type: str) -> Fields:
    return _BY_NAME[event_type]


def unknown_fields(condition: Mapping[str, Any], event_types: Sequence[str], where: str = "condition") -> list[Problem]:
    """Problems with the fields of a valid condition that events of none of these types have."""
    known = dict.fromkeys(name for event_type in event_types for name in fields_of(event_type))
    return [
        (place, f"{_list(event_types)} events have no field `{name}`. They have {', '.join(known)}.")
        for place, path in _paths(condition, where)
        if (name := path.partition(".")[0]) not in known
    ]


def _list(event_types: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in event_types)


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
