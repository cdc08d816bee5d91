"""Pages of an end user's orders, in two round trips; three for a search or a filter that the counters don't know."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from chalicelib.http.pagination import pagination
from chalicelib.http.responses import JsonText
from chalicelib.orders.schemas import OrderQuery
from chalicelib.orders.shape import row_text
from chalicelib.orders.source_deleted_store import list_source_deleted
from chalicelib.orders.store import (
    count_orders,
    list_orders,
    list_orders_of_customer,
    list_owners,
    read_summaries,
    status_of_row,
)
from chalicelib.organizations.principals import Reader
from chalicelib.privacy.identity import customer_id
from chalicelib.search import service as search
from chalicelib.search.matches import Match, Matches, read_page
from chalicelib.shipments import index as shipments
from chalicelib.table import keys
from chalicelib.table.pages import Entries, fetch_items
from chalicelib.table.reads import find_row, map_concurrently, run_concurrently
from chalicelib.totals import service as totals


@dataclass(frozen=True, slots=True)
class OrderPage:
    orders: list[JsonText]
    pagination: dict[str, object]


def prefetch_page(organization_id: str, end_user_id: str, query: OrderQuery) -> Entries | None:
    """Runs during authentication, before it is known which bridges are hidden. A search is not made before then: it may
    read much, and anyone could have it made."""
    return (
        None
        if query.is_search or query.source_deleted
        else list_orders(organization_id, end_user_id, query, frozenset())
    )


def page(reader: Reader, query: OrderQuery, prefetched: "Future[Entries | None] | None") -> OrderPage:
    hidden = reader.hidden_bridges
    if query.bridge_id in hidden:
        return OrderPage([], pagination(query.window, 0, None))
    if query.is_search:
        return _page_of_matches(reader, query)
    if query.source_deleted:
        return _page_of_source_deleted(reader, query)
    entries = prefetched.result() if prefetched is not None and not hidden else None
    found = entries or list_orders(reader.organization_id, reader.end_user_id, query, hidden)
    rows, (total, capped) = run_concurrently(lambda: fetch_items(found.rows), lambda: _total(reader, query))
    orders = [row_text(row, hidden) for row in rows]
    return OrderPage(orders, pagination(query.window, total, found.next, capped=capped))


def _page_of_source_deleted(reader: Reader, query: OrderQuery) -> OrderPage:
    hidden, organization_id, end_user_id = reader.hidden_bridges, reader.organization_id, reader.end_user_id
    entries, total = list_source_deleted(organization_id, end_user_id, query, hidden)
    order_ids = [keys.part_after_separator(row["sk"]["S"]) for row in entries.rows]
    found = read_summaries(organization_id, end_user_id, order_ids)
    # An entry may outlive its order, or what it says of it, for a moment.
    rows = [found[order_id] for order_id in order_ids if "sd" in found.get(order_id, {})]
    return OrderPage([row_text(row, hidden) for row in rows], pagination(query.window, total, entries.next))


def _search(reader: Reader, text: str) -> Matches:
    organization_id, end_user_id = reader.organization_id, reader.end_user_id
    finders: list[Callable[[], Matches]] = [
        lambda: search.find_matches(organization_id, end_user_id, text, reader.stats),
        lambda: shipments.find_orders(organization_id, end_user_id, text, reader.hidden_bridges),
    ]
    if "@" in text:
        finders.append(lambda: _find_by_email(organization_id, end_user_id, text))
    results = map_concurrently(lambda find: find(), finders)
    found = [match for matches in results for match in matches.found]
    return Matches.of(found, capped=any(matches.capped for matches in results))


def _find_by_email(organization_id: str, end_user_id: str, text: str) -> Matches:
    """By the customer's own entries, so that addresses need none among the search entries."""
    entries, more = list_orders_of_customer(organization_id, customer_id(organization_id, text), end_user_id)
    return Matches.of([Match(each.order_id, each.ordered_at, each.bridge_id) for each in entries], capped=more)


def _total(reader: Reader, query: OrderQuery) -> tuple[int, bool]:
    """The number of orders, and whether counting stopped at a bound."""
    organization_id, end_user_id = reader.organization_id, reader.end_user_id
    if query.has_period:
        return count_orders(organization_id, end_user_id, query, reader.hidden_bridges)
    if query.bridge_id is None:
        return totals.total_orders(reader.stats, query.status), False
    row = find_row(keys.bridge_stats(organization_id, query.bridge_id, end_user_id), consistent=False)
    return totals.total_orders(row or {}, query.status), False


def _page_of_matches(reader: Reader, query: OrderQuery) -> OrderPage:
    hidden = reader.hidden_bridges
    matches = _search(reader, query.search or "").only(
        lambda match: (
            match.bridge_id not in hidden and query.bridge_id in (None, match.bridge_id) and query.contains(match.sort)
        )
    )
    read = partial(read_summaries, reader.organization_id, reader.end_user_id)
    with_status = (lambda row: status_of_row(row) == query.status) if query.status is not None else None
    result = read_page(matches, query.window, read, with_status)
    search.delete_orphans(result.missing, lambda order_id: bool(list_owners(reader.organization_id, order_id)))
    orders = [row_text(row, hidden) for row in result.rows]
    return OrderPage(orders, pagination(query.window, result.total, result.next, capped=result.capped))
