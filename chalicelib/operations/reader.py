"""Reads an organization's items partition by partition. `steps` says which."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from chalicelib.table.items import Row
from chalicelib.table.keys import Key
from chalicelib.table.reads import each_page, get_many

Rows = Iterator[list[Row]]


@dataclass(frozen=True, slots=True)
class Source:
    """A partition that a step reads, of the table or of an index."""

    pk: str
    index: str | None = None


@dataclass(slots=True)
class Reader:
    organization_id: str
    seen: set[str] = field(default_factory=set)
    """Partitions that have been read and can be reached in more than one way."""

    def partition(self, pk: str) -> Rows:
        """The items of a partition, once in a walk."""
        if pk in self.seen:
            return
        self.seen.add(pk)
        for page in each_page(pk, consistent=True):
            if page.rows:
                yield page.rows

    def items(self, wanted: Iterable[Key]) -> Rows:
        found = list(get_many(wanted).values())
        if found:
            yield found


@dataclass(frozen=True, slots=True)
class Step:
    """`expand` turns a page of a source into items. Deleting them must not hide items of later steps."""

    name: str
    sources: Callable[[Reader, str], list[Source]]
    expand: Callable[[Reader, str, list[Row]], Rows]
