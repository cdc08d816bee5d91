"""Approved requests at the shop: looked at first, done once, read back."""

from typing import Any

import pytest

from chalicelib.connectors.faults import NotSeen, Refused, Unreachable
from chalicelib.connectors.platform import Applied
from chalicelib.connectors.shop import Change, ChangeKind
from chalicelib.connectors.woocommerce.changes import apply
from local.demo.woocommerce import orders
from local.demo.woocommerce.rest import Call
from tests.support.demo_shop import Merchant, open_demo_shop

ADDRESS = {
    "name": "Grace Hopper",
    "address1": "5th  Ave",
    "address2": None,
    "city": "new york",
    "state": "NY",
    "zip": "10001",
    "country": "us",
    "phone": "+1 212",
}


@pytest.fixture
def merchant() -> Merchant:
    return open_demo_shop()


def change(merchant: Merchant, order_id: int, kind: ChangeKind, **fields: Any) -> Applied:
    return apply(merchant.shop, str(order_id), Change(kind, f"req_{kind}", **fields))


def notes(merchant: Merchant, order_id: int) -> list[str]:
    return [note["note"] for note in merchant.store.all("note", parent=order_id) if "req_" in note["note"]]


CASES: list[tuple[ChangeKind, dict[str, Any]]] = [
    ("cancel", {"text": "changed my mind"}),
    ("cancel", {"refund": True}),
    ("hold", {"text": "fraud?", "until": "2026-12-01"}),
    ("address_change", {"address": ADDRESS}),
    ("note", {"text": "Pack <b>well</b> & gently"}),
]


@pytest.mark.parametrize(("kind", "fields"), CASES)
def test_it_is_done_once_whatever_dies(kind: ChangeKind, fields: dict[str, Any]) -> None:
    class Killed(Exception):
        pass

    def kill(_: Call) -> None:
        raise Killed

    def outcome(dies_at: int | None, *, loses: bool = False) -> tuple[Any, ...]:
        merchant = open_demo_shop()
        order_id = merchant.order(payment_method=orders.REFUNDING)["id"]
        merchant.lose_answer = loses
        merchant.faults = [] if dies_at is None else [*[lambda _: None] * dies_at, kill]
        for _ in range(2):
            try:
                applied = change(merchant, order_id, kind, **fields)
            except (Killed, Unreachable):
                merchant.faults.clear()
            else:
                break
        assert applied.order is not None
        shown = {name: applied.order[name] for name in ("status", "payment_status", "shipping_address")}
        actions = ("note.created", "refund.created", "order.status")
        return shown, notes(merchant, order_id), [merchant.logged(action) for action in actions]

    expected = outcome(None)
    assert outcome(None, loses=True) == expected
    for dies_at in range(8):
        assert outcome(dies_at) == expected


def test_a_cancellation_refunds_what_is_left_and_stays_cancelled(merchant: Merchant) -> None:
    order_id = merchant.order(payment_method=orders.REFUNDING)["id"]
    merchant.owner("POST", f"orders/{order_id}/refunds", {"amount": "10.00"})
    applied = change(merchant, order_id, "cancel", refund=True, restock=False)
    assert applied.order is not None
    assert (applied.order["status"], applied.order["payment_status"]) == ("cancelled", "refunded")
    assert applied.message is not None
    assert "stock" in applied.message


def test_a_payment_that_cannot_be_refunded_leaves_the_order_as_it_is(merchant: Merchant) -> None:
    order_id = merchant.order(payment_method="bacs")["id"]
    with pytest.raises(Refused, match="does not support automatic refunds"):
        change(merchant, order_id, "cancel", refund=True)
    assert merchant.store.find("order", order_id)["status"] == "processing"  # type: ignore[index]


def test_an_unpaid_order_has_nothing_to_refund(merchant: Merchant) -> None:
    order_id = merchant.order(set_paid=False)["id"]
    applied = change(merchant, order_id, "cancel", refund=True)
    assert applied.order is not None
    assert applied.order["status"] == "cancelled"
    assert merchant.logged("refund.created") == 0


@pytest.mark.parametrize("before", ["processing", "pending", "failed"])
def test_a_release_brings_back_the_status_before_the_hold(merchant: Merchant, before: str) -> None:
    order_id = merchant.order(set_paid=False, status=before)["id"]
    held = change(merchant, order_id, "hold")
    assert held.order is not None
    assert held.order["status"] == "on_hold"
    change(merchant, order_id, "release")
    assert merchant.store.find("order", order_id)["status"] == before  # type: ignore[index]
    # Again: there is nothing to do.
    change(merchant, order_id, "release")
    assert merchant.logged("order.status") == (2 if before == "pending" else 3)


@pytest.mark.parametrize(("is_paid", "after"), [(True, "processing"), (False, "pending")])
def test_a_hold_of_the_shops_own_is_released_by_payment(merchant: Merchant, is_paid: bool, after: str) -> None:
    order_id = merchant.order(set_paid=is_paid)["id"]
    merchant.owner("PUT", f"orders/{order_id}", {"status": "on-hold"})
    change(merchant, order_id, "release")
    assert merchant.store.find("order", order_id)["status"] == after  # type: ignore[index]


def test_an_address_is_the_shops_own_form_of_it(merchant: Merchant) -> None:
    order_id = merchant.order()["id"]
    merchant.owner("PUT", f"orders/{order_id}", {"shipping": {"company": "ACME & Co", "country": "DE"}})
    applied = change(merchant, order_id, "address_change", address={**ADDRESS, "name": "Grace M. Hopper, ACME & Co"})
    shipping = merchant.store.find("order", order_id)["shipping"]  # type: ignore[index]
    assert (shipping["first_name"], shipping["last_name"], shipping["company"]) == ("Grace M.", "Hopper", "ACME & Co")
    assert shipping["country"] == "US"
    assert applied.message is not None
    assert "calculated the order anew" in applied.message
    # Without the company, the address is a person's.
    change(merchant, order_id, "address_change", address=ADDRESS)
    assert merchant.store.find("order", order_id)["shipping"]["company"] == ""  # type: ignore[index]
    merchant.calls.clear()
    change(merchant, order_id, "address_change", address=ADDRESS)
    assert {call.method for call in merchant.calls} == {"GET"}


@pytest.mark.parametrize("status", ["completed", "refunded", "trash", "deleted"])
@pytest.mark.parametrize("kind", ["cancel", "hold", "release", "address_change"])
def test_what_can_no_longer_be_changed_is_refused(merchant: Merchant, status: str, kind: ChangeKind) -> None:
    order_id = merchant.order()["id"]
    if status in ("trash", "deleted"):
        merchant.owner("DELETE", f"orders/{order_id}", force=str(status == "deleted").lower())
    else:
        merchant.owner("PUT", f"orders/{order_id}", {"status": status})
    before = merchant.store.find("order", order_id)
    with pytest.raises(Refused):
        change(merchant, order_id, kind, address=ADDRESS)
    # What is written to an order in the trash would take it out again.
    assert merchant.store.find("order", order_id) == before


def test_a_change_that_a_plugin_undoes_is_not_seen(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    order_id = merchant.order()["id"]
    monkeypatch.setattr(orders, "set_status", lambda *_: None)
    with pytest.raises(NotSeen):
        change(merchant, order_id, "hold")
