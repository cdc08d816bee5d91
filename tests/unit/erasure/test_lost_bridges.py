"""Erasing a customer of orders whose bridge was deleted or given away: entries lead to the log that shows them."""

import re
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from botocore.client import BaseClient

from chalicelib.events.store import EventItem
from chalicelib.table.keys import PAST, Key
from chalicelib.table.transaction import delete, exists, update
from tests.support import aws_calls
from tests.support.account import everything
from tests.support.background import clean_up
from tests.support.erasures import EMAIL, PERSON, WRITES, Crash, before, erase_now, naming, order, shipment
from tests.support.factories import EMBED
from tests.support.storefront import Storefront

ADDRESS = re.escape(EMAIL)


def delete_bridge(shop: Storefront) -> None:
    assert shop.session.client.delete(f"{EMBED}/bridges/{shop.bridge['id']}").status == 200


def give_away(shop: Storefront) -> None:
    to = shop.acme.session("merchant-2").end_user_id
    path = f"/api/v1/bridges/{shop.bridge['id']}"
    assert shop.acme.server.patch(path, {"end_user_id": to}).status == 200


def delete_end_user(shop: Storefront) -> None:
    path = f"/api/v1/embed/users/{shop.session.end_user_id}"
    assert shop.acme.server.delete(path).status == 200


def lose_and_give_away(shop: Storefront) -> None:
    delete_end_user(shop)
    give_away(shop)


LOSSES = (delete_bridge, give_away, delete_end_user, lose_and_give_away)


def clean_up_until(at: int) -> bool:
    """Whether the process died, before its `at`-th write."""
    writes = 0

    def counting(name: str, call: Callable[[], Any]) -> Any:
        nonlocal writes
        writes += name in WRITES
        if writes == at:
            raise Crash
        return call()

    try:
        with aws_calls.around(counting):
            clean_up()
    except Crash:
        return True
    return False


@pytest.mark.parametrize("lose", LOSSES)
def test_nothing_names_the_customer(shop: Storefront, lose: Callable[[Storefront], None]) -> None:
    shop.sync([order()], [shipment()])
    lose(shop)
    clean_up()
    assert naming(ADDRESS)
    erase_now(shop)
    assert naming(PERSON) == []


@pytest.mark.parametrize("lose", [delete_bridge, give_away])
@pytest.mark.parametrize("at", range(1, 14))
def test_nor_when_the_removal_dies_and_goes_on_later(
    shop: Storefront, lose: Callable[[Storefront], None], at: int
) -> None:
    shop.sync([order()], [shipment()])
    lose(shop)
    clean_up_until(at)
    erase_now(shop)
    clean_up()
    assert naming(PERSON) == []


@pytest.mark.parametrize("lose", [delete_bridge, give_away, lose_and_give_away])
@pytest.mark.parametrize("place", ["write_many", "_claim"])
def test_nor_when_the_customer_is_erased_while_a_removal_has_read_the_order(
    shop: Storefront, monkeypatch: pytest.MonkeyPatch, lose: Callable[[Storefront], None], place: str
) -> None:
    shop.sync([order()], [shipment()])
    lose(shop)
    before(monkeypatch, f"orders.removal.{place}", lambda: erase_now(shop))
    clean_up()
    assert naming(PERSON) == []


def test_no_write_is_left_out_above(shop: Storefront) -> None:
    shop.sync([order()], [shipment()])
    give_away(shop)
    assert not clean_up_until(14)


def test_an_order_that_comes_back_under_its_new_owner_is_erased_with_both(shop: Storefront) -> None:
    shop.sync([order()], [shipment()])
    give_away(shop)
    clean_up()
    shop.sync([order(status="processing")])
    erase_now(shop)
    assert naming(PERSON) == []


@pytest.mark.parametrize("lose", [delete_bridge, give_away])
def test_of_two_orders_both_are_erased_if_one_had_changed(shop: Storefront, lose: Callable[[Storefront], None]) -> None:
    shop.sync([order("1001"), order("1002")], [shipment("1001"), shipment("1002")])
    now = {"name": "Jane Miller", "email": EMAIL, "phone": "+1 555 0177"}
    shop.sync([order("1002", customer=now, shipping_address=None, billing_address=None)])
    lose(shop)
    clean_up()
    erase_now(shop)
    assert naming(rf"{PERSON}|jane miller|555 0177") == []


def test_an_order_of_a_former_customer_is_erased_whole(shop: Storefront) -> None:
    other = {"name": "Eve Adams", "email": "eve@example.com"}
    shop.sync([order()], [shipment()])
    shop.sync([order(customer=other, shipping_address=None, billing_address=None, notes=None)])
    delete_bridge(shop)
    clean_up()
    erase_now(shop)
    assert naming(PERSON) == []


@pytest.mark.parametrize("lose", LOSSES)
def test_what_an_earlier_version_removed_is_found_in_the_log(
    shop: Storefront, lose: Callable[[Storefront], None]
) -> None:
    shop.sync([order()], [shipment()])
    lose(shop)
    clean_up()
    for row in everything():
        key = Key(row["pk"]["S"], row["sk"]["S"])
        if key.sk.startswith(PAST):
            delete(key)
        elif "tk" in row and key.pk.startswith("EV#"):
            update(key, [EventItem.traces_kept.remove()], exists())
    erase_now(shop)
    assert naming(PERSON) == []


def test_logs_of_others_who_lost_a_bridge_are_not_read(shop: Storefront) -> None:
    shop.sync([order()], [shipment()])
    other = Storefront(shop.acme, "merchant-2")
    other.sync([order("2001", customer={"email": "eve@example.com"})])
    delete_bridge(other)
    clean_up()
    read: list[str] = []

    def watch(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        read.append(str(parameters))
        return make(client, name, parameters)

    make = BaseClient._make_api_call
    with patch.object(BaseClient, "_make_api_call", watch):
        erase_now(shop)
    own, others = (f"#{each.session.end_user_id}'" for each in (shop, other))
    queried = [each for each in read if "KeyConditionExpression" in each and "'EV#" in each]
    assert [each for each in queried if own in each]
    assert [each for each in queried if others in each] == []
