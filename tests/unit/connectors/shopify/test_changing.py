"""Approved requests at the store: each done once, whatever dies, and seen before it is said to be done."""

from typing import Any

import pytest

from chalicelib.connectors.faults import NotSeen, RateLimited, Refused
from chalicelib.connectors.platform import Applied
from chalicelib.connectors.shop import Change, Shop
from chalicelib.connectors.shopify.changing import apply
from tests.support.connector_kills import killed_everywhere
from tests.support.shopify.double import Double
from tests.support.shopify.objects import fulfillment, fulfillment_order, line, order

pytestmark = pytest.mark.xdist_group("shopify")
REQUEST = "7f9c2c1e-8b1d-4c55-9a54-0f0a3f1f9d11"
ADDRESS = {
    "name": "Grace Hopper",
    "address1": "Wall Street 1",
    "address2": None,
    "city": "New York",
    "state": "NY",
    "zip": "10005",
    "country": "US",
    "phone": "+1 212 1",
}


def change(kind: Any, **given: Any) -> Change:
    return Change(kind, REQUEST, **given)


def double_of(shop: Shop) -> Double:
    double = getattr(shop.http, "__self__", None)
    assert isinstance(double, Double)
    return double


def until_done(shop: Shop, number: str, wanted: Change) -> Applied:
    """As the runtime: waits as told, and tries again."""
    for _ in range(10):
        try:
            return apply(shop, number, wanted)
        except RateLimited:
            # A job is done in its own time, whoever looks.
            double_of(shop).store.job(f"gid://shopify/Job/{number}")
    raise AssertionError("it never ends")


class TestCancelling:
    def test_is_a_job_that_is_looked_at_again(self, shop: Shop, double: Double) -> None:
        double.store.polls_of_a_job = 3
        number = double.store.add(order())
        with pytest.raises(RateLimited, match="is cancelling"):
            apply(shop, number, change("cancel", refund=True, restock=False))
        applied = until_done(shop, number, change("cancel", refund=True, restock=False))
        assert applied.order is not None
        assert applied.order["status"] == "cancelled"
        assert double.store.log == [
            f"cancelling {number} {{'originalPaymentMethodsRefund': True}} restock=False",
            f"cancelled {number}",
        ]
        assert shop.memory == {}

    def test_killed_at_every_call(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order())
        assert killed_everywhere(double, lambda: until_done(shop, number, change("cancel"))) >= 4
        assert [entry.partition(" ")[0] for entry in double.store.log] == ["cancelling", "cancelled"]

    def test_killed_before_the_job_was_remembered(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order())
        with pytest.raises(RateLimited):
            apply(shop, number, change("cancel"))
        shop.memory.clear()
        # Shopify refuses, as it is cancelling: that is no answer to the request yet.
        assert until_done(shop, number, change("cancel")).order is not None
        assert [entry.partition(" ")[0] for entry in double.store.log] == ["cancelling", "cancelled"]

    def test_a_refusal_is_one_if_the_order_is_not_cancelled_soon(
        self, shop: Shop, double: Double, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number = double.store.add(order())
        refusal = {"job": None, "orderCancelUserErrors": [{"message": "Order has an open return"}], "userErrors": []}
        monkeypatch.setattr(double.store, "orderCancel", lambda **_: refusal)
        with pytest.raises(Refused, match="open return"):
            until_done(shop, number, change("cancel"))
        assert shop.memory == {}

    def test_a_cancelled_order_needs_no_call(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order(cancelledAt="2026-01-01T00:00:00Z"))
        apply(shop, number, change("cancel"))
        assert double.store.log == []

    def test_a_shipped_order_is_refused(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order(fulfillments=[fulfillment()]))
        with pytest.raises(Refused, match="fulfillments that cannot be cancelled"):
            apply(shop, number, change("cancel"))

    def test_a_job_that_ends_without_cancelling(
        self, shop: Shop, double: Double, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number = double.store.add(order())
        monkeypatch.setattr(double.store, "_cancel", lambda job: None)
        with pytest.raises(NotSeen, match="without cancelling"):
            until_done(shop, number, change("cancel"))
        assert shop.memory == {}

    def test_another_request_does_not_wait_for_the_job_of_one_before(self, shop: Shop, double: Double) -> None:
        shop.memory["cancel_job"] = {"request": "earlier", "id": "gid://shopify/Job/1"}
        number = double.store.add(order())
        assert until_done(shop, number, change("cancel")).order is not None


class TestHolding:
    def test_every_open_part_once(self, shop: Shop, double: Double) -> None:
        lines = [line("A"), line("B"), line("C")]
        parts = [
            fulfillment_order([each], status=status)
            for each, status in zip(lines, ("OPEN", "OPEN", "CLOSED"), strict=True)
        ]
        number = double.store.add(order(lines, fulfillmentOrders=parts))
        wanted = change("hold", text="Address is being checked", until="2026-02-01")
        assert killed_everywhere(double, lambda: apply(shop, number, wanted)) >= 6
        assert double.store.log == [f"held {REQUEST} {number}"] * 2
        assert parts[0]["fulfillmentHolds"][0]["reasonNotes"] == "Address is being checked Until 2026-02-01."
        applied = apply(shop, number, wanted)
        assert applied.order is not None
        assert applied.order["status"] == "on_hold"

    def test_nothing_to_hold(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order(fulfillmentOrders=[fulfillment_order([], status="CLOSED")]))
        with pytest.raises(Refused, match="nothing left to hold"):
            apply(shop, number, change("hold"))

    def test_released_again(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order())
        apply(shop, number, change("hold"))
        assert killed_everywhere(double, lambda: apply(shop, number, change("release"))) >= 4
        assert [entry.partition(" ")[0] for entry in double.store.log] == ["held", "released"]
        assert double.store.order_of(number)["displayFulfillmentStatus"] == "UNFULFILLED"

    def test_a_hold_of_somebody_else_stays(self, shop: Shop, double: Double) -> None:
        theirs = {
            "id": "gid://x/1",
            "handle": None,
            "displayReason": "High risk of fraud",
            "heldByRequestingApp": False,
        }
        part = fulfillment_order([], status="ON_HOLD", fulfillmentHolds=[theirs])
        number = double.store.add(order(fulfillmentOrders=[part], displayFulfillmentStatus="ON_HOLD"))
        with pytest.raises(Refused, match="High risk of fraud"):
            apply(shop, number, change("release"))
        assert part["fulfillmentHolds"] == [theirs]


class TestAddress:
    def test_is_changed_and_read_back(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order())
        wanted = change("address_change", address=ADDRESS)
        assert killed_everywhere(double, lambda: apply(shop, number, wanted)) >= 4
        assert double.store.log == [f"updated {number} shippingAddress"]
        applied = apply(shop, number, wanted)
        assert applied.message is None
        assert applied.order is not None
        assert applied.order["shipping_address"]["name"] == "Grace Hopper"

    def test_the_stores_own_way_of_writing_is_the_address(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order())
        british = {**ADDRESS, "zip": "sw1a 1aa", "state": None, "country": "GB"}
        assert apply(shop, number, change("address_change", address=british)).message is None
        by_name = {**ADDRESS, "country": "United States"}
        applied = apply(shop, number, change("address_change", address=by_name))
        assert applied.order is not None

    def test_a_refusal_is_told(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order())
        with pytest.raises(Refused, match="city can't be blank"):
            apply(shop, number, change("address_change", address={**ADDRESS, "city": None}))

    @pytest.mark.parametrize(
        "given", [{"cancelledAt": "2026-01-01T00:00:00Z"}, {"displayFulfillmentStatus": "FULFILLED"}]
    )
    def test_too_late(self, shop: Shop, double: Double, given: Any) -> None:
        number = double.store.add(order(**given))
        with pytest.raises(Refused, match="so its address cannot change"):
            apply(shop, number, change("address_change", address=ADDRESS))

    def test_accepted_and_not_there(self, shop: Shop, double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
        number = double.store.add(order())
        monkeypatch.setattr(double.store, "orderUpdate", lambda **_: {"order": None, "userErrors": []})
        with pytest.raises(NotSeen):
            apply(shop, number, change("address_change", address=ADDRESS))
        with pytest.raises(NotSeen):
            apply(shop, number, change("note", text="Hello"))


class TestNote:
    def test_is_added_to_what_is_there_once(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order(note="Ring twice", presentmentCurrencyCode="USD"))
        wanted = change("note", text="Leave at the door")
        assert killed_everywhere(double, lambda: apply(shop, number, wanted)) >= 4
        assert double.store.order_of(number)["note"] == f"Ring twice\nLeave at the door [{REQUEST}]"
        assert double.store.log == [f"updated {number} note"]

    def test_too_long(self, shop: Shop, double: Double) -> None:
        number = double.store.add(order(note="x" * 4990))
        with pytest.raises(Refused, match="5000"):
            apply(shop, number, change("note", text="Leave at the door"))


@pytest.mark.parametrize("kind", ["cancel", "hold", "release", "address_change", "note"])
def test_an_order_that_is_gone(shop: Shop, kind: Any) -> None:
    with pytest.raises(Refused, match="does not exist"):
        apply(shop, "1", change(kind, address=ADDRESS, text="x"))
