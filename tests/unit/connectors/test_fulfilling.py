"""Shipments from elsewhere go back to the order's shop, once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.connectors.faults import Refused, Unreachable
from chalicelib.kit import clock
from tests.support.factories import EMBED, SHIPSTATION
from tests.support.faults import Crash, crashing
from tests.support.tiny_shop import TinyShop
from tests.unit.connectors.conftest import Merchant


@pytest.fixture(autouse=True)
def services(monkeypatch: pytest.MonkeyPatch, shop: TinyShop) -> None:
    from chalicelib.catalog import bridge_types

    monkeypatch.setenv("BRIDGE_SERVICES", "shipstation=https://labels.example")
    bridge_types.catalog.cache_clear()


def pushing(merchant: Merchant, shop: TinyShop, *, on: bool = True) -> str:
    shop.add("T-1")
    bridge_id = merchant.connect()
    merchant.run()
    reply = merchant.session.client.patch(f"{EMBED}/bridges/{bridge_id}", {"push_fulfillments": on})
    assert reply.data["push_fulfillments"] is on
    merchant.run()
    return bridge_id


def ship(merchant: Merchant, **fields: Any) -> None:
    """The merchant's shipper makes or changes a label for the order."""
    shipper = next(
        (row["id"] for row in merchant.session.client.get(f"{EMBED}/bridges").data if row["type"] == "shipstation"),
        None,
    )
    shipper = shipper or merchant.session.client.post(f"{EMBED}/bridges", SHIPSTATION).data["id"]
    shipment = {
        "external_id": "L-1",
        "order_external_id": "T-1",
        "tracking_number": "1Z999AA10123456784",
        "carrier": "UPS",
        "status": "in_transit",
        **fields,
    }
    reply = merchant.acme.server.post(f"/api/v1/bridges/{shipper}/sync", {"shipments": [shipment]})
    assert reply.data["errors"] == [], reply.text


def test_with_carrier_number_and_link(merchant: Merchant, shop: TinyShop) -> None:
    bridge_id = pushing(merchant, shop)
    ship(merchant)
    merchant.run()
    (told,) = shop.fulfilments
    assert (told.tracking_number, told.carrier, told.lines, told.known_id) == ("1Z999AA10123456784", "ups", None, None)
    assert told.tracking_url is not None
    assert "1Z999AA10123456784" in told.tracking_url
    run = merchant.runs(bridge_id)[0]
    assert (run["task"], run["trigger"], run["status"]) == ("push_fulfillment", "request", "succeeded")


def test_again_only_when_the_number_or_the_carrier_changes(merchant: Merchant, shop: TinyShop) -> None:
    pushing(merchant, shop)
    ship(merchant)
    merchant.run()
    ship(merchant, status="delivered")
    merchant.run()
    assert len([call for call in shop.calls if call.startswith("fulfil")]) == 1
    ship(merchant, tracking_number="1Z999AA10123456791")
    merchant.run()
    (told,) = shop.fulfilments
    assert (told.tracking_number, told.known_id, told.known_number) == (
        *("1Z999AA10123456791", "f-0", "1Z999AA10123456784"),
    )


def test_with_its_lines_where_it_is_a_part(merchant: Merchant, shop: TinyShop) -> None:
    pushing(merchant, shop)
    ship(merchant, line_items=[{"sku": "A", "title": "Mug", "quantity": 2}, {"sku": "B"}])
    merchant.run()
    (line,) = shop.fulfilments[0].lines or ()
    assert (line.sku, line.title, line.quantity) == ("A", "Mug", 2)


def test_not_when_it_is_off_unsent_or_the_shops_own(merchant: Merchant, shop: TinyShop) -> None:
    bridge_id = pushing(merchant, shop, on=False)
    ship(merchant)
    merchant.run()
    merchant.session.client.patch(f"{EMBED}/bridges/{bridge_id}", {"push_fulfillments": True})
    ship(merchant, external_id="L-2", tracking_number=None)
    ship(merchant, external_id="L-3", tracking_number="9", status="cancelled")
    own = {"external_id": "own", "order_external_id": "T-1", "tracking_number": "7", "status": "in_transit"}
    assert merchant.acme.server.post(f"/api/v1/bridges/{bridge_id}/sync", {"shipments": [own]}).status == 200
    merchant.run()
    assert shop.fulfilments == []


def test_a_label_cancelled_before_its_turn_is_left_out(merchant: Merchant, shop: TinyShop) -> None:
    pushing(merchant, shop)
    shop.faults = [Unreachable()]
    ship(merchant)
    merchant.run()
    ship(merchant, status="cancelled")
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        merchant.tick()
    assert shop.fulfilments == []


def test_is_tried_again_or_given_up(merchant: Merchant, shop: TinyShop) -> None:
    bridge_id = pushing(merchant, shop)
    shop.faults = [Unreachable()]
    ship(merchant)
    merchant.run()
    assert [run["error"] and run["error"]["retryable"] for run in merchant.runs(bridge_id)[:2]] == [None, True]
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        merchant.tick()
        assert len(shop.fulfilments) == 1
        shop.faults = [Refused("The order is closed.")]
        ship(merchant, tracking_number="8")
        merchant.run()
        error = merchant.runs(bridge_id)[0]["error"]
        assert (error["code"], error["message"], error["retryable"]) == ("REFUSED", "The order is closed.", False)
        bridge = merchant.bridge(bridge_id)
        assert bridge["status"] == "active"
        assert bridge["next_run_at"] > clock.in_seconds(600), "one order's no delays nothing else"
    calls = len(shop.calls)
    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        merchant.tick()
    assert len(shop.calls) == calls


@pytest.mark.parametrize("done", [False, True])
def test_killed_at_any_call_it_stands_once_in_the_shops_log(merchant: Merchant, shop: TinyShop, done: bool) -> None:
    bridge_id = pushing(merchant, shop)
    ship(merchant)
    merchant.pipeline.dispatch()
    from chalicelib.connectors.receiving import receive
    from chalicelib.kit.settings import settings

    messages = merchant.pipeline.take(settings().bridges_queue_url)["Records"]
    at = 0
    with time_machine.travel(clock.now()) as travel:
        while at < 40:
            try:
                with crashing(at, done=done):
                    receive({"Records": messages})
                break
            except Crash:
                at += 1
                travel.shift(timedelta(seconds=125))
        assert at > 3
        merchant.tick()
    assert len(shop.fulfilments) == 1
    assert len([run for run in merchant.runs(bridge_id) if run["task"] == "push_fulfillment"]) == 1
