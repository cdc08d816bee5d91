"""Searching orders: by their entries, whatever the number of orders, then only the page's items."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.search.store import MAX_MATCHES, entries, entry_keys, find_entries
from chalicelib.search.terms import all_entries_of, entries_of, lookups
from chalicelib.table import keys
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import get, map_concurrently, run_concurrently
from chalicelib.totals import service as totals


@dataclass(frozen=True, slots=True)
class Match:
    order_id: str
    ordered_at: str
    bridge_id: str

    @property
    def cursor(self) -> str:
        return f"{self.ordered_at}#{self.order_id}"


@dataclass(frozen=True, slots=True)
class Matches:
    """Orders that match, newest first; `capped` where there are more than can be counted."""

    orders: list[Match]
    capped: bool


def find_matches(organization_id: str, end_user_id: str, text: str) -> Matches:
    """Orders found by `text`, each once. Two round trips: what to look for besides the text itself is learnt beside
    looking for it."""
    wanted, *_ = lookups(text, ())

    def find_behind_heads() -> list[tuple[list[Row], bool]]:
        heads = totals.heads_in(get(keys.end_user_stats(organization_id, end_user_id), consistent=False) or {})
        return map_concurrently(lambda term: find_entries(organization_id, end_user_id, term), lookups(text, heads)[1:])

    behind, first = run_concurrently(find_behind_heads, lambda: find_entries(organization_id, end_user_id, wanted))
    answers = [first, *behind]
    found = {
        order_id: Match(order_id, row["at"]["S"], row["hint"]["S"])
        for rows, _ in answers
        for row in rows
        for order_id in [keys.search_order_id(row["sk"]["S"])]
    }
    matches = sorted(found.values(), key=lambda match: match.cursor, reverse=True)
    return Matches(matches[:MAX_MATCHES], any(more for _, more in answers) or len(matches) > MAX_MATCHES)


@dataclass(frozen=True, slots=True)
class IndexChange:
    """What to write and remove so that an order is found by what it now has. May be repeated."""

    puts: list[Item]
    deletes: list[Key]


def index(
    organization_id: str,
    end_user_id: str,
    bridge_id: str,
    order_id: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    heads: Collection[str],
) -> IndexChange:
    """`before` and `after`: the order's fields, None before it was made. `heads`: those that are known, or will be
    with the transaction that writes the order."""
    new = entries_of(after, heads)
    stale = all_entries_of(before) - all_entries_of(after) if before is not None else frozenset()
    if before is not None and before["ordered_at"] == after["ordered_at"]:
        # What the order had before has its entries, or stands behind a head.
        new_or_changed = new - entries_of(before, heads)
    else:
        new_or_changed = new
        # Entries from before a head was known would keep the old time.
        stale |= all_entries_of(after) - new if before is not None else frozenset()
    puts = entries(organization_id, end_user_id, bridge_id, order_id, after["ordered_at"], new_or_changed)
    return IndexChange(list(puts), entry_keys(organization_id, end_user_id, order_id, stale))


def keys_of(organization_id: str, end_user_id: str, order_id: str, fields: Mapping[str, Any]) -> list[Key]:
    """The keys of all entries that an order may have, for removing them."""
    return entry_keys(organization_id, end_user_id, order_id, all_entries_of(fields))
