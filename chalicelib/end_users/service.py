"""Creates, updates and lists end users. Creating a session for an external id creates or updates its end user."""

from typing import Any, NamedTuple

from chalicelib.bridges.schemas import EndUserBridge
from chalicelib.end_users import terms
from chalicelib.end_users.schemas import BrandRead, EndUserDetail, EndUserQuery, EndUserRead, SupportRead
from chalicelib.end_users.store import list_end_users
from chalicelib.events import service as events
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import Forbidden, NotFound
from chalicelib.organizations import counters, end_users
from chalicelib.organizations.brands import SUPPORT_FIELDS
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import Actor, EmbedSession
from chalicelib.organizations.store import EndUserItem, ExternalIdItem
from chalicelib.search.matches import read_page
from chalicelib.table import keys
from chalicelib.table.items import Row
from chalicelib.table.pages import Window
from chalicelib.table.reads import get_many
from chalicelib.table.transaction import Transaction, absent, exists, retry_on_conflict


def upsert(
    transaction: Transaction,
    organization_id: str,
    stored: EndUserItem | None,
    external_id: str,
    profile: dict[str, Any],
    by: Actor,
) -> EndUserItem:
    """Adds the writes to the transaction. `profile` has those of name, email and metadata that were sent."""
    if stored is None:
        return _insert(transaction, organization_id, external_id, profile, by)
    changed = {name: value for name, value in profile.items() if getattr(stored, name) != value}
    if not changed:
        transaction.check(stored.key, exists())
        return stored
    _update(transaction, stored, changed, by)
    return stored


def require_own_branding(session: EmbedSession) -> None:
    """Forbidden unless the organization allows merchants to brand their pages and the session is verified."""
    if not known_settings(session.config).merchant_branding:
        raise Forbidden("This organization does not let merchants change their branding.", "feature_disabled")
    if not session.verified:
        raise Forbidden("Only a verified session may change the branding.", "identity_unverified")


def update_brand(organization_id: str, end_user_id: str, changes: dict[str, Any], by: Actor) -> EndUserItem:
    """Replaces branding and support, as far as they are in `changes`; None removes one. NotFound."""
    return retry_on_conflict(lambda: _update_brand(organization_id, end_user_id, changes, by))


def _update_brand(organization_id: str, end_user_id: str, changes: dict[str, Any], by: Actor) -> EndUserItem:
    item = end_users.find(organization_id, end_user_id)
    if item is None:
        raise NotFound
    changed = {name: value or None for name, value in changes.items() if getattr(item, name) != (value or None)}
    if changed:
        transaction = Transaction()
        _update(transaction, item, changed, by)
        transaction.commit()
    return item


def _update(transaction: Transaction, item: EndUserItem, changed: dict[str, Any], by: Actor) -> None:
    version, before = item.version, terms.texts_of(item)
    for name, value in changed.items():
        setattr(item, name, value)
    item.updated_at = clock.timestamp()
    # Field by field, because other rooms change counters on the same item.
    attributes = [(getattr(EndUserItem, name), value) for name, value in changed.items()]
    actions = [attribute.remove() if value is None else attribute.set(value) for attribute, value in attributes]
    actions += [EndUserItem.updated_at.set(item.updated_at), EndUserItem.version.set(version + 1)]
    transaction.update(item.key, actions, EndUserItem.version == version)
    terms.change(transaction, item, before, terms.texts_of(item))
    events.record(
        transaction,
        item.organization_id,
        item.id,
        "end_user.updated",
        by=by,
        resource=("end_user", item.id),
        metadata={"fields": sorted(changed)},
    )


def _insert(
    transaction: Transaction, organization_id: str, external_id: str, profile: dict[str, Any], by: Actor
) -> EndUserItem:
    end_user_id, now = ids.new_id(), clock.timestamp()
    item = EndUserItem.at(
        keys.end_user(organization_id, end_user_id),
        id=end_user_id,
        organization_id=organization_id,
        external_id=external_id,
        created_at=now,
        updated_at=now,
        **profile,
    )
    item.index_1(keys.end_user_list(organization_id, now, end_user_id))
    pointer = keys.end_user_by_external_id(organization_id, external_id)
    transaction.put(ExternalIdItem.at(pointer, end_user_id=end_user_id), absent())
    transaction.put(item, absent())
    terms.change(transaction, item, None, terms.texts_of(item))
    counters.count_end_users(transaction, organization_id, 1)
    events.record(
        transaction,
        organization_id,
        end_user_id,
        "end_user.created",
        by=by,
        resource=("end_user", end_user_id),
        metadata={"external_id": external_id},
        data=to_response(item).model_dump(),
    )
    return item


def to_response(item: EndUserItem) -> EndUserRead:
    return EndUserRead(**_shown_fields(item), bridge_count=item.bridge_count)


def to_detail(item: EndUserItem, bridges: list[EndUserBridge]) -> EndUserDetail:
    return EndUserDetail(**_shown_fields(item), bridges=bridges)


def to_brand(item: EndUserItem) -> BrandRead:
    return BrandRead(branding=item.branding, support=_support(item))


def _shown_fields(item: EndUserItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "organization_id": item.organization_id,
        "external_id": item.external_id,
        "name": item.name,
        "email": item.email,
        "metadata": item.metadata,
        "branding": item.branding,
        "support": _support(item),
        "created_at": item.created_at,
        "updated_at": item.updated_at,
    }


def _support(item: EndUserItem) -> SupportRead | None:
    stored = item.support
    return SupportRead(**{field: stored.get(field) for field in SUPPORT_FIELDS}) if stored else None


class EndUserPage(NamedTuple):
    """`following`: the sort key below which the next page starts. `capped`: whether there may be more than `total`."""

    rows: list[EndUserRead]
    total: int
    following: str | None
    capped: bool = False


def list_page(organization_id: str, query: EndUserQuery) -> EndUserPage:
    if query.search is not None:
        return _search(organization_id, query.search, query.window)
    return EndUserPage(*list_all(organization_id, query.external_id, query.window))


def _search(organization_id: str, text: str, window: Window) -> EndUserPage:
    def read(end_user_ids: list[str]) -> dict[str, Row]:
        rows = get_many(keys.end_user(organization_id, end_user_id) for end_user_id in end_user_ids)
        return {row["id"]["S"]: row for row in rows.values()}

    page = read_page(terms.find(organization_id, text), window, read)
    rows = [to_response(EndUserItem.of(row)) for row in page.rows]
    return EndUserPage(rows, page.total, page.next, page.capped)


def list_all(
    organization_id: str, external_id: str | None, window: Window
) -> tuple[list[EndUserRead], int, str | None]:
    """End users newest first, their total, and the sort key after which the next page starts."""
    if external_id is not None:
        found = end_users.find_by_external_id(organization_id, external_id)
        shown = [found] if found and window.offset == 0 and window.below is None else []
        return [to_response(item) for item in shown], 1 if found else 0, None
    items, following = list_end_users(organization_id, window)
    return [to_response(item) for item in items], counters.end_users(organization_id), following


def get(organization_id: str, end_user_id: str, bridges: list[EndUserBridge]) -> EndUserDetail:
    item = end_users.find(organization_id, end_user_id)
    if item is None:
        raise NotFound
    return to_detail(item, bridges)
