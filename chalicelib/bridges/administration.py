"""Bridges for the organization's server and for bridge services."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.bridges import configs, holdings, service, shapes, shops
from chalicelib.bridges.schemas import BridgeAdminUpdate, BridgeListQuery, BridgeRead, OrganizationBridge
from chalicelib.bridges.store import (
    BridgeItem,
    BridgeOwnerItem,
    count_of_type,
    find_with_owner,
    list_bridges,
    list_of_organization,
    list_of_type,
)
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import counters, end_users
from chalicelib.organizations.configs import require as require_config
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import Actor, ApiKey, ServiceKey
from chalicelib.organizations.references import EndUserRef
from chalicelib.organizations.suspension import require_active, suspended_among
from chalicelib.table.keys import Key
from chalicelib.table.reads import map_concurrently, run_concurrently
from chalicelib.table.transaction import Transaction, retry_on_conflict


@dataclass(frozen=True, slots=True)
class BridgePage:
    bridges: Sequence[BridgeRead]
    total: int
    capped: bool
    following: str | None


def list_all(principal: ApiKey | ServiceKey, query: BridgeListQuery) -> BridgePage:
    if isinstance(principal, ServiceKey):
        return _of_service(principal, query)
    if query.end_user_id is not None:
        return _of_end_user(principal.organization_id, query)
    (items, following), counts = run_concurrently(
        lambda: list_of_organization(principal.organization_id, query.window, query.type, query.status),
        lambda: counters.bridges(principal.organization_id),
    )
    return BridgePage(_all_masked(items), counts.total(query.type, query.status), False, following)


def _of_service(principal: ServiceKey, query: BridgeListQuery) -> BridgePage:
    """A service's bridges in all organizations, with unmasked configs. Pages leave out those of suspended
    organizations, which the total still counts."""
    if query.type not in (None, principal.bridge_type):
        return BridgePage([], 0, False, None)
    (items, following), (total, capped) = run_concurrently(
        lambda: list_of_type(principal.bridge_type, query.window, query.status, query.end_user_id),
        lambda: count_of_type(principal.bridge_type, query.status, query.end_user_id),
    )
    suspended = suspended_among({item.organization_id for item in items})
    open_items = [item for item in items if item.organization_id not in suspended]
    return BridgePage(map_concurrently(_open, open_items), total, capped, following)


def _of_end_user(organization_id: str, query: BridgeListQuery) -> BridgePage:
    assert query.end_user_id is not None
    items = [
        item
        for item in reversed(list_bridges(organization_id, query.end_user_id))
        if query.type in (None, item.type) and query.status in (None, item.status)
    ]
    window = query.window
    if window.below is not None:
        items = [item for item in items if item.g1sk < window.below]
    start = window.offset
    rows = items[start : start + window.limit]
    following = rows[-1].g1sk if len(items) > start + window.limit else None
    return BridgePage(_all_masked(rows), len(items), False, following)


def get(principal: ApiKey | ServiceKey, bridge_id: str) -> BridgeItem:
    """The bridge. NotFound unless it belongs to the organization or has the service's type."""
    found = find_with_owner(bridge_id)
    if found is None:
        raise NotFound
    owner, item = found
    _require_access(principal, owner)
    if isinstance(principal, ServiceKey):
        require_active(owner.organization_id)
    return item


def get_owner(principal: ApiKey | ServiceKey, bridge_id: str) -> BridgeOwnerItem:
    """The bridge's owner. NotFound as in `get`. One round trip; the bridge itself would be a second."""
    owner = holdings.find_owner(bridge_id)
    if owner is None:
        raise NotFound
    _require_access(principal, owner)
    return owner


def _require_access(principal: ApiKey | ServiceKey, owner: BridgeOwnerItem) -> None:
    if isinstance(principal, ServiceKey):
        is_allowed = owner.type == principal.bridge_type
    else:
        is_allowed = owner.organization_id == principal.organization_id
    if not is_allowed:
        raise NotFound


def read(principal: ApiKey | ServiceKey, bridge_id: str) -> BridgeRead:
    item = get(principal, bridge_id)
    return _open(item) if isinstance(principal, ServiceKey) else _masked(item)


def update(principal: ApiKey, bridge_id: str, change: BridgeAdminUpdate, by: Actor) -> BridgeRead:
    """Change the fields that were sent, including the end user, in one transaction."""

    def attempt() -> BridgeRead:
        item = get(principal, bridge_id)
        if change.model_fields_set:
            _write(principal, item, change, by)
        return _masked(item)

    return retry_on_conflict(attempt)


def _write(principal: ApiKey, item: BridgeItem, change: BridgeAdminUpdate, by: Actor) -> None:
    transaction = Transaction()
    old_shop = shops.shop_of(item) if change.config is not None else None
    old_status, old_user, moved_from = service.apply(item, change), item.end_user_id, None
    if "end_user_id" in change.model_fields_set and change.end_user_id != old_user:
        moved_from = _reassign(transaction, principal, item, change.end_user_id)
        event = service.record(transaction, item, "bridge.reassigned", by, previous_end_user_id=old_user)
        event.traces_kept = 1
    if change.config is not None or moved_from is not None:
        shops.follow(transaction, item, old_user, old_shop)
    service.put_changed(transaction, item, old_status, by, moved_from)
    if fields := sorted(change.model_fields_set - {"end_user_id"}):
        service.record(transaction, item, "bridge.updated", by, fields=fields)
    transaction.commit()


def _reassign(transaction: Transaction, principal: ApiKey, item: BridgeItem, end_user_id: str | None) -> Key:
    """Assign the bridge to another end user, or to none. Its orders and shipments are moved in the background. Returns
    its old key."""
    if end_user_id is not None:
        if end_users.find(principal.organization_id, end_user_id) is None:
            raise NotFound("End user not found.")
        limit = known_settings(require_config(principal.config)).max_bridges_per_user
        end_users.count_bridge(transaction, principal.organization_id, end_user_id, limit)
    if item.end_user_id is not None:
        end_users.uncount_bridge(transaction, principal.organization_id, item.end_user_id, item.id)
        holdings.close(transaction, principal.organization_id, item.end_user_id, item.id)
    return service.assign(transaction, item, end_user_id)


def delete(principal: ApiKey, bridge_id: str, by: Actor) -> BridgeItem:
    return retry_on_conflict(lambda: service.delete_item(get(principal, bridge_id), by))


def _open(item: BridgeItem) -> BridgeRead:
    return shapes.read(item, configs.decrypt(item))


def _masked(item: BridgeItem) -> OrganizationBridge:
    return _all_masked([item])[0]


def _all_masked(items: Sequence[BridgeItem]) -> list[OrganizationBridge]:
    """Bridges of one organization."""
    owners = {item.end_user_id for item in items if item.end_user_id is not None}
    states, found = run_concurrently(
        lambda: shapes.states_of(items),
        lambda: end_users.find_many(items[0].organization_id, owners) if owners else {},
    )

    def read_one(item: BridgeItem) -> OrganizationBridge:
        bridge = shapes.read(item, configs.mask(item.type, configs.decrypt(item)), states.get(item.id))
        owner = found.get(item.end_user_id or "")
        return OrganizationBridge(**bridge.model_dump(), end_user=EndUserRef.of(owner) if owner else None)

    return map_concurrently(read_one, items)
