"""A sync may die between any two calls, or in one, and be sent again: the data is right, and the totals are exact."""

from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.background import empty
from tests.support.factories import Acme
from tests.support.faults import Crash, crashing
from tests.support.oracle import check
from tests.support.orders import Merchant, order, shipment

ORDERS = st.sampled_from(["pending", "processing", "shipped", "delivered", "cancelled"])
SHIPMENTS = st.sampled_from(["label_created", "in_transit", "delivered", "exception"])
NUMBERS = st.lists(st.integers(1, 6), max_size=4)

Batch = dict[str, list[dict[str, Any]]]


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    return {
        "orders": [order(n, status=draw(ORDERS), notes=f"{draw(st.integers(0, 2))}") for n in draw(NUMBERS)],
        "shipments": [shipment(n, status=draw(SHIPMENTS)) for n in draw(NUMBERS)],
    }


STEPS = st.lists(st.tuples(batches(), st.integers(0, 14), st.booleans()), min_size=1, max_size=4)


@given(STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate])
def test_a_batch_sent_again_after_a_crash_anywhere_is_as_if_sent_once(steps: list[tuple[Batch, int, bool]]) -> None:
    empty()
    shipper = Merchant.of(Acme.create())
    shop = shipper.another(name="The shop")
    for step, (batch, at, done) in enumerate(steps):
        who = (shipper, shop)[step % 2]
        with crashing(at, done=done), suppress(Crash):
            who.try_sync(**batch)
        assert who.try_sync(**batch).status == 200
        check(shipper)
