"""What orders and shipments share when the data of a bridge is removed, or moved to the bridge's new owner."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from chalicelib.table import keys
from chalicelib.table.items import Item
from chalicelib.table.pages import Window, list_entries

MAX_BATCH_BYTES = 1_500_000
"""A transaction takes 4 MB and may hold each record twice."""


class Sized(Protocol):
    @property
    def bytes(self) -> int: ...


R = TypeVar("R", bound=Sized)


def list_ids(partition: str, bridge_id: str, limit: int, below: str | None) -> tuple[list[str], str | None]:
    """Ids of the records in this list (a partition of gsi1) that came through the bridge, newest first, and the sort
    key to continue below."""
    entries = list_entries(partition, Window(limit, below=below), index="gsi1", where=Item.hint == bridge_id)
    return [keys.part_after_separator(row["pk"]["S"]) for row in entries.rows], entries.next


def batches(removals: Iterable[R]) -> list[list[R]]:
    """Each small enough for one transaction."""
    found: list[list[R]] = []
    size = 0
    for removal in removals:
        if not found or size + removal.bytes > MAX_BATCH_BYTES:
            found.append([])
            size = 0
        found[-1].append(removal)
        size += removal.bytes
    return found
