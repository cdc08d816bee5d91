"""What is left to erase of a customer, and what leads to it."""

from chalicelib.customers.store import CustomerItem, TracesItem
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.reads import Prefix, each_page, find, query_all
from chalicelib.table.transaction import exists, update

PAGE = 200
MOST_PAST = 1000
"""Of one order: one for each thing it said in 91 days."""


def find_customer(organization_id: str, customer: str) -> CustomerItem | None:
    return find(CustomerItem, keys.customer(organization_id, customer))


def find_traces(key: Key) -> TracesItem | None:
    return find(TracesItem, key)


def count_erased(organization_id: str, customer: str) -> None:
    update(keys.customer(organization_id, customer), [CustomerItem.orders.add(1)], exists())


def list_erasing(organization_id: str, customer: str, most: int) -> list[TracesItem]:
    partition = keys.customer_partition(organization_id, customer)
    return [TracesItem.of(row) for row in query_all(partition, Prefix(keys.ERASING), most=most)]


def list_past(organization_id: str, customer: str, most: int) -> list[TracesItem]:
    partition = keys.customer_partition(organization_id, customer)
    return [TracesItem.of(row) for row in query_all(partition, Prefix(keys.PAST), most=most)]


def past_of_order(organization_id: str, customer: str, order_id: str) -> list[TracesItem]:
    partition = keys.customer_partition(organization_id, customer)
    return [TracesItem.of(row) for row in query_all(partition, Prefix(keys.past_of_order(order_id)), most=MOST_PAST)]


def credentials_before(organization_id: str, customer: str, moment: str) -> tuple[list[Key], bool]:
    """Keys of sessions, tokens, codes and requests made up to `moment`, and whether there may be more of them.

    What does not say when it was made (codes) goes as well: it is asked for again in no time.
    """
    partition = keys.customer_partition(organization_id, customer)
    found: list[Key] = []
    for page in each_page(partition, consistent=True, limit=PAGE):
        for row in page.rows:
            key = Key(row["pk"]["S"], row["sk"]["S"])
            kept = key.sk == keys.ROOT or key.sk.startswith((keys.ERASING, keys.PAST))
            if not kept and row.get("created_at", {"S": ""})["S"] <= moment:
                found.append(key)
        if len(found) >= PAGE:
            return found, page.last is not None
    return found, False
