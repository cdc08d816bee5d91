"""Creates, lists, revokes, expires and removes tracking pages. `views` opens them."""

from concurrent.futures import Future

from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import NotFound, Unauthorized
from chalicelib.organizations.known_settings import known_settings
from chalicelib.organizations.principals import SYSTEM, Actor, EmbedSession, Reader
from chalicelib.shipments import service as shipments
from chalicelib.table import keys
from chalicelib.table.due import DueItem, Run, due_key, run_due
from chalicelib.table.keys import Key
from chalicelib.table.reads import run_concurrently
from chalicelib.table.transaction import ConditionFailed, Transaction, absent, delete, exists, retry_on_conflict, update
from chalicelib.tracking_pages.schemas import TrackingPageCreated, TrackingPageQuery, TrackingPageRow
from chalicelib.tracking_pages.store import (
    ActivePageItem,
    PageItem,
    TokenItem,
    count_change,
    count_without,
    find_active,
    find_page,
    list_active,
    list_all,
    list_of_bridge,
    list_page,
    read_count,
)

DAY_S = 86400
TOKEN_BYTES = 18
"""144 bits, 24 characters. Too many to guess, so failed attempts need no rate limit of their own."""
DUE = "tracking_page"
MAX_EXPIRED_PER_RUN = 50_000
BATCH_SIZE = 50
DEACTIVATE = [PageItem.is_active.set(False), PageItem.duepk.remove(), PageItem.duesk.remove()]

Pages = tuple[list[PageItem], str | None]


def create(session: EmbedSession, shipment_id: str, base_url: str, by: Actor) -> tuple[TrackingPageCreated, bool]:
    """The active page of the shipment, and whether this call created it."""
    return retry_on_conflict(lambda: _create(session, shipment_id, base_url, by))


def _create(session: EmbedSession, shipment_id: str, base_url: str, by: Actor) -> tuple[TrackingPageCreated, bool]:
    organization_id, end_user_id = session.organization_id, session.end_user_id
    shipment, active = run_concurrently(
        lambda: shipments.get(organization_id, end_user_id, shipment_id, session.hidden_bridges),
        lambda: find_active(organization_id, end_user_id, shipment_id),
    )
    if active is not None and active.expires_at > clock.timestamp():
        return _created(active, base_url), False
    page = _new_page(session, shipment_id, shipment["bridge_id"])
    transaction = Transaction()
    transaction.check(keys.shipment(organization_id, end_user_id, shipment_id), exists(), error=NotFound())
    transaction.check(keys.end_user(organization_id, end_user_id), exists(), error=Unauthorized())
    active = _insert(transaction, page, by)
    transaction.commit()
    return _created(active, base_url), True


def _new_page(session: EmbedSession, shipment_id: str, bridge_id: str) -> PageItem:
    page_id = ids.new_ordered_id()
    page = PageItem.at(
        keys.tracking_page(session.organization_id, session.end_user_id, page_id),
        id=page_id,
        organization_id=session.organization_id,
        end_user_id=session.end_user_id,
        shipment_id=shipment_id,
        bridge_id=bridge_id,
        token=ids.random_text(TOKEN_BYTES),
        expires_at=clock.in_seconds(known_settings(session.config).tracking_page_ttl_days * DAY_S),
        created_at=ids.time_of(page_id),
    )
    page.index_2(keys.pages_of_bridge(page.organization_id, bridge_id, page_id))
    page.schedule(due_key(DUE, page.expires_at, page_id))
    return page


def _insert(transaction: Transaction, page: PageItem, by: Actor) -> ActivePageItem:
    active = ActivePageItem.at(
        keys.active_tracking_page(page.organization_id, page.end_user_id, page.shipment_id),
        page_id=page.id,
        token=page.token,
        expires_at=page.expires_at,
        created_at=page.created_at,
        expires=clock.epoch(page.expires_at),
    )
    transaction.put(active, absent() | (ActivePageItem.expires_at <= clock.timestamp()))
    transaction.put(page, absent())
    transaction.put(TokenItem.of_page(page), absent())
    transaction.update(keys.end_user_stats(page.organization_id, page.end_user_id), [count_change(1)])
    _record(transaction, page, "tracking_page.created", by)
    return active


def _created(active: ActivePageItem, base_url: str) -> TrackingPageCreated:
    return TrackingPageCreated(
        id=active.page_id,
        token=active.token,
        url=_url(base_url, active.token),
        expires_at=active.expires_at,
        created_at=active.created_at,
    )


def read_pages(organization_id: str, end_user_id: str, query: TrackingPageQuery) -> Pages:
    """Reads the list without needing the session, so that both can be read at the same time."""
    if query.is_paged:
        return list_page(organization_id, end_user_id, query.window)
    return list_all(organization_id, end_user_id), None


def list_pages(
    reader: Reader, query: TrackingPageQuery, base_url: str, reading: "Future[Pages] | None"
) -> tuple[list[TrackingPageRow], int, str | None]:
    """Rows newest first, their total, and the sort key after which the next page starts."""
    organization_id, end_user_id = reader.organization_id, reader.end_user_id
    hidden = reader.hidden_bridges
    if hidden and query.is_paged:
        items, following = list_page(organization_id, end_user_id, query.window, hidden)
        total = count_without(organization_id, end_user_id, hidden)
    else:
        items, following = reading.result() if reading else read_pages(organization_id, end_user_id, query)
        total = read_count(reader.stats)
    now = clock.timestamp()
    return [_row(item, base_url, now) for item in items if item.bridge_id not in hidden], total, following


def get(reader: Reader, page_id: str, base_url: str) -> TrackingPageRow:
    """As the list shows it. NotFound."""
    item = find_page(reader.organization_id, reader.end_user_id, page_id)
    if item is None or item.bridge_id in reader.hidden_bridges:
        raise NotFound
    return _row(item, base_url, clock.timestamp())


def _row(item: PageItem, base_url: str, now: str) -> TrackingPageRow:
    return TrackingPageRow(
        id=item.id,
        token=item.token,
        url=_url(base_url, item.token),
        shipment_id=item.shipment_id,
        is_active=item.is_active_at(now),
        view_count=item.view_count,
        last_viewed_at=item.last_viewed_at,
        expires_at=item.expires_at,
        created_at=item.created_at,
    )


def _url(base_url: str, token: str) -> str:
    return f"{base_url}/t/{token}"


def revoke(session: EmbedSession, page_id: str, by: Actor) -> None:
    """Takes effect with the next view. Revoking a page again changes nothing."""
    page = find_page(session.organization_id, session.end_user_id, page_id)
    if page is None or page.bridge_id in session.hidden_bridges:
        raise NotFound
    _deactivate(page, by)


def _deactivate(page: PageItem, by: Actor) -> None:
    if not page.is_active_at(clock.timestamp()):
        return
    transaction = Transaction()
    transaction.update(page.key, DEACTIVATE, PageItem.is_active == True)  # noqa: E712
    _delete_active(transaction, page)
    _record(transaction, page, "tracking_page.revoked", by)
    try:
        transaction.commit()
    except ConditionFailed:
        # Revoked, removed or expired in the meantime, so it is inactive already.
        return


def expire(due: DueItem) -> None:
    """Stores that a page has expired. Readers compare `expires_at` themselves, so this may be late."""
    _deactivate_expired(due.key)


def _deactivate_expired(key: Key) -> None:
    update(key, DEACTIVATE, PageItem.expires_at <= clock.timestamp())


def expire_due() -> Run:
    return run_due(DUE, expire, limit=MAX_EXPIRED_PER_RUN)


def deactivate_of_end_user(organization_id: str, end_user_id: str) -> bool:
    """Revokes a batch of the active pages of a deleted end user. True if there may be more."""
    pages = list_active(organization_id, end_user_id, BATCH_SIZE)
    for page in pages:
        if page.is_active_at(clock.timestamp()):
            _deactivate(page, SYSTEM)
        else:
            _deactivate_expired(page.key)
    return len(pages) == BATCH_SIZE


def remove_of_bridge(organization_id: str, bridge_id: str, end_user_id: str | None = None) -> bool:
    """Removes a batch of the pages of a deleted bridge, or of one that `end_user_id` no longer owns.

    True if there may be more.
    """
    pages, more = list_of_bridge(organization_id, bridge_id, end_user_id, BATCH_SIZE)
    for page in pages:
        transaction = Transaction()
        if page.is_active_at(clock.timestamp()):
            _delete_active(transaction, page)
        else:
            # May belong to a newer page by now. Deleted before the page, which is needed to find it.
            delete(_active_key(page), ActivePageItem.page_id == page.id)
        transaction.delete(page.key, exists())
        if page.expires_at > clock.timestamp():
            # Until the page would have expired, its link is answered with 410. Then DynamoDB deletes the token.
            token = TokenItem.of_page(page, is_removed=True, expires=clock.epoch(page.expires_at))
            # The page led to its token, and is gone.
            token.index_1(keys.unlisted_item(organization_id, token.key))
            transaction.put(token)
        else:
            transaction.delete(keys.tracking_token(page.token))
        transaction.update(keys.end_user_stats(organization_id, page.end_user_id), [count_change(-1)])
        try:
            transaction.commit()
        except ConditionFailed:
            continue
    return more


def _delete_active(transaction: Transaction, page: PageItem) -> None:
    transaction.delete(_active_key(page), absent() | (ActivePageItem.page_id == page.id))


def _active_key(page: PageItem) -> Key:
    return keys.active_tracking_page(page.organization_id, page.end_user_id, page.shipment_id)


def _record(transaction: Transaction, page: PageItem, event_type: EventType, by: Actor) -> None:
    events.record(
        transaction,
        page.organization_id,
        page.end_user_id,
        event_type,
        by=by,
        resource=("tracking_page", page.id),
        metadata={"shipment_id": page.shipment_id},
    )
