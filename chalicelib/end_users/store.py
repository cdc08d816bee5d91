from pynamodb.attributes import UnicodeAttribute, UnicodeSetAttribute

from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.pages import Window, items_of, list_entries
from chalicelib.table.reads import find


class EndUserItem(Item):
    id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    external_id = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    email = UnicodeAttribute(null=True)
    metadata = DocumentAttribute(default=dict)
    bridge_count = IntegerAttribute(default=0)
    webhook_count = IntegerAttribute(default=0)
    rule_count = IntegerAttribute(default=0)
    hidden_bridges = UnicodeSetAttribute(null=True)
    """Ids of deleted bridges whose data is still being removed; readers leave it out."""
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    version = IntegerAttribute(default=1)
    """Changes with name, email and metadata, not with the counters."""


class ExternalIdItem(Item):
    end_user_id = UnicodeAttribute()


def find_end_user(organization_id: str, end_user_id: str) -> EndUserItem | None:
    return find(EndUserItem, keys.end_user(organization_id, end_user_id))


def find_by_external_id(organization_id: str, external_id: str) -> EndUserItem | None:
    pointer = find(ExternalIdItem, keys.end_user_by_external_id(organization_id, external_id))
    return find_end_user(organization_id, pointer.end_user_id) if pointer else None


def list_end_users(organization_id: str, window: Window) -> tuple[list[EndUserItem], str | None]:
    """Newest first, and the sort key to go on below."""
    entries = list_entries(keys.end_user_list(organization_id, "", "").pk, window, index="gsi1")
    return [EndUserItem.of(row) for row in items_of(entries.rows, consistent=True)], entries.next
