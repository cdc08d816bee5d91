"""Orders in which anything may be missing or of another kind: each costs at most itself."""

from contextlib import suppress
from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.connectors.shop import Shop
from chalicelib.connectors.shopify import orders
from chalicelib.orders.record import OrderRecord
from chalicelib.records.parsing import BadRecord, parse_record
from chalicelib.shipments.record import ShipmentRecord
from tests.support.shopify.double import DOMAIN, respond
from tests.support.shopify.objects import fulfillment, line, order

LINES = {"nodes": [line("A", 2), line("B")], "pageInfo": {"hasNextPage": False, "endCursor": None}}
WHOLE = order(note="Ring twice", fulfillments=[fulfillment(), fulfillment(None)]) | {"lineItems": LINES}
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=8),
    st.sampled_from(["", "NaN", "Infinity", "-1", "1e400", "\ud800", [], {}, [None], [[]], {"shopMoney": []}]),
)
DELETED = object()


def paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [before] if before else []
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, entry in entries:
        found += paths(entry, (*before, name))
    return found


PATHS = [path for path in paths(WHOLE) if path[0] not in ("fulfillmentOrders", "legacyResourceId")]


@given(st.lists(st.tuples(st.sampled_from(PATHS), st.one_of(VALUES, st.just(DELETED))), min_size=1, max_size=3))
@settings(max_examples=400, deadline=None)
def test_whatever_is_in_an_order_its_neighbours_are_read(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    broken = deepcopy(WHOLE)
    for path, value in changes:
        _change(broken, path, value)
    nodes = [order() | {"lineItems": LINES}, broken, order() | {"lineItems": LINES}]
    info = {"hasNextPage": False, "endCursor": None}
    answer = respond(200, {"data": {"orders": {"nodes": nodes, "pageInfo": info}}})
    shop = Shop("bridge-1", {"shopDomain": DOMAIN, "accessToken": "shpat"}, lambda *_, **__: answer)
    page = orders.read_orders(shop, "2026-01-01T00:00:00Z", None)
    ids = {each["external_id"] for each in page.orders} | {each.external_id for each in page.unreadable}
    assert ids == {str(each["legacyResourceId"]) for each in nodes}
    for record in page.orders:
        parsed(OrderRecord, record)
    for shipment in page.shipments:
        parsed(ShipmentRecord, shipment)


def parsed(model: type[OrderRecord] | type[ShipmentRecord], record: dict[str, Any]) -> None:
    """Reads it, or says what is wrong with it; any other error would cost the whole sync."""
    with suppress(BadRecord):
        parse_record(model, record)


def _change(value: Any, path: tuple[Any, ...], new: Any) -> None:
    for name in path[:-1]:
        try:
            value = value[name]
        except (KeyError, IndexError, TypeError):
            return
    try:
        if new is DELETED:
            del value[path[-1]]
        else:
            value[path[-1]] = new
    except (KeyError, IndexError, TypeError):
        return
