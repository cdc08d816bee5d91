"""A customer's entry leads to an order exactly while the order is theirs, whatever fails or overtakes."""

from contextlib import suppress

import pytest

from tests.support.erasures import Crash, before
from tests.support.factories import Acme
from tests.support.storefront import SHOP, Storefront, order_record

JANE, EVE = "jane@example.com", "eve@example.com"


@pytest.fixture
def shop(acme: Acme) -> Storefront:
    return Storefront(acme)


def seen_by(shop: Storefront, email: str) -> tuple[int, int]:
    """How many orders the customer's page shows, and the total it states."""
    page = shop.customer(email).get(f"{SHOP}/orders").json
    return len(page["items"]), page["total"]


@pytest.mark.parametrize("place", ["sync.orders.write", "sync.writing._transaction"])
def test_a_sync_that_dies_leaves_the_order_with_its_customer(
    shop: Storefront, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    shop.order("1", JANE)
    before(monkeypatch, place, lambda: None, die=True)
    with suppress(Crash):
        shop.order("1", EVE)
    assert (seen_by(shop, JANE), seen_by(shop, EVE)) == ((1, 1), (0, 0))
    shop.order("1", EVE)
    assert (seen_by(shop, JANE), seen_by(shop, EVE)) == ((0, 0), (1, 1))


@pytest.mark.parametrize("place", ["sync.orders.write", "sync.writing._transaction"])
def test_a_stale_sync_removes_no_entry(shop: Storefront, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    shop.order("1", JANE, updated_at="2026-01-01T10:00:00Z")
    newer = {"updated_at": "2026-01-01T12:00:00Z", "status": "processing"}
    before(monkeypatch, place, lambda: shop.order("1", JANE, **newer))
    shop.order("1", EVE, updated_at="2026-01-01T11:00:00Z")
    assert (seen_by(shop, JANE), seen_by(shop, EVE)) == ((1, 1), (0, 0))


@pytest.mark.parametrize("place", ["sync.orders.write", "sync.writing._transaction"])
@pytest.mark.parametrize("late", ["2026-01-01T09:00:00Z", "2026-01-01T11:00:00Z", None])
def test_a_sync_that_lost_the_race_to_create_the_order_leaves_no_entry(
    shop: Storefront, monkeypatch: pytest.MonkeyPatch, place: str, late: str | None
) -> None:
    first, second = order_record("1", JANE, updated_at="2026-01-01T10:00:00Z"), order_record("1", EVE)
    before(monkeypatch, place, lambda: shop.sync([first]))
    shop.sync([{**second, "updated_at": late}])
    stale = late == "2026-01-01T09:00:00Z"
    assert seen_by(shop, JANE) == ((1, 1) if stale else (0, 0))
    assert seen_by(shop, EVE) == ((0, 0) if stale else (1, 1))
