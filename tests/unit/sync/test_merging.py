"""Any records in any order: the API shows what the contract says, applied record by record."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.account import empty, everything
from tests.support.batches import Batch, batches
from tests.support.factories import Acme
from tests.support.model import Model
from tests.support.oracle import check
from tests.support.orders import Merchant

pytestmark = pytest.mark.usefixtures("cloud")
OUTCOMES = ("created", "updated", "unchanged")


@given(st.lists(st.tuples(batches(clock=True), st.booleans()), min_size=2, max_size=6))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate])
def test_any_sequence_of_batches_matches_the_model(sent: list[tuple[Batch, bool]]) -> None:
    empty()
    shop, model = Merchant.of(Acme.create()), Model()
    shipper = shop.another(name="The shipper")
    answered: Counter[str] = Counter()
    for batch, first in sent:
        merchant = shop if first else shipper
        answer = merchant.sync(*batch["orders"], shipments=batch["shipments"])
        assert answer["errors"] == []
        answered.update(
            {f"{kind} {outcome}": answer[kind][outcome] for kind in ("orders", "shipments") for outcome in OUTCOMES}
        )
        model.apply(merchant.bridge_id, batch)
    model.check(shop)
    # A record that only changes the source's own time increments the version without an event.
    check(shop, log=False)
    log = Counter(row["t"]["S"] for row in everything() if row["pk"]["S"].startswith(f"EV#{shop.acme.organization_id}"))
    assert {name: log[name] for name in model.events} == model.events
    assert (log["order.created"], log["order.updated"]) == (answered["orders created"], answered["orders updated"])
    assert log["shipment.created"] == answered["shipments created"] == len(model.shipments)
