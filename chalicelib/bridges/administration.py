"""Bridges as the organization's server and the bridge services see them."""

from dataclasses import dataclass

from chalicelib.bridges import configs, holdings, service, shapes
from chalicelib.bridges.schemas import BridgeAdminUpdate, BridgeListQuery, BridgeRead
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
from chalicelib.organizations.known_settings import known
from chalicelib.organizations.principals import Actor, ApiKey, ServiceKey
from chalicelib.table.keys import Key
from chalicelib.table.reads import map_concurrently, run_concurrently
from chalicelib.table.transaction import Transaction, retry_on_conflict


@dataclass(frozen=True, slots=True)
class BridgePage:
    bridges: list[BridgeRead]
    total: int
    capped: bool
    following: str | None


def list_all(who: ApiKey | ServiceKey, query: BridgeListQuery) -> BridgePage:
    if isinstance(who, ServiceKey):
        return _of_service(who, query)
    if query.end_user_id is not None:
        return _of_end_user(who.organization_id, query)
    (items, following), counts = run_concurrently(
        lambda: list_of_organization(who.organization_id, query.window, query.type, query.status),
        lambda: counters.bridges(who.organization_id),
    )
    return BridgePage(map_concurrently(_masked, items), counts.total(query.type, query.status), False, following)


def _of_service(who: ServiceKey, query: BridgeListQuery) -> BridgePage:
    """A service's bridges over all organizations, with their configs: that is what it works with."""
    if query.type not in (None, who.bridge_type) or query.end_user_id is not None:
        return BridgePage([], 0, False, None)
    (items, following), (total, capped) = run_concurrently(
        lambda: list_of_type(who.bridge_type, query.window, query.status),
        lambda: count_of_type(who.bridge_type, query.status),
    )
    return BridgePage(map_concurrently(_open, items), total, capped, following)


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
    return BridgePage(map_concurrently(_masked, rows), len(items), False, following)


def get(who: ApiKey | ServiceKey, bridge_id: str) -> BridgeItem:
    """The bridge, if it is the organization's, or of the service's type; otherwise there is nothing here."""
    found = find_with_owner(bridge_id)
    if found is None:
        raise NotFound
    owner, item = found
    _require_theirs(who, owner)
    return item


def get_owner(who: ApiKey | ServiceKey, bridge_id: str) -> BridgeOwnerItem:
    """Whose bridge it is; NotFound as in `get`. One round trip, where the bridge itself would be a second."""
    owner = holdings.find_owner(bridge_id)
    if owner is None:
        raise NotFound
    _require_theirs(who, owner)
    return owner


def _require_theirs(who: ApiKey | ServiceKey, owner: BridgeOwnerItem) -> None:
    if isinstance(who, ServiceKey):
        theirs = owner.type == who.bridge_type
    else:
        theirs = owner.organization_id == who.organization_id
    if not theirs:
        raise NotFound


def read(who: ApiKey | ServiceKey, bridge_id: str) -> BridgeRead:
    item = get(who, bridge_id)
    return _open(item) if isinstance(who, ServiceKey) else _masked(item)


def update(who: ApiKey, bridge_id: str, change: BridgeAdminUpdate, by: Actor) -> BridgeRead:
    """Change what was sent, the end user included, all at once."""

    def attempt() -> BridgeRead:
        item = get(who, bridge_id)
        if change.model_fields_set:
            _write(who, item, change, by)
        return _masked(item)

    return retry_on_conflict(attempt)


def _write(who: ApiKey, item: BridgeItem, change: BridgeAdminUpdate, by: Actor) -> None:
    transaction = Transaction()
    old_status, old_user, moved_from = service.apply(item, change), item.end_user_id, None
    if "end_user_id" in change.model_fields_set and change.end_user_id != old_user:
        moved_from = _reassign(transaction, who, item, change.end_user_id)
        service.record(transaction, item, "bridge.reassigned", by, previous_end_user_id=old_user)
    service.put_changed(transaction, item, old_status, by, moved_from)
    if fields := sorted(change.model_fields_set - {"end_user_id"}):
        service.record(transaction, item, "bridge.updated", by, fields=fields)
    transaction.commit()


def _reassign(transaction: Transaction, who: ApiKey, item: BridgeItem, end_user_id: str | None) -> Key:
    """Give the bridge to another end user, or to nobody. Its orders and shipments follow in the background."""
    if end_user_id is not None:
        if end_users.find(who.organization_id, end_user_id) is None:
            raise NotFound("There is no such end user.")
        limit = known(require_config(who.config)).max_bridges_per_user
        end_users.count_bridge(transaction, who.organization_id, end_user_id, limit)
    if item.end_user_id is not None:
        end_users.uncount_bridge(transaction, who.organization_id, item.end_user_id, item.id)
        holdings.close(transaction, who.organization_id, item.end_user_id, item.id)
    return service.give_to(transaction, item, end_user_id)


def remove(who: ApiKey, bridge_id: str, by: Actor) -> None:
    retry_on_conflict(lambda: service.remove(get(who, bridge_id), by))


def _open(item: BridgeItem) -> BridgeRead:
    return shapes.read(item, configs.decrypt(item))


def _masked(item: BridgeItem) -> BridgeRead:
    return shapes.read(item, configs.masked(item.type, configs.decrypt(item)))
