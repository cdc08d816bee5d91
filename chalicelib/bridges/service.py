"""Bridges of end users: connect, change, remove. The connection test and OAuth are in their own modules."""

from typing import Any

from chalicelib.bridges import configs, holdings, shapes
from chalicelib.bridges.schemas import (
    BridgeCreate,
    BridgeRead,
    BridgeSummary,
    BridgeTypeRead,
    BridgeUpdate,
    EndUserBridge,
)
from chalicelib.bridges.store import BridgeItem, BridgeOwnerItem, find_bridge, list_bridges
from chalicelib.catalog.bridge_types import BridgeType, catalog
from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.organizations import counters, end_users
from chalicelib.organizations.known_settings import known
from chalicelib.organizations.principals import SYSTEM, Actor, EmbedSession
from chalicelib.organizations.store import ConfigItem
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.transaction import Transaction, absent, exists, retry_on_conflict


class PendingOAuth(Conflict):
    code = "bridge_pending"
    message = "This bridge waits for its OAuth flow to be completed."


class BridgeGone(Conflict):
    code = "bridge_gone"
    message = "This bridge was deleted or given to somebody else meanwhile."


def allowed_types(session: EmbedSession) -> list[BridgeType]:
    """What both the config and the session allow; an empty list on either side does not restrict."""
    return [kind for kind in catalog().values() if _is_allowed(session, kind.id)]


def _is_allowed(session: EmbedSession, bridge_type: str) -> bool:
    lists = (session.config.allowed_bridge_types, session.allowed_bridge_types)
    return all(not allowed or bridge_type in allowed for allowed in lists)


def require_allowed(session: EmbedSession, bridge_type: str) -> None:
    if bridge_type in catalog() and not _is_allowed(session, bridge_type):
        raise Forbidden(f"The bridge type {bridge_type} is not allowed here.", "bridge_type_not_allowed")


def require_bridge_allowed(session: EmbedSession, bridge_id: str) -> None:
    """The same for a bridge there is. Costs a read, but only where anything is restricted."""
    if session.config.allowed_bridge_types or session.allowed_bridge_types:
        item = find_bridge(session.organization_id, session.end_user_id, bridge_id)
        if item is not None:
            require_allowed(session, item.type)


def list_types(session: EmbedSession) -> list[BridgeTypeRead]:
    return [
        BridgeTypeRead(
            id=kind.id,
            name=kind.name,
            description=kind.description,
            icon=kind.icon,
            category=kind.category,
            auth_methods=list(kind.auth_methods),
            config_fields=list(kind.config_fields),
            webhook_support=kind.webhook_support,
            docs_url=kind.docs_url,
        )
        for kind in allowed_types(session)
    ]


def list_of_end_user(organization_id: str, end_user_id: str) -> list[BridgeItem]:
    return list_bridges(organization_id, end_user_id)


def summaries(organization_id: str, end_user_id: str) -> list[BridgeSummary]:
    return [shapes.summary(item) for item in list_bridges(organization_id, end_user_id)]


def summaries_of_end_user(organization_id: str, end_user_id: str) -> list[EndUserBridge]:
    return [
        EndUserBridge(
            id=item.id,
            name=item.name,
            type=item.type,
            status=item.status,
            last_sync_at=item.last_sync_at,
            created_at=item.created_at,
        )
        for item in list_bridges(organization_id, end_user_id)
    ]


def create(session: EmbedSession, wanted: BridgeCreate, by: Actor) -> BridgeRead:
    kind = catalog().get(wanted.type)
    if kind is None:
        raise Invalid([("type", f"{wanted.type[:50]!r} is not a bridge type")])
    configs.check(kind, wanted.config)
    item = new_item(session, kind, wanted.name, "active", wanted.config)
    transaction = Transaction()
    insert(transaction, item, session.config, by)
    transaction.commit()
    return shapes.shown(item, wanted.config, session)


def new_item(
    session: EmbedSession, kind: BridgeType, name: str, status: str, config: dict[str, Any], shop: str | None = None
) -> BridgeItem:
    bridge_id, now = ids.new_id(), clock.timestamp()
    item = BridgeItem.at(
        keys.bridge(session.organization_id, session.end_user_id, bridge_id),
        id=bridge_id,
        organization_id=session.organization_id,
        end_user_id=session.end_user_id,
        type=kind.id,
        name=name,
        status=status,
        config=configs.encrypt(session.organization_id, bridge_id, config),
        dispatcher_id=session.config.default_dispatcher_id,
        shop_domain=shop,
        created_at=now,
        updated_at=now,
    )
    item.index_1(keys.bridge_list(session.organization_id, now, bridge_id))
    item.index_2(keys.bridge_type_list(kind.id, now, bridge_id))
    item.hint = f"{kind.id}#{status}"
    return item


def insert(transaction: Transaction, item: BridgeItem, config: ConfigItem, by: Actor) -> None:
    """A new bridge with its owner pointer, counted against the limit, and its events."""
    assert item.end_user_id is not None
    limit = known(config).max_bridges_per_user
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
    record(transaction, item, "bridge.created", by)
    if item.status == "active":
        record(transaction, item, "bridge.connected", by)


def update(session: EmbedSession, bridge_id: str, change: BridgeUpdate, by: Actor) -> BridgeRead:
    """Change what was sent; `config` is merged into what is stored."""

    def attempt() -> BridgeRead:
        item = need(session.organization_id, session.end_user_id, bridge_id)
        if change.model_fields_set:
            if change.config is not None and not session.verified:
                configs.require_secrets(item, change.config)
            transaction = Transaction()
            old_status = apply(item, change)
            put_changed(transaction, item, old_status, by)
            record(transaction, item, "bridge.updated", by, fields=sorted(change.model_fields_set))
            transaction.commit()
        return shapes.shown(item, configs.decrypt(item), session)

    return retry_on_conflict(attempt)


def apply(item: BridgeItem, change: BridgeUpdate) -> str:
    """Change the item as an end user or an administrator wants it; the status it had."""
    old_status = item.status
    if change.status is not None and change.status != old_status:
        if old_status == "pending_oauth":
            raise PendingOAuth
        item.status = change.status
        item.error_message = None
    if change.name is not None:
        item.name = change.name
    if change.config is not None:
        item.config = configs.encrypt(item.organization_id, item.id, configs.merged(item, change.config))
    return old_status


def put_changed(
    transaction: Transaction, item: BridgeItem, old_status: str, by: Actor, moved_from: Key | None = None
) -> None:
    """The changed item under its version, the counters and events that a change of status brings.

    `moved_from`: the key it had, where its end user is another one now.
    """
    seen, item.version = item.version, item.version + 1
    item.updated_at = clock.timestamp()
    item.hint = f"{item.type}#{item.status}"
    if moved_from is None:
        transaction.put(item, BridgeItem.version == seen)
    else:
        transaction.delete(moved_from, BridgeItem.version == seen)
        transaction.put(item, absent())
    if item.status == old_status:
        return
    changes = {(item.type, old_status): -1, (item.type, item.status): 1}
    counters.count_bridges(transaction, item.organization_id, changes)
    if item.status == "active":
        record(transaction, item, "bridge.connected", by)
    elif old_status == "active":
        record(transaction, item, "bridge.disconnected", by)


def delete(session: EmbedSession, bridge_id: str, by: Actor) -> None:
    """Hide the bridge and its data at once; the data itself goes in the background."""
    retry_on_conflict(lambda: remove(need(session.organization_id, session.end_user_id, bridge_id), by))


def remove(item: BridgeItem, by: Actor) -> None:
    """Delete the bridge as it was read; ConditionFailed if it has changed since."""
    transaction = Transaction()
    transaction.delete(item.key, BridgeItem.version == item.version)
    transaction.delete(keys.bridge_owner(item.id))
    counters.count_bridges(transaction, item.organization_id, {(item.type, item.status): -1})
    if item.end_user_id is not None:
        end_users.uncount_bridge(transaction, item.organization_id, item.end_user_id, item.id)
        holdings.close(transaction, item.organization_id, item.end_user_id, item.id)
    if item.status != "pending_oauth":
        item.status = "disconnected"
        record(transaction, item, "bridge.disconnected", by)
    record(transaction, item, "bridge.deleted", by)
    transaction.commit()


def orphan(transaction: Transaction, item: BridgeItem) -> None:
    """Take a bridge from an end user who is being deleted. The organization still sees it, and may give it away."""
    moved_from = give_to(transaction, item, None)
    put_changed(transaction, item, item.status, SYSTEM, moved_from)


def give_to(transaction: Transaction, item: BridgeItem, end_user_id: str | None) -> Key:
    """Make the bridge another end user's, or nobody's; the key it had, for `put_changed`."""
    moved_from = item.key
    item.pk, item.sk = keys.bridge(item.organization_id, end_user_id, item.id)
    item.end_user_id = end_user_id
    owner = BridgeOwnerItem.end_user_id
    actions = [owner.set(end_user_id) if end_user_id else owner.remove()]
    transaction.update(keys.bridge_owner(item.id), actions, exists())
    return moved_from


def need(organization_id: str, end_user_id: str | None, bridge_id: str) -> BridgeItem:
    item = find_bridge(organization_id, end_user_id, bridge_id)
    if item is None:
        raise NotFound
    return item


def require_owner(transaction: Transaction, bridge_id: str, end_user_id: str) -> None:
    """The transaction holds only while the bridge exists and is this end user's; BridgeGone otherwise."""
    condition = BridgeOwnerItem.end_user_id == end_user_id
    transaction.check(keys.bridge_owner(bridge_id), condition, error=BridgeGone())


def note_sync(
    item: BridgeItem, by: Actor, status: str | None, error_message: str | None, completed: bool, counts: dict[str, Any]
) -> None:
    """What a sync tells of the bridge itself: its status, an error, that it is complete. Writes nothing where nothing
    changes. ConditionFailed if the bridge changed meanwhile."""
    error_message = configs.without_own_secrets(error_message, item)
    old_status, old_message = item.status, item.error_message
    if status is not None:
        item.status, item.error_message = status, error_message
    elif error_message is not None:
        item.error_message = error_message
    if not completed and (item.status, item.error_message) == (old_status, old_message):
        return
    transaction = Transaction()
    if completed:
        item.last_sync_at = clock.timestamp()
    put_changed(transaction, item, old_status, by)
    if completed:
        record(transaction, item, "bridge.sync_completed", by, **counts)
    transaction.commit()


def record(transaction: Transaction, item: BridgeItem, event_type: EventType, by: Actor, **metadata: Any) -> None:
    events.record(
        transaction,
        item.organization_id,
        item.end_user_id,
        event_type,
        by=by,
        resource=("bridge", item.id),
        metadata={"type": item.type, "name": item.name, **metadata},
        data=shapes.summary(item).model_dump(),
    )
