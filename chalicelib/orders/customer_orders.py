"""A shopper's orders over all end users of an organization, newest first.

They are found through the entries in the customer's partition. Every page reads all of those entries, because its total
must be exact; they are small. An entry names the order's bridge, so that one read of the few bridges among them shows
which orders no longer belong to their end user. Only the page's orders themselves are read.
"""

from collections import Counter

from chalicelib.bridges import holdings
from chalicelib.orders.service import StoredOrder, find, is_held_by
from chalicelib.orders.shape import customer_id_of
from chalicelib.orders.store import CustomerEntry, OrderItem, delete_stale_entry, list_all_customer_entries, read_orders
from chalicelib.table import keys
from chalicelib.table.pages import Window
from chalicelib.table.reads import map_concurrently

MAX_READS = 5
"""How often a page reads on when entries turned out to be stale."""


def list_page(organization_id: str, customer_id: str, window: Window) -> tuple[list[StoredOrder], int]:
    """A page of orders without their history, and the customer's number of orders."""
    entries = _without_moved(list_all_customer_entries(organization_id, customer_id))
    entry_counts = Counter(entry.order_id for entry in entries)
    page: list[StoredOrder] = []
    stale: list[CustomerEntry] = []
    remaining = entries[window.offset :]
    for _ in range(MAX_READS):
        missing = window.limit - len(page)
        batch, remaining = remaining[:missing], remaining[missing:]
        orders = _read(organization_id, batch)
        for entry in batch:
            order = orders.get(entry)
            # The only entry of an order may carry a time that changed a moment ago; it still counts.
            strict = entry_counts[entry.order_id] > 1
            if order and _is_valid(entry, order.item, organization_id, customer_id, strict=strict):
                page.append(order)
            else:
                stale.append(entry)
        if not remaining or len(page) == window.limit:
            break
    # Stale entries are neither shown nor counted, and are deleted so that later pages don't read them again.
    map_concurrently(lambda entry: _delete_if_stale(organization_id, customer_id, entry), stale)
    return page, len(entries) - len(stale)


def find_newest(organization_id: str, customer_id: str, order_number: str) -> StoredOrder | None:
    """The customer's newest order with this number, with its history."""
    for entry in _without_moved(list_all_customer_entries(organization_id, customer_id, order_number))[:MAX_READS]:
        order = find(organization_id, entry.end_user_id, entry.order_id)
        if order is not None and customer_id_of(organization_id, order.item) == customer_id:
            return order
    return None


def _without_moved(entries: list[CustomerEntry]) -> list[CustomerEntry]:
    """Without orders whose bridge was deleted or given to another end user."""
    owners = holdings.owners({entry.bridge_id for entry in entries if entry.bridge_id})
    return [entry for entry in entries if not entry.bridge_id or is_held_by(entry.bridge_id, entry.end_user_id, owners)]


def _read(organization_id: str, entries: list[CustomerEntry]) -> dict[CustomerEntry, StoredOrder]:
    summary_keys = {entry: keys.order(organization_id, entry.end_user_id, entry.order_id) for entry in entries}
    orders = read_orders(organization_id, list(summary_keys.values()))
    return {
        entry: StoredOrder(organization_id, entry.end_user_id, *orders[key])
        for entry, key in summary_keys.items()
        if key in orders
    }


def _is_valid(entry: CustomerEntry, item: OrderItem, organization_id: str, customer_id: str, *, strict: bool) -> bool:
    """Whether the order names the customer and, if `strict`, has the entry's place in the list."""
    if strict and item.ordered_at != entry.ordered_at:
        return False
    return customer_id_of(organization_id, item) == customer_id


def _delete_if_stale(organization_id: str, customer_id: str, entry: CustomerEntry) -> None:
    def is_valid(item: OrderItem) -> bool:
        return _is_valid(entry, item, organization_id, customer_id, strict=True)

    delete_stale_entry(organization_id, customer_id, entry, is_valid)
