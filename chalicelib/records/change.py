"""The writes that one record leads to, prepared but not made yet."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from json import encoder
from typing import Literal, NamedTuple

from chalicelib.records.parsing import FieldWarning
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.transaction import Transaction

Outcome = Literal["created", "updated", "unchanged"]
MAX_ITEM_BYTES = 390_000
"""DynamoDB takes 400 KB; keys, names and the other attributes need some of it."""


class RowWrite(NamedTuple):
    """How a shipment's attribute in the row of its order changes. `text`: its new value; None removes it. `delta`: what
    that changes in the number of shipments shown."""

    text: str | None
    delta: int


@dataclass(slots=True)
class Change:
    """`writes` are part of one transaction. `puts_before` are made before it and have next to no effect
    without it; `deletes_after` are made after it and do no harm if they are missed."""

    outcome: Outcome
    writes: Transaction = field(default_factory=Transaction)
    counts: Counter[str] = field(default_factory=Counter)
    """What to add to the counters of the end user and the bridge."""
    puts_before: list[Item] = field(default_factory=list)
    deletes_after: list[Key] = field(default_factory=list)
    orphans: list[Key] = field(default_factory=list)
    """Those of `puts_before` to delete if the transaction is certain not to have been made: nothing else finds them."""
    tentative: list[Key] = field(default_factory=list)
    """Those of `puts_before` that hold personal data. If the transaction conflicted, another process may have written
    the same ones: the next attempt deletes those that it finds not to belong to the stored record."""
    required_items: set[Key] = field(default_factory=set)
    """Items that must exist when this is written. Several changes of one transaction may name the same one."""
    required_unerased: set[Key] = field(default_factory=set)
    """Orders that must exist and whose customer must not have been erased."""
    required_versions: dict[Key, int] = field(default_factory=dict)
    """Orders that must be as they were read, since an index item repeats their number and time."""
    order_rows: defaultdict[Key, dict[str, RowWrite]] = field(default_factory=lambda: defaultdict(dict))
    """By order: attributes of its summary that show this shipment, and what becomes of them."""
    bytes: int = 0
    """What is large in `writes`, as `request_size_of` counts; keys and attribute names are not counted."""
    warnings: list[FieldWarning] = field(default_factory=list)
    """Parts of the record that were not applied."""
    reindexes_shipments: bool = False
    """The order's shipments are found by something that changes."""
    creates_order: bool = False
    unlinked_delta: int = 0
    """How many more shipments are unlinked (fewer, if negative)."""


def size_of(*texts: str) -> int:
    """In UTF-8 bytes, as DynamoDB counts an item."""
    return sum(len(text.encode()) for text in texts)


def request_size_of(*texts: str) -> int:
    """In bytes of the request that writes them: boto3 escapes quotes and all but ASCII, which makes two bytes of UTF-8
    six. DynamoDB's own limit of 4 MB a transaction is on items; others who speak its protocol limit the request."""
    return sum(len(encoder.encode_basestring_ascii(text)) for text in texts)
