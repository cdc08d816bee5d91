"""Making a request for an order, whoever asks for it: a merchant in `service`, a customer in `shoppers`."""

from typing import Any

from chalicelib.action_requests import applications, changes
from chalicelib.action_requests.changes import NotAllowed
from chalicelib.action_requests.store import LIFETIME, ActionRequestItem
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import NotFound, Unauthorized
from chalicelib.orders import requestable
from chalicelib.orders import service as orders
from chalicelib.orders.service import StoredOrder
from chalicelib.organizations.action_policies import ActionPolicy, ActionType
from chalicelib.organizations.principals import POLICY, Actor
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, exists, retry_on_conflict


def new_item(order: StoredOrder, action_type: ActionType, **asked: Any) -> ActionRequestItem:
    """A pending request, not yet stored. `asked`: title, description and requested_changes."""
    request_id = ids.new_ordered_id()
    created_at = ids.time_of(request_id)
    return ActionRequestItem.at(
        keys.action_request(order.organization_id, order.end_user_id, request_id),
        id=request_id,
        organization_id=order.organization_id,
        end_user_id=order.end_user_id,
        bridge_id=order.bridge_id,
        order_id=order.id,
        action_type=action_type,
        status="pending",
        created_at=created_at,
        expires_at=clock.timestamp(clock.parse(created_at) + LIFETIME),
        **asked,
    )


def approve_by_policy(item: ActionRequestItem) -> None:
    item.status, item.resolved_by, item.resolved_at = "approved", POLICY.type, item.created_at


def create(
    order: StoredOrder, action_type: ActionType, policy: ActionPolicy, by: Actor, **asked: Any
) -> ActionRequestItem:
    """Store a request, approved at once where the policy says so. Raises NotAllowed, DuplicateRequest, NotFound, and
    Unauthorized if the end user was deleted."""
    if (obstacle := requestable.find_obstacle(order, action_type, policy)) is not None:
        raise NotAllowed(obstacle)
    item = new_item(order, action_type, **asked)

    def insert() -> None:
        transaction = Transaction()
        orders.require(transaction, order.organization_id, order.end_user_id, order.id, NotFound())
        transaction.check(keys.end_user(order.organization_id, order.end_user_id), exists(), error=Unauthorized())
        if policy.auto_approve:
            approve_by_policy(item)
            applications.start(transaction, item, POLICY)
            changes.insert_approved(transaction, item, by)
        else:
            changes.insert(transaction, item, by)
        transaction.commit()

    retry_on_conflict(insert)
    return item
