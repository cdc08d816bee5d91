from typing import Any

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from chalicelib.table import keys
from chalicelib.table.items import IntegerAttribute, Item
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window, fetch_items, list_entries
from chalicelib.table.reads import MAX_PAGES, Prefix, count, find, get_many, query, query_all

MAX_COUNTED = 10_000
MAX_ATTEMPTS = 5
"""Reads of a bridge whose owner keeps changing in between."""
MAX_OF_SHOP = 1000
"""Bridges to one shop, at most one for each end user."""
IN_ERROR = "error"
MAX_BRIDGES = 1000
"""The maximum of the setting `maxBridgesPerUser`."""


class BridgeItem(Item):
    """`hint` is `type#status`, by which lists filter index entries without reading the items."""

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
    connected_shop = UnicodeAttribute(null=True)
    """The normalised shop whose row (`ConnectedShopItem`) the bridge holds."""
    last_sync_at = UnicodeAttribute(null=True)
    error_message = UnicodeAttribute(null=True)
    error_code = UnicodeAttribute(null=True)
    reconnect_required = BooleanAttribute(default=False)
    """The platform no longer accepts the credentials."""
    push_fulfillments = BooleanAttribute(default=False)
    """Tell the shop of shipments that come from elsewhere."""
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    version = IntegerAttribute(default=1)

    @property
    def is_open(self) -> bool:
        """Whether records may come in, and what the platform says may change the status."""
        return self.status not in ("paused", "pending_oauth")


class BridgeOwnerItem(Item):
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute(null=True)
    type = UnicodeAttribute()
    hook_secret = UnicodeAttribute(null=True)
    """Ciphertext of what the platform signs the bridge's hooks with. Here, and not with the config, so that a hook is
    checked before anything else is decrypted."""

    def bridge_key(self, bridge_id: str) -> Key:
        return keys.bridge(self.organization_id, self.end_user_id, bridge_id)


class ConnectedShopItem(Item):
    """`hint` is the bridge's id too, for the list of all bridges of a shop."""

    bridge_id = UnicodeAttribute()


class BridgeInErrorItem(Item):
    """Exists as long as the bridge is in error, with its present end user."""

    bridge_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute(null=True)


class OAuthStateItem(Item):
    organization_id = UnicodeAttribute()
    end_user_id = UnicodeAttribute()
    bridge_id = UnicodeAttribute()
    bridge_type = UnicodeAttribute(default="shopify")
    """The default is for states from before other types had OAuth."""
    shop = UnicodeAttribute()
    renews = BooleanAttribute(default=False)
    """The flow replaces the credentials of a connected bridge, rather than completing a new one."""
    expires_at = UnicodeAttribute()
    return_url = UnicodeAttribute(null=True)
    """The next three are for flows of connectors."""
    browser = UnicodeAttribute(null=True)
    """The hash of the cookie of the browser in which somebody agreed."""
    answer = UnicodeAttribute(null=True)
    """Ciphertext of what the platform posted."""


def find_bridge(organization_id: str, end_user_id: str | None, bridge_id: str) -> BridgeItem | None:
    return find(BridgeItem, keys.bridge(organization_id, end_user_id, bridge_id))


def find_connected_shop(
    organization_id: str, end_user_id: str, bridge_type: str, shop: str
) -> ConnectedShopItem | None:
    return find(ConnectedShopItem, keys.connected_shop(organization_id, end_user_id, bridge_type, shop))


def list_connected(bridge_type: str, shop: str) -> list[str]:
    """Ids of the bridges that were connected to the shop, in all organizations, a moment ago."""
    page = query(keys.bridges_of_shop(bridge_type, shop, "", "").pk, index="gsi1", limit=MAX_OF_SHOP)
    return [row["hint"]["S"] for row in page.rows if "hint" in row]


def list_bridges(organization_id: str, end_user_id: str | None) -> list[BridgeItem]:
    """An end user's bridges, oldest first. Strongly consistent."""
    partition = keys.end_user(organization_id, end_user_id or keys.UNOWNED).pk
    rows = query_all(partition, Prefix(keys.BRIDGES), limit=MAX_BRIDGES)
    return sorted(map(BridgeItem.of, rows), key=lambda item: (item.created_at, item.id))


def list_of_organization(
    organization_id: str, window: Window, bridge_type: str | None, status: str | None
) -> tuple[list[BridgeItem], str | None]:
    """Bridges, newest first, and the sort key below which the next page starts. If few bridges match the filters, a
    page may be short or empty although more follow. Those in error have a list of their own."""
    if status == IN_ERROR:
        return _list_in_error(organization_id, window, bridge_type)
    partition = keys.bridge_list(organization_id, "", "").pk
    return _list(partition, "gsi1", window, _hint(bridge_type, status))


def _list_in_error(
    organization_id: str, window: Window, bridge_type: str | None
) -> tuple[list[BridgeItem], str | None]:
    partition = keys.bridge_in_error(organization_id, "", "").pk
    where = BridgeInErrorItem.hint == bridge_type if bridge_type else None
    entries = list_entries(partition, window, where=where, consistent=True, max_pages=MAX_PAGES)
    pointers = map(BridgeInErrorItem.of, entries.rows)
    found = [keys.bridge(organization_id, pointer.end_user_id, pointer.bridge_id) for pointer in pointers]
    rows = get_many(found)
    return [BridgeItem.of(rows[key]) for key in found if key in rows], entries.next


def in_error(item: BridgeItem) -> BridgeInErrorItem:
    """The bridge's place on the list of those in error."""
    key = keys.bridge_in_error(item.organization_id, item.created_at, item.id)
    return BridgeInErrorItem.at(key, bridge_id=item.id, end_user_id=item.end_user_id, hint=item.type)


def list_of_type(
    bridge_type: str, window: Window, status: str | None, end_user_id: str | None
) -> tuple[list[BridgeItem], str | None]:
    """As `list_of_organization`, for one type in all organizations."""
    where = _within_type(bridge_type, status, end_user_id)
    return _list(keys.bridge_type_list(bridge_type, "", "").pk, "gsi2", window, where)


def _within_type(bridge_type: str, status: str | None, end_user_id: str | None) -> Condition | None:
    """The condition within a list of one type. An index entry has the bridge's own key, which contains the end user."""
    in_status = _hint(bridge_type, status) if status else None
    if end_user_id is None:
        return in_status
    partition: Any = Path(["pk"])
    # There is no "ends with": an organization of that id would match, but for the second condition.
    of_user = partition.contains(keys.end_user_suffix(end_user_id)) & ~partition.startswith(
        keys.end_user(end_user_id, "").pk
    )
    where: Condition = of_user if in_status is None else of_user & in_status
    return where


def _hint(bridge_type: str | None, status: str | None) -> Condition | None:
    hint: Any = BridgeItem.hint
    if bridge_type and status:
        return hint == f"{bridge_type}#{status}"  # type: ignore[no-any-return]
    if bridge_type:
        return hint.startswith(f"{bridge_type}#")  # type: ignore[no-any-return]
    return hint.contains(f"#{status}") if status else None


def _list(partition: str, index: str, window: Window, where: Condition | None) -> tuple[list[BridgeItem], str | None]:
    entries = list_entries(partition, window, index=index, where=where, max_pages=MAX_PAGES)
    return [BridgeItem.of(row) for row in fetch_items(entries.rows, consistent=True)], entries.next


def find_with_owner(bridge_id: str) -> tuple[BridgeOwnerItem, BridgeItem] | None:
    """A bridge by its id alone. Two round trips."""
    for _ in range(MAX_ATTEMPTS):
        owner = find(BridgeOwnerItem, keys.bridge_owner(bridge_id))
        if owner is None:
            return None
        item = find(BridgeItem, owner.bridge_key(bridge_id))
        if item is not None:
            return owner, item
        # The bridge got another owner between the two reads.
    return None


def count_of_type(bridge_type: str, status: str | None, end_user_id: str | None) -> tuple[int, bool]:
    """The number of bridges of a type in all organizations, and whether counting stopped at MAX_COUNTED."""
    partition = keys.bridge_type_list(bridge_type, "", "").pk
    where = _within_type(bridge_type, status, end_user_id)
    return count(partition, index="gsi2", where=where, limit=MAX_COUNTED, max_pages=MAX_PAGES)
