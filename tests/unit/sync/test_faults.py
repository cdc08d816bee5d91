"""Any DynamoDB call of a sync may fail in any way: sent again, the batch is applied and the totals are exact."""

from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chalicelib.table import batch_write, reads, transaction
from tests.support.account import empty, everything
from tests.support.batches import Batch, batches
from tests.support.factories import Acme
from tests.support.faults import KINDS, Crash, Kind, failing
from tests.support.model import Model
from tests.support.oracle import check
from tests.support.orders import Merchant

pytestmark = pytest.mark.usefixtures("cloud")

STEPS = st.lists(
    st.tuples(batches(clock=False), st.integers(0, 14), st.sampled_from(KINDS)),
    min_size=1,
    max_size=4,
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (transaction, batch_write, reads):
        monkeypatch.setattr(module, "back_off", lambda _: None)


@given(STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate])
def test_a_batch_sent_again_after_any_failure_is_as_if_sent_once(steps: list[tuple[Batch, int, Kind]]) -> None:
    empty()
    shipper, model = Merchant.of(Acme.create()), Model()
    shop = shipper.another(name="The shop")
    for step, (batch, at, kind) in enumerate(steps):
        who = (shipper, shop)[step % 2]
        model.apply(who.bridge_id, batch)
        with failing(at, kind), suppress(Crash):
            first = who.try_sync(**batch)
            if first.status == 200 and first.data["errors"] == []:
                # What was not reported as failed has been stored.
                continue
        again = who.try_sync(**batch)
        assert (again.status, again.data["errors"]) == (200, [])
    model.check(shipper)
    check(shipper)
    log = Counter(
        row["t"]["S"] for row in everything() if row["pk"]["S"].startswith(f"EV#{shipper.acme.organization_id}")
    )
    assert {name: log[name] for name in model.events} == model.events
