"""What the platforms publish as their samples goes in without an error and without a warning."""

import pytest

from tests.support import platforms
from tests.support.factories import EMBED, Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, counted


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


@pytest.mark.parametrize("name", platforms.ALL)
def test_samples_go_in_whole(merchant: Merchant, name: str) -> None:
    batch = platforms.ALL[name]()
    answer = merchant.sync(*batch["orders"], shipments=batch["shipments"])
    assert (answer["errors"], answer["warnings"]) == ([], [])
    assert answer["orders"] == counted(created=len(batch["orders"]))
    assert answer["shipments"] == counted(created=len(batch["shipments"]))
    again = merchant.sync(*batch["orders"], shipments=batch["shipments"])
    assert again["orders"] == counted(unchanged=len(batch["orders"]))
    assert again["shipments"] == counted(unchanged=len(batch["shipments"]))
    check(merchant)


def test_amounts_of_orders(merchant: Merchant) -> None:
    merchant.sync(*platforms.shopify()["orders"], *platforms.woocommerce()["orders"])
    text = merchant.client.get(f"{EMBED}/orders").text
    assert '"totals":{"subtotal":597.00,"tax":11.94,"shipping":0.00,"discount":10.00,"total":598.94}' in text
    woo = next(listed for listed in merchant.orders()["data"] if listed["external_id"] == "727")
    prices = [str(line["price"]) for line in merchant.client.get(f"{EMBED}/orders/{woo['id']}").data["line_items"]]
    assert prices == ["3", "14.31"]
    assert woo["ordered_at"] == "2017-03-22T19:28:02.000Z"


def test_a_shopify_fulfillment_finds_its_order(merchant: Merchant) -> None:
    batch = platforms.shopify()
    merchant.sync(*batch["orders"], shipments=batch["shipments"])
    assert merchant.shipments()["data"][0]["order_id"] == merchant.orders()["data"][0]["id"]


def test_checkpoints_of_trackers(merchant: Merchant) -> None:
    merchant.sync(shipments=[*platforms.easypost()["shipments"], *platforms.aftership()["shipments"]])
    shown = {
        s["tracking_number"]: merchant.client.get(f"{EMBED}/shipments/{s['id']}").data
        for s in merchant.shipments()["data"]
    }
    assert [c["checkpoint_time"] for c in shown["123456789"]["checkpoints"]] == [
        "2014-05-12T12:02:00.000Z",
        "2014-06-12T10:02:00.000Z",
    ]
    assert str(shown["123456789"]["checkpoints"][1]["latitude"]) == "39.4699075"
    assert len(shown["9400110898825022579493"]["checkpoints"]) == 3
