"""Tracking pages: made and revoked by end users, opened by anyone, switched off when their time is over."""

from concurrent.futures import Future

from chalicelib.events import service as events
from chalicelib.events.types import EventType
from chalicelib.kit import clock, ids
from chalicelib.kit.errors import NotFound, Unauthorized
from chalicelib.organizations.known_settings import known
from chalicelib.organizations.principals import SYSTEM, Actor, EmbedSession
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
    count_in,
    count_without,
    counted,
    find_active,
    find_page,
    list_active,
    list_all,
    list_of_bridge,
    list_page,
)

DAY_S = 86400
TOKEN_BYTES = 18
"""144 bits, 24 characters: not to be found by trying, so nobody needs to count or slow down those who guess."""
DUE = "tracking_page"
"""Kind of the due entries."""
MOST_EXPIRED = 50_000
ENDED_AT_ONCE = 50
SWITCH_OFF = [PageItem.is_active.set(False), PageItem.duepk.remove(), PageItem.duesk.remove()]

Pages = tuple[list[PageItem], str | None]


def create(session: EmbedSession, shipment_id: str, base_url: str, by: Actor) -> tuple[TrackingPageCreated, bool]:
    """The shipment's active page, and whether it was made just now."""
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
        expires_at=clock.in_seconds(known(session.config).tracking_page_ttl_days * DAY_S),
        created_at=ids.time_of(page_id),
    )
    page.index_2(keys.pages_of_bridge(page.organization_id, bridge_id, page_id))
    page.fall_due(due_key(DUE, page.expires_at, page_id))
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
    transaction.put(
        TokenItem.at(
            keys.tracking_token(page.token),
            organization_id=page.organization_id,
            end_user_id=page.end_user_id,
            shipment_id=page.shipment_id,
            bridge_id=page.bridge_id,
            page_id=page.id,
            expires_at=page.expires_at,
        ),
        absent(),
    )
    transaction.update(keys.end_user_stats(page.organization_id, page.end_user_id), [counted(1)])
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
    """What a list consists of, without the session: it may be read while that is being verified."""
    if query.is_paged:
        return list_page(organization_id, end_user_id, query.window)
    return list_all(organization_id, end_user_id), None


def list_pages(
    session: EmbedSession, query: TrackingPageQuery, base_url: str, reading: "Future[Pages] | None"
) -> tuple[list[TrackingPageRow], int, str | None]:
    """Rows newest first, their number, and the sort key to go on below."""
    organization_id, end_user_id = session.organization_id, session.end_user_id
    hidden = session.hidden_bridges
    if hidden and query.is_paged:
        items, following = list_page(organization_id, end_user_id, query.window, hidden)
        total = count_without(organization_id, end_user_id, hidden)
    else:
        items, following = reading.result() if reading else read_pages(organization_id, end_user_id, query)
        total = count_in(session.stats)
    now = clock.timestamp()
    return [_row(item, base_url, now) for item in items if item.bridge_id not in hidden], total, following


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
    """Takes effect with the next view; a second revocation changes nothing."""
    page = find_page(session.organization_id, session.end_user_id, page_id)
    if page is None or page.bridge_id in session.hidden_bridges:
        raise NotFound
    _deactivate(page, by)


def _deactivate(page: PageItem, by: Actor) -> None:
    if not page.is_active_at(clock.timestamp()):
        return
    transaction = Transaction()
    transaction.update(page.key, SWITCH_OFF, PageItem.is_active == True)  # noqa: E712
    _delete_active(transaction, page)
    _record(transaction, page, "tracking_page.revoked", by)
    try:
        transaction.commit()
    except ConditionFailed:
        # Revoked, removed or expired at this very moment: it is not active any more, which was the wish.
        return


def expire(due: DueItem) -> None:
    """Write that a page's time is over. Nobody waits for it: every reader sees it by the time itself."""
    _switch_off_expired(due.key)


def _switch_off_expired(key: Key) -> None:
    update(key, SWITCH_OFF, PageItem.expires_at <= clock.timestamp())


def expire_due() -> Run:
    return run_due(DUE, expire, most=MOST_EXPIRED)


def deactivate_of_end_user(organization_id: str, end_user_id: str) -> bool:
    """Revoke some of the active pages of an end user who was deleted; whether there may be more."""
    pages = list_active(organization_id, end_user_id, ENDED_AT_ONCE)
    for page in pages:
        if page.is_active_at(clock.timestamp()):
            _deactivate(page, SYSTEM)
        else:
            _switch_off_expired(page.key)
    return len(pages) == ENDED_AT_ONCE


def remove_of_bridge(organization_id: str, bridge_id: str, end_user_id: str | None = None) -> bool:
    """Remove some of the pages of a bridge that was deleted, or that `end_user_id` no longer has; whether there may be
    more."""
    pages, more = list_of_bridge(organization_id, bridge_id, end_user_id, ENDED_AT_ONCE)
    for page in pages:
        transaction = Transaction()
        if page.is_active_at(clock.timestamp()):
            _delete_active(transaction, page)
        else:
            # Void, and maybe another page's by now. Before the page, by which it is found.
            delete(_active_key(page), ActivePageItem.page_id == page.id)
        transaction.delete(page.key, exists())
        transaction.delete(keys.tracking_token(page.token))
        transaction.update(keys.end_user_stats(organization_id, page.end_user_id), [counted(-1)])
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
