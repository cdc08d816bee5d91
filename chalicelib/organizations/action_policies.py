"""What an organization lets be requested for an order: `settings.actionPolicies`, by action type, and for shoppers
`settings.shopperActions`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from chalicelib.kit import codec

if TYPE_CHECKING:
    from chalicelib.organizations.store import ConfigItem

ActionType = Literal["cancel", "hold", "release", "expedite", "address_change", "note", "other"]
ACTION_TYPES: Final[tuple[ActionType, ...]] = get_args(ActionType)
STAGES: Final = ("pending", "confirmed", "processing", "partially_shipped", "shipped", "delivered")
"""How far an order is, by its status. `on_hold` counts as the first: nothing moves. Other statuses come after all."""
MAX_WINDOW_MINUTES: Final = 525_600
_SWITCHES = ("enabled", "autoApprove")
_SHOPPER_SWITCHES = ("cancel", "addressChange")


@dataclass(frozen=True, slots=True)
class ActionPolicy:
    enabled: bool = True
    auto_approve: bool = False
    window_minutes: int | None = None
    """Since the order was placed."""
    until_status: str | None = None
    """The last of STAGES at which the action may be requested."""

    def allows_at(self, status: str) -> bool:
        return self.until_status is None or _stage(status) <= STAGES.index(self.until_status)


def _stage(status: str) -> int:
    if status == "on_hold":
        return 0
    return STAGES.index(status) if status in STAGES else len(STAGES)


def policies_of(config: "ConfigItem") -> dict[ActionType, ActionPolicy]:
    stored = config.settings.get("actionPolicies") or {}
    return {action_type: _read(stored.get(action_type) or {}) for action_type in ACTION_TYPES}


def _read(stored: Mapping[str, Any]) -> ActionPolicy:
    window = stored.get("windowMinutes")
    return ActionPolicy(
        enabled=stored.get("enabled", True),
        auto_approve=stored.get("autoApprove", False),
        window_minutes=int(window) if window is not None else None,
        until_status=stored.get("untilStatus"),
    )


def find_problem(value: Mapping[str, Any]) -> str | None:
    """What is wrong with the setting, if anything."""
    for action_type, policy in value.items():
        if action_type not in ACTION_TYPES:
            return f"may have only {', '.join(ACTION_TYPES)}, not {action_type[:50]!r}"
        if not isinstance(policy, dict):
            return f"needs an object in {action_type}"
        for name, given in policy.items():
            if (problem := _problem(name, given)) is not None:
                return f"{action_type}.{name[:50]} {problem}"
    return None


@dataclass(frozen=True, slots=True)
class ShopperActions:
    """What shoppers may request for an order that is no longer theirs to cancel."""

    cancel: bool = False
    address_change: bool = False


def shopper_actions_of(config: "ConfigItem") -> ShopperActions:
    stored = config.settings.get("shopperActions") or {}
    return ShopperActions(stored.get("cancel", False), stored.get("addressChange", False))


def find_shopper_problem(value: Mapping[str, Any]) -> str | None:
    """What is wrong with `settings.shopperActions`, if anything."""
    for name, given in value.items():
        if name not in _SHOPPER_SWITCHES:
            return f"may have only {' and '.join(_SHOPPER_SWITCHES)}, not {name[:50]!r}"
        if not isinstance(given, bool):
            return f"needs true or false in {name}"
    return None


def _problem(name: str, given: Any) -> str | None:
    if name in _SWITCHES:
        return None if isinstance(given, bool) else "must be true or false"
    if name == "windowMinutes":
        minutes = codec.whole_number(given)
        is_valid = given is None or (type(minutes) is int and 1 <= minutes <= MAX_WINDOW_MINUTES)
        return None if is_valid else f"must be from 1 to {MAX_WINDOW_MINUTES}, or null"
    if name == "untilStatus":
        return None if given is None or given in STAGES else f"must be one of {', '.join(STAGES)}, or null"
    return "is unknown: enabled, autoApprove, windowMinutes and untilStatus are known"
