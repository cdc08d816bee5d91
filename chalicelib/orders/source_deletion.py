"""Orders that their source no longer has. They stay, and say so; a record of theirs that comes again undoes it."""

from collections.abc import Iterator

from chalicelib.kit import clock
from chalicelib.orders.activities import new_activity
from chalicelib.orders.merging import record_event
from chalicelib.orders.source_deleted_store import list_bridge_order_ids, new_entry
from chalicelib.orders.store import OrderItem
from chalicelib.organizations.principals import SYSTEM
from chalicelib.table import keys
from chalicelib.table.reads import find
from chalicelib.table.transaction import Transaction, retry_on_conflict


def ids_since(organization_id: str, end_user_id: str, bridge_id: str, since: str) -> Iterator[tuple[str, str]]:
    """Id and time of the bridge's orders placed since then."""
    return list_bridge_order_ids(organization_id, end_user_id, bridge_id, since)


def external_id_of(organization_id: str, end_user_id: str, order_id: str) -> str | None:
    """None if there is no such order, or it is known to be gone."""
    item = find(OrderItem, keys.order(organization_id, end_user_id, order_id))
    if item is None or item.source_deleted_at is not None:
        return None
    return str(item.summary.members()["external_id"])


def mark(organization_id: str, end_user_id: str, order_id: str) -> bool:
    """Note that the source no longer has the order. False if that is known, or there is no such order."""

    def attempt() -> bool:
        item = find(OrderItem, keys.order(organization_id, end_user_id, order_id))
        if item is None or item.source_deleted_at is not None:
            return False
        version, now = item.version, clock.timestamp()
        item.version, item.source_deleted_at = version + 1, now
        transaction = Transaction()
        transaction.rewrite(item, OrderItem.version == version)
        transaction.put(new_entry(organization_id, end_user_id, item))
        transaction.put(
            new_activity(
                organization_id,
                end_user_id,
                order_id,
                activity_type="sync",
                title="Deleted at the source",
                description="The shop no longer has this order.",
                actor_type="system",
                at=now,
                metadata={"fields": ["source_deleted_at"]},
            )
        )
        record_event(transaction, organization_id, end_user_id, SYSTEM, item, "order.updated")
        transaction.commit()
        return True

    return retry_on_conflict(attempt)
