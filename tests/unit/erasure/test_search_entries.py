"""What finds orders and shipments holds nothing of an erased customer, whatever found them before."""

import pytest

from tests.support.account import everything
from tests.support.erasures import erase_now, order, shipment
from tests.support.factories import EMBED, Acme
from tests.support.storefront import Storefront

PERSON = ("jane", "doe")


@pytest.fixture
def shop(acme: Acme) -> Storefront:
    return Storefront(acme)


def search(shop: Storefront, text: str, what: str = "orders") -> int:
    return int(shop.session.client.get(f"{EMBED}/{what}?search={text}").json["pagination"]["total"])


def entries_naming_the_customer() -> list[str]:
    rows = [row for row in everything() if row["pk"]["S"].startswith(("S#", "SX#", "O#", "SH#"))]
    return [f"{row['pk']['S']} {row['sk']['S']}" for row in rows if any(word in str(row).lower() for word in PERSON)]


def test_an_order_is_no_longer_found_by_its_customer(shop: Storefront) -> None:
    shop.sync(orders=[order()], shipments=[shipment()])
    assert [search(shop, text) for text in ("jane", "doe", "jane.doe@example.com")] == [1, 1, 1]
    erase_now(shop)
    assert [search(shop, text) for text in ("jane", "doe", "jane.doe@example.com")] == [0, 0, 0]
    assert [search(shop, text) for text in ("1001", "1z999")] == [1, 1]
    assert entries_naming_the_customer() == []


def test_nor_after_it_was_synced_again(shop: Storefront) -> None:
    shop.sync(orders=[order()], shipments=[shipment()])
    erase_now(shop)
    shop.sync(orders=[order(status="shipped")], shipments=[{**shipment(), "status": "returned"}])
    assert search(shop, "doe") == 0
    assert entries_naming_the_customer() == []


def test_numbers_that_hold_the_address_lose_it_everywhere(shop: Storefront) -> None:
    number = "for jane.doe@example.com"
    shop.sync(orders=[order(order_number=number)], shipments=[{**shipment(), "tracking_number": number}])
    assert [search(shop, "for"), search(shop, "for", "shipments")] == [1, 1]
    erase_now(shop)
    assert entries_naming_the_customer() == []
    assert [search(shop, "for"), search(shop, "for", "shipments")] == [1, 1]
    (row,) = shop.session.client.get(f"{EMBED}/orders").data
    assert len(row["shipments"]) == 1
