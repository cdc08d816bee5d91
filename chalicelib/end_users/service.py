"""End users: made and kept up to date by the sessions that are opened for them."""

from typing import Any

from chalicelib.bridges.schemas import EndUserBridge
from chalicelib.end_users.schemas import EndUserDetail, EndUserRead
from chalicelib.end_users.store import list_end_users
from chalicelib.events import service as events
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import counters, end_users
from chalicelib.organizations.principals import Actor
from chalicelib.organizations.store import EndUserItem, ExternalIdItem
from chalicelib.table import keys
from chalicelib.table.pages import Window
from chalicelib.table.transaction import Transaction, absent, exists


def upsert(
    transaction: Transaction,
    organization_id: str,
    stored: EndUserItem | None,
    external_id: str,
    given: dict[str, Any],
    by: Actor,
) -> EndUserItem:
    """Put what is new about an end user into the transaction. `given`: name, email, metadata, as far as sent."""
    if stored is None:
        return _insert(transaction, organization_id, external_id, given, by)
    changed = {name: value for name, value in given.items() if getattr(stored, name) != value}
    if not changed:
        transaction.check(stored.key, exists())
        return stored
    seen = stored.version
    for name, value in changed.items():
        setattr(stored, name, value)
    stored.updated_at = clock.timestamp()
    # Field by field, not the whole item: the counters beside them belong to others.
    actions = [getattr(EndUserItem, name).set(value) for name, value in changed.items()]
    actions += [EndUserItem.updated_at.set(stored.updated_at), EndUserItem.version.set(seen + 1)]
    transaction.update(stored.key, actions, EndUserItem.version == seen)
    events.record(
        transaction,
        organization_id,
        stored.id,
        "end_user.updated",
        by=by,
        resource=("end_user", stored.id),
        metadata={"fields": sorted(changed)},
    )
    return stored


def _insert(
    transaction: Transaction, organization_id: str, external_id: str, given: dict[str, Any], by: Actor
) -> EndUserItem:
    end_user_id, now = ids.new_id(), clock.timestamp()
    item = EndUserItem.at(
        keys.end_user(organization_id, end_user_id),
        id=end_user_id,
        organization_id=organization_id,
        external_id=external_id,
        created_at=now,
        updated_at=now,
        **given,
    )
    item.index_1(keys.end_user_list(organization_id, now, end_user_id))
    pointer = keys.end_user_by_external_id(organization_id, external_id)
    transaction.put(ExternalIdItem.at(pointer, end_user_id=end_user_id), absent())
    transaction.put(item, absent())
    counters.count_end_users(transaction, organization_id, 1)
    events.record(
        transaction,
        organization_id,
        end_user_id,
        "end_user.created",
        by=by,
        resource=("end_user", end_user_id),
        metadata={"external_id": external_id},
        data=read(item).model_dump(),
    )
    return item


def read(item: EndUserItem) -> EndUserRead:
    return EndUserRead(
        id=item.id,
        organization_id=item.organization_id,
        external_id=item.external_id,
        name=item.name,
        email=item.email,
        metadata=item.metadata,
        bridge_count=item.bridge_count,
        created_at=item.created_at,
        updated_at=item.updated_at,
    )


def list_all(
    organization_id: str, external_id: str | None, window: Window
) -> tuple[list[EndUserRead], int, str | None]:
    """End users newest first, their number, and the sort key to go on below."""
    if external_id is not None:
        found = end_users.find_by_external_id(organization_id, external_id)
        shown = [found] if found and window.offset == 0 and window.below is None else []
        return [read(item) for item in shown], 1 if found else 0, None
    items, following = list_end_users(organization_id, window)
    return [read(item) for item in items], counters.end_users(organization_id), following


def get(organization_id: str, end_user_id: str, bridges: list[EndUserBridge]) -> EndUserDetail:
    item = end_users.find(organization_id, end_user_id)
    if item is None:
        raise NotFound
    return EndUserDetail(
        id=item.id,
        organization_id=item.organization_id,
        external_id=item.external_id,
        name=item.name,
        email=item.email,
        metadata=item.metadata,
        created_at=item.created_at,
        updated_at=item.updated_at,
        bridges=bridges,
    )
