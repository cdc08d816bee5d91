"""What a shopper may do about an order: cancel it while it awaits payment, and later ask for what the organization
allows (`settings.shopperActions`)."""

from dataclasses import replace
from typing import Any

from chalicelib.action_requests import applications, changes, creating
from chalicelib.action_requests.changes import DuplicateRequest, NotAllowed
from chalicelib.kit.errors import Unauthorized
from chalicelib.orders import requestable
from chalicelib.orders import service as orders
from chalicelib.orders.service import StoredOrder
from chalicelib.organizations.action_policies import ActionType, policies_of, shopper_actions_of
from chalicelib.organizations.principals import Actor
from chalicelib.organizations.store import ConfigItem
from chalicelib.table.transaction import Transaction

UNSHIPPED = ("pending", "confirmed", "processing", "on_hold")
CANCELLED_NOTE = "Cancelled by the customer"
TITLES: dict[ActionType, str] = {
    "cancel": "Cancellation by the customer",
    "address_change": "New address from the customer",
}


def cancel_at_once(order: StoredOrder, by: Actor) -> StoredOrder:
    """Cancel the order here, and ask its source to do the same, in one transaction. ConditionFailed if the order or
    the task has changed meanwhile."""
    item = creating.new_item(order, "cancel", title=TITLES["cancel"])
    creating.approve_by_policy(item)
    item.at_once = 1
    also = Transaction()
    applications.start(also, item, by)
    counted = changes.insert_with_order(also, item, by)
    return orders.change_status(order, "cancelled", by, note=CANCELLED_NOTE, also=(also, counted))


def may_request(order: StoredOrder, config: ConfigItem, action_type: ActionType) -> bool:
    """Whether the organization lets the shopper ask for this now."""
    allowed = shopper_actions_of(config)
    is_allowed = {"cancel": allowed.cancel, "address_change": allowed.address_change}[action_type]
    policy = policies_of(config)[action_type]
    return is_allowed and order.status in UNSHIPPED and requestable.is_allowed(order, action_type, policy)


def is_requested(order: StoredOrder, action_type: ActionType) -> bool:
    """Whether the order's newest request of this type, whoever made it, waits for a decision or for the source."""
    for activity in order.timeline():
        about = activity["metadata"]
        # What a shipper did about a request has no status.
        if about.get("action_type") == action_type and "status" in about:
            return about["status"] in ("pending", "approved") and "application" not in about
    return False


def request(
    order: StoredOrder,
    config: ConfigItem,
    action_type: ActionType,
    by: Actor,
    changes_wanted: dict[str, Any] | None = None,
    *,
    waits_for_people: bool = False,
) -> None:
    """Make a request for people, or the policy unless it `waits_for_people`, to decide on. Raises NotAllowed, and
    DuplicateRequest if one of this type is pending already."""
    policy = policies_of(config)[action_type]
    if not may_request(order, config, action_type):
        raise NotAllowed
    if waits_for_people:
        policy = replace(policy, auto_approve=False)
    asked = {"title": TITLES[action_type], "requested_changes": changes_wanted}
    try:
        creating.create(order, action_type, policy, by, **asked)
    except Unauthorized:
        # The order outlived its merchant, so that nobody can carry this out.
        raise NotAllowed from None


def request_cancellation(order: StoredOrder, config: ConfigItem, by: Actor, *, waits_for_people: bool = False) -> None:
    """Like `request`; asking once more changes nothing."""
    if may_request(order, config, "cancel") and is_requested(order, "cancel"):
        return
    try:
        request(order, config, "cancel", by, waits_for_people=waits_for_people)
    except DuplicateRequest:
        return
