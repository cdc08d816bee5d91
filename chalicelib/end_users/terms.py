"""Finding end users by the beginning of their external id, their e-mail address, or a word of their name.

Each text has an entry, written in the transaction that changes it. `search.terms` says how texts are compared.
"""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.end_users.store import EndUserTermItem
from chalicelib.organizations.store import EndUserItem
from chalicelib.search.matches import Match, Matches
from chalicelib.search.terms import name_terms, normalise
from chalicelib.table import keys
from chalicelib.table.reads import Prefix, get_many, query
from chalicelib.table.transaction import Transaction

MAX_FOUND: Final = 1000
"""Entries that a search looks at, in the order of their terms; then its total is capped."""
MAX_TERMS: Final = 6
"""Of one end user: external id, e-mail address, and `search.terms.MAX_NAME_TERMS`."""

Texts = Mapping[str, Any]
"""`external_id`, `name` and `email` of an end user."""


def texts_of(item: EndUserItem) -> Texts:
    return {"external_id": item.external_id, "name": item.name, "email": item.email}


def find(organization_id: str, text: str) -> Matches:
    """Newest first. One round trip."""
    term = normalise(text).strip()
    if not term:
        return Matches([], capped=False)
    rows = query(keys.end_user_term(organization_id, "", "").pk, Prefix(term), limit=MAX_FOUND + 1).rows
    found = [Match(keys.part_after_term(row["sk"]["S"]), row["at"]["S"], "") for row in rows[:MAX_FOUND]]
    return Matches.of(found, capped=len(rows) > MAX_FOUND)


def change(transaction: Transaction, item: EndUserItem, before: Texts | None, after: Texts | None) -> None:
    """Put and delete entries. `before` is None for a new end user, `after` for one that is being deleted."""
    former, present = _terms(before), _terms(after)
    for term in sorted(present - former):
        transaction.put(_entry(item, term))
    for term in sorted(former - present):
        transaction.delete(keys.end_user_term(item.organization_id, term, item.id))


def index_again(item: EndUserItem) -> bool:
    """Write the entries that an end user from before there were any lacks. Returns whether there were such."""
    entries = {entry.key: entry for entry in (_entry(item, term) for term in sorted(_terms(texts_of(item))))}
    stored = get_many(entries)
    transaction = Transaction()
    for key in entries.keys() - stored.keys():
        transaction.put(entries[key])
    if not len(transaction):
        return False
    transaction.check(item.key, EndUserItem.version == item.version)
    # A change writes the entries of what it changes.
    return transaction.commit_if_unchanged()


def _entry(item: EndUserItem, term: str) -> EndUserTermItem:
    return EndUserTermItem.at(keys.end_user_term(item.organization_id, term, item.id), created_at=item.created_at)


def _terms(texts: Texts | None) -> frozenset[str]:
    if texts is None:
        return frozenset()
    whole = [normalise(text) for text in (texts["external_id"], texts["email"]) if text]
    return name_terms({"customer": {"name": texts["name"]}}) | frozenset(filter(None, whole))
