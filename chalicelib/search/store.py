from collections.abc import Iterable

from pynamodb.attributes import UnicodeAttribute

from chalicelib.search.matches import MAX_MATCHES
from chalicelib.table import keys
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import Prefix, query


class SearchEntryItem(Item):
    """Maps a term to an order. `hint` is the order's bridge."""

    ordered_at = UnicodeAttribute(attr_name="at")


def new_entries(
    organization_id: str, end_user_id: str, bridge_id: str, order_id: str, ordered_at: str, terms: Iterable[str]
) -> list[SearchEntryItem]:
    return [
        SearchEntryItem.at(
            keys.search_entry(organization_id, end_user_id, term, order_id), hint=bridge_id, ordered_at=ordered_at
        )
        for term in terms
    ]


def entry_keys(organization_id: str, end_user_id: str, order_id: str, terms: Iterable[str]) -> list[Key]:
    return [keys.search_entry(organization_id, end_user_id, term, order_id) for term in terms]


def find_entries(organization_id: str, end_user_id: str, term: str) -> tuple[list[Row], bool]:
    """Up to MAX_MATCHES entries whose term begins with `term`, and whether there are more. Terms are read downwards:
    order numbers usually grow, so that the newest orders are among those that are read."""
    partition = keys.search_entries(organization_id, end_user_id)
    rows: list[Row] = []
    after: Row | None = None
    while True:
        page = query(partition, Prefix(term), limit=MAX_MATCHES - len(rows), descending=True, after=after)
        rows += page.rows
        after = page.last
        if after is None or len(rows) >= MAX_MATCHES:
            return rows, after is not None
