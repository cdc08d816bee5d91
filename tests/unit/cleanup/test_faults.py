"""The cleanup of bridges may fail at any call, in any way: its result is the same."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chalicelib.table import batch_write, reads, transaction
from tests.support.account import empty
from tests.support.background import clean_up, left_of
from tests.support.factories import EMBED, Acme
from tests.support.faults import KINDS, Crash, Kind, crashing, failing
from tests.support.oracle import check
from tests.support.orders import Merchant, order, shipment

pytestmark = pytest.mark.usefixtures("cloud")

FAILURES = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(KINDS)), max_size=4)
WITHOUT_SHRINKING = settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate]
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (transaction, batch_write, reads):
        monkeypatch.setattr(module, "back_off", lambda _: None)


def filled() -> tuple[Merchant, Merchant]:
    """A merchant's shop, and a shipper with shipments of the shop's order, of its own, and an unlinked one."""
    empty()
    shop = Merchant.of(Acme.create())
    shipper = shop.another(name="The shipper")
    shop.sync(order(1), order(2), order(3, status="shipped"))
    shop.sync(order(1, notes="x"))
    shipper.sync(order(9), shipments=[shipment(1), shipment(9), shipment("unlinked", order_external_id="never")])
    return shop, shipper


def clean_up_with(failures: list[tuple[int, Kind]]) -> None:
    for at, kind in failures:
        # Any exception returns the message to the queue.
        with failing(at, kind), suppress(Crash, Exception):
            clean_up()
    clean_up()


@given(st.booleans(), FAILURES)
@WITHOUT_SHRINKING
def test_removing(which: bool, failures: list[tuple[int, Kind]]) -> None:
    shop, shipper = filled()
    gone, stays = (shop, shipper) if which else (shipper, shop)
    gone.client.delete(f"{EMBED}/bridges/{gone.bridge_id}")
    clean_up_with(failures)
    assert left_of(gone.bridge_id) == []
    check(stays, log=False)
    assert stays.orders()["pagination"]["total"] == (1 if which else 3)


@given(st.booleans(), FAILURES)
@WITHOUT_SHRINKING
def test_moving(which: bool, failures: list[tuple[int, Kind]]) -> None:
    shop, shipper = filled()
    gone, stays = (shop, shipper) if which else (shipper, shop)
    heir = Merchant(gone.acme, gone.acme.session("merchant-2"), gone.bridge_id)
    gone.acme.server.patch(f"/api/v1/bridges/{gone.bridge_id}", {"end_user_id": heir.session.end_user_id})
    clean_up_with(failures)
    check(stays, log=False)
    check(heir, log=False)
    assert heir.orders()["pagination"]["total"] == (3 if which else 1)
    assert stays.orders()["pagination"]["total"] == (1 if which else 3)
    assert heir.orders("?search=ord")["pagination"]["total"] == (3 if which else 1)


def given_away() -> Merchant:
    """A merchant with an action request for an order, whose bridge is given to another."""
    empty()
    merchant = Merchant.of(Acme.create())
    merchant.sync(order(1))
    asked = {"orderId": merchant.order(1)["id"], "actionType": "cancel", "title": "Please"}
    assert merchant.client.post(f"{EMBED}/action-requests", asked).status == 201
    give(merchant, merchant.acme.session("merchant-2").end_user_id)
    return merchant


def give(merchant: Merchant, end_user_id: str) -> None:
    path = f"/api/v1/bridges/{merchant.bridge_id}"
    assert merchant.acme.server.patch(path, {"end_user_id": end_user_id}).status == 200


def test_a_crash_at_the_end_hides_nothing_for_good() -> None:
    given_away()
    with crashing(10**6, done=False) as counted:
        clean_up()
    writes = [at for at, name in enumerate(counted.calls) if name not in ("GetItem", "BatchGetItem", "Query")]
    for at in writes[-3:]:
        merchant = given_away()
        with crashing(at, done=True), suppress(Crash):
            clean_up()
        clean_up()
        give(merchant, merchant.session.end_user_id)
        clean_up()
        check(merchant, log=False)
        assert len(merchant.orders()["data"]) == merchant.orders()["pagination"]["total"] == 1
        asked = {"orderId": merchant.order(1)["id"], "actionType": "cancel", "title": "Again"}
        assert merchant.client.post(f"{EMBED}/action-requests", asked).status == 201
        queue = merchant.acme.server.get(f"{EMBED}/action-requests/queue").json
        assert len(queue["data"]) == queue["pagination"]["total"] == 1
