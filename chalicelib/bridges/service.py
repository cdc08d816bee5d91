"""Bridges of end users: create, update, delete. `connectivity` tests them, `oauth` has the OAuth flow."""

from typing import Any

from chalicelib.bridges import configs, failing, holdings, shapes, shops
from chalicelib.bridges.schemas import (
    BridgeCreate,
    BridgeRead,
    BridgeSummary,
    BridgeUpdate,
    EndUserBridge,
)
from chalicelib.bridges.store import BridgeItem, BridgeOwnerItem, find_bridge, list_bridges
from chalicelib.bridges.types import require_available
from chalicelib.catalog.bridge_types import BridgeType, catalog, has_connector
from chalicelib.events import service as events
from chalicelib.events.store import EventItem
from chalicelib.events.types import EventType
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Conflict, Invalid, NotFound
from chalicelib.organizations import counters, end_users
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import SYSTEM, Actor, EmbedSession
from chalicelib.organizations.store import ConfigItem
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.transaction import Transaction, absent, exists, retry_on_conflict
from chalicelib.tasks import service as tasks
from chalicelib.tasks.service import BridgeRef


class PendingOAuth(Conflict):
    code = "bridge_pending"
    message = "The OAuth flow of this bridge has not been completed."


class BridgePaused(Conflict):
    code = "bridge_paused"
    message = "This bridge is paused."


class BridgeNotOwned(Conflict):
    code = "bridge_gone"
    message = "This bridge was deleted or reassigned at the same time."


def require_open(item: BridgeItem) -> None:
    if item.status == "paused":
        raise BridgePaused
    if item.status == "pending_oauth":
        raise PendingOAuth


def list_of_end_user(organization_id: str, end_user_id: str) -> list[BridgeItem]:
    return list_bridges(organization_id, end_user_id)


def summaries(organization_id: str, end_user_id: str) -> list[BridgeSummary]:
    items = list_bridges(organization_id, end_user_id)
    states = shapes.states_of(items)
    return [shapes.summary(item, states.get(item.id)) for item in items]


def summaries_of_end_user(organization_id: str, end_user_id: str) -> list[EndUserBridge]:
    items = list_bridges(organization_id, end_user_id)
    states = shapes.states_of(items)
    return [shapes.of_end_user(item, states.get(item.id)) for item in items]


def create(session: EmbedSession, body: BridgeCreate, by: Actor) -> BridgeRead:
    bridge_type = catalog().get(body.type)
    if bridge_type is None:
        raise Invalid([("type", f"{body.type[:50]!r} is not a bridge type")])
    require_available(bridge_type)
    configs.validate(bridge_type, body.config)
    item = new_item(session, bridge_type, body.name, "active", body.config)

    def attempt() -> None:
        transaction = Transaction()
        insert(transaction, item, session.config, by, shops.identify(item.type, body.config))
        transaction.commit()

    retry_on_conflict(attempt)
    return shapes.read_for_session(item, body.config, session)


def new_item(
    session: EmbedSession,
    bridge_type: BridgeType,
    name: str,
    status: str,
    config: dict[str, Any],
    shop: str | None = None,
) -> BridgeItem:
    bridge_id, now = ids.new_id(), clock.timestamp()
    item = BridgeItem.at(
        keys.bridge(session.organization_id, session.end_user_id, bridge_id),
        id=bridge_id,
        organization_id=session.organization_id,
        end_user_id=session.end_user_id,
        type=bridge_type.id,
        name=name,
        status=status,
        config=configs.encrypt(session.organization_id, bridge_id, config),
        dispatcher_id=session.config.default_dispatcher_id,
        shop_domain=shop,
        created_at=now,
        updated_at=now,
    )
    item.index_1(keys.bridge_list(session.organization_id, now, bridge_id))
    item.index_2(keys.bridge_type_list(bridge_type.id, now, bridge_id))
    item.hint = f"{bridge_type.id}#{status}"
    return item


def insert(transaction: Transaction, item: BridgeItem, config: ConfigItem, by: Actor, shop: str | None) -> None:
    """Add a new bridge to the transaction, with its owner pointer, the row of its shop, counters and events."""
    assert item.end_user_id is not None
    if shop is not None:
        shops.claim(transaction, item, shop)
    limit = known_settings(config).max_bridges_per_user
    end_users.count_bridge(transaction, item.organization_id, item.end_user_id, limit)
    counters.count_bridges(transaction, item.organization_id, {(item.type, item.status): 1})
    owner = BridgeOwnerItem.at(
        keys.bridge_owner(item.id),
        organization_id=item.organization_id,
        end_user_id=item.end_user_id,
        type=item.type,
    )
    transaction.put(owner, absent())
    transaction.put(item, absent())
    if has_connector(item.type):
        tasks.begin(transaction, ref_of(item), is_connected=item.status == "active")
    record(transaction, item, "bridge.created", by)
    if item.status == "active":
        record(transaction, item, "bridge.connected", by)


def update(session: EmbedSession, bridge_id: str, change: BridgeUpdate, by: Actor) -> BridgeRead:
    """Change the fields that were sent. `config` is merged with the stored one."""

    def attempt() -> BridgeRead:
        item = get(session.organization_id, session.end_user_id, bridge_id)
        if change.model_fields_set:
            if change.config is not None and not configs.is_unchanged(item, change.config):
                shops.require_verified(session)
            transaction = Transaction()
            old_shop = shops.shop_of(item) if change.config is not None else None
            old_status = apply(item, change)
            if change.config is not None:
                shops.follow(transaction, item, item.end_user_id, old_shop)
            put_changed(transaction, item, old_status, by)
            record(transaction, item, "bridge.updated", by, fields=sorted(change.model_fields_set))
            transaction.commit()
        return shapes.read_for_session(item, configs.decrypt(item), session)

    return retry_on_conflict(attempt)


def apply(item: BridgeItem, change: BridgeUpdate) -> str:
    """Apply the change to the item. Returns the old status."""
    old_status = item.status
    if change.status is not None and change.status != old_status:
        if old_status == "pending_oauth":
            raise PendingOAuth
        item.status = change.status
        item.error_message = item.error_code = None
    if change.name is not None:
        item.name = change.name
    if change.push_fulfillments is not None:
        item.push_fulfillments = change.push_fulfillments
    if change.config is not None:
        item.config = configs.encrypt(item.organization_id, item.id, configs.merge(item, change.config))
    return old_status


def put_changed(
    transaction: Transaction, item: BridgeItem, old_status: str, by: Actor, moved_from: Key | None = None
) -> None:
    """Write the changed item, and the counters and events of a change of status. ConditionFailed if the stored version
    is not the one that was read.

    `moved_from` is the item's old key if it was assigned to another end user.
    """
    seen, item.version = item.version, item.version + 1
    item.updated_at = clock.timestamp()
    item.hint = f"{item.type}#{item.status}"
    if moved_from is None:
        transaction.put(item, BridgeItem.version == seen)
    else:
        transaction.delete(moved_from, BridgeItem.version == seen)
        transaction.put(item, absent())
    if item.status == "active":
        item.reconnect_required = False
    failing.follow(transaction, item, old_status, moved=moved_from is not None)
    if item.status == old_status:
        return
    changes = {(item.type, old_status): -1, (item.type, item.status): 1}
    counters.count_bridges(transaction, item.organization_id, changes)
    if item.status == "active":
        record(transaction, item, "bridge.connected", by)
    elif old_status == "active":
        record(transaction, item, "bridge.disconnected", by)


def delete(session: EmbedSession, bridge_id: str, by: Actor) -> BridgeItem:
    """Delete the bridge. Its data is hidden at once and removed in the background. Returns what was deleted."""
    return retry_on_conflict(lambda: delete_item(get(session.organization_id, session.end_user_id, bridge_id), by))


def delete_item(item: BridgeItem, by: Actor) -> BridgeItem:
    """Delete the bridge as it was read; ConditionFailed if it has changed since."""
    transaction = Transaction()
    transaction.delete(item.key, BridgeItem.version == item.version)
    transaction.delete(keys.bridge_owner(item.id))
    failing.remove(transaction, item, item.status)
    counters.count_bridges(transaction, item.organization_id, {(item.type, item.status): -1})
    shops.release(transaction, item, item.end_user_id)
    tasks.end(transaction, item.organization_id, item.id)
    if item.end_user_id is not None:
        end_users.uncount_bridge(transaction, item.organization_id, item.end_user_id, item.id)
        holdings.close(transaction, item.organization_id, item.end_user_id, item.id)
    if item.status != "pending_oauth":
        item.status = "disconnected"
        record(transaction, item, "bridge.disconnected", by)
    record(transaction, item, "bridge.deleted", by).traces_kept = 1
    transaction.commit()
    return item


def orphan(transaction: Transaction, item: BridgeItem) -> None:
    """Take a bridge from an end user who is being deleted. The organization can still see and reassign it."""
    shops.release(transaction, item, item.end_user_id)
    moved_from = assign(transaction, item, None)
    put_changed(transaction, item, item.status, SYSTEM, moved_from)


def assign(transaction: Transaction, item: BridgeItem, end_user_id: str | None) -> Key:
    """Assign the bridge to another end user, or to none. Returns the item's old key, for `put_changed`."""
    moved_from = item.key
    item.pk, item.sk = keys.bridge(item.organization_id, end_user_id, item.id)
    item.end_user_id = end_user_id
    owner = BridgeOwnerItem.end_user_id
    actions = [owner.set(end_user_id) if end_user_id else owner.remove()]
    transaction.update(keys.bridge_owner(item.id), actions, exists())
    if has_connector(item.type):
        tasks.follow(transaction, item.organization_id, item.id, end_user_id)
    return moved_from


def get(organization_id: str, end_user_id: str | None, bridge_id: str) -> BridgeItem:
    item = find_bridge(organization_id, end_user_id, bridge_id)
    if item is None:
        raise NotFound
    return item


def require_owner(transaction: Transaction, bridge_id: str, end_user_id: str) -> None:
    """Make the transaction fail with BridgeNotOwned unless the bridge exists and belongs to the end user."""
    condition = BridgeOwnerItem.end_user_id == end_user_id
    transaction.check(keys.bridge_owner(bridge_id), condition, error=BridgeNotOwned())


def record_sync(
    item: BridgeItem, by: Actor, status: str | None, error_message: str | None, completed: bool, counts: dict[str, Any]
) -> None:
    """Record what a sync reports about the bridge itself: its status, an error, and completion. Writes nothing if
    nothing changes. ConditionFailed if the bridge changed meanwhile."""
    error_message = configs.mask_stored_secrets(error_message, item)
    old_status, old_message = item.status, item.error_message
    if status is not None:
        item.status, item.error_message, item.error_code = status, error_message, None
    elif error_message is not None:
        item.error_message, item.error_code = error_message, None
    if not completed and (item.status, item.error_message) == (old_status, old_message):
        return
    transaction = Transaction()
    if completed:
        item.last_sync_at = clock.timestamp()
    put_changed(transaction, item, old_status, by)
    if completed:
        record(transaction, item, "bridge.sync_completed", by, **counts)
    transaction.commit()


def ref_of(item: BridgeItem) -> BridgeRef:
    return BridgeRef(item.organization_id, item.end_user_id, item.id, item.type)


def record(transaction: Transaction, item: BridgeItem, event_type: EventType, by: Actor, **metadata: Any) -> EventItem:
    return events.record(
        transaction,
        item.organization_id,
        item.end_user_id,
        event_type,
        by=by,
        resource=("bridge", item.id),
        metadata={"type": item.type, "name": item.name, **metadata},
        data=shapes.snapshot(item).model_dump(),
    )
