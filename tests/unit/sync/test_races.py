"""Concurrent syncs: of the same orders, of several bridges, of an order and its shipment."""

from typing import Any

import pytest

from tests.support.erasures import before
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Reply
from tests.support.oracle import check
from tests.support.orders import Merchant, order, shipment
from tests.support.races import at_once, requesting, statuses


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


def syncing(merchant: Merchant, **body: Any) -> Any:
    return requesting(merchant.acme.server, "POST", f"/api/v1/bridges/{merchant.bridge_id}/sync", body)


def settled(replies: list[Reply]) -> None:
    """Every call succeeded, and no record failed."""
    assert statuses(replies) == {200: len(replies)}
    assert [error for reply in replies for error in reply.data["errors"]] == []


def test_the_same_new_orders_from_many_calls_are_created_once(merchant: Merchant) -> None:
    records = [order(n) for n in range(6)]
    replies = at_once([syncing(merchant, orders=records) for _ in range(4)])
    settled(replies)
    assert sum(reply.data["orders"]["created"] for reply in replies) == 6
    check(merchant)


def test_concurrent_versions_of_an_order_are_never_mixed(merchant: Merchant) -> None:
    states = ["pending", "processing", "shipped", "delivered"]
    calls = [syncing(merchant, orders=[order(n, status=s, notes=s) for n in range(4)]) for s in states]
    settled(at_once(calls))
    check(merchant)
    for n in range(4):
        detail = merchant.order(n)
        assert detail["status"] == detail["notes"]


def test_alternating_statuses(merchant: Merchant) -> None:
    merchant.sync(order())
    calls = [syncing(merchant, orders=[order(status=s)]) for s in ("shipped", "pending") * 3]
    settled(at_once(calls))
    check(merchant)


def test_several_bridges_of_one_end_user(merchant: Merchant) -> None:
    others = [merchant.another() for _ in range(3)]
    settled(at_once([syncing(m, orders=[order(n) for n in range(5)]) for m in (merchant, *others)]))
    assert merchant.orders()["pagination"]["total"] == 20
    check(merchant)


@pytest.mark.parametrize("attempt", range(4))
def test_an_order_and_its_shipment_are_linked(merchant: Merchant, attempt: int) -> None:
    shop = merchant.another()
    calls = [
        syncing(shop, orders=[order(n) for n in range(3)]),
        syncing(merchant, shipments=[shipment(n) for n in range(3)]),
    ]
    settled(at_once(calls[:: 1 if attempt % 2 else -1]))
    assert None not in {s["order_id"] for s in merchant.shipments()["data"]}
    check(merchant)


def test_a_cancel_here_and_a_sync(merchant: Merchant) -> None:
    from chalicelib.orders import service
    from chalicelib.organizations.principals import Actor
    from chalicelib.table.transaction import retry_on_conflict

    merchant.sync(order())
    order_id = merchant.order()["id"]

    def cancel() -> Any:
        def attempt() -> Any:
            found = service.get(merchant.acme.organization_id, merchant.session.end_user_id, order_id)
            return service.change_status(found, "cancelled", Actor("customer"))

        return retry_on_conflict(attempt)

    at_once(
        [cancel, syncing(merchant, orders=[order(status="processing")]), syncing(merchant, orders=[order(notes="x")])]
    )
    assert merchant.order()["status"] == "cancelled"
    assert merchant.order()["notes"] == "x"
    check(merchant)


def test_deleting_the_bridge_meanwhile(merchant: Merchant) -> None:
    from tests.support.background import clean_up, left_of

    other, gone = merchant.another(), merchant.another()
    gone.sync(*[order(n) for n in range(5)])
    replies = at_once(
        [
            requesting(merchant.client, "DELETE", f"{EMBED}/bridges/{gone.bridge_id}"),
            syncing(gone, orders=[order(n, notes="x") for n in range(5)]),
            syncing(gone, orders=[order(n) for n in range(5, 10)]),
            syncing(other, orders=[order(n) for n in range(4)]),
        ]
    )
    assert replies[0].status == replies[3].status == 200
    assert {reply.status for reply in replies[1:3]} <= {200, 404, 409}
    assert merchant.orders()["pagination"]["total"] == 4
    clean_up()
    assert left_of(gone.bridge_id) == []
    assert merchant.orders()["pagination"]["total"] == 4
    check(merchant, log=False)


def test_a_shipment_that_is_removed_between_two_reads(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.support.background import clean_up, left_of

    merchant.sync(shipments=[shipment()])

    def disconnect() -> None:
        assert merchant.client.delete(f"{EMBED}/bridges/{merchant.bridge_id}").status == 200
        clean_up()

    before(monkeypatch, "sync.shipments._changes", disconnect)
    reply = merchant.try_sync(shipments=[shipment(status="in_transit")])
    assert reply.status in (404, 409), reply.text
    assert left_of(merchant.bridge_id) == []


class TestAnOrderAndItsShipment:
    """Synced concurrently, with each point of interleaving."""

    @staticmethod
    def between(monkeypatch: pytest.MonkeyPatch, place: str, step: Any, *, after: bool) -> None:
        """Do `step` once, right before (or after) the function at `place` does its work for the first time."""
        from chalicelib.sync import service, shipments, writing

        module = {"service": service, "shipments": shipments, "writing": writing}[place.partition(".")[0]]
        name = place.partition(".")[2]
        real = getattr(module, name)
        done: list[bool] = []

        def interrupted(*arguments: Any, **named: Any) -> Any:
            if done:
                return real(*arguments, **named)
            done.append(True)
            if after:
                answer = real(*arguments, **named)
                assert step().status == 200
                return answer
            assert step().status == 200
            return real(*arguments, **named)

        monkeypatch.setattr(module, name, interrupted)

    @pytest.mark.parametrize("after", [False, True])
    @pytest.mark.parametrize("place", ["shipments._find_orders", "shipments.write", "writing._transaction"])
    def test_the_order_comes_in_between(
        self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch, place: str, after: bool
    ) -> None:
        shop = merchant.another()
        self.between(monkeypatch, place, syncing(shop, orders=[order()]), after=after)
        merchant.sync(shipments=[shipment()])
        assert merchant.shipment()["order_id"] == merchant.order()["id"]
        check(merchant)

    @pytest.mark.parametrize("after", [False, True])
    @pytest.mark.parametrize("place", ["service.get_many", "writing._transaction", "shipments.list_unlinked"])
    def test_the_shipment_comes_in_between(
        self, merchant: Merchant, monkeypatch: pytest.MonkeyPatch, place: str, after: bool
    ) -> None:
        shop = merchant.another()
        merchant.sync(shipments=[shipment("another", order_external_id="never")])
        self.between(monkeypatch, place, syncing(merchant, shipments=[shipment()]), after=after)
        shop.sync(order())
        assert merchant.shipment()["order_id"] == merchant.order()["id"]
        check(merchant)
