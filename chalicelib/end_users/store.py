from pynamodb.attributes import UnicodeAttribute

from chalicelib.organizations.store import EndUserItem
from chalicelib.table import keys
from chalicelib.table.items import Item
from chalicelib.table.pages import Window, fetch_items, list_entries


class EndUserTermItem(Item):
    """Maps a text that an end user is found by to the end user."""

    created_at = UnicodeAttribute(attr_name="at")
    """The end user's, which orders what is found."""


def list_end_users(organization_id: str, window: Window) -> tuple[list[EndUserItem], str | None]:
    """End users newest first, and the sort key after which the next page starts."""
    entries = list_entries(keys.end_user_list(organization_id, "", "").pk, window, index="gsi1")
    return [EndUserItem.of(row) for row in fetch_items(entries.rows, consistent=True)], entries.next
