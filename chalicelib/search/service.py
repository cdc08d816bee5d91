"""Searching orders: one query for the matches, whatever the number of orders, then only the page's items."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.search.store import entries, entry_keys, find_entries
from chalicelib.search.terms import normalise, terms_of
from chalicelib.table.items import Item
from chalicelib.table.keys import Key, search_order_id

__all__ = ["terms_of"]


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
    """Orders found by `text`, each once."""
    rows, capped = find_entries(organization_id, end_user_id, normalise(text))
    found = {
        order_id: Match(order_id, row["at"]["S"], row["hint"]["S"])
        for row in rows
        for order_id in [search_order_id(row["sk"]["S"])]
    }
    return Matches(sorted(found.values(), key=lambda match: match.cursor, reverse=True), capped)


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
) -> IndexChange:
    """`before` and `after`: the order's fields, None before it was made."""
    new = terms_of(after)
    old = terms_of(before) if before is not None else frozenset()
    moved = before is not None and before["ordered_at"] != after["ordered_at"]
    puts = entries(organization_id, end_user_id, bridge_id, order_id, after["ordered_at"], new if moved else new - old)
    return IndexChange(list(puts), entry_keys(organization_id, end_user_id, order_id, old - new))


def keys_of(organization_id: str, end_user_id: str, order_id: str, fields: Mapping[str, Any]) -> list[Key]:
    """The keys of all entries of an order, for removing them."""
    return entry_keys(organization_id, end_user_id, order_id, terms_of(fields))
