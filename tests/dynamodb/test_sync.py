"""Syncs that really happen at once, judged by DynamoDB's own engine: conflicts, conditions, limits."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest

from tests.support.background import clean_up, left_of
from tests.support.factories import EMBED, Acme
from tests.support.faults import Crash, crashing
from tests.support.gateway import Reply
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, order, shipment
from tests.support.races import requesting, together


@pytest.fixture
def merchant() -> Merchant:
    return Merchant.of(Acme.create())


def syncing(merchant: Merchant, **body: Any) -> Callable[[], Reply]:
    return requesting(merchant.acme.server, "POST", f"/api/v1/bridges/{merchant.bridge_id}/sync", body)


def settled(replies: Sequence[Reply]) -> None:
    assert [reply.status for reply in replies] == [200] * len(replies), [reply.text for reply in replies]
    assert [error for reply in replies for error in reply.data["errors"]] == []


def test_a_hundred_orders_and_shipments_in_one_call(merchant: Merchant) -> None:
    answer = merchant.sync(*[order(n) for n in range(100)], shipments=[shipment(n) for n in range(100)])
    assert answer == {"orders": counted(created=100), "shipments": counted(created=100), "errors": [], "warnings": []}
    again = merchant.sync(*[order(n) for n in range(100)], shipments=[shipment(n) for n in range(100)])
    assert (again["orders"], again["shipments"]) == (counted(unchanged=100), counted(unchanged=100))
    assert (again["errors"], again["warnings"]) == ([], [])
    check(merchant)


def test_items_near_the_largest(merchant: Merchant) -> None:
    lines = [{"title": "x" * 300, "sku": f"S-{n}"} for n in range(500)]
    assert merchant.sync(*[order(n, line_items=lines) for n in range(4)])["orders"] == counted(created=4)
    tags = ["x" * 250] * 700
    more = [{"external_id": f"ext-{n}", "tags": tags} for n in range(4)]
    assert merchant.sync(*more)["orders"] == counted(updated=4)
    answer = merchant.sync({"external_id": "ext-0", "notes": "x" * 100_000}, order(5))
    assert answer["orders"] == counted(created=1, failed=1)
    assert (len(merchant.order(0)["line_items"]), len(merchant.order(0)["tags"])) == (500, 700)
    check(merchant)


def test_the_same_new_orders_are_made_once(merchant: Merchant) -> None:
    replies = together([syncing(merchant, orders=[order(n) for n in range(20)]) for _ in range(4)])
    settled(replies)
    assert sum(reply.data["orders"]["created"] for reply in replies) == 20
    check(merchant)


def test_back_and_forth_from_several_bridges(merchant: Merchant) -> None:
    other = merchant.another()
    calls = [
        syncing(m, orders=[order(n, status=s, notes=s) for n in range(6)])
        for m in (merchant, other)
        for s in ("pending", "shipped", "pending", "delivered")
    ]
    settled(together(calls))
    check(merchant)


def test_orders_and_shipments_find_each_other(merchant: Merchant) -> None:
    shop = merchant.another()
    for round_ in range(5):
        numbers = range(round_ * 10, round_ * 10 + 5)
        settled(
            together(
                [
                    syncing(shop, orders=[order(n) for n in numbers]),
                    syncing(merchant, shipments=[shipment(n) for n in numbers]),
                ]
            )
        )
    assert None not in {shown["order_id"] for shown in merchant.shipments("?limit=50")["data"]}
    check(merchant)


def test_a_bridge_that_goes_meanwhile(merchant: Merchant) -> None:
    other, gone = merchant.another(), merchant.another()
    gone.sync(*[order(n) for n in range(30)])
    replies = together(
        [
            requesting(merchant.client, "DELETE", f"{EMBED}/bridges/{gone.bridge_id}"),
            syncing(gone, orders=[order(n, notes="x") for n in range(30)]),
            syncing(gone, orders=[order(n) for n in range(30, 60)]),
            syncing(other, orders=[order(n) for n in range(10)]),
        ]
    )
    assert replies[0].status == replies[3].status == 200
    clean_up()
    assert left_of(gone.bridge_id) == []
    check(merchant, log=False)


def test_crashes_at_every_call(merchant: Merchant) -> None:
    for at in range(12):
        for done in (False, True):
            numbers = range(100 * at + 50 * done, 100 * at + 50 * done + 3)
            body = {"orders": [order(n) for n in numbers], "shipments": [shipment(n) for n in numbers]}
            with crashing(at, done=done), suppress(Crash):
                merchant.try_sync(**body)
            assert merchant.try_sync(**body).status == 200
    check(merchant)


def test_moving_and_removing(merchant: Merchant) -> None:
    merchant.sync(*[order(n) for n in range(25)], shipments=[shipment(n) for n in range(25)])
    heir = Merchant(merchant.acme, merchant.acme.session("merchant-2"), merchant.bridge_id)
    merchant.acme.server.patch(f"/api/v1/bridges/{heir.bridge_id}", {"end_user_id": heir.session.end_user_id})
    clean_up()
    check(heir, log=False)
    assert heir.orders()["pagination"]["total"] == 25
    heir.client.delete(f"{EMBED}/bridges/{heir.bridge_id}")
    clean_up()
    assert left_of(heir.bridge_id, heir.session.end_user_id) == []


def test_every_read_of_the_data_room(merchant: Merchant) -> None:
    merchant.sync(*[order(n) for n in range(30)], shipments=[shipment(n) for n in range(30)])
    cursor = merchant.orders("?limit=10")["pagination"]["nextCursor"]
    for query in ("", "?status=pending", "?page=2", f"?cursor={cursor}", "?search=ord-1", "?search=1&status=pending"):
        assert merchant.orders(query)["data"]
    assert merchant.orders("?page=999999999&limit=50")["data"] == []
    assert merchant.shipments("?status=label_created&page=2&limit=10")["data"]
    assert merchant.order(7)["shipments"]
    assert merchant.client.get(f"{EMBED}/tracking/{merchant.shipment(7)['id']}").status == 200
