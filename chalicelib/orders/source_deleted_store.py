from collections.abc import Iterator

from chalicelib.orders.schemas import OrderQuery
from chalicelib.orders.store import MAX_COUNTED, MAX_COUNTED_PAGES, OrderItem, of_bridges
from chalicelib.table import keys
from chalicelib.table.items import Item
from chalicelib.table.pages import Entries, list_entries
from chalicelib.table.reads import Between, count, each_page


class SourceDeletedItem(Item):
    """Lists an order that its source no longer has. `hint` is its bridge."""


def new_entry(organization_id: str, end_user_id: str, item: OrderItem) -> SourceDeletedItem:
    key = keys.source_deleted_order(organization_id, end_user_id, item.ordered_at, item.id)
    return SourceDeletedItem.at(key, hint=item.bridge_id)


def list_source_deleted(
    organization_id: str, end_user_id: str, query: OrderQuery, hidden: frozenset[str]
) -> tuple[Entries, int]:
    """Entries of the orders that their sources no longer have, newest first, and their number."""
    partition, where = keys.source_deleted_order(organization_id, end_user_id, "", "").pk, of_bridges(query, hidden)
    entries = list_entries(
        partition, query.window, part=query.period, where=where, consistent=True, max_pages=MAX_COUNTED_PAGES
    )
    return entries, count(partition, query.period, where=where, limit=MAX_COUNTED, max_pages=MAX_COUNTED_PAGES)[0]


def list_bridge_order_ids(
    organization_id: str, end_user_id: str, bridge_id: str, since: str
) -> Iterator[tuple[str, str]]:
    """Id and time of one bridge's orders placed at or after `since`, oldest first. Reads the entries of all of the end
    user's orders since then."""
    partition = keys.order_list(organization_id, end_user_id, "", "").pk
    for page in each_page(partition, Between(low=since), index="gsi1", where=OrderItem.hint == bridge_id):
        for row in page.rows:
            yield keys.part_after_separator(row["pk"]["S"]), keys.part_before_separator(row["g1sk"]["S"])
