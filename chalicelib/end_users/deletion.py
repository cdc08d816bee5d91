"""Removing an end user.

Every session stops working with the very next request, since each reads the end user's item. The bridges are orphaned
in the same transaction as far as it holds them, the others in further ones right after it. What remains (rules,
webhooks, pending requests, tracking pages, and whatever a crash left of the bridges) follows from the event
`end_user.deleted`, in the background.
"""

from chalicelib.bridges import service as bridges
from chalicelib.events import service as events
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import counters, end_users
from chalicelib.organizations.principals import Actor
from chalicelib.organizations.store import EndUserItem
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, retry_on_conflict

ORPHANED_AT_ONCE = 30
"""Three writes each, of the hundred that a transaction may have."""


def delete(organization_id: str, end_user_id: str, by: Actor) -> None:
    retry_on_conflict(lambda: _delete(organization_id, end_user_id, by))
    orphan_bridges(organization_id, end_user_id)


def _delete(organization_id: str, end_user_id: str, by: Actor) -> None:
    item = end_users.find(organization_id, end_user_id)
    if item is None:
        raise NotFound
    transaction = Transaction()
    # The count stands for the bridges about to be read: one that is made meanwhile must not be left behind.
    transaction.delete(item.key, EndUserItem.bridge_count == item.bridge_count)
    transaction.delete(keys.end_user_by_external_id(organization_id, item.external_id))
    counters.count_end_users(transaction, organization_id, -1)
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


def orphan_bridges(organization_id: str, end_user_id: str) -> None:
    """Take what bridges are left from an end user who is gone. Safe to repeat."""
    while retry_on_conflict(lambda: _orphan_some(organization_id, end_user_id)):
        pass


def _orphan_some(organization_id: str, end_user_id: str) -> bool:
    left = bridges.list_of_end_user(organization_id, end_user_id)[:ORPHANED_AT_ONCE]
    if left:
        transaction = Transaction()
        for bridge in left:
            bridges.orphan(transaction, bridge)
        transaction.commit()
    return bool(left)
