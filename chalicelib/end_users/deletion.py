"""Removing an end user.

Every session stops working with the very next request, since each reads the end user's item. The bridges are orphaned
in the same transaction, as many as it holds. What remains (further bridges, rules, webhooks, pending requests,
tracking pages) follows from the event `end_user.deleted`, in the background, and survives any crash with it.
"""

from chalicelib.bridges import service as bridges
from chalicelib.end_users.store import find_end_user
from chalicelib.errors import NotFound
from chalicelib.events import service as events
from chalicelib.organizations.store import OrganizationStatsItem
from chalicelib.principals import Actor
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, exists

ORPHANED_AT_ONCE = 20


def delete(organization_id: str, end_user_id: str, by: Actor) -> None:
    item = find_end_user(organization_id, end_user_id)
    if item is None:
        raise NotFound
    transaction = Transaction()
    transaction.delete(item.key, exists(), otherwise=NotFound())
    transaction.delete(keys.end_user_by_external_id(organization_id, item.external_id))
    transaction.update(keys.organization_stats(organization_id), [OrganizationStatsItem.end_users.add(-1)])
    for bridge in bridges.list_of_end_user(organization_id, end_user_id)[:ORPHANED_AT_ONCE]:
        bridges.orphan(transaction, bridge)
    events.record(
        transaction,
        organization_id,
        None,
        "end_user.deleted",
        by=by,
        resource=("end_user", end_user_id),
        metadata={"external_id": item.external_id},
    )
    transaction.commit()
