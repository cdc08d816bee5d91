"""Whatever records come, in whatever order: what the API shows is what the contract says, applied one by one."""

from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.background import empty, everything
from tests.support.batches import Batch, batches
from tests.support.factories import Acme
from tests.support.model import Model
from tests.support.oracle import check
from tests.support.orders import Merchant

WHAT = ("created", "updated", "unchanged")


@given(st.lists(st.tuples(batches(clock=True), st.booleans()), min_size=2, max_size=6))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate])
def test_records_come_to_what_they_say(sent: list[tuple[Batch, bool]]) -> None:
    empty()
    shop, model = Merchant.of(Acme.create()), Model()
    shipper = shop.another(name="The shipper")
    told: Counter[str] = Counter()
    for batch, first in sent:
        who = shop if first else shipper
        answer = who.sync(*batch["orders"], shipments=batch["shipments"])
        assert answer["errors"] == []
        told.update({f"{kind} {what}": answer[kind][what] for kind in ("orders", "shipments") for what in WHAT})
        model.apply(who.bridge_id, batch)
    model.check(shop)
    # A record that only moves its source's clock is noted without an event, so versions say less than the answers do.
    check(shop, log=False)
    log = Counter(row["t"]["S"] for row in everything() if row["pk"]["S"].startswith(f"EV#{shop.acme.organization_id}"))
    assert {name: log[name] for name in model.events} == model.events
    assert (log["order.created"], log["order.updated"]) == (told["orders created"], told["orders updated"])
    assert log["shipment.created"] == told["shipments created"] == len(model.shipments)
