"""What may be requested for an order now, by its status and the organization's policies."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from chalicelib.kit import clock
from chalicelib.orders.service import StoredOrder
from chalicelib.organizations.action_policies import ActionPolicy, ActionType, policies_of
from chalicelib.organizations.store import ConfigItem

HELD: Final = "on_hold"
ENDED: Final = ("cancelled", "returned", "refunded")
SINCE: Final = "{since}"
"""Stands for a time that takes reading the order's activities to find."""
NAMES: Final[Mapping[ActionType, str]] = {
    "cancel": "A cancellation",
    "hold": "A hold",
    "release": "A release",
    "expedite": "Expedited handling",
    "address_change": "A change of the address",
    "note": "A note",
    "other": "Anything else",
}


def list_allowed(order: StoredOrder, config: ConfigItem) -> list[dict[str, Any]]:
    """In the shape of `AllowedAction`."""
    if "action_requests" not in config.enabled_features:
        return []
    return [
        {"action_type": action_type, "until": _window_end(order, policy)}
        for action_type, policy in policies_of(config).items()
        if is_allowed(order, action_type, policy)
    ]


def is_allowed(order: StoredOrder, action_type: ActionType, policy: ActionPolicy) -> bool:
    return _obstacle(order, action_type, policy) is None


def find_obstacle(order: StoredOrder, action_type: ActionType, policy: ActionPolicy) -> str | None:
    """Why the action may not be requested, and since when, in words; None if it may be."""
    obstacle = _obstacle(order, action_type, policy)
    return obstacle.replace(SINCE, _since(order)) if obstacle is not None else None


def _obstacle(order: StoredOrder, action_type: ActionType, policy: ActionPolicy) -> str | None:
    name, status = NAMES[action_type], _words(order.status)
    if not policy.enabled:
        return f"{name} cannot be requested here."
    if order.status in ENDED and action_type not in ("note", "other"):
        return f"The order is {status} since {SINCE}, so nothing of it can be changed."
    if action_type == "release" and order.status != HELD:
        return f"The order is not on hold. It is {status} since {SINCE}."
    if action_type == "hold" and order.status == HELD:
        return f"The order is on hold already, since {SINCE}."
    if not policy.allows_at(order.status):
        last = _words(str(policy.until_status))
        return f"{name} can be requested until an order is {last}. This one is {status} since {SINCE}."
    until = _window_end(order, policy)
    if until is not None and until <= clock.timestamp():
        return f"{name} could be requested until {until}, {policy.window_minutes} minutes after the order."
    return None


def _window_end(order: StoredOrder, policy: ActionPolicy) -> str | None:
    if policy.window_minutes is None:
        return None
    return clock.timestamp(clock.parse(order.ordered_at) + timedelta(minutes=policy.window_minutes))


def _since(order: StoredOrder) -> str:
    """When the order got its status, as far as its newest activities tell; else when it was last changed."""
    for activity in order.timeline():
        if activity["to"] == order.status:
            return str(activity["created_at"])
    return str(order.document["updated_at"])


def _words(status: str) -> str:
    return status.replace("_", " ")
