"""The terms an order can be found by: its number, external id, SKUs and customer's name, each from the start of a word.

Each text has one entry for the whole of it. Finding it from the start of a later word would take one more entry per
word, and every entry costs a write. But most numbers and many SKUs of a merchant begin alike (`ORD-`, `SKU-`). Such
common prefixes are kept with the end user's counters, and a search looks for its text behind each of them as well. Only
the words that follow no common prefix have entries of their own (docs/decisions/0011-search.md).

Names share no prefixes worth a query, so that their words always have entries. Entries of names are personal data, and
are therefore kept apart: `search.service` says how they are written.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

MAX_TERM_BYTES = 900
"""A sort key holds 1,024 bytes, including the order's id."""
MAX_WORDS = 32
"""Words of one text that it can be found from; a UUID has five."""
MAX_TERMS = 2000
"""Entries of one order, without those of the customer's name."""
MAX_NAME_TERMS = 4
"""The whole name and its last words. Each costs a write unit with every new order."""
MAX_PREFIXES = 12
"""Each common prefix adds a query to every search."""
MAX_PREFIX_LENGTH = 24
MIN_ORDERS = 3
"""How many orders of one sync call must share a prefix for it to become common."""

Fields = Mapping[str, Any]


def normalise(text: str) -> str:
    """Without case and accents: `Müller` is `muller`, `Straße` `strasse`, `Łódź` `lodz`. Of other scripts no marks are
    taken off, where they make another letter."""
    return _bounded(_without_accents(text).strip().replace("\x1f", " "))


def number_term(number: str) -> str:
    """An order's number as the organization looks it up: as `normalise` has it, without a leading `#`."""
    plain = normalise(number)
    return plain.removeprefix("#").strip() or plain


def tracking_term(text: str) -> str:
    """Tracking numbers are found with and without the spaces that carriers print."""
    return normalise("".join(text.split()))


def _bounded(folded: str) -> str:
    if len(folded) * 4 <= MAX_TERM_BYTES:
        return folded
    return folded.encode()[:MAX_TERM_BYTES].decode(errors="ignore")


_MARKS = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


def _without_accents(text: str) -> str:
    folded = text.casefold()
    if folded.isascii():
        return folded
    # Once more at the end: decomposing makes new capital letters, and composed forms compare equal.
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", folded)).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", plain)


def required_terms(fields: Fields, prefixes: Collection[str]) -> frozenset[str]:
    """The terms an order needs entries for, given these common prefixes. More prefixes never require more terms."""
    texts = _texts(fields)
    tails = {
        text[start:] for text in texts for start in _word_starts(text) if start > 0 and text[:start] not in prefixes
    }
    # When there are too many, whole texts take precedence over their tails.
    return frozenset([*sorted(texts), *sorted(tails - texts)][:MAX_TERMS])


def possible_terms(fields: Fields) -> frozenset[str]:
    """Every term the order may have an entry for, whichever prefixes were common when it was written."""
    return frozenset(text[start:] for text in _texts(fields) for start in _word_starts(text))


def name_terms(fields: Fields) -> frozenset[str]:
    """The terms of the customer's name."""
    name = (fields.get("customer") or {}).get("name")
    return _name_terms(normalise(name)) if name else frozenset()


def former_terms(fields: Fields) -> frozenset[str]:
    """Terms that the order's number, external id and customer's name had while accents were not folded, and that it has
    no more."""
    name = (fields.get("customer") or {}).get("name") or ""
    texts = [_bounded((fields.get(field) or "").casefold().strip()) for field in ("order_number", "external_id")]
    former = {text[start:] for text in texts for start in _word_starts(text)}
    former |= _name_terms(_bounded(name.casefold().strip()))
    return frozenset(former - possible_terms(fields) - name_terms(fields))


def _name_terms(text: str) -> frozenset[str]:
    if not text:
        return frozenset()
    later_words = [text[start:] for start in _word_starts(text)][1:]
    return frozenset([text, *later_words[1 - MAX_NAME_TERMS :]])


def lookup_prefixes(text: str, prefixes: Iterable[str]) -> list[str]:
    """The beginnings of terms that a search for `text` looks up: the text itself first, without a leading `#`, as the
    rest is a word that is found by itself."""
    plain = normalise(text)
    if plain[1:2].isalnum():
        plain = plain.removeprefix("#")
    # What follows a common prefix is a word, which begins with a letter or digit.
    return [plain, *(f"{prefix}{plain}" for prefix in sorted(prefixes) if plain[:1].isalnum())]


def find_common_prefixes(orders: Iterable[Fields], prefixes: Collection[str]) -> frozenset[str]:
    """Prefixes shared by enough of these orders to be worth a query each, most frequent first, as far as there is room
    beside the existing `prefixes`."""
    counted: Counter[str] = Counter()
    for fields in orders:
        counted.update(
            {text[:start] for text in _texts(fields) for start in _word_starts(text) if 0 < start <= MAX_PREFIX_LENGTH}
        )
    common = [prefix for prefix, number in counted.most_common() if number >= MIN_ORDERS and prefix not in prefixes]
    return frozenset(common[: max(0, MAX_PREFIXES - len(prefixes))])


def _texts(fields: Fields) -> set[str]:
    texts = [fields.get("order_number"), fields.get("external_id")]
    texts += [line.get("sku") for line in fields.get("line_items") or []]
    return {term for text in texts if text for term in [normalise(text)] if term}


def _word_starts(text: str) -> Iterator[int]:
    """Positions where a word begins: the first, and each letter or digit that follows another character."""
    found = 0
    for position, character in enumerate(text):
        if position == 0 or (character.isalnum() and not text[position - 1].isalnum()):
            yield position
            found += 1
            if found == MAX_WORDS:
                return
