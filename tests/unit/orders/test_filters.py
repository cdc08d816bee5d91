"""Lists of orders by period, bridge and status, with and without a search; and the shipments in their rows."""

from typing import Any

import pytest

from chalicelib.orders import store
from chalicelib.search import matches
from tests.support.account import everything
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order, shipment


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def ids(page: Any) -> list[str]:
    return [row["external_id"] for row in page["data"]]


def total(page: Any) -> int:
    return int(page["pagination"]["total"])


def walk(merchant: Merchant, query: str) -> list[str]:
    """The external ids on all pages, by cursor."""
    found: list[str] = []
    cursor = ""
    while True:
        page = merchant.orders(f"?{query}{cursor}")
        found += ids(page)
        if not page["pagination"]["hasMore"]:
            return found
        cursor = f"&cursor={page['pagination']['nextCursor']}"


class TestPeriod:
    @pytest.fixture(autouse=True)
    def orders(self, merchant: Merchant) -> None:
        merchant.sync(*[order(n, ordered_at=f"2026-01-{n:02d}T12:00:00Z", status=self.status(n)) for n in range(1, 11)])

    def status(self, number: int) -> str:
        return "shipped" if number % 2 else "pending"

    @pytest.mark.parametrize(
        ("query", "numbers"),
        [
            ("from=2026-01-08", [10, 9, 8]),
            ("to=2026-01-02", [2, 1]),
            ("from=2026-01-04&to=2026-01-05", [5, 4]),
            ("from=2026-01-04T12:00:00Z&to=2026-01-05T12:00:00Z", [5, 4]),
            ("from=2026-01-04T12:00:00.001Z&to=2026-01-05T11:59:59.999Z", []),
            ("from=2026-01-04T14:00:00%2B02:00&to=2026-01-04", [4]),
            ("from=2026-02-01&to=2026-01-01", []),
            ("from=2026-01-04&to=2026-01-07&status=pending", [6, 4]),
            ("from=2026-01-04&to=2026-01-07&status=shipped", [7, 5]),
            ("from=2026-01-09&search=ord", [10, 9]),
            ("from=2026-01-07&search=ord&status=pending", [10, 8]),
        ],
    )
    def test_limits_the_list_and_its_total(self, merchant: Merchant, query: str, numbers: list[int]) -> None:
        page = merchant.orders(f"?{query}")
        assert (ids(page), total(page)) == ([f"ext-{n}" for n in numbers], len(numbers))
        assert "totalCapped" not in page["pagination"]

    @pytest.mark.parametrize("query", ["from=2026-01-03&to=2026-01-09", "from=2026-01-03&to=2026-01-09&search=ord"])
    def test_pages_by_cursor_and_by_number_are_the_same(self, merchant: Merchant, query: str) -> None:
        expected = [f"ext-{n}" for n in range(9, 2, -1)]
        assert walk(merchant, f"{query}&limit=2") == expected
        pages = [merchant.orders(f"?{query}&limit=2&page={n}") for n in range(1, 5)]
        assert [external_id for page in pages for external_id in ids(page)] == expected
        assert {total(page) for page in pages} == {7}

    @pytest.mark.parametrize("query", ["from=yesterday", "to=2026-13-01", "from=&to=x"])
    def test_what_is_no_time_is_refused(self, merchant: Merchant, query: str) -> None:
        assert merchant.client.get(f"{EMBED}/orders?{query}").status == 422

    def test_counting_is_bounded_and_says_so(self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store, "MAX_COUNTED", 4)
        pagination = merchant.orders("?from=2026-01-01")["pagination"]
        assert (pagination["total"], pagination["totalCapped"]) == (4, True)


class TestBridge:
    def test_only_its_orders_are_listed_and_counted(self, merchant: Merchant) -> None:
        other = merchant.another()
        merchant.sync(order(1, ordered_at="2026-01-01"), order(2, ordered_at="2026-01-02", status="shipped"))
        other.sync(order(3, ordered_at="2026-01-03"), order(4, ordered_at="2026-01-04", status="shipped"))
        for query, expected in {
            "": ["ext-4", "ext-3"],
            "&status=shipped": ["ext-4"],
            "&from=2026-01-04": ["ext-4"],
            "&to=2026-01-03&status=pending": ["ext-3"],
            "&search=ord": ["ext-4", "ext-3"],
            "&search=ord&status=pending": ["ext-3"],
            "&limit=1": ["ext-4"],
        }.items():
            page = merchant.orders(f"?bridge_id={other.bridge_id}{query}")
            assert ids(page) == expected, query
            assert total(page) == (2 if "limit" in query else len(expected)), query

    def test_of_another_end_user_it_has_none(self, merchant: Merchant) -> None:
        merchant.sync(order(1))
        page = Merchant.of(merchant.acme, "merchant-2").orders(f"?bridge_id={merchant.bridge_id}")
        assert (ids(page), total(page)) == ([], 0)

    def test_a_deleted_bridge_has_none_at_once(self, merchant: Merchant) -> None:
        other = merchant.another()
        other.sync(order(1))
        merchant.client.delete(f"{EMBED}/bridges/{other.bridge_id}")
        page = merchant.orders(f"?bridge_id={other.bridge_id}")
        assert (ids(page), total(page)) == ([], 0)

    def test_must_be_an_id(self, merchant: Merchant) -> None:
        assert merchant.client.get(f"{EMBED}/orders?bridge_id=x%23y").status == 422

    def test_a_rare_bridge_is_found_by_cursor_in_bounded_reads(
        self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "BRIDGE_LIST_ENTRIES", (1, 3))
        other = merchant.another()
        other.sync(order(100, ordered_at="2026-01-01"))
        merchant.sync(*[order(n, ordered_at=f"2026-02-{n:02d}") for n in range(1, 9)])
        first = merchant.orders(f"?bridge_id={other.bridge_id}")
        assert (ids(first), first["pagination"]["hasMore"], total(first)) == ([], True, 1)
        assert walk(merchant, f"bridge_id={other.bridge_id}") == ["ext-100"]


class TestBoundedSearch:
    def test_with_a_status_reads_the_newest_matches_and_goes_on_by_cursor(
        self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(matches, "MAX_FILTERED", 4)
        statuses = ["shipped" if n < 3 else "pending" for n in range(10)]
        merchant.sync(*[order(n, ordered_at=f"2026-01-{n + 1:02d}", status=s) for n, s in enumerate(statuses)])
        first = merchant.orders("?search=ord&status=shipped")["pagination"]
        assert (first["total"], first["totalCapped"], first["hasMore"]) == (0, True, True)
        assert walk(merchant, "search=ord&status=shipped") == ["ext-2", "ext-1", "ext-0"]


class TestNamesAndAddresses:
    def test_an_order_is_found_by_the_names_of_its_present_customer(self, merchant: Merchant) -> None:
        merchant.sync(order(1, customer={"name": "Zoë O'Brien-Smith", "email": "zoe@example.com"}))
        for text in ("zoë", "O'Brien", "brien", "smith", "zoe@example.com"):
            assert ids(merchant.orders(f"?search={text}")) == ["ext-1"], text
        merchant.sync(order(1, customer={"name": "Adam West", "email": "adam@example.com"}))
        for text in ("zoë", "smith", "zoe@example.com"):
            assert ids(merchant.orders(f"?search={text}")) == [], text
        for text in ("adam", "west", "adam@example.com"):
            assert ids(merchant.orders(f"?search={text}")) == ["ext-1"], text

    def test_an_address_finds_only_the_end_users_own_orders(self, merchant: Merchant) -> None:
        merchant.sync(order(1))
        other = Merchant.of(merchant.acme, "merchant-2")
        other.sync(order(2))
        assert ids(merchant.orders("?search=jane@example.com")) == ["ext-1"]
        assert ids(other.orders("?search=jane@example.com")) == ["ext-2"]

    def test_long_names_have_a_bounded_number_of_entries(self, merchant: Merchant) -> None:
        merchant.sync(order(1, customer={"name": "Anna Maria Sofia de la Cruz", "email": None}, line_items=[]))
        entries = [row["sk"]["S"].partition("\x1f")[0] for row in everything() if row["pk"]["S"].startswith("S#")]
        assert sorted(set(entries) - {"ord-1", "ext-1", "1"}) == [
            "anna maria sofia de la cruz",
            "cruz",
            "de la cruz",
            "la cruz",
        ]

    def test_names_move_with_the_order_and_are_removed_with_the_bridge(self, merchant: Merchant) -> None:
        merchant.sync(order(1))
        new_owner = Merchant.of(merchant.acme, "merchant-2")
        path = f"/api/v1/bridges/{merchant.bridge_id}"
        merchant.acme.server.patch(path, {"end_user_id": new_owner.session.end_user_id})
        clean_up()
        assert ids(new_owner.orders("?search=doe")) == ids(new_owner.orders("?search=jane@example.com")) == ["ext-1"]
        assert ids(merchant.orders("?search=doe")) == ids(merchant.orders("?search=jane@example.com")) == []
        new_owner.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}")
        clean_up()
        assert [row for row in everything() if row["pk"]["S"].startswith(("S#", "SX#"))] == []

    def test_a_sync_that_lost_the_race_to_create_an_order_leaves_no_name(self, merchant: Merchant) -> None:
        from tests.support.aws_calls import around

        first = [order(1, customer={"name": "Wrong Person", "email": "w@example.com"}, updated_at="2026-01-01")]
        second = [order(1, updated_at="2026-02-01")]

        def overtaken(name: str, call: Any) -> Any:
            if name == "TransactWriteItems" and second:
                merchant.sync(second.pop())
            return call()

        with around(overtaken):
            merchant.sync(*first)
        assert ids(merchant.orders("?search=wrong")) == []
        assert not [row for row in everything() if "wrong person" in row["sk"]["S"]]
        assert ids(merchant.orders("?search=doe")) == ["ext-1"]

    def test_a_sync_whose_customer_is_erased_before_it_tries_again_leaves_no_name(self, merchant: Merchant) -> None:
        from chalicelib.table.transaction import ConditionFailed
        from tests.support.aws_calls import around

        pending = [("Jane Doe", "jane@example.com")]

        def conflicting(name: str, call: Any) -> Any:
            if name == "TransactWriteItems" and pending:
                pending.pop()
                reply = merchant.acme.server.post("/api/v1/customers/erase", {"email": "jane@example.com"})
                assert reply.status == 202
                clean_up()
                raise ConditionFailed([])
            return call()

        with around(conflicting):
            merchant.sync(order(1, ordered_at="2020-01-01"))
        assert merchant.order(1)["customer"]["name"] is None
        assert not [row for row in everything() if "jane doe" in row["sk"]["S"]]


class TestShipmentsInRows:
    def row(self, merchant: Merchant, number: int = 1) -> list[Any]:
        (found,) = [row for row in merchant.orders()["data"] if row["external_id"] == f"ext-{number}"]
        shipments: list[Any] = found["shipments"]
        return shipments

    def test_follow_the_shipment(self, merchant: Merchant) -> None:
        merchant.sync(order(1), shipments=[shipment(1)])
        shown = {"tracking_number": "1Z999AA10123456784", "carrier": "ups", "status": "label_created"}
        (listed,) = self.row(merchant)
        assert listed == {"id": merchant.shipment(1)["id"], **shown}
        assert merchant.order(1)["shipments"] == [listed]
        merchant.sync(shipments=[shipment(1, status="in_transit", tracking_number=None, carrier="DHL Express")])
        changed = {"id": listed["id"], "tracking_number": None, "carrier": "dhl_express", "status": "in_transit"}
        assert self.row(merchant) == [changed]
        # Without naming the order.
        merchant.sync(shipments=[shipment(1, order_external_id=..., tracking_number=None, status="delivered")])
        assert [each["status"] for each in self.row(merchant)] == ["delivered"]

    def test_outlive_changes_of_the_order(self, merchant: Merchant) -> None:
        merchant.sync(order(1), shipments=[shipment(1)])
        before = self.row(merchant)
        merchant.sync(order(1, status="shipped", order_number="NEW-1"))
        merchant.sync(order(1, status="shipped", order_number="NEW-1", updated_at="2027-01-01"))
        assert self.row(merchant) == before

    def test_come_with_a_shipment_that_was_first(self, merchant: Merchant) -> None:
        merchant.sync(shipments=[shipment(1)])
        merchant.sync(order(1))
        assert len(self.row(merchant)) == 1

    def test_go_to_the_order_that_the_shipment_names_now(self, merchant: Merchant) -> None:
        merchant.sync(order(1), order(2), shipments=[shipment(1)])
        merchant.sync(shipments=[shipment(1, order_external_id="ext-2")])
        assert (self.row(merchant, 1), len(self.row(merchant, 2))) == ([], 1)
        merchant.sync(shipments=[shipment(1, order_external_id=None)])
        assert self.row(merchant, 2) == []

    def test_are_twenty_at_most(self, merchant: Merchant) -> None:
        merchant.sync(order(1), shipments=[shipment(n, order_external_id="ext-1") for n in range(30)])
        assert len(self.row(merchant)) == 20
        assert len(merchant.order(1)["shipments"]) == 30
        merchant.sync(shipments=[shipment(n, order_external_id="ext-1", status="delivered") for n in range(30)])
        assert [each["status"] for each in self.row(merchant)] == ["delivered"] * 20

    def test_of_a_deleted_bridge_are_hidden_at_once_and_then_removed(self, merchant: Merchant) -> None:
        other = merchant.another()
        merchant.sync(order(1))
        other.sync(shipments=[shipment(1)])
        assert len(self.row(merchant)) == 1
        merchant.client.delete(f"{EMBED}/bridges/{other.bridge_id}")
        assert self.row(merchant) == []
        clean_up()
        assert not [row for row in everything() for name in row if name.startswith("p#")]

    def test_move_with_the_order(self, merchant: Merchant) -> None:
        other = merchant.another()
        merchant.sync(order(1), shipments=[shipment(1)])
        other.sync(shipments=[shipment(2, order_external_id="ext-1")])
        assert len(self.row(merchant)) == 2
        new_owner = Merchant.of(merchant.acme, "merchant-2")
        path = f"/api/v1/bridges/{merchant.bridge_id}"
        merchant.acme.server.patch(path, {"end_user_id": new_owner.session.end_user_id})
        clean_up()
        (shown,) = self.row(new_owner)
        assert shown["id"] == new_owner.shipment(1)["id"]
        moved = Merchant(merchant.acme, new_owner.session, merchant.bridge_id)
        moved.sync(shipments=[shipment(1, status="delivered")])
        assert [each["status"] for each in self.row(new_owner)] == ["delivered"]

    def test_an_order_of_before_they_were_kept_shows_them_once_the_shipment_changes(self, merchant: Merchant) -> None:
        from pynamodb.expressions.operand import Path

        from chalicelib.table.keys import Key
        from chalicelib.table.transaction import update

        merchant.sync(order(1), shipments=[shipment(1)])
        for row in everything():
            for name in (name for name in row if name.startswith("p#")):
                update(Key(row["pk"]["S"], row["sk"]["S"]), [Path([name]).remove()])
        assert self.row(merchant) == []
        merchant.sync(shipments=[shipment(1, service="express")])
        assert len(self.row(merchant)) == 1


class TestFoundByTrackingNumber:
    def test_of_any_shipment_of_the_order(self, merchant: Merchant) -> None:
        merchant.sync(order(1), order(2), shipments=[shipment(1), shipment(2, tracking_number="JJD 0001 22")])
        for text, expected in {"1Z999": ["ext-1"], "jjd000122": ["ext-2"], "JJD%200001": ["ext-2"], "999": []}.items():
            assert ids(merchant.orders(f"?search={text}")) == expected, text

    def test_however_the_two_came_together(self, merchant: Merchant) -> None:
        merchant.sync(shipments=[shipment(1)])
        assert ids(merchant.orders("?search=1Z999")) == []
        merchant.sync(order(1))
        assert ids(merchant.orders("?search=1Z999")) == ["ext-1"]
        merchant.sync(shipments=[shipment(1, tracking_number="OTHER7")])
        assert ids(merchant.orders("?search=1Z999")) == []
        assert ids(merchant.orders("?search=other7&bridge_id=" + merchant.bridge_id)) == ["ext-1"]

    def test_through_another_bridge_with_the_bridge_of_the_order(self, merchant: Merchant) -> None:
        other = merchant.another()
        merchant.sync(order(1))
        other.sync(shipments=[shipment(1)])
        assert ids(merchant.orders(f"?search=1Z999&bridge_id={merchant.bridge_id}")) == ["ext-1"]
        assert ids(merchant.orders(f"?search=1Z999&bridge_id={other.bridge_id}")) == []


@pytest.mark.parametrize(
    "query",
    ["", "from=2026-01-01", "status=pending&to=2027-01-01", "search=ord", "search=jane&status=pending", "bridge"],
)
def test_no_filter_takes_a_read_per_row(merchant: Merchant, calls: list[str], query: str) -> None:
    merchant.sync(*[order(n) for n in range(30)], shipments=[shipment(n) for n in range(30)])
    query = f"bridge_id={merchant.bridge_id}" if query == "bridge" else query
    calls.clear()
    assert len(merchant.orders(f"?{query}")["data"]) == 20
    # The credential, the list and what counts it, the page's summaries; for a search its lookups.
    assert calls.count("BatchGetItem") == 2
    assert len(calls) <= (12 if "search" in query else 5)
