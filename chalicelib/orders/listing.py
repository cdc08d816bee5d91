"""A page of an end user's orders: by list, by status, by search. Two round trips, three where a search is filtered."""

from concurrent.futures import Future
from dataclasses import dataclass

from chalicelib.http.pagination import pagination
from chalicelib.http.responses import JsonText
from chalicelib.orders.schemas import OrderQuery
from chalicelib.orders.shape import list_text
from chalicelib.orders.store import list_orders, read_summaries, status_in, summaries_of
from chalicelib.organizations.principals import EmbedSession
from chalicelib.search import service as search
from chalicelib.search.service import Match, Matches
from chalicelib.table.pages import Entries, Window
from chalicelib.totals import service as totals

Found = Entries | Matches
"""What the first round trip brings: entries of the list, or a search's matches."""


@dataclass(frozen=True, slots=True)
class OrderPage:
    orders: list[JsonText]
    pagination: dict[str, object]


def look_ahead(organization_id: str, end_user_id: str, query: OrderQuery) -> Found:
    """Runs beside authentication, and so without knowing which bridges are hidden."""
    return _find(organization_id, end_user_id, query, frozenset())


def _find(organization_id: str, end_user_id: str, query: OrderQuery, hidden: frozenset[str]) -> Found:
    if query.search is not None and query.search.strip():
        return search.find_matches(organization_id, end_user_id, query.search)
    return list_orders(organization_id, end_user_id, query.status, query.window, hidden)


def page(session: EmbedSession, query: OrderQuery, ahead: "Future[Found] | None") -> OrderPage:
    organization_id, end_user_id = session.organization_id, session.end_user_id
    hidden = session.hidden_bridges
    usable = ahead if not hidden else None
    found = usable.result() if usable else _find(organization_id, end_user_id, query, hidden)
    if isinstance(found, Matches):
        return _matching(session, query, found)
    rows = summaries_of(found)
    total = totals.orders_in(session.stats, query.status)
    return OrderPage([list_text(row) for row in rows], pagination(query.window, total, found.next))


def _matching(session: EmbedSession, query: OrderQuery, found: Matches) -> OrderPage:
    organization_id, end_user_id = session.organization_id, session.end_user_id
    matches = [match for match in found.orders if match.bridge_id not in session.hidden_bridges]
    if query.status is None:
        shown, following = _window(matches, query.window)
        rows = read_summaries(organization_id, end_user_id, [match.order_id for match in shown])
    else:
        # Which of the matches have the status, only they themselves can tell.
        rows = read_summaries(organization_id, end_user_id, [match.order_id for match in matches])
        having = {order_id for order_id, row in rows.items() if status_in(row) == query.status}
        matches = [match for match in matches if match.order_id in having]
        shown, following = _window(matches, query.window)
    orders = [list_text(rows[match.order_id]) for match in shown if match.order_id in rows]
    return OrderPage(orders, pagination(query.window, len(matches), following, capped=found.capped))


def _window(matches: list[Match], window: Window) -> tuple[list[Match], str | None]:
    if window.below is not None:
        matches = [match for match in matches if match.cursor < window.below]
    end = window.offset + window.limit
    shown = matches[window.offset : end]
    return shown, shown[-1].cursor if shown and len(matches) > end else None
