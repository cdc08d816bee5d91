"""The data of a customer who asked a shop for it, for the merchant and for the organization."""

from datetime import timedelta
from typing import Any

import pytest
from time_machine import travel

from chalicelib.bridges.store import BridgeItem, find_bridge
from chalicelib.erasure import exports
from chalicelib.erasure.orders import erase
from chalicelib.kit import clock, ids
from chalicelib.privacy.identity import customer_id
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client
from tests.support.merchant import Merchant

ADA = {"name": "Ada Lovelace", "email": "ada@example.com"}


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def bridge_of(merchant: Merchant) -> BridgeItem:
    found = find_bridge(merchant.acme.organization_id, merchant.end_user_id, merchant.bridge["id"])
    assert found is not None
    return found


def both(merchant: Merchant, export_id: str) -> list[Any]:
    """As the merchant and the organization fetch it."""
    sides: list[tuple[Client, str]] = [(merchant.client, EMBED), (merchant.acme.server, "/api/v1")]
    return [client.get(f"{prefix}/customer-exports/{export_id}") for client, prefix in sides]


def test_has_orders_and_shipments_of_this_bridge(merchant: Merchant) -> None:
    named = merchant.order("1", customer={"name": "Ada"})
    merchant.order("2", customer=ADA)
    merchant.order("3", customer={"email": "grace@example.com"})
    merchant.shipment(order_external_id="2", ship_to={"name": "Ada Lovelace"})
    bridge = bridge_of(merchant)
    merchant.bridge = merchant.session.bridge()
    merchant.order("4", customer=ADA)
    export_id = ids.new_id()
    for _ in range(2):
        exports.offer(bridge, export_id, [named, ids.new_id()], "Ada@example.com")
    for reply in both(merchant, export_id):
        assert [order["external_id"] for order in reply.data["orders"]] == ["1", "2"]
        assert [shipment["ship_to"]["name"] for shipment in reply.data["shipments"]] == ["Ada Lovelace"]
        assert reply.data["bridge_id"] == bridge.id


def test_both_sides_are_told_once_and_nobody_is_named(merchant: Merchant) -> None:
    merchant.order("1", customer=ADA)
    export_id = ids.new_id()
    for _ in range(2):
        exports.offer(bridge_of(merchant), export_id, [], "ada@example.com")
    [told] = merchant.client.get(f"{EMBED}/alerts/notifications").data
    assert (told["event_type"], told["metadata"]["export_id"]) == ("customer.data_requested", export_id)
    log = merchant.acme.server.get(f"{EMBED}/events?event_type=customer.data_requested")
    [event] = log.data
    assert event["resource_id"] == export_id
    assert "ada@" not in f"{told}{log.text}".lower()


def test_what_was_erased_meanwhile_is_not_in_it(merchant: Merchant) -> None:
    org = merchant.acme.organization_id
    order_id, export_id = merchant.order("1", customer=ADA), ids.new_id()
    exports.offer(bridge_of(merchant), export_id, [], "ada@example.com")
    assert erase(org, order_id, customer_id(org, "ada@example.com"))
    for reply in both(merchant, export_id):
        assert reply.data["orders"][0]["customer"]["email"] is None
        assert "Lovelace" not in reply.text


def test_ends_after_thirty_days(merchant: Merchant) -> None:
    merchant.order("1", customer=ADA)
    export_id = ids.new_id()
    with travel(clock.now() - timedelta(days=30, seconds=1), tick=False):
        exports.offer(bridge_of(merchant), export_id, [], "ada@example.com")
    assert [reply.status for reply in both(merchant, export_id)] == [404, 404]
