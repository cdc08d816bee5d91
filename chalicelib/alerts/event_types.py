"""The text of the notification of each subscribable event type. A test compares the rows with the event types.

The values in a text come from outside and may be missing, of the wrong type, or absurdly long. The text then says less,
but remains a complete sentence.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from chalicelib.catalog.carriers import display_name
from chalicelib.events.types import SubscribableEvent
from chalicelib.kit import codec
from chalicelib.kit.said import Said
from chalicelib.notifications.schemas import Severity

Described = tuple[Severity, str, str]

_MAX_NAME_LENGTH = 80

_WARNING_ORDER_STATUSES = frozenset({"cancelled", "on_hold", "returned", "refunded"})
_WARNING_SHIPMENT_STATUSES = frozenset({"attempt_failed", "exception", "returned"})


def describe(event_type: str, data: Any, rule_name: str) -> Described:
    """(severity, title, message) for an event. The title of an unknown event type is `rule_name`."""
    if event_type not in _BY_NAME:
        return "info", _clean(rule_name) or "Alert", f"The event {_clean(event_type)} matched this alert."
    known = data if isinstance(data, Mapping) else {}
    severity, title, message = _BY_NAME[event_type](known)
    return severity, title, Said.of(event_type, message, **_values(event_type, known))


def _order_created(data: Mapping[str, Any]) -> Described:
    worth = _money(data)
    return "info", "New order", f"{_order(data)} was placed{f' for {worth}' if worth else ''}."


def _order_updated(data: Mapping[str, Any]) -> Described:
    status = _words(data, "status")
    return "info", "Order updated", f"{_order(data)} was updated{f'; its status is {status}' if status else ''}."


def _order_status_changed(data: Mapping[str, Any]) -> Described:
    severity: Severity = "warning" if _text(data, "status") in _WARNING_ORDER_STATUSES else "info"
    before, after = _words(data, "previous_status"), _words(data, "status")
    change = f" from {before} to {after}" if before and after else f" to {after}" if after else ""
    return severity, "Order status changed", f"{_order(data)} changed{change or ' its status'}."


def _shipment_created(data: Mapping[str, Any]) -> Described:
    return "info", "Shipment created", f"{_shipment(data)} was created{_with_carrier(data)}."


def _shipment_shipped(data: Mapping[str, Any]) -> Described:
    expected = _text(data, "estimated_delivery")
    day = f" and is expected on {expected[:10]}" if expected else ""
    return "info", "Shipment on its way", f"{_shipment(data)} is on its way{_with_carrier(data)}{day}."


def _shipment_delivered(data: Mapping[str, Any]) -> Described:
    carrier = _carrier(data)
    return "info", "Shipment delivered", f"{_shipment(data)} was delivered{f' by {carrier}' if carrier else ''}."


def _shipment_exception(data: Mapping[str, Any]) -> Described:
    message = f"{_shipment(data)} has an exception{_with_carrier(data)}."
    return "critical", "Shipment exception detected", message


def _shipment_stalled(data: Mapping[str, Any]) -> Described:
    since = _text(data, "last_checkpoint_at")
    scan = f" since {since[:10]}" if since else ""
    return "warning", "Shipment standing still", f"{_shipment(data)} has not been scanned{scan}{_with_carrier(data)}."


def _shipment_late(data: Mapping[str, Any]) -> Described:
    expected = _text(data, "estimated_delivery")
    day = f" on {expected[:10]}" if expected else ""
    return "warning", "Shipment late", f"{_shipment(data)} was expected{day} and has not been delivered."


def _shipment_eta_changed(data: Mapping[str, Any]) -> Described:
    before, after = _text(data, "previous_estimated_delivery"), _text(data, "estimated_delivery")
    change = f" on {after[:10]}" if after else " on another day"
    instead = f" instead of {before[:10]}" if before else ""
    return "info", "Expected delivery changed", f"{_shipment(data)} is now expected{change}{instead}."


def _tracking_updated(data: Mapping[str, Any]) -> Described:
    severity: Severity = "warning" if _text(data, "status") in _WARNING_SHIPMENT_STATUSES else "info"
    status = _words(data, "status")
    now = f"; it is now {status}" if status else ""
    return severity, "Tracking updated", f"{_shipment(data)} has new tracking information{_with_carrier(data)}{now}."


def _bridge_connected(data: Mapping[str, Any]) -> Described:
    return "info", "Connection active", f"{_bridge(data)} is connected."


def _bridge_disconnected(data: Mapping[str, Any]) -> Described:
    reason = _text(data, "error_message").rstrip(".")
    return "critical", "Connection lost", f"{_bridge(data)} is no longer connected{f': {reason}' if reason else ''}."


def _bridge_sync_completed(data: Mapping[str, Any]) -> Described:
    return "info", "Sync completed", f"{_bridge(data)} finished syncing."


_EVENTS: Final[dict[SubscribableEvent, Callable[[Mapping[str, Any]], Described]]] = {
    "order.created": _order_created,
    "order.updated": _order_updated,
    "order.status_changed": _order_status_changed,
    "shipment.created": _shipment_created,
    "shipment.shipped": _shipment_shipped,
    "shipment.delivered": _shipment_delivered,
    "shipment.exception": _shipment_exception,
    "tracking.updated": _tracking_updated,
    "bridge.connected": _bridge_connected,
    "bridge.disconnected": _bridge_disconnected,
    "bridge.sync_completed": _bridge_sync_completed,
    "shipment.stalled": _shipment_stalled,
    "shipment.late": _shipment_late,
    "shipment.eta_changed": _shipment_eta_changed,
}
_BY_NAME = {str(name): row for name, row in _EVENTS.items()}


def _values(event_type: str, data: Mapping[str, Any]) -> dict[str, str]:
    """What the messages are made of. Names are those that screens format: days, times, statuses and amounts."""
    is_bridge = event_type.startswith("bridge.")
    of_bridge = {"name": _bridge(data), "reason": _text(data, "error_message").rstrip(".")}
    of_others = {
        "number": _text(data, "order_number") or _text(data, "tracking_number") or _text(data, "external_id"),
        "carrier": _carrier(data),
        "amount": _amount(data),
        "currency": _text(data, "currency"),
        "status": _text(data, "status"),
        "previous_status": _text(data, "previous_status"),
        "day": _text(data, "estimated_delivery")[:10],
        "previous_day": _text(data, "previous_estimated_delivery")[:10],
        "since": _text(data, "last_checkpoint_at"),
    }
    return {name: value for name, value in (of_bridge if is_bridge else of_others).items() if value}


def _order(data: Mapping[str, Any]) -> str:
    number = _text(data, "order_number") or _text(data, "external_id")
    return f"Order {number}" if number else "An order"


def _shipment(data: Mapping[str, Any]) -> str:
    number = _text(data, "tracking_number") or _text(data, "external_id")
    return f"Shipment {number}" if number else "A shipment"


def _bridge(data: Mapping[str, Any]) -> str:
    return _text(data, "name") or _words(data, "type").title() or "A connection"


def _with_carrier(data: Mapping[str, Any]) -> str:
    carrier = _carrier(data)
    return f" with {carrier}" if carrier else ""


def _carrier(data: Mapping[str, Any]) -> str:
    slug = _text(data, "carrier")
    return _clean(display_name(slug, _text(data, "carrier_name")) or slug.replace("_", " ").title())


def _money(data: Mapping[str, Any]) -> str:
    amount = _amount(data)
    return f"{amount} {_text(data, 'currency')}".strip() if amount else ""


def _amount(data: Mapping[str, Any]) -> str:
    totals = data.get("totals")
    amount = totals.get("total") if isinstance(totals, Mapping) else None
    if amount is None or isinstance(amount, bool | Mapping | list):
        return ""
    return _clean(amount if isinstance(amount, str) else codec.dumps(amount))


def _words(data: Mapping[str, Any], field: str) -> str:
    return _text(data, field).replace("_", " ")


def _text(data: Mapping[str, Any], field: str) -> str:
    value = data.get(field)
    return _clean(value) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """One line without control characters, truncated to leave room for the sentence."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 2 * _MAX_NAME_LENGTH]).split())
    return line if len(line) <= _MAX_NAME_LENGTH else line[: _MAX_NAME_LENGTH - 1].rstrip() + "…"
