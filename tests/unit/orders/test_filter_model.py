"""Whatever filters are combined, lists, totals and cursors agree with looking at every order and shipment."""

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.search.terms import MAX_NAME_TERMS, MAX_TERM_BYTES, name_terms, normalise
from tests.support.factories import Acme
from tests.support.orders import Merchant, order, shipment

NAMES = ("Jane Doe", "Zoë O'Brien", "Doe", "Ann-Marie Lee", None)
CARRIERS = ("UPS", "Royal Mail", None)
ORDER_STATUSES = ("pending", "shipped", "delivered")
SHIPMENT_STATUSES = ("in_transit", "delivered")
DAYS = [f"2026-01-{day:02d}" for day in range(1, 11)]
TEXTS = ("ord", "ord-1", "jane", "doe", "o'b", "lee", "1z", "1Z0", "rm", "jane@example.com", "nobody", "7")


def an_order(number: int) -> dict[str, Any]:
    customer = {"name": NAMES[number % 5], "email": "jane@example.com" if number % 3 == 0 else None}
    return order(
        number, customer=customer, status=ORDER_STATUSES[number % 3], ordered_at=f"{DAYS[number % 10]}T10:00:00Z"
    )


def a_shipment(number: int) -> dict[str, Any]:
    return shipment(
        number,
        tracking_number=f"{'1Z' if number % 2 else 'RM'}{number:03d}",
        carrier=CARRIERS[number % 3],
        status=SHIPMENT_STATUSES[number % 2],
        ship_date=DAYS[number % 10],
    )


@pytest.fixture(scope="module")
def numbers() -> range:
    return range(1, 25)


@pytest.fixture
def merchant(acme: Acme, numbers: range) -> Merchant:
    merchant = Merchant.of(acme)
    other = merchant.another()
    merchant.sync(*[an_order(n) for n in numbers if n % 4], shipments=[a_shipment(n) for n in numbers if n % 4])
    other.sync(*[an_order(n) for n in numbers if n % 4 == 0], shipments=[a_shipment(n) for n in numbers if n % 4 == 0])
    return merchant


def begins_a_word(text: str | None, query: str) -> bool:
    text, query = (text or "").casefold(), query.casefold()
    starts = [n for n, c in enumerate(text) if n == 0 or (c.isalnum() and not text[n - 1].isalnum())]
    return any(text[start:].startswith(query) for start in starts)


def finds_order(number: int, query: str) -> bool:
    record, parcel = an_order(number), a_shipment(number)
    texts = [record["order_number"], record["external_id"], record["line_items"][0]["sku"], record["customer"]["name"]]
    found = any(begins_a_word(text, query) for text in texts)
    return (
        found
        or parcel["tracking_number"].casefold().startswith(query.casefold())
        or record["customer"]["email"] == query
    )


def finds_shipment(number: int, query: str) -> bool:
    tracking = a_shipment(number)["tracking_number"].casefold()
    return tracking.startswith(query.casefold()) or begins_a_word(an_order(number)["order_number"], query)


def in_period(day: str, query: dict[str, str]) -> bool:
    return query.get("from", "") <= day and day <= query.get("to", "9")


def optional(**filters: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({}, optional=filters)


def walked(merchant: Merchant, what: str, query: dict[str, str], limit: int) -> tuple[set[str], int]:
    """The external ids on all pages, each of which comes once, and the total."""
    read = merchant.orders if what == "orders" else merchant.shipments
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = read(f"?{urlencode({**query, **cursor, 'limit': str(limit)})}")
        seen += [row["external_id"] for row in page["data"]]
        if not page["pagination"]["hasMore"]:
            assert len(seen) == len(set(seen))
            return set(seen), page["pagination"]["total"]
        cursor = {"cursor": page["pagination"]["nextCursor"]}


PERIOD = {"from": st.sampled_from(DAYS), "to": st.sampled_from(DAYS)}
MODEL = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@MODEL
@given(
    query=optional(**PERIOD, status=st.sampled_from(ORDER_STATUSES), search=st.sampled_from(TEXTS)),
    of_bridge=st.booleans(),
    limit=st.sampled_from((3, 50)),
)
def test_orders(merchant: Merchant, numbers: range, query: dict[str, str], of_bridge: bool, limit: int) -> None:
    expected = {
        f"ext-{n}"
        for n in numbers
        if in_period(DAYS[n % 10], query)
        and query.get("status", ORDER_STATUSES[n % 3]) == ORDER_STATUSES[n % 3]
        and ("search" not in query or finds_order(n, query["search"]))
        and (not of_bridge or n % 4)
    }
    bridge = {"bridge_id": merchant.bridge_id} if of_bridge else {}
    assert walked(merchant, "orders", {**query, **bridge}, limit) == (expected, len(expected))


@MODEL
@given(
    query=optional(
        **PERIOD,
        status=st.sampled_from(SHIPMENT_STATUSES),
        carrier=st.sampled_from(("UPS", "royal_mail", "dhl")),
        search=st.sampled_from(TEXTS),
    ),
    limit=st.sampled_from((3, 50)),
)
def test_shipments(merchant: Merchant, numbers: range, query: dict[str, str], limit: int) -> None:
    carriers = {"UPS": "UPS", "royal_mail": "Royal Mail", "dhl": "DHL"}
    expected = {
        f"shp-{n}"
        for n in numbers
        if in_period(DAYS[n % 10], query)
        and query.get("status", SHIPMENT_STATUSES[n % 2]) == SHIPMENT_STATUSES[n % 2]
        and ("carrier" not in query or carriers[query["carrier"]] == CARRIERS[n % 3])
        and ("search" not in query or finds_shipment(n, query["search"]))
    }
    assert walked(merchant, "shipments", query, limit) == (expected, len(expected))


@given(st.text(max_size=300))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_any_name_has_few_entries_that_fit_into_a_key(name: str) -> None:
    terms = name_terms({"customer": {"name": name}})
    assert len(terms) <= MAX_NAME_TERMS
    assert all(normalise(name).endswith(term) for term in terms)
    assert all(0 < len(term.encode(errors="replace")) <= MAX_TERM_BYTES for term in terms)
    assert (normalise(name) in terms) == bool(normalise(name))
