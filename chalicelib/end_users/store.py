from chalicelib.organizations.store import EndUserItem
from chalicelib.table import keys
from chalicelib.table.pages import Window, items_of, list_entries


def list_end_users(organization_id: str, window: Window) -> tuple[list[EndUserItem], str | None]:
    """Newest first, and the sort key to go on below."""
    entries = list_entries(keys.end_user_list(organization_id, "", "").pk, window, index="gsi1")
    return [EndUserItem.of(row) for row in items_of(entries.rows, consistent=True)], entries.next
