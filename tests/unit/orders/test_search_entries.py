"""Search entries beside their order: whenever a sync dies or comes too late, an order is found by what it has."""

import itertools
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.kit import clock
from chalicelib.orders import merging, store
from chalicelib.table import reads
from tests.support.account import everything
from tests.support.erasures import before
from tests.support.factories import EMBED, Acme
from tests.support.faults import Crash, crashing
from tests.support.orders import Merchant, order
from tests.unit.sync.test_races import syncing

NEW: dict[str, Any] = {
    "order_number": "NEW-1",
    "line_items": [{"title": "Mug", "sku": "MUG-2"}],
    "customer": {"name": "Eve Adams"},
}
TERMS = {"ORD-1001": "order_number", "NEW-1": "order_number", "WID-7": "sku", "MUG-2": "sku", "jane": "n", "adams": "n"}


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def finding(merchant: Merchant) -> set[str]:
    return {term for term in TERMS if merchant.orders(f"?search={term}")["pagination"]["total"]}


def test_a_change_that_dies_at_any_call_leaves_what_is_stored(acme: Acme) -> None:
    former, later = {"ORD-1001", "WID-7", "jane"}, {"NEW-1", "MUG-2", "adams"}
    outcomes = []
    for at, done in itertools.product(range(40), (False, True)):
        merchant = Merchant.of(acme, f"merchant-{at}-{done}")
        merchant.sync(order())
        with crashing(at, done=done) as faults, suppress(Crash):
            merchant.try_sync(orders=[order(**NEW)])
        stored = later if merchant.orders()["data"][0]["order_number"] == "NEW-1" else former
        assert finding(merchant) == stored, (at, done)
        outcomes.append(stored)
        # What its service sends next, whatever that is, is right too.
        merchant.sync(order() if stored is later else order(**NEW, notes="again"))
        assert finding(merchant) == (former if stored is later else later), (at, done)
        if len(faults.calls) <= at:
            break
    assert former in outcomes
    assert later in outcomes


def test_a_late_older_record_takes_no_entry_away(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    merchant.sync(order(updated_at="2026-01-15T00:00:00Z"))
    newer = order(status="shipped", updated_at="2026-01-17T00:00:00Z")
    before(monkeypatch, "sync.writing._transaction", syncing(merchant, orders=[newer]))
    merchant.sync(order(**NEW, updated_at="2026-01-16T00:00:00Z"))
    assert finding(merchant) == {"ORD-1001", "WID-7", "jane"}


def test_very_many_changed_terms_lose_none(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MAX_ENTRIES_AT_ONCE", 3)
    merchant.sync(order())
    before(monkeypatch, "sync.writing._transaction", lambda: None, die=True)
    with suppress(BaseException):
        merchant.try_sync(orders=[order(**NEW)])
    assert finding(merchant) >= {"ORD-1001", "WID-7", "jane"}
    merchant.sync(order(**NEW))
    assert finding(merchant) == {"NEW-1", "MUG-2", "adams"}


def test_a_new_order_that_dies_is_not_found_and_leaves_no_name(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def left() -> list[Any]:
        return [row for row in everything() if row["pk"]["S"].startswith("S#") and "jane" in row["sk"]["S"]]

    before(monkeypatch, "sync.writing._transaction", lambda: None, die=True)
    with suppress(BaseException):
        merchant.try_sync(orders=[order()])
    assert len(left()) == 1
    assert finding(merchant) == set()
    # A search deletes it, but not while the order may be about to be written.
    assert len(left()) == 1
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        renewed = Merchant(merchant.acme, merchant.acme.session("merchant-1"), merchant.bridge_id)
        assert finding(renewed) == set()
    assert left() == []


def test_another_end_users_orders_of_a_customer_hide_none(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Merchant.of(merchant.acme, "merchant-2")
    merchant.sync(order(1, ordered_at="2020-01-01"))
    other.sync(*[order(n, ordered_at=f"2026-01-{n:02d}") for n in range(2, 9)])
    monkeypatch.setattr(store, "query", lambda *arguments, **named: reads.query(*arguments, **named, limit=3))
    page = merchant.orders("?search=jane@example.com")
    assert [row["external_id"] for row in page["data"]] == ["ext-1"]
    assert (page["pagination"]["total"], page["pagination"].get("totalCapped")) == (1, None)


def test_a_moved_order_is_listed_under_its_new_owner_alone(merchant: Merchant) -> None:
    from tests.support.background import clean_up

    new_owner = Merchant.of(merchant.acme, "merchant-2")
    merchant.sync(*[order(n) for n in range(12)])
    path = f"/api/v1/bridges/{merchant.bridge_id}"
    assert merchant.acme.server.patch(path, {"end_user_id": new_owner.session.end_user_id}).status == 200
    clean_up()
    entries = [row for row in everything() if row["pk"]["S"].startswith("CO#")]
    assert {row["u"]["S"] for row in entries} == {new_owner.session.end_user_id}
    assert len(entries) == 12
    found = new_owner.client.get(f"{EMBED}/orders?search=jane@example.com").json
    assert found["pagination"]["total"] == 12
