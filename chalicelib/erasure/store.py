"""An erasure's work list, and the entries that lead to more of it."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.customers.store import CustomerItem, TracesItem
from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.reads import Prefix, each_page, find, query_all
from chalicelib.table.transaction import exists, update

PAGE_SIZE = 200
MAX_FORMER_ENTRIES = 1000
"""For one order: one entry for each change of its customer's data within 91 days."""


class CustomerExportItem(Item):
    """Which orders a customer's data is read from."""

    id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()
    bridge_id = UnicodeAttribute()
    order_ids = DocumentAttribute()
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()


def find_export(organization_id: str, export_id: str) -> CustomerExportItem | None:
    return find(CustomerExportItem, keys.customer_export(organization_id, export_id))


def find_customer(organization_id: str, customer: str) -> CustomerItem | None:
    return find(CustomerItem, keys.customer(organization_id, customer))


def find_traces(key: Key) -> TracesItem | None:
    return find(TracesItem, key)


def count_erased(organization_id: str, customer: str) -> None:
    update(keys.customer(organization_id, customer), [CustomerItem.orders.add(1)], exists())


def list_pending(organization_id: str, customer: str, limit: int) -> list[TracesItem]:
    """Orders whose traces are being removed."""
    return _list_traces(organization_id, customer, keys.ERASING, limit)


def list_former(organization_id: str, customer: str, limit: int) -> list[TracesItem]:
    """Orders that named the customer once; see `former_traces`."""
    return _list_traces(organization_id, customer, keys.PAST, limit)


def list_former_of_order(organization_id: str, customer: str, order_id: str) -> list[TracesItem]:
    return _list_traces(organization_id, customer, keys.past_of_order(order_id), MAX_FORMER_ENTRIES)


def _list_traces(organization_id: str, customer: str, prefix: str, limit: int) -> list[TracesItem]:
    partition = keys.customer_partition(organization_id, customer)
    return [TracesItem.of(row) for row in query_all(partition, Prefix(prefix), limit=limit)]


def list_credentials_before(organization_id: str, customer: str, moment: str) -> tuple[list[Key], bool]:
    """Keys of sessions, tokens, codes and code requests created up to `moment`, and whether there may be more.

    Includes items without a creation time (codes): a shopper can request a new code at once.
    """
    partition = keys.customer_partition(organization_id, customer)
    found: list[Key] = []
    for page in each_page(partition, consistent=True, limit=PAGE_SIZE):
        for row in page.rows:
            key = Key(row["pk"]["S"], row["sk"]["S"])
            is_kept = key.sk == keys.ROOT or key.sk.startswith((keys.ERASING, keys.PAST))
            if not is_kept and row.get("created_at", {"S": ""})["S"] <= moment:
                found.append(key)
        if len(found) >= PAGE_SIZE:
            return found, page.last is not None
    return found, False
