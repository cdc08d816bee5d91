"""Wrong counters of an item, and their correction. Used by `verify`."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.transaction import update
from chalicelib.totals.store import counter


@dataclass(frozen=True, slots=True)
class CounterDrift:
    key: Key
    where: str
    """Describes the item."""
    counter: str
    stored: int
    counted: int

    def __str__(self) -> str:
        return f"{self.where}: {self.counter} is {self.stored}, counted {self.counted}"


def differences(key: Key, where: str, stored: Mapping[str, int], counted: Mapping[str, int]) -> list[CounterDrift]:
    return [
        CounterDrift(key, where, name, stored.get(name, 0), counted.get(name, 0))
        for name in sorted(stored.keys() | counted.keys())
        if stored.get(name, 0) != counted.get(name, 0)
    ]


def correct(drift: CounterDrift) -> bool:
    """Correct the counter unless it has changed meanwhile."""
    stored = counter(drift.counter)
    is_unchanged = stored == drift.stored if drift.stored else stored.does_not_exist() | (stored == 0)
    written: Row | None = update(drift.key, [stored.add(drift.counted - drift.stored)], is_unchanged)
    return written is not None
