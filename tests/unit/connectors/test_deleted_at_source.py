"""Orders that their source no longer has."""

from datetime import timedelta
from typing import Any

import time_machine

from chalicelib.connectors import comparing
from chalicelib.connectors.faults import OutOfTime
from chalicelib.connectors.platform import Page
from chalicelib.kit import clock
from tests.support.account import everything
from tests.support.background import clean_up
from tests.support.factories import EMBED
from tests.support.tiny_shop import TinyShop
from tests.unit.connectors.conftest import Merchant
from tests.unit.connectors.test_hooks import post


def connected(merchant: Merchant, shop: TinyShop) -> str:
    for name in ("T-1", "T-2", "T-3"):
        shop.add(name, ordered_at=clock.in_seconds(-7200))
    bridge_id = merchant.connect()
    merchant.run()
    return bridge_id


def gone(merchant: Merchant, **query: str) -> list[str]:
    path = f"{EMBED}/orders?source_deleted=true" + "".join(f"&{name}={value}" for name, value in query.items())
    return [row["external_id"] for row in merchant.session.client.get(path).data]


def orders(merchant: Merchant) -> dict[str, Any]:
    rows = merchant.session.client.get(f"{EMBED}/orders").data
    return {row["external_id"]: row["source_deleted_at"] for row in rows}


def test_are_found_once_a_day_and_say_so(merchant: Merchant, shop: TinyShop) -> None:
    bridge_id = connected(merchant, shop)
    del shop.orders["T-2"]
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        merchant.tick()
        assert gone(merchant) == []
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        merchant.session = merchant.acme.session("merchant-1", ttlSeconds=86400)
        merchant.tick()
        assert gone(merchant) == gone(merchant, bridge_id=bridge_id) == ["T-2"]
        found = orders(merchant)
        assert (found["T-1"], found["T-2"] is not None) == (None, True)
        order_id = next(r["id"] for r in merchant.session.client.get(f"{EMBED}/orders").data if r["source_deleted_at"])
        detail = merchant.session.client.get(f"{EMBED}/orders/{order_id}").data
        assert detail["source_deleted_at"] == found["T-2"]
        assert detail["activities"][0]["title"] == "Deleted at the source"
        assert shop.calls.count("ids") == 1
        merchant.tick()
        assert shop.calls.count("ids") == 1


def test_one_that_only_slipped_out_of_the_list_is_kept(merchant: Merchant, shop: TinyShop) -> None:
    connected(merchant, shop)
    listed = shop._order_ids
    shop._order_ids = lambda *args: type(listed(*args))(["T-1"])  # type: ignore[method-assign]
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        merchant.session = merchant.acme.session("merchant-1", ttlSeconds=86400)
        merchant.tick()
        assert gone(merchant) == []
        assert {"order T-2", "order T-3"} <= set(shop.calls)


def test_a_hook_and_a_page_tell_of_it_and_its_record_undoes_it(merchant: Merchant, shop: TinyShop) -> None:
    connected(merchant, shop)
    removed = shop.orders.pop("T-1")
    post(shop, {"delivery": "d-1", "topic": "order.deleted", "task": "get_order", "order": "T-1"})
    merchant.run()
    assert gone(merchant) == ["T-1"]
    # Out of the trash again, exactly as it was.
    shop.orders["T-1"] = removed
    post(shop, {"delivery": "d-2", "topic": "order.restored", "task": "get_order", "order": "T-1"})
    merchant.run()
    assert gone(merchant) == []
    assert orders(merchant)["T-1"] is None
    shop._list_orders = lambda *_: Page(deleted=["T-3", "unknown"])  # type: ignore[method-assign]
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        merchant.tick()
        assert gone(merchant) == ["T-3"]


def test_at_most_so_many_are_asked_for_in_a_day(merchant: Merchant, shop: TinyShop, monkeypatch: Any) -> None:
    connected(merchant, shop)
    shop.orders.clear()
    monkeypatch.setattr(comparing, "MAX_ASKED", 2)
    for days, found in ((1, 2), (2, 3)):
        with time_machine.travel(clock.now() + timedelta(days=days, minutes=5)):
            merchant.session = merchant.acme.session("merchant-1", ttlSeconds=86400)
            merchant.tick()
            assert len(gone(merchant)) == found


def test_too_many_for_one_visit_are_compared_by_half_the_time(merchant: Merchant, shop: TinyShop) -> None:
    bridge_id = merchant.connect()
    shop.add("T-1", ordered_at=clock.in_seconds(-40 * 86400))
    shop.add("T-2", ordered_at=clock.in_seconds(-20 * 86400))
    merchant.run()
    shop.orders.clear()
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        merchant.session = merchant.acme.session("merchant-1", ttlSeconds=86400)
        # The orders since, the hooks, then the ids.
        shop.faults = [None, None, OutOfTime()]
        merchant.tick()
        gone = merchant.session.client.get(f"{EMBED}/orders?source_deleted=true").data
    assert [row["external_id"] for row in gone] == ["T-2"]
    assert shop.calls.count("ids") == 2
    assert merchant.runs(bridge_id)[0]["status"] == "succeeded"


def test_the_filter_stands_alone(merchant: Merchant) -> None:
    client = merchant.session.client
    for other in ("status=pending", "search=T"):
        assert client.get(f"{EMBED}/orders?source_deleted=true&{other}").fields == ["source_deleted"]
    assert client.get(f"{EMBED}/orders?source_deleted=maybe").status == 422


def test_nothing_is_left_of_them_with_their_bridge(merchant: Merchant, shop: TinyShop) -> None:
    bridge_id = connected(merchant, shop)
    shop.orders.clear()
    post(shop, {"delivery": "d-1", "topic": "order.deleted", "task": "get_order", "order": "T-1"})
    merchant.run()
    merchant.session.client.delete(f"{EMBED}/bridges/{bridge_id}")
    clean_up()
    assert [row["pk"]["S"] for row in everything() if row["pk"]["S"].startswith(("OG#", "TASK#", "RUN#", "BRW#"))] == []
