"""Lists of shipments by carrier, period, status and search, alone and combined."""

from typing import Any

import pytest

from chalicelib.search import matches
from chalicelib.shipments import index, listing, store
from tests.support.account import everything
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order, shipment


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


@pytest.fixture
def shipped(merchant: Merchant) -> Merchant:
    """Eight shipments a day apart: odd ones by UPS and in transit, even ones by Royal Mail and delivered."""
    orders = [order(n, order_number=f"ORD-{n}-X") for n in range(1, 9)]
    merchant.sync(*orders, shipments=[shipment(n, **described(n)) for n in range(1, 9)])
    return merchant


def described(number: int) -> dict[str, Any]:
    odd = number % 2
    return {
        "tracking_number": f"{'1Z' if odd else 'RM'}{number:04d}",
        "carrier": "UPS" if odd else "Royal Mail",
        "status": "in_transit" if odd else "delivered",
        "ship_date": f"2026-01-{number:02d}",
    }


def numbers(page: Any) -> list[int]:
    return [int(row["external_id"].removeprefix("shp-")) for row in page["data"]]


def total(page: Any) -> int:
    return int(page["pagination"]["total"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("carrier=ups", [7, 5, 3, 1]),
        ("carrier=Royal%20Mail", [8, 6, 4, 2]),
        ("carrier=royal_mail", [8, 6, 4, 2]),
        ("carrier=dhl", []),
        ("carrier=!", []),
        ("from=2026-01-06", [8, 7, 6]),
        ("to=2026-01-02", [2, 1]),
        ("from=2026-01-03&to=2026-01-06&status=delivered", [6, 4]),
        ("carrier=ups&from=2026-01-03&to=2026-01-05", [5, 3]),
        ("carrier=ups&status=in_transit", [7, 5, 3, 1]),
        ("carrier=ups&status=delivered", []),
        ("carrier=ups&status=in_transit&from=2026-01-04", [7, 5]),
        ("search=1z", [7, 5, 3, 1]),
        ("search=rm0004", [4]),
        ("search=RM%2000%2004", [4]),
        ("search=m0004", []),
        ("search=ord-3", [3]),
        ("search=3-x", [3]),
        ("search=ord", [8, 7, 6, 5, 4, 3, 2, 1]),
        ("search=ord&carrier=ups", [7, 5, 3, 1]),
        ("search=ord&status=delivered&from=2026-01-03", [8, 6, 4]),
        ("search=ord&carrier=Royal%20Mail&status=in_transit", []),
        ("search=%20", [8, 7, 6, 5, 4, 3, 2, 1]),
    ],
)
def test_filters_limit_the_list_and_its_total(shipped: Merchant, query: str, expected: list[int]) -> None:
    page = shipped.shipments(f"?{query}")
    assert (numbers(page), total(page)) == (expected, len(expected))
    assert "totalCapped" not in page["pagination"]
    seen, cursor = [], ""
    while True:
        page = shipped.shipments(f"?{query}&limit=2{cursor}")
        seen += numbers(page)
        if not page["pagination"]["hasMore"]:
            break
        cursor = f"&cursor={page['pagination']['nextCursor']}"
    assert seen == expected
    pages = [shipped.shipments(f"?{query}&limit=3&page={n}") for n in (1, 2, 3)]
    assert [number for page in pages for number in numbers(page)] == expected


def test_the_index_follows_the_shipment(merchant: Merchant) -> None:
    merchant.sync(order(1), order(2, order_number="OTHER-2"), shipments=[shipment(1)])
    merchant.sync(shipments=[shipment(1, carrier="DHL", ship_date="2026-03-01", tracking_number="JJD7")])
    for query, expected in {"carrier=ups": [], "carrier=dhl": [1], "search=1z": [], "search=jjd7": [1]}.items():
        assert numbers(merchant.shipments(f"?{query}")) == expected, query
    assert numbers(merchant.shipments("?carrier=dhl&from=2026-03-01")) == [1]
    merchant.sync(shipments=[shipment(1, order_external_id="ext-2", tracking_number="JJD7")])
    assert numbers(merchant.shipments("?search=other")) == [1]
    assert numbers(merchant.shipments("?search=ord-1")) == []
    assert len([row for row in everything() if row["pk"]["S"].startswith("SX#")]) == 1


def test_a_new_order_number_finds_the_orders_shipments(merchant: Merchant) -> None:
    merchant.sync(order(1), shipments=[shipment(1), shipment(2, order_external_id="ext-1")])
    merchant.sync(order(1, order_number="RENAMED-1", ordered_at="2026-02-01"))
    assert sorted(numbers(merchant.shipments("?search=renamed"))) == [1, 2]
    assert numbers(merchant.shipments("?search=ord-1")) == []
    assert merchant.orders("?search=1Z999&from=2026-02-01")["pagination"]["total"] == 1


def test_shipments_that_came_before_their_order_are_found_by_its_number(merchant: Merchant) -> None:
    merchant.sync(shipments=[shipment(1)])
    assert numbers(merchant.shipments("?search=1z")) == [1]
    merchant.sync(order(1))
    assert numbers(merchant.shipments("?search=ord-1")) == [1]


def test_only_the_end_users_own(shipped: Merchant) -> None:
    other = Merchant.of(shipped.acme, "merchant-2")
    for query in ("carrier=ups", "search=1z", "search=ord", "from=2026-01-01"):
        assert numbers(other.shipments(f"?{query}")) == []


def test_shipments_of_a_deleted_bridge_are_left_out_at_once_and_their_index_is_removed(shipped: Merchant) -> None:
    other = shipped.another()
    other.sync(shipments=[shipment(100, carrier="UPS", tracking_number="1Z9999", order_external_id="ext-1")])
    assert total(shipped.shipments("?carrier=ups")) == 5
    shipped.client.delete(f"{EMBED}/bridges/{other.bridge_id}")
    for _ in range(2):
        for query in ("carrier=ups", "search=1z", "carrier=ups&status=in_transit"):
            page = shipped.shipments(f"?{query}")
            assert (numbers(page), total(page)) == ([7, 5, 3, 1], 4), query
        clean_up()
    assert len([row for row in everything() if row["pk"]["S"].startswith("SX#")]) == 8


def test_they_move_with_the_bridge(shipped: Merchant) -> None:
    new_owner = Merchant.of(shipped.acme, "merchant-2")
    shipped.acme.server.patch(f"/api/v1/bridges/{shipped.bridge_id}", {"end_user_id": new_owner.session.end_user_id})
    clean_up()
    for query, expected in {"carrier=ups": [7, 5, 3, 1], "search=rm0004": [4], "search=ord-3": [3]}.items():
        assert numbers(new_owner.shipments(f"?{query}")) == expected, query
        assert numbers(shipped.shipments(f"?{query}")) == [], query
    assert new_owner.orders("?search=1Z0003")["pagination"]["total"] == 1


def test_counting_is_bounded_and_says_so(shipped: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_COUNTED", 3)
    pagination = shipped.shipments("?carrier=ups")["pagination"]
    assert (pagination["total"], pagination["totalCapped"]) == (3, True)
    monkeypatch.setattr(matches, "MAX_FILTERED", 3)
    pagination = shipped.shipments("?search=ord&status=delivered")["pagination"]
    assert (pagination["total"], pagination["totalCapped"]) == (2, True)


@pytest.mark.parametrize("query", ["from=yesterday", f"search={'x' * 256}", f"carrier={'x' * 256}"])
def test_invalid_filters_are_refused(merchant: Merchant, query: str) -> None:
    assert merchant.client.get(f"{EMBED}/shipments?{query}").status == 422


def test_a_search_that_matches_very_much_takes_one_read_for_each_lookup(
    shipped: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MAX_MATCHES", 3)
    page = shipped.shipments("?search=ord")
    assert (len(page["data"]), page["pagination"]["totalCapped"]) == (3, True)
    page = shipped.orders("?search=1z")
    assert (page["pagination"]["total"], page["pagination"]["totalCapped"]) == (3, True)


def test_carrier_with_status_goes_on_below_the_bound(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    merchant.sync(
        shipments=[
            shipment(n, ship_date=f"2026-01-{n + 10}", status="delivered" if n < 6 else "in_transit") for n in range(12)
        ]
    )
    monkeypatch.setattr(listing, "MAX_FILTERED", 5)
    seen, query = [], "?carrier=ups&status=delivered&limit=3"
    page: dict[str, Any] = {}
    cursor = ""
    for _ in range(20):
        page = merchant.shipments(query + cursor)
        seen += [s["external_id"] for s in page["data"]]
        if not page["pagination"]["hasMore"]:
            break
        cursor = f"&cursor={page['pagination']['nextCursor']}"
    assert len(seen) == 6


@pytest.mark.parametrize("number", ["#K1007", "K1007"])
def test_a_leading_number_sign_does_not_matter(merchant: Merchant, number: str) -> None:
    merchant.sync(order(1, order_number=number), shipments=[shipment(1)])
    for text in ("K1007", "%23K1007", "k10"):
        assert numbers(merchant.shipments(f"?search={text}")) == [1], text


def test_the_number_of_a_hidden_order_finds_no_shipment(merchant: Merchant) -> None:
    shop = merchant.another()
    shop.sync(order(1, order_number="HIDDEN-1"))
    merchant.sync(order(2, order_number="SHOWN-2"), shipments=[shipment(1), shipment(2)])
    assert numbers(merchant.shipments("?search=HIDDEN")) == [1]
    assert merchant.client.delete(f"{EMBED}/bridges/{shop.bridge_id}").status == 200
    page = merchant.shipments("?search=HIDDEN")
    assert (numbers(page), total(page)) == ([], 0)
    assert numbers(merchant.shipments("?search=SHOWN")) == [2]
    assert sorted(numbers(merchant.shipments("?search=1Z"))) == [1, 2]
