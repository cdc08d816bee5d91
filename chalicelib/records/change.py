"""What one record comes to: its writes, prepared, and what they count."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.transaction import Transaction

Outcome = Literal["created", "updated", "unchanged"]
MAX_ITEM_BYTES = 390_000
"""DynamoDB takes 400 KB; keys, names and the other attributes need some of it."""


@dataclass(slots=True)
class Change:
    """`writes` go into one transaction, all or none. What stands in `first` is written before it, and is of no effect
    without it; what stands in `last` is removed after it, and does no harm if it stays."""

    outcome: Outcome
    writes: Transaction = field(default_factory=Transaction)
    counts: Counter[str] = field(default_factory=Counter)
    """How the end user's and the bridge's counters change."""
    first: list[Item] = field(default_factory=list)
    first_removed: list[Key] = field(default_factory=list)
    last_removed: list[Key] = field(default_factory=list)
    loose: list[Key] = field(default_factory=list)
    """What of `first` nobody would ever find again, if the transaction is certain not to be made."""
    needs: set[Key] = field(default_factory=set)
    """Items that must be there when this is written. Several changes of one transaction may need the same."""
    needs_customer: set[Key] = field(default_factory=set)
    """Orders whose customer must not have been taken out."""
    bytes: int = 0
    makes_order: bool = False
    waits: int = 0
    """How many shipments more wait for their order."""


def size_of(*texts: str) -> int:
    return sum(len(text.encode()) for text in texts)
