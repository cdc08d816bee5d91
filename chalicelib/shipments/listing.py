"""Pages of an end user's shipments, in two round trips; three for a search or a filter that the counters don't know."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

from chalicelib.catalog.carriers import carrier_slug
from chalicelib.http.pagination import pagination
from chalicelib.http.responses import JsonText
from chalicelib.organizations.principals import Reader
from chalicelib.search.matches import MAX_FILTERED, Matches, MatchPage, read_page
from chalicelib.search.terms import lookup_prefixes
from chalicelib.shipments import index, shape
from chalicelib.shipments.schemas import ShipmentQuery
from chalicelib.shipments.store import count_shipments, list_shipments, read_summaries
from chalicelib.table.items import Row
from chalicelib.table.pages import Entries, Window, fetch_items
from chalicelib.table.reads import run_concurrently
from chalicelib.totals import service as totals


@dataclass(frozen=True, slots=True)
class ShipmentPage:
    shipments: list[JsonText]
    pagination: dict[str, object]


def prefetch_page(organization_id: str, end_user_id: str, query: ShipmentQuery) -> Entries | None:
    """Runs during authentication, before it is known which bridges are hidden. A search is not made before then: it may
    read much, and anyone could have it made."""
    return None if query.is_search else _list(organization_id, end_user_id, query, frozenset())


def page(reader: Reader, query: ShipmentQuery, prefetched: "Future[Entries | None] | None") -> ShipmentPage:
    hidden = reader.hidden_bridges
    if query.is_search:
        return _page_of_matches(reader, query)
    entries = prefetched.result() if prefetched is not None and not hidden else None
    found = entries or _list(reader.organization_id, reader.end_user_id, query, hidden)
    if query.carrier is not None and query.status is not None:
        candidates = index.matches_of(found)
        result = read_page(candidates, replace(query.window, below=None), _summaries_of(reader), _filter(query))
        # What lies below the newest MAX_FILTERED is reached by the cursor.
        return _shown(query, replace(result, next=result.next or found.next))
    rows, (total, capped) = run_concurrently(lambda: _rows(reader, query, found), lambda: _total(reader, query))
    return _shown(query, MatchPage(rows, total, found.next, capped))


def _list(organization_id: str, end_user_id: str, query: ShipmentQuery, hidden: frozenset[str]) -> Entries:
    if query.carrier is None:
        return list_shipments(organization_id, end_user_id, query, hidden)
    # The carrier's list knows no status: then its newest entries are read, and the shipments decide.
    window = query.window if query.status is None else Window(MAX_FILTERED, below=query.window.below)
    return index.list_carrier(organization_id, end_user_id, _slug(query), window, query.period, hidden)


def _search(reader: Reader, text: str) -> Matches:
    organization_id, end_user_id = reader.organization_id, reader.end_user_id
    terms = lookup_prefixes(text, totals.common_prefixes(reader.stats))
    by_tracking_number, by_order_number = run_concurrently(
        lambda: index.find_by_tracking_number(organization_id, end_user_id, text),
        lambda: index.find_by_order_number(organization_id, end_user_id, terms, reader.hidden_bridges),
    )
    return by_tracking_number.joined(by_order_number)


def _page_of_matches(reader: Reader, query: ShipmentQuery) -> ShipmentPage:
    matches = _search(reader, query.search or "").only(
        lambda match: match.bridge_id not in reader.hidden_bridges and query.contains(match.sort.partition("#")[0])
    )
    filtered = query.status is not None or query.carrier is not None
    return _shown(query, read_page(matches, query.window, _summaries_of(reader), _filter(query) if filtered else None))


def _slug(query: ShipmentQuery) -> str:
    return carrier_slug(query.carrier or "") or ""


def _filter(query: ShipmentQuery) -> Callable[[Row], bool]:
    carrier = _slug(query) if query.carrier is not None else None

    def keep(row: Row) -> bool:
        return query.status in (None, shape.status_of(row)) and carrier in (None, shape.carrier_of(row))

    return keep


def _summaries_of(reader: Reader) -> Callable[[list[str]], dict[str, Row]]:
    return partial(read_summaries, reader.organization_id, reader.end_user_id, consistent=False)


def _rows(reader: Reader, query: ShipmentQuery, found: Entries) -> list[Row]:
    if query.carrier is None:
        return fetch_items(found.rows)
    shipment_ids = [index.shipment_id_of(row) for row in found.rows]
    rows = _summaries_of(reader)(shipment_ids)
    return [rows[shipment_id] for shipment_id in shipment_ids if shipment_id in rows]


def _total(reader: Reader, query: ShipmentQuery) -> tuple[int, bool]:
    """The number of shipments, and whether counting stopped at a bound."""
    organization_id, end_user_id, hidden = reader.organization_id, reader.end_user_id, reader.hidden_bridges
    if query.carrier is not None:
        return index.count_carrier(organization_id, end_user_id, _slug(query), query.period, hidden)
    if query.has_period:
        return count_shipments(organization_id, end_user_id, query, hidden)
    return totals.total_shipments(reader.stats, query.status), False


def _shown(query: ShipmentQuery, result: MatchPage) -> ShipmentPage:
    shipments = [shape.list_text(row) for row in result.rows]
    return ShipmentPage(shipments, pagination(query.window, result.total, result.next, capped=result.capped))
