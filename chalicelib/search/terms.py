"""What an order can be found by."""

from collections.abc import Iterable, Mapping
from typing import Any

MAX_TERM_BYTES = 900
"""A sort key holds 1,024 bytes, the order's id included."""
MAX_PARTS = 32
"""Parts of one text that can be found by; a UUID has five."""
MAX_TERMS = 2000
"""Entries of one order."""


def normalise(text: str) -> str:
    folded = text.casefold().strip().replace("\x1f", " ")
    if len(folded) * 4 <= MAX_TERM_BYTES:
        return folded
    return folded.encode()[:MAX_TERM_BYTES].decode(errors="ignore")


def terms_of(fields: Mapping[str, Any]) -> frozenset[str]:
    """Every text that a search for this order may begin: its number, external id and SKUs from each part on.

    A term that another one begins with is left out: whatever finds it finds the other.
    """
    texts = [fields.get("order_number"), fields.get("external_id")]
    texts += [line.get("sku") for line in fields.get("line_items") or []]
    terms = sorted({term for text in texts if text for term in _from_each_part(normalise(text))})
    kept = [term for term, after in zip(terms, [*terms[1:], ""], strict=False) if not after.startswith(term)]
    return frozenset(kept[:MAX_TERMS])


def _from_each_part(text: str) -> Iterable[str]:
    starts = [
        position
        for position, character in enumerate(text)
        if position == 0 or (character.isalnum() and not text[position - 1].isalnum())
    ]
    return (text[start:] for start in starts[:MAX_PARTS])
