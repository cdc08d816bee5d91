"""The organization's list of bridges in error: an item for each, written with the change of its status or end user."""

from chalicelib.bridges.store import IN_ERROR, BridgeItem, in_error, list_bridges
from chalicelib.table.reads import get_many
from chalicelib.table.transaction import Transaction, exists


def follow(transaction: Transaction, item: BridgeItem, old_status: str, *, moved: bool) -> None:
    """Bring the list in line with the bridge as it is by now. `moved`: it has another end user."""
    if item.status != IN_ERROR:
        remove(transaction, item, old_status)
    elif old_status != IN_ERROR or moved:
        transaction.put(in_error(item))


def remove(transaction: Transaction, item: BridgeItem, old_status: str) -> None:
    if old_status == IN_ERROR:
        transaction.delete(in_error(item).key)


def list_again(organization_id: str, end_user_id: str | None) -> int:
    """List bridges that have been in error since before there was the list. Returns their number."""
    items = {in_error(item).key: item for item in list_bridges(organization_id, end_user_id) if item.status == IN_ERROR}
    listed = get_many(items)
    return sum(_list_again(item) for key, item in items.items() if key not in listed)


def _list_again(item: BridgeItem) -> bool:
    transaction = Transaction()
    transaction.check(item.key, exists() & (BridgeItem.version == item.version))
    transaction.put(in_error(item))
    return transaction.commit_if_unchanged()
