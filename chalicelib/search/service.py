"""Finds orders through their search entries and keeps those entries in step with the order.

A search costs what it matches, however many orders there are; only the page's orders are read afterwards.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.kit import clock
from chalicelib.search.matches import Match, Matches
from chalicelib.search.store import delete_if_old, entry_keys, find_entries, new_entries
from chalicelib.search.terms import (
    former_terms,
    lookup_prefixes,
    name_terms,
    normalise,
    possible_terms,
    required_terms,
)
from chalicelib.table import keys
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.totals import service as totals

GRACE_S = 3600
"""No sync takes so long between an entry and its order."""
MAX_ORDERS_OF_ONE_RESPONSE = 1_000
"""With more orders, more entries may begin with a term than a response holds, some 5,000; an order may have several."""


def find_matches(organization_id: str, end_user_id: str, text: str, stats: Row) -> Matches:
    """Each order that `text` finds, once: by itself, and behind each of the end user's common prefixes. One round trip.
    `stats`: the end user's counters."""
    terms = lookup_prefixes(text, totals.common_prefixes(stats))
    many = totals.total_orders(stats) > MAX_ORDERS_OF_ONE_RESPONSE
    rows, more = find_entries(organization_id, end_user_id, terms, many=many)
    found = [Match(keys.part_after_term(row["sk"]["S"]), row["at"]["S"], row["hint"]["S"], row) for row in rows]
    return Matches.of(found, capped=more)


def delete_orphans(matches: Iterable[Match], has_order: Callable[[str], bool]) -> None:
    """Delete the entries that led to no order, unless their order may be about to be written."""
    before = clock.in_seconds(-GRACE_S)
    for match in matches:
        if match.entry is not None and not has_order(match.id):
            delete_if_old(match.entry, before)


@dataclass(frozen=True, slots=True)
class IndexChange:
    """Entries to put and to delete when an order changes. Those of a new order are written before it, at half the cost;
    a sync that dies in between is sent again, and otherwise a search deletes them. Those of an existing order belong
    into its transaction: alone, they would find it by what it does not have, or no longer by what it has."""

    puts: list[Item]
    deletes: list[Key]


def index_change(
    organization_id: str,
    end_user_id: str,
    bridge_id: str,
    order_id: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    prefixes: Collection[str],
) -> IndexChange:
    """All entries but those of the customer's name. `before` and `after` are the order's fields; `before` is None for a
    new order. `prefixes` are the end user's common prefixes, including those that the order's own transaction adds."""
    new = required_terms(after, prefixes)
    stale = possible_terms(before) - possible_terms(after) if before is not None else frozenset()
    if before is not None and before["ordered_at"] == after["ordered_at"]:
        # What the order contained before has entries already, or is found behind a common prefix.
        new_or_changed = new - required_terms(before, prefixes)
    else:
        new_or_changed = new
        # Entries written before a prefix became common are not rewritten and would keep the old time.
        stale |= possible_terms(after) - new if before is not None else frozenset()
    stale -= name_terms(after)
    number = after.get("order_number")
    if before is not None and before.get("order_number") != number:
        # One text may be number and SKU: its entry stays, and begins or ceases to be the number's.
        new_or_changed |= new & {normalise(text) for text in (before.get("order_number"), number) if text}
    at, written_at = after["ordered_at"], clock.timestamp() if before is None else None
    puts = new_entries(organization_id, end_user_id, bridge_id, order_id, at, new_or_changed, written_at, number)
    return IndexChange(list(puts), entry_keys(organization_id, end_user_id, order_id, stale))


def name_change(
    organization_id: str,
    end_user_id: str,
    bridge_id: str,
    order_id: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    prefixes: Collection[str],
) -> IndexChange:
    """The entries of the customer's name.

    They are personal data, so of an existing order they are never written but in its transaction: otherwise nothing
    would lead from the order to them, and an erasure would not find them.
    """
    names = name_terms(after)
    former_names = name_terms(before) if before is not None else frozenset()
    same_time = before is not None and before["ordered_at"] == after["ordered_at"]
    # A term that is both a name and something else has one entry, which `index_change` writes.
    added = (names - former_names if same_time else names) - required_terms(after, prefixes)
    removed = former_names - names - possible_terms(after)
    at, written_at = after["ordered_at"], clock.timestamp() if before is None else None
    puts = new_entries(organization_id, end_user_id, bridge_id, order_id, at, added, written_at)
    return IndexChange(list(puts), entry_keys(organization_id, end_user_id, order_id, removed))


def possible_keys(organization_id: str, end_user_id: str, order_id: str, fields: Mapping[str, Any]) -> list[Key]:
    """Keys of all entries the order may have, whichever prefixes were common when it was written; for deleting them."""
    return entry_keys(organization_id, end_user_id, order_id, possible_terms(fields) | name_terms(fields))


def former_keys(organization_id: str, end_user_id: str, order_id: str, fields: Mapping[str, Any]) -> list[Key]:
    """Keys of entries from before accents were folded, which nothing else finds any more."""
    return entry_keys(organization_id, end_user_id, order_id, former_terms(fields))


def name_keys(organization_id: str, end_user_id: str, order_id: str, fields: Mapping[str, Any]) -> list[Key]:
    """Keys of the entries that hold the customer's name."""
    return entry_keys(organization_id, end_user_id, order_id, name_terms(fields))
