"""Where the reading of a list of orders stands.

Pages are cut by the time of an order's creation, which nothing moves, and not by a page's number: orders that are
changed, made or deleted in between shift no other over a page's edge. The times have whole seconds, so the orders of a
page's last second are left out of the next page by their ids. If too many orders share a second, as after an import,
the list is read by the number of orders passed over, sorted by id. Then pages overlap, and one that begins after the
last order of the page before shows that orders have moved up: reading goes back.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from chalicelib.connectors.faults import Unreachable
from chalicelib.connectors.woocommerce.values import identifier, moment
from chalicelib.kit import clock, codec

Orders = list[dict[str, Any]]
PAGE_SIZE = 100
"""The most that WooCommerce gives."""
SMALL_SIZE = 10
"""For shops that fail at full pages: orders of many lines, or little memory."""
MAX_EXCLUDED = 800
"""Characters of ids that fit a cursor."""


@dataclass(frozen=True, slots=True)
class Position:
    """The next page of a list. Times are as WooCommerce takes them: UTC, in seconds, without a zone."""

    size: int = PAGE_SIZE
    created: str | None = None
    """Only orders created after this second."""
    excluded: str = ""
    """The ids of orders in the second after it that were read."""
    offset: int | None = None
    """How many orders are passed over, where the list is sorted by id."""
    seen: int | None = None
    """The highest id that was read of such a list."""
    total: int | None = None
    """How many orders the list had at its first page, for the progress."""

    @classmethod
    def of(cls, cursor: str | None) -> "Position":
        return cls(**codec.loads(cursor)) if cursor else cls()

    def cursor(self) -> str:
        given = {name: getattr(self, name) for name in self.__slots__}
        return codec.dumps({name: value for name, value in given.items() if value != getattr(_START, name)})

    def query(self) -> dict[str, str | int]:
        page: dict[str, str | int] = {"order": "asc", "per_page": self.size}
        if self.offset is not None:
            return {**page, "orderby": "id", "offset": self.offset}
        if self.created:
            page["after"] = self.created
        if self.excluded:
            page["exclude"] = self.excluded
        return {**page, "orderby": "date"}

    def smaller(self) -> "Position":
        """The same place in pages of the smallest size."""
        return replace(self, size=SMALL_SIZE)

    def after(self, listed: Orders, read: int, matching: int | None) -> "Position | None":
        """The position after the first `read` orders of the page `listed`, or None at the end of the list. `matching`:
        how many orders the shop says that the query has in all its pages."""
        total = matching if self == _START or self.total is None else self.total
        here = replace(self, total=total)
        passed = self.offset or 0
        has_more = len(listed) >= self.size if matching is None else matching > passed + len(listed)
        if self.offset is not None:
            return here._after_offset(listed, read, has_more=has_more)
        if not listed or (read == len(listed) and not has_more):
            return None
        return here._after_time(listed[:read]) or Position(size=self.size, offset=0, total=total)

    def _after_time(self, read: Orders) -> "Position | None":
        """None if the times of the orders don't tell where the next page begins."""
        times = [moment(order.get("date_created_gmt")) for order in read]
        ids = [identifier(order.get("id")) for order in read]
        last = times[-1]
        if last is None or (self.created and any(time is None or time[:19] <= self.created for time in times)):
            return None
        before = self.excluded.split(",") if self.excluded else []
        if set(before) & set(ids):
            return None
        second = second_of(last, -1)
        same = [entry for entry, time in zip(ids, times, strict=True) if entry and time == last]
        excluded = ",".join([*before, *same] if second == self.created else same)
        return replace(self, created=second, excluded=excluded) if len(excluded) <= MAX_EXCLUDED else None

    def _after_offset(self, listed: Orders, read: int, *, has_more: bool) -> "Position | None":
        assert self.offset is not None
        ids = [int(order_id) for order in listed[:read] if (order_id := identifier(order.get("id"))) is not None]
        # Past the end, or behind a gap: orders before were deleted, and others have moved up.
        has_moved = not listed or (self.seen is not None and bool(ids) and ids[0] > self.seen)
        if has_moved and self.offset > 0:
            return replace(self, offset=max(0, self.offset - self.size))
        if not listed or (read == len(listed) and not has_more):
            return None
        if self.seen is not None and ids and ids[-1] <= self.seen and read == len(listed):
            raise Unreachable("The shop gives the same page of orders again and again.")
        overlap = min(self.size // 10, read - 1)
        return replace(self, offset=self.offset + read - overlap, seen=max(ids) if overlap and ids else None)


_START = Position()


def second_of(time: str, plus: int) -> str:
    """The second of one of our timestamps, `plus` seconds later, as WooCommerce takes it."""
    return clock.timestamp(clock.parse(time) + timedelta(seconds=plus))[:19]
