"""Where tracking pages lie.

A page is one item in its end user's partition, so that the list is one consistent read. Its token has an item of its
own that never changes and says whose page it is. A third stands for the shipment while a page of it is active.
"""

from collections.abc import Collection

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from chalicelib.kit import clock
from chalicelib.table import keys
from chalicelib.table.items import IntegerAttribute, Item, Row
from chalicelib.table.pages import Window, items_of, list_entries, without
from chalicelib.table.reads import count, find, query_all
from chalicelib.table.transaction import update

MOST_LISTED = 1000
COUNTED = "tracking_pages"


class PageItem(Item):
    id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()
    shipment_id = UnicodeAttribute()
    bridge_id = UnicodeAttribute()
    token = UnicodeAttribute()
    is_active = BooleanAttribute(default=True)
    """As last written: a page past its time is not active, whatever stands here."""
    view_count = IntegerAttribute(default=0)
    last_viewed_at = UnicodeAttribute(null=True)
    expires_at = UnicodeAttribute()
    created_at = UnicodeAttribute()

    def is_active_at(self, now: str) -> bool:
        return self.is_active and self.expires_at > now


class TokenItem(Item):
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()
    shipment_id = UnicodeAttribute()
    bridge_id = UnicodeAttribute()
    page_id = UnicodeAttribute()
    expires_at = UnicodeAttribute()


class ActivePageItem(Item):
    """The shipment's one active page. Past `expires_at` it is void, whoever has seen it."""

    page_id = UnicodeAttribute()
    token = UnicodeAttribute()
    expires_at = UnicodeAttribute()
    created_at = UnicodeAttribute()


def find_page(organization_id: str, end_user_id: str, page_id: str) -> PageItem | None:
    return find(PageItem, keys.tracking_page(organization_id, end_user_id, page_id))


def find_token(token: str) -> TokenItem | None:
    return find(TokenItem, keys.tracking_token(token))


def find_active(organization_id: str, end_user_id: str, shipment_id: str) -> ActivePageItem | None:
    return find(ActivePageItem, keys.active_tracking_page(organization_id, end_user_id, shipment_id))


def list_all(organization_id: str, end_user_id: str) -> list[PageItem]:
    """Newest first."""
    partition = keys.tracking_page(organization_id, end_user_id, "").pk
    return [PageItem.of(row) for row in query_all(partition, most=MOST_LISTED, descending=True)]


def list_page(
    organization_id: str, end_user_id: str, window: Window, without_bridges: Collection[str] = ()
) -> tuple[list[PageItem], str | None]:
    """Newest first, and the sort key to go on below."""
    partition = keys.tracking_page(organization_id, end_user_id, "").pk
    where = without(PageItem.bridge_id, without_bridges)
    entries = list_entries(partition, window, where=where, consistent=True)
    return [PageItem.of(row) for row in entries.rows], entries.next


def list_of_bridge(
    organization_id: str, bridge_id: str, end_user_id: str | None, most: int
) -> tuple[list[PageItem], bool]:
    """Some pages of a bridge's shipments, of one end user or all, and whether the index named any: it may lag behind
    removals."""
    partition = keys.pages_of_bridge(organization_id, bridge_id, "").pk
    where = None if end_user_id is None else Path(["pk"]) == keys.tracking_page(organization_id, end_user_id, "").pk
    entries = list_entries(partition, Window(most), index="gsi2", where=where).rows
    return [PageItem.of(row) for row in items_of(entries, consistent=True)], bool(entries)


def list_active(organization_id: str, end_user_id: str, most: int) -> list[PageItem]:
    partition = keys.tracking_page(organization_id, end_user_id, "").pk
    entries = list_entries(partition, Window(most), where=PageItem.is_active == True, consistent=True)  # noqa: E712
    return [PageItem.of(row) for row in entries.rows]


def count_without(organization_id: str, end_user_id: str, bridges: Collection[str]) -> int:
    """Counted, not looked up: for the moments in which a removed bridge's pages still stand among the others."""
    partition = keys.tracking_page(organization_id, end_user_id, "").pk
    return count(partition, where=without(PageItem.bridge_id, bridges), most=10**9, consistent=True)[0]


def counted(by: int) -> Action:
    """So many pages more in the end user's counters."""
    return Path([COUNTED]).add(by)


def count_in(stats: Row) -> int:
    return int(stats.get(COUNTED, {"N": "0"})["N"])


def count_view(item: TokenItem) -> bool:
    """Count one view of an active page; False where it is not."""
    now = clock.timestamp()
    key = keys.tracking_page(item.organization_id, item.end_user_id, item.page_id)
    actions = [PageItem.view_count.add(1), PageItem.last_viewed_at.set(now)]
    return update(key, actions, (PageItem.is_active == True) & (PageItem.expires_at > now)) is not None  # noqa: E712


def uncount_view(item: TokenItem) -> None:
    key = keys.tracking_page(item.organization_id, item.end_user_id, item.page_id)
    update(key, [PageItem.view_count.add(-1)], PageItem.view_count > 0)
