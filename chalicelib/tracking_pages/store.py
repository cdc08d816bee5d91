"""Items of tracking pages.

A page is stored in its end user's partition, so that listing is one consistent query. A second item, which never
changes, leads from the token to the page. A third exists for each shipment with an active page.
"""

from collections.abc import Collection
from typing import Any

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from chalicelib.kit import clock
from chalicelib.table import keys
from chalicelib.table.items import IntegerAttribute, Item, Row
from chalicelib.table.pages import Window, fetch_items, is_none_of, list_entries
from chalicelib.table.reads import count, find, query_all
from chalicelib.table.transaction import update

MAX_LISTED = 1000
COUNTED = "tracking_pages"


class PageItem(Item):
    id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()
    shipment_id = UnicodeAttribute()
    bridge_id = UnicodeAttribute()
    token = UnicodeAttribute()
    is_active = BooleanAttribute(default=True)
    """As last written. A page past `expires_at` is inactive even if this is true."""
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
    is_removed = BooleanAttribute(default=False)
    """Whether the page was removed, because its bridge was deleted or changed hands. Stays until `expires_at`."""

    @classmethod
    def of_page(cls, page: PageItem, **attributes: Any) -> "TokenItem":
        return cls.at(
            keys.tracking_token(page.token),
            organization_id=page.organization_id,
            end_user_id=page.end_user_id,
            shipment_id=page.shipment_id,
            bridge_id=page.bridge_id,
            page_id=page.id,
            expires_at=page.expires_at,
            **attributes,
        )


class ActivePageItem(Item):
    """Ensures at most one active page per shipment. Void after `expires_at`."""

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
    return [PageItem.of(row) for row in query_all(partition, limit=MAX_LISTED, descending=True)]


def list_page(
    organization_id: str, end_user_id: str, window: Window, hidden_bridges: Collection[str] = ()
) -> tuple[list[PageItem], str | None]:
    """Pages newest first, and the sort key after which the next page starts."""
    partition = keys.tracking_page(organization_id, end_user_id, "").pk
    where = is_none_of(PageItem.bridge_id, hidden_bridges)
    entries = list_entries(partition, window, where=where, consistent=True)
    return [PageItem.of(row) for row in entries.rows], entries.next


def list_of_bridge(
    organization_id: str, bridge_id: str, end_user_id: str | None, limit: int
) -> tuple[list[PageItem], bool]:
    """A batch of a bridge's pages, of one end user or all, and whether the index listed any.

    The index may lag behind and list pages that have been removed.
    """
    partition = keys.pages_of_bridge(organization_id, bridge_id, "").pk
    where = None if end_user_id is None else Path(["pk"]) == keys.tracking_page(organization_id, end_user_id, "").pk
    entries = list_entries(partition, Window(limit), index="gsi2", where=where).rows
    return [PageItem.of(row) for row in fetch_items(entries, consistent=True)], bool(entries)


def list_active(organization_id: str, end_user_id: str, limit: int) -> list[PageItem]:
    partition = keys.tracking_page(organization_id, end_user_id, "").pk
    entries = list_entries(partition, Window(limit), where=PageItem.is_active == True, consistent=True)  # noqa: E712
    return [PageItem.of(row) for row in entries.rows]


def count_without(organization_id: str, end_user_id: str, bridges: Collection[str]) -> int:
    """Counts by reading. Needed only while pages of a deleted bridge are still stored; the counter includes them."""
    partition = keys.tracking_page(organization_id, end_user_id, "").pk
    return count(partition, where=is_none_of(PageItem.bridge_id, bridges), limit=10**9, consistent=True)[0]


def count_change(by: int) -> Action:
    """Changes the number of pages in the end user's counters."""
    return Path([COUNTED]).add(by)


def read_count(stats: Row) -> int:
    return int(stats.get(COUNTED, {"N": "0"})["N"])


def count_view(item: TokenItem) -> bool:
    """Counts a view if the page is active. False if it is not."""
    now = clock.timestamp()
    key = keys.tracking_page(item.organization_id, item.end_user_id, item.page_id)
    actions = [PageItem.view_count.add(1), PageItem.last_viewed_at.set(now)]
    return update(key, actions, (PageItem.is_active == True) & (PageItem.expires_at > now)) is not None  # noqa: E712


def uncount_view(item: TokenItem) -> None:
    key = keys.tracking_page(item.organization_id, item.end_user_id, item.page_id)
    update(key, [PageItem.view_count.add(-1)], PageItem.view_count > 0)
