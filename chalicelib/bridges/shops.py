"""Connects a shop once per end user.

A row for each end user and normalised shop points to the bridge that is connected to it. Writing it is conditional, so
that concurrent requests cannot connect a shop twice. The bridge stores the shop whose row it holds. Bridges from before
these rows existed hold none until their config changes; they are compared by reading them.
"""

from typing import Any

from chalicelib.bridges import configs
from chalicelib.bridges.store import (
    BridgeItem,
    ConnectedShopItem,
    find_bridge,
    find_connected_shop,
    find_with_owner,
    list_bridges,
    list_connected,
)
from chalicelib.catalog.bridge_types import catalog
from chalicelib.kit.errors import Conflict, Forbidden
from chalicelib.organizations.principals import EmbedSession
from chalicelib.table import keys
from chalicelib.table.transaction import ConditionFailed, Transaction, absent


class AlreadyConnected(Conflict):
    code = "already_connected"

    def __init__(self, bridge: BridgeItem) -> None:
        super().__init__(
            f"The bridge {bridge.id} ({bridge.name}) is connected to this shop. Change its config to renew it."
        )
        self.details = [{"field": "bridge_id", "message": bridge.id}]


class Unverified(Forbidden):
    code = "identity_unverified"
    message = "Only a verified session can renew the credentials of a bridge."


def identify(bridge_type: str, config: dict[str, Any]) -> str | None:
    """The normalised shop in a config. None for types that are not compared, and for values from before they were
    checked."""
    known = catalog().get(bridge_type)
    named = configs.find_shop(known, config) if known is not None else None
    return named.shop if named is not None else None


def find_connected(organization_id: str, end_user_id: str, bridge_type: str, shop: str) -> BridgeItem | None:
    """The end user's bridge to the shop, a pending one included."""
    return _find(organization_id, end_user_id, bridge_type, shop)[1]


def _find(
    organization_id: str, end_user_id: str, bridge_type: str, shop: str
) -> tuple[ConnectedShopItem | None, BridgeItem | None]:
    """The shop's row and the bridge that is connected to it, which may lack a row."""
    row = find_connected_shop(organization_id, end_user_id, bridge_type, shop)
    if row is not None:
        return row, find_bridge(organization_id, end_user_id, row.bridge_id)
    for item in list_bridges(organization_id, end_user_id):
        is_candidate = item.type == bridge_type and item.connected_shop is None and item.status != "pending_oauth"
        if is_candidate and identify(item.type, configs.decrypt(item)) == shop:
            return None, item
    return None, None


def list_again(organization_id: str, end_user_id: str) -> int:
    """Give bridges from before the rows existed, or before they were listed by shop, their listed row. Returns how many
    got one. A shop's row that another bridge holds stays that bridge's."""
    return sum(_list_one(item) for item in list_bridges(organization_id, end_user_id))


def _list_one(item: BridgeItem) -> bool:
    assert item.end_user_id is not None
    if item.status == "pending_oauth":
        return False
    shop = item.connected_shop or identify(item.type, configs.decrypt(item))
    if shop is None:
        return False
    row = find_connected_shop(item.organization_id, item.end_user_id, item.type, shop)
    if row is not None and (row.bridge_id != item.id or row.g1pk is not None):
        return False
    key = keys.connected_shop(item.organization_id, item.end_user_id, item.type, shop)
    listing = keys.bridges_of_shop(item.type, shop, item.organization_id, item.end_user_id)
    transaction = Transaction()
    condition = absent() if row is None else ConnectedShopItem.bridge_id == item.id
    transaction.put(ConnectedShopItem.at(key, bridge_id=item.id, hint=item.id).index_1(listing), condition)
    actions = [BridgeItem.connected_shop.set(shop), BridgeItem.version.add(1)]
    transaction.update(item.key, actions, BridgeItem.version == item.version)
    # A change of the bridge lists it as well.
    return transaction.commit_if_unchanged()


def claim(transaction: Transaction, item: BridgeItem, shop: str) -> None:
    """Give the shop's row to the bridge. AlreadyConnected if another bridge holds it, unless that one is pending: then
    its OAuth flow can no longer be completed. ConditionFailed, now or from the transaction, if the row has changed."""
    assert item.end_user_id is not None
    key = keys.connected_shop(item.organization_id, item.end_user_id, item.type, shop)
    row, holder = _find(item.organization_id, item.end_user_id, item.type, shop)
    if holder is not None and holder.id != item.id:
        if holder.status != "pending_oauth":
            raise AlreadyConnected(holder)
        if item.status == "pending_oauth":
            # A concurrent request started a flow for this shop. The caller's next attempt will find that one.
            raise ConditionFailed([key])
        transaction.update(
            holder.key,
            [BridgeItem.connected_shop.remove(), BridgeItem.version.add(1)],
            BridgeItem.version == holder.version,
        )
    condition = absent() if row is None else ConnectedShopItem.bridge_id == row.bridge_id
    row_of_shop = ConnectedShopItem.at(key, bridge_id=item.id, hint=item.id)
    listing = keys.bridges_of_shop(item.type, shop, item.organization_id, item.end_user_id)
    transaction.put(row_of_shop.index_1(listing), condition)
    item.connected_shop = shop


def release(transaction: Transaction, item: BridgeItem, end_user_id: str | None) -> None:
    """Delete the row that the bridge holds as this end user's. ConditionFailed if it lost the row meanwhile."""
    if item.connected_shop is not None and end_user_id is not None:
        key = keys.connected_shop(item.organization_id, end_user_id, item.type, item.connected_shop)
        transaction.delete(key, ConnectedShopItem.bridge_id == item.id)
    item.connected_shop = None


def shop_of(item: BridgeItem) -> str | None:
    """The normalised shop of a bridge, whether or not it holds the shop's row."""
    if item.status == "pending_oauth":
        return item.shop_domain
    return identify(item.type, configs.decrypt(item))


def follow(transaction: Transaction, item: BridgeItem, old_end_user_id: str | None, old_shop: str | None) -> None:
    """Bring the row in line after a change of the bridge's config or end user. Raises as `claim`.

    A bridge that keeps its shop is never refused: two bridges from before there were rows may share one.
    """
    shop = shop_of(item)
    if (item.connected_shop, old_end_user_id) == (shop, item.end_user_id):
        return
    is_same = (shop, item.end_user_id) == (old_shop, old_end_user_id)
    release(transaction, item, old_end_user_id)
    if shop is None or item.end_user_id is None:
        return
    try:
        claim(transaction, item, shop)
    except AlreadyConnected:
        if not is_same:
            raise


def list_of_shop(bridge_type: str, shop: str) -> list[BridgeItem]:
    """All organizations' bridges that are connected to the shop."""
    bridge_ids = list_connected(bridge_type, shop)
    found = [pair[1] for bridge_id in bridge_ids if (pair := find_with_owner(bridge_id)) is not None]
    return [item for item in found if item.connected_shop == shop]


def require_verified(session: EmbedSession) -> None:
    """An unverified session may claim to be any end user, and must not replace what that end user connected."""
    if not session.verified:
        raise Unverified
