"""A shopper's orders, of all end users of an organization: what bears their e-mail, newest first.

Entries in the customer's own partition lead there. All of them are read for a page, since its total is to be exact;
they are small, and say through which bridge an order came: of the few bridges among them it is asked once whether they
are still there. The orders themselves are read for the page alone.
"""

from collections import Counter

from chalicelib.bridges import holdings
from chalicelib.orders.service import StoredOrder, find, is_in_place
from chalicelib.orders.shape import customer_of
from chalicelib.orders.store import CustomerEntry, OrderItem, entries_of_customer, forget_stale, read_orders
from chalicelib.table import keys
from chalicelib.table.pages import Window
from chalicelib.table.reads import map_concurrently

LOOKS = 5
"""How often a page is filled up where entries lead to no order of the customer's."""


def list_page(organization_id: str, customer_id: str, window: Window) -> tuple[list[StoredOrder], int]:
    """A page, without history, and how many orders there are."""
    entries = _in_place(entries_of_customer(organization_id, customer_id))
    times = Counter(entry.order_id for entry in entries)
    found: list[StoredOrder] = []
    stale: list[CustomerEntry] = []
    left = entries[window.offset :]
    for _ in range(LOOKS):
        part, left = left[: window.limit - len(found)], left[window.limit - len(found) :]
        orders = _read(organization_id, part)
        for entry in part:
            order = orders.get(entry)
            # Where an order has one entry only, its time has changed just now: the customer's it is all the same.
            if order and _leads_to(entry, order.item, organization_id, customer_id, strict=times[entry.order_id] > 1):
                found.append(order)
            else:
                stale.append(entry)
        if not left or len(found) == window.limit:
            break
    # Seen once, they are neither shown nor counted, and from the next time on they are not met again.
    map_concurrently(lambda entry: _forget(organization_id, customer_id, entry), stale)
    return found, len(entries) - len(stale)


def find_newest(organization_id: str, customer_id: str, order_number: str) -> StoredOrder | None:
    """The newest of a customer's orders with this number, with its history."""
    for entry in _in_place(entries_of_customer(organization_id, customer_id, order_number))[:LOOKS]:
        order = find(organization_id, entry.end_user_id, entry.order_id)
        if order is not None and customer_of(organization_id, order.item) == customer_id:
            return order
    return None


def _in_place(entries: list[CustomerEntry]) -> list[CustomerEntry]:
    owners = holdings.owners({entry.bridge_id for entry in entries if entry.bridge_id})
    return [
        entry for entry in entries if not entry.bridge_id or is_in_place(entry.bridge_id, entry.end_user_id, owners)
    ]


def _read(organization_id: str, entries: list[CustomerEntry]) -> dict[CustomerEntry, StoredOrder]:
    wanted = {entry: keys.order(organization_id, entry.end_user_id, entry.order_id) for entry in entries}
    read = read_orders(organization_id, list(wanted.values()))
    return {
        entry: StoredOrder(organization_id, entry.end_user_id, *read[key])
        for entry, key in wanted.items()
        if key in read
    }


def _leads_to(entry: CustomerEntry, item: OrderItem, organization_id: str, customer_id: str, *, strict: bool) -> bool:
    """Whether the order is the customer's; and where `strict`, at the place in the list that the entry has."""
    if strict and item.ordered_at != entry.ordered_at:
        return False
    return customer_of(organization_id, item) == customer_id


def _forget(organization_id: str, customer_id: str, entry: CustomerEntry) -> None:
    def leads(item: OrderItem) -> bool:
        return _leads_to(entry, item, organization_id, customer_id, strict=True)

    forget_stale(organization_id, customer_id, entry, leads)
