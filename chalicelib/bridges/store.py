from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.table import keys
from chalicelib.table.items import IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window, items_of, list_entries
from chalicelib.table.reads import MOST_TRIPS, Prefix, count, find, query_all

MAX_COUNTED = 10_000
MOVES = 5
"""How often a bridge may change hands while it is looked for."""
MAX_BRIDGES = 1000
"""The most that `maxBridgesPerUser` may allow; so many a listing may have to read."""


class BridgeItem(Item):
    """`hint` is `type#status`, so that the organization's list can filter its entries without reading the items."""

    id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute(null=True)
    type = UnicodeAttribute()
    name = UnicodeAttribute()
    status = UnicodeAttribute()
    config = UnicodeAttribute()
    """Ciphertext of the config as JSON."""
    dispatcher_id = UnicodeAttribute(null=True)
    shop_domain = UnicodeAttribute(null=True)
    last_sync_at = UnicodeAttribute(null=True)
    error_message = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    version = IntegerAttribute(default=1)


class BridgeOwnerItem(Item):
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute(null=True)
    type = UnicodeAttribute()

    def bridge_key(self, bridge_id: str) -> Key:
        return keys.bridge(self.organization_id, self.end_user_id, bridge_id)


class OAuthStateItem(Item):
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()
    bridge_id = UnicodeAttribute()
    shop = UnicodeAttribute()
    expires_at = UnicodeAttribute()


def find_bridge(organization_id: str, end_user_id: str | None, bridge_id: str) -> BridgeItem | None:
    return find(BridgeItem, keys.bridge(organization_id, end_user_id, bridge_id))


def list_bridges(organization_id: str, end_user_id: str | None) -> list[BridgeItem]:
    """A user's bridges, oldest first, as they are now."""
    partition = keys.end_user(organization_id, end_user_id or keys.NOBODY).pk
    rows = query_all(partition, Prefix(keys.BRIDGES), most=MAX_BRIDGES)
    return sorted(map(BridgeItem.of, rows), key=lambda item: (item.created_at, item.id))


def list_of_organization(
    organization_id: str, window: Window, bridge_type: str | None, status: str | None
) -> tuple[list[BridgeItem], str | None]:
    """Newest first, and the sort key to go on below. Where few of many have the status, they may be fewer than asked
    for, or none, though there are more."""
    partition = keys.bridge_list(organization_id, "", "").pk
    return _list(partition, "gsi1", window, _hint(bridge_type, status))


def list_of_type(bridge_type: str, window: Window, status: str | None) -> tuple[list[BridgeItem], str | None]:
    """The same of all organizations."""
    return _list(keys.bridge_type_list(bridge_type, "", "").pk, "gsi2", window, _in_status(bridge_type, status))


def _in_status(bridge_type: str, status: str | None) -> Condition | None:
    """For lists of one type, where without a status nothing is left out."""
    return _hint(bridge_type, status) if status else None


def _hint(bridge_type: str | None, status: str | None) -> Condition | None:
    hint: Any = BridgeItem.hint
    if bridge_type and status:
        return hint == f"{bridge_type}#{status}"  # type: ignore[no-any-return]
    if bridge_type:
        return hint.startswith(f"{bridge_type}#")  # type: ignore[no-any-return]
    return hint.contains(f"#{status}") if status else None


def _list(partition: str, index: str, window: Window, where: Condition | None) -> tuple[list[BridgeItem], str | None]:
    entries = list_entries(partition, window, index=index, where=where, trips=MOST_TRIPS)
    return [BridgeItem.of(row) for row in items_of(entries.rows, consistent=True)], entries.next


def find_with_owner(bridge_id: str) -> tuple[BridgeOwnerItem, BridgeItem] | None:
    """A bridge by its id alone, in two round trips."""
    for _ in range(MOVES):
        owner = find(BridgeOwnerItem, keys.bridge_owner(bridge_id))
        if owner is None:
            return None
        item = find(BridgeItem, owner.bridge_key(bridge_id))
        if item is not None:
            return owner, item
        # Given to somebody else between the two reads.
    return None


def count_of_type(bridge_type: str, status: str | None) -> tuple[int, bool]:
    """How many bridges of a type there are over all organizations, counted at read time up to ten thousand."""
    partition = keys.bridge_type_list(bridge_type, "", "").pk
    where = _in_status(bridge_type, status)
    return count(partition, index="gsi2", where=where, most=MAX_COUNTED, trips=MOST_TRIPS)
