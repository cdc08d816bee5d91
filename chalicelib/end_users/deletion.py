"""Deletes an end user.

Sessions end with the next request, because authentication reads the end user's item. Bridges are orphaned in the same
transaction as far as they fit into it, and in further transactions right after it. The event `end_user.deleted` starts
the rest in the background: rules, webhooks, pending requests, tracking pages, and bridges left over by a crash.
"""

from chalicelib.bridges import service as bridges
from chalicelib.end_users import terms
from chalicelib.events import service as events
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import counters, end_users
from chalicelib.organizations.principals import Actor
from chalicelib.organizations.store import EndUserItem
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, retry_on_conflict

MAX_ORPHANED_PER_TRANSACTION = 15
"""Each takes up to six of the hundred writes that a transaction may have."""


def delete(organization_id: str, end_user_id: str, by: Actor) -> None:
    retry_on_conflict(lambda: _delete(organization_id, end_user_id, by))
    orphan_bridges(organization_id, end_user_id)


def _delete(organization_id: str, end_user_id: str, by: Actor) -> None:
    item = end_users.find(organization_id, end_user_id)
    if item is None:
        raise NotFound
    transaction = Transaction()
    # Fails if a bridge is created after the bridges are read below, so that none keeps a deleted owner, or if a change
    # of the name added entries of which nothing is known here.
    unchanged = (EndUserItem.bridge_count == item.bridge_count) & (EndUserItem.version == item.version)
    transaction.delete(item.key, unchanged)
    transaction.delete(keys.end_user_by_external_id(organization_id, item.external_id))
    terms.change(transaction, item, terms.texts_of(item), None)
    counters.count_end_users(transaction, organization_id, -1)
    for bridge in bridges.list_of_end_user(organization_id, end_user_id)[:MAX_ORPHANED_PER_TRANSACTION]:
        bridges.orphan(transaction, bridge)
    event = events.record(
        transaction,
        organization_id,
        None,
        "end_user.deleted",
        by=by,
        resource=("end_user", end_user_id),
        metadata={"external_id": item.external_id},
    )
    event.traces_kept = 1
    transaction.commit()


def orphan_bridges(organization_id: str, end_user_id: str) -> None:
    """Orphans the remaining bridges of a deleted end user. Safe to repeat."""
    while retry_on_conflict(lambda: _orphan_batch(organization_id, end_user_id)):
        pass


def _orphan_batch(organization_id: str, end_user_id: str) -> bool:
    remaining = bridges.list_of_end_user(organization_id, end_user_id)[:MAX_ORPHANED_PER_TRANSACTION]
    if remaining:
        transaction = Transaction()
        for bridge in remaining:
            bridges.orphan(transaction, bridge)
        transaction.commit()
    return bool(remaining)
