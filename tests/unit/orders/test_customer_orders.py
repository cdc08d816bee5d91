"""A shopper's orders: which are listed, and which are left out of list and total alike."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine

from chalicelib.kit import clock
from chalicelib.orders import customer_orders, service, store
from chalicelib.orders.store import CustomerEntry, CustomerOrderItem, delete_stale_entry, list_all_customer_entries
from chalicelib.privacy.identity import customer_id
from chalicelib.table import keys
from chalicelib.table.batch_write import write_many
from chalicelib.table.keys import Key
from chalicelib.table.pages import Window
from chalicelib.table.reads import get_many, query
from chalicelib.table.transaction import update
from tests.support.aws_calls import Call, around
from tests.support.background import clean_up
from tests.support.factories import EMBED, Acme
from tests.support.orders import Merchant, order

JANE, EVE = "jane@example.com", "eve@example.com"


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    merchant = Merchant.of(acme)
    merchant.sync(order(1, ordered_at="2026-01-01"), order(2, ordered_at="2026-01-02"))
    return merchant


def page_of(merchant: Merchant, email: str = JANE, page: int = 1, limit: int = 10) -> tuple[list[str], int]:
    org = merchant.acme.organization_id
    found, total = customer_orders.list_page(org, customer_id(org, email), Window(limit, (page - 1) * limit))
    return [each.document["external_id"] for each in found], total


def entries(merchant: Merchant, email: str = JANE) -> list[CustomerEntry]:
    org = merchant.acme.organization_id
    return list_all_customer_entries(org, customer_id(org, email))


def put_entry(merchant: Merchant, email: str, order_id: str, ordered_at: str, made_at: str) -> None:
    org = merchant.acme.organization_id
    entry = CustomerOrderItem.at(
        keys.customer_order(org, customer_id(org, email), merchant.session.end_user_id, ordered_at, order_id),
        end_user_id=merchant.session.end_user_id,
        bridge_id=merchant.bridge_id,
        made_at=made_at,
        hint="ORD-1",
    )
    write_many([entry])


class Between:
    """Makes a call once, before the `nth` call of a patched function."""

    def __init__(self, function: Callable[..., Any], nth: int, call: Callable[[], object]) -> None:
        self._function, self._left, self._call = function, nth, call

    def __call__(self, *arguments: Any, **more: Any) -> Any:
        self._left -= 1
        if self._left == 0:
            self._call()
        return self._function(*arguments, **more)


class TestListing:
    def test_newest_first_whatever_the_case(self, merchant: Merchant) -> None:
        Merchant.of(merchant.acme, "merchant-2").sync(
            order(3, customer={"email": " JANE@Example.com "}, ordered_at="2026-01-03")
        )
        assert page_of(merchant, "Jane@example.COM") == (["ext-3", "ext-2", "ext-1"], 3)

    def test_they_follow_the_address_on_the_order(self, merchant: Merchant) -> None:
        merchant.sync(order(1, customer={"email": EVE}, ordered_at="2026-01-01"))
        merchant.sync(order(2, customer=None, ordered_at="2026-01-02"))
        assert page_of(merchant) == ([], 0)
        assert page_of(merchant, EVE) == (["ext-1"], 1)

    def test_an_order_is_there_once_when_its_time_changes(self, merchant: Merchant) -> None:
        merchant.sync(order(1, ordered_at="2026-01-05"))
        assert page_of(merchant) == (["ext-1", "ext-2"], 2)
        assert len(entries(merchant)) == 2

    def test_all_are_counted_however_many_answers_they_fill(
        self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        merchant.sync(*(order(n, ordered_at=f"2026-01-{n:02}") for n in range(3, 12)))
        monkeypatch.setattr(store, "query", lambda *given, **more: query(*given, **more, limit=2))
        assert page_of(merchant, page=2, limit=4) == ([f"ext-{n}" for n in (7, 6, 5, 4)], 11)

    def test_orders_of_a_deleted_bridge_are_neither_listed_nor_counted(self, merchant: Merchant) -> None:
        other = merchant.another()
        other.sync(order(3, ordered_at="2026-01-03"), order(4, ordered_at="2026-01-04"))
        assert merchant.client.delete(f"{EMBED}/bridges/{other.bridge_id}").status == 200
        assert page_of(merchant) == (["ext-2", "ext-1"], 2)
        assert page_of(merchant, limit=1) == (["ext-2"], 2)
        clean_up()
        assert page_of(merchant) == (["ext-2", "ext-1"], 2)
        assert len(entries(merchant)) == 2

    def test_an_order_whose_detail_changes_during_the_read_is_listed(self, merchant: Merchant) -> None:
        changed = Between(get_many, 2, lambda: merchant.sync(order(1, notes="changed", ordered_at="2026-01-01")))
        with patch.object(store, "get_many", changed):
            assert page_of(merchant) == (["ext-2", "ext-1"], 2)

    def test_an_order_whose_time_changes_during_the_read_is_listed(self, merchant: Merchant) -> None:
        changed = Between(get_many, 1, lambda: merchant.sync(order(1, ordered_at="2026-01-05")))
        with patch.object(store, "get_many", changed):
            assert page_of(merchant) == (["ext-2", "ext-1"], 2)
        assert page_of(merchant) == (["ext-1", "ext-2"], 2)


class TestFinding:
    def test_an_order_whose_time_changes_concurrently(self, merchant: Merchant) -> None:
        org = merchant.acme.organization_id
        changed = Between(service.find, 1, lambda: merchant.sync(order(1, ordered_at="2026-01-05")))
        with patch.object(customer_orders, "find", changed):
            assert customer_orders.find_newest(org, customer_id(org, JANE), "ORD-1") is not None

    def test_by_number_the_newest(self, merchant: Merchant) -> None:
        org = merchant.acme.organization_id
        merchant.another().sync(order(1, ordered_at="2026-02-01"))
        found = customer_orders.find_newest(org, customer_id(org, JANE), "ORD-1")
        assert found is not None
        assert found.document["ordered_at"].startswith("2026-02-01")
        assert found.timeline()[-1]["title"] == "Order created"
        assert customer_orders.find_newest(org, customer_id(org, EVE), "ORD-1") is None

    def test_skips_orders_of_deleted_bridges(self, merchant: Merchant) -> None:
        org = merchant.acme.organization_id
        for n in range(7):
            other = merchant.another()
            other.sync(order(1, ordered_at=f"2026-02-{n + 1:02}"))
            assert merchant.client.delete(f"{EMBED}/bridges/{other.bridge_id}").status == 200
        found = customer_orders.find_newest(org, customer_id(org, JANE), "ORD-1")
        assert found is not None
        assert found.document["ordered_at"].startswith("2026-01-01")


class TestStaleEntries:
    """Entries without an order, or of another customer's order, as syncs that die leave them."""

    def test_are_neither_listed_nor_counted_and_are_deleted(self, merchant: Merchant) -> None:
        shown = merchant.order(1)
        put_entry(merchant, EVE, shown["id"], shown["ordered_at"], shown["created_at"])
        put_entry(merchant, JANE, shown["id"], "2026-03-01T00:00:00.000Z", shown["created_at"])
        org = merchant.acme.organization_id
        assert customer_orders.find_newest(org, customer_id(org, EVE), "ORD-1") is None
        assert page_of(merchant, EVE) == ([], 0)
        assert page_of(merchant, limit=1) == (["ext-2"], 2)
        assert entries(merchant, EVE) == []
        assert len(entries(merchant)) == 2

    def test_one_without_an_order_is_deleted_once_no_sync_can_still_write_it(self, merchant: Merchant) -> None:
        with time_machine.travel(clock.now(), tick=False) as travel:
            put_entry(merchant, EVE, merchant.order(1)["id"][::-1], clock.timestamp(), clock.timestamp())
            assert page_of(merchant, EVE) == ([], 0)
            assert len(entries(merchant, EVE)) == 1
            travel.shift(timedelta(hours=1))
            assert page_of(merchant, EVE) == ([], 0)
            assert entries(merchant, EVE) == []

    def test_one_whose_order_is_being_moved_is_kept(self, merchant: Merchant) -> None:
        org, shown = merchant.acme.organization_id, merchant.order(1)
        customer = customer_id(org, JANE)
        (entry,) = (entry for entry in entries(merchant) if entry.order_id == shown["id"])
        coming = entry._replace(end_user_id=Merchant.of(merchant.acme, "merchant-2").session.end_user_id)
        with time_machine.travel(clock.now() + timedelta(days=1)):
            delete_stale_entry(org, customer, coming, lambda _: False)
        assert entry in entries(merchant)

    def test_one_whose_order_concurrently_becomes_the_customers_is_kept(self, merchant: Merchant) -> None:
        org, shown = merchant.acme.organization_id, merchant.order(1)
        put_entry(merchant, EVE, shown["id"], shown["ordered_at"], shown["created_at"])
        (entry,) = entries(merchant, EVE)

        def is_valid(_: object) -> bool:
            merchant.sync(order(1, customer={"email": EVE}, ordered_at="2026-01-01"))
            return False

        delete_stale_entry(org, customer_id(org, EVE), entry, is_valid)
        assert entries(merchant, EVE) == [entry]
        assert page_of(merchant, EVE) == (["ext-1"], 1)

    def test_a_stale_sync_leaves_none(self, merchant: Merchant) -> None:
        record = order(1, ordered_at="2026-01-01")
        newer = [{**record, "notes": "new", "updated_at": "2026-02-02"}]

        def overtaken(name: str, call: Call) -> Any:
            if name == "TransactWriteItems" and newer:
                merchant.sync(newer.pop())
            return call()

        with around(overtaken):
            merchant.sync({**record, "customer": {"email": EVE}, "updated_at": "2026-02-01"})
        assert newer == []
        assert merchant.order(1)["customer"]["email"] == JANE
        assert entries(merchant, EVE) == []
        assert page_of(merchant) == (["ext-2", "ext-1"], 2)


def test_an_entry_without_a_bridge_is_still_followed(merchant: Merchant) -> None:
    """The first versions wrote such entries; stacks that were updated since have some."""
    org = merchant.acme.organization_id
    partition = keys.customer_orders(org, customer_id(org, JANE))
    for row in query(partition, consistent=True).rows:
        update(
            Key(row["pk"]["S"], row["sk"]["S"]),
            [CustomerOrderItem.bridge_id.remove(), CustomerOrderItem.made_at.remove()],
        )
    assert page_of(merchant) == (["ext-2", "ext-1"], 2)
    merchant.sync(order(1, ordered_at="2026-01-01", customer={"email": EVE}))
    assert page_of(merchant) == (["ext-2"], 1)
