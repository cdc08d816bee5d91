from collections.abc import Collection, Iterable, Sequence

from pynamodb.attributes import UnicodeAttribute

from chalicelib.search.matches import MAX_MATCHES
from chalicelib.search.terms import normalise, number_term
from chalicelib.table import keys
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import Page, Prefix, map_concurrently, query
from chalicelib.table.transaction import delete


class SearchEntryItem(Item):
    """Maps a term to an order. `hint` is the order's bridge."""

    ordered_at = UnicodeAttribute(attr_name="at")
    written_at = UnicodeAttribute(attr_name="m", null=True)
    """Set if the entry was written a moment before its order: a sync that died may have left it without one."""


def new_entries(
    organization_id: str,
    end_user_id: str,
    bridge_id: str,
    order_id: str,
    ordered_at: str,
    terms: Collection[str],
    written_at: str | None = None,
    number: str | None = None,
) -> list[SearchEntryItem]:
    """`number`: the order's. The entry of the whole of it also finds the order in the organization."""
    items = [
        SearchEntryItem.at(
            keys.search_entry(organization_id, end_user_id, term, order_id),
            hint=bridge_id,
            ordered_at=ordered_at,
            written_at=written_at,
        )
        for term in terms
    ]
    for item, term in zip(items, terms, strict=True):
        if number and term == normalise(number):
            item.index_1(keys.order_number(organization_id, number_term(number), order_id))
    return items


def delete_if_old(row: Row, before: str) -> None:
    """Delete an entry that was written before its order, up to the time `before`, and not written again since."""
    item = SearchEntryItem.of(row)
    if item.written_at is not None and item.written_at <= before:
        delete(item.key, SearchEntryItem.written_at == item.written_at)


def entry_keys(organization_id: str, end_user_id: str, order_id: str, terms: Iterable[str]) -> list[Key]:
    return [keys.search_entry(organization_id, end_user_id, term, order_id) for term in terms]


def find_entries(
    organization_id: str, end_user_id: str, terms: Sequence[str], *, many: bool = False
) -> tuple[list[Row], bool]:
    """Entries whose term begins with one of `terms`, and whether there are more than MAX_MATCHES for one of them.

    One round trip: a response holds about half as many. With `many`, there may be more than that, so each term is read
    from both ends. Order numbers usually grow, so the newest orders are among those with the highest terms.
    """
    lookups = [(term, descending) for term in terms for descending in ((True, False) if many else (True,))]
    partition = keys.search_entries(organization_id, end_user_id)

    def read(lookup: tuple[str, bool]) -> Page:
        limit = MAX_MATCHES // 2 if many else MAX_MATCHES
        return query(partition, Prefix(lookup[0]), limit=limit, descending=lookup[1])

    pages = dict(zip(lookups, map_concurrently(read, lookups), strict=True))
    rows: dict[str, Row] = {row["sk"]["S"]: row for page in pages.values() for row in page.rows}
    return list(rows.values()), any(_has_gap([pages[each] for each in lookups if each[0] == term]) for term in terms)


def _has_gap(ends: list[Page]) -> bool:
    """Whether these pages of one term, read from its ends, don't meet."""
    if any(page.last is None for page in ends):
        return False
    return len(ends) < 2 or ends[1].rows[-1]["sk"]["S"] < ends[0].rows[-1]["sk"]["S"]
