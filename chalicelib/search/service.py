"""Finds orders through their search entries and keeps those entries in step with the order.

A search costs what it matches, however many orders there are; only the page's orders are read afterwards.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.search.matches import Match, Matches
from chalicelib.search.store import entry_keys, find_entries, new_entries
from chalicelib.search.terms import lookup_prefixes, name_terms, possible_terms, required_terms
from chalicelib.table import keys
from chalicelib.table.items import Item, Row
from chalicelib.table.keys import Key
from chalicelib.totals import service as totals

MAX_ORDERS_OF_ONE_RESPONSE = 1_000
"""With more orders, more entries may begin with a term than a response holds, some 5,000; an order may have several."""


def find_matches(organization_id: str, end_user_id: str, text: str, stats: Row) -> Matches:
    """Each order that `text` finds, once: by itself, and behind each of the end user's common prefixes. One round trip.
    `stats`: the end user's counters."""
    terms = lookup_prefixes(text, totals.common_prefixes(stats))
    many = totals.total_orders(stats) > MAX_ORDERS_OF_ONE_RESPONSE
    rows, more = find_entries(organization_id, end_user_id, terms, many=many)
    found = [Match(keys.part_after_term(row["sk"]["S"]), row["at"]["S"], row["hint"]["S"]) for row in rows]
    return Matches.of(found, capped=more)


@dataclass(frozen=True, slots=True)
class IndexChange:
    """Entries to put and to delete after an order changed. Applying it twice does no harm."""

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
    puts = new_entries(organization_id, end_user_id, bridge_id, order_id, after["ordered_at"], new_or_changed)
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

    For an existing order they belong into its transaction: if they were written before it and it failed, nothing would
    lead from the order to them, and an erasure would not find them.
    """
    names = name_terms(after)
    former_names = name_terms(before) if before is not None else frozenset()
    same_time = before is not None and before["ordered_at"] == after["ordered_at"]
    # A term that is both a name and something else has one entry, which `index_change` writes.
    added = (names - former_names if same_time else names) - required_terms(after, prefixes)
    removed = former_names - names - possible_terms(after)
    puts = new_entries(organization_id, end_user_id, bridge_id, order_id, after["ordered_at"], added)
    return IndexChange(list(puts), entry_keys(organization_id, end_user_id, order_id, removed))


def possible_keys(organization_id: str, end_user_id: str, order_id: str, fields: Mapping[str, Any]) -> list[Key]:
    """Keys of all entries the order may have, whichever prefixes were common when it was written; for deleting them."""
    return entry_keys(organization_id, end_user_id, order_id, possible_terms(fields) | name_terms(fields))


def name_keys(organization_id: str, end_user_id: str, order_id: str, fields: Mapping[str, Any]) -> list[Key]:
    """Keys of the entries that hold the customer's name."""
    return entry_keys(organization_id, end_user_id, order_id, name_terms(fields))
