"""What an order can be found by: its number, its external id and its SKUs, each from the beginning of every part on.

Every text has one entry, the whole of it. What begins with a later part would need one more entry each, and an entry
costs a write. But most numbers and many SKUs of a merchant begin alike (`ORD-`, `SKU-`): such beginnings are kept as
the end user's heads, and a search looks for its text behind each of them as well. Only behind a beginning that is no
head does a later part have an entry of its own (docs/decisions/0011-search.md).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

MAX_TERM_BYTES = 900
"""A sort key holds 1,024 bytes, the order's id included."""
MAX_PARTS = 32
"""Parts of one text that can be found by; a UUID has five."""
MAX_TERMS = 2000
"""Entries of one order."""
MAX_HEADS = 12
"""Each is one query more for every search."""
MAX_HEAD_LENGTH = 24
COMMON = 3
"""A beginning becomes a head when so many orders of one call have it."""

Fields = Mapping[str, Any]


def normalise(text: str) -> str:
    folded = text.casefold().strip().replace("\x1f", " ")
    if len(folded) * 4 <= MAX_TERM_BYTES:
        return folded
    return folded.encode()[:MAX_TERM_BYTES].decode(errors="ignore")


def entries_of(fields: Fields, heads: Collection[str]) -> frozenset[str]:
    """The terms that an order needs entries for, where `heads` are known. With more heads it never needs others."""
    texts = _texts(fields)
    parts = {text[start:] for text in texts for start in _starts(text) if start > 0 and text[:start] not in heads}
    # Where there are too many, whole texts go before parts of them.
    return frozenset([*sorted(texts), *sorted(parts - texts)][:MAX_TERMS])


def all_entries_of(fields: Fields) -> frozenset[str]:
    """Every term that an order may have an entry for, whichever heads were known when it was written."""
    return frozenset(text[start:] for text in _texts(fields) for start in _starts(text))


def lookups(text: str, heads: Iterable[str]) -> list[str]:
    """The beginnings of entries that a search has to look for."""
    wanted = normalise(text)
    # A part begins with a letter or digit, and so does whatever can stand behind a head.
    return [wanted, *(f"{head}{wanted}" for head in sorted(heads) if wanted[:1].isalnum())]


def new_heads(orders: Iterable[Fields], heads: Collection[str]) -> frozenset[str]:
    """Beginnings that enough of these orders share to be worth a query each; the most frequent, while there is room."""
    counted: Counter[str] = Counter()
    for fields in orders:
        texts = _texts(fields)
        counted.update({text[:start] for text in texts for start in _starts(text) if 0 < start <= MAX_HEAD_LENGTH})
    common = [head for head, number in counted.most_common() if number >= COMMON and head not in heads]
    return frozenset(common[: max(0, MAX_HEADS - len(heads))])


def _texts(fields: Fields) -> set[str]:
    texts = [fields.get("order_number"), fields.get("external_id")]
    texts += [line.get("sku") for line in fields.get("line_items") or []]
    return {term for text in texts if text for term in [normalise(text)] if term}


def _starts(text: str) -> Iterator[int]:
    """Where a part begins: at the beginning, and after any character that is neither letter nor digit."""
    found = 0
    for position, character in enumerate(text):
        if position == 0 or (character.isalnum() and not text[position - 1].isalnum()):
            yield position
            found += 1
            if found == MAX_PARTS:
                return
